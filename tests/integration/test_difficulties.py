"""The difficulties of the demo site: what becomes of each in a real crawl is what is promised."""

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest

from spiders_project.demo.difficulties.servers import (
    RETRY_AFTER_DATE_SECONDS,
    RETRY_AFTER_SECONDS,
)
from spiders_project.demo.difficulties.table import HARD_PICTURES, HardPicture, documentation
from tests.conftest import PROJECT, Crawl, DemoSite, start_crawl

_GROUPS = (
    ("hard-titles", "hard-pictures"),
    ("hard-servers",),
    ("hard-links",),
    ("hard-robots",),
    ("calendar",),
    ("forbidden",),
)
_LIMIT_SECONDS = 90
_ANSWERS_AT_MOST = 300
"""What a crawl that does not end by itself is ended by."""
_CLOCKS_SECONDS = 0.05
"""How much two clocks of one machine may differ."""


class Fate(NamedTuple):
    """What becomes of a picture."""

    outcome: str
    reason: str | None
    sha256: str | None


@dataclass(frozen=True)
class Crawls:
    """One crawl for each group of categories, and what the demo site saw of them."""

    by_category: dict[str, Crawl]
    manifest: list[dict[str, Any]]
    requests: dict[str, int]
    times: dict[str, list[float]]

    def promised(self, slug: str) -> dict[str, Any]:
        """The entry of the manifest for ``category/name``."""
        (entry,) = (entry for entry in self.manifest if entry["page_url"].endswith(f"/{slug}.html"))
        return entry

    def item(self, slug: str) -> dict[str, Any]:
        """The item of the feed for ``category/name``."""
        page_url = self.promised(slug)["page_url"]
        feed = self.by_category[slug.partition("/")[0]].feed
        (item,) = (item for item in feed if item["page_url"] == page_url)
        return item

    def fate(self, slug: str) -> Fate:
        item = self.item(slug)
        fates = [Fate(image["status"], None, image["sha256"]) for image in item["images"]]
        fates += [Fate(lost["outcome"], lost["reason"], None) for lost in item["failures"]]
        (fate,) = fates
        return fate

    def path(self, slug: str) -> PurePosixPath:
        """Where the picture was stored."""
        return PurePosixPath(self.item(slug)["images"][0]["path"])

    def times_of(self, slug: str) -> list[float]:
        """When the picture was asked for."""
        return self.times[self.promised(slug)["url"]]


@pytest.fixture(scope="module")
def crawls(demo_site: DemoSite, tmp_path_factory: pytest.TempPathFactory) -> Crawls:
    """All crawls, at the same time: none sees the pictures of another."""
    urlopen(Request(demo_site.url + "/requests.json/reset", method="POST")).close()
    outputs = {group: tmp_path_factory.mktemp(group[-1]) / "output" for group in _GROUPS}
    processes = {group: _start(group, output, demo_site) for group, output in outputs.items()}
    ended: dict[str, Crawl] = {}
    try:
        for group, process in processes.items():
            _, stderr = process.communicate(timeout=_LIMIT_SECONDS)
            crawl = Crawl(process.returncode, stderr, outputs[group])
            ended |= dict.fromkeys(group, crawl)
    finally:
        for process in processes.values():
            process.kill()
    return Crawls(
        ended,
        demo_site.read_json("/difficulties.json"),
        demo_site.read_json("/requests.json"),
        demo_site.read_json("/times.json"),
    )


def _start(group: tuple[str, ...], output: Path, demo_site: DemoSite) -> Any:
    category = f"category={','.join(group)}"
    settings = {"SITE_ROOTS": demo_site.roots, "CLOSESPIDER_PAGECOUNT": _ANSWERS_AT_MOST}
    return start_crawl(output, "-a", category, **settings)


def _slug(hard: HardPicture) -> str:
    return f"{hard.picture.category}/{hard.picture.slug}"


REACHABLE = [_slug(hard) for hard in HARD_PICTURES if hard.picture.category != "forbidden"]


@pytest.mark.parametrize("slug", REACHABLE)
def test_promise_is_kept(crawls: Crawls, slug: str) -> None:
    entry = crawls.promised(slug)

    fate = crawls.fate(slug)

    # Which of several pictures with the same bytes comes first is not promised.
    stored = {each["outcome"] for each in crawls.manifest if each["sha256"] == entry["sha256"]}
    assert fate.outcome in (stored if entry["sha256"] else {entry["outcome"]})
    assert (fate.reason, fate.sha256) == (entry["reason"], entry["sha256"])
    if fate.sha256:
        run = crawls.by_category[entry["category"]]
        assert run.pictures[str(crawls.path(slug))] == fate.sha256


@pytest.mark.parametrize("category", ["hard-titles", *(group[-1] for group in _GROUPS[:-1])])
def test_difficulties_do_not_fail_the_crawl(crawls: Crawls, category: str) -> None:
    run = crawls.by_category[category]

    assert run.status == 0, run.stderr
    assert "Traceback" not in run.stderr + run.log


# --- titles ---------------------------------------------------------------


def test_no_title_leads_out_of_its_folder(crawls: Crawls) -> None:
    titles = [slug for slug in REACHABLE if slug.startswith("hard-titles/")]
    titles.remove("hard-titles/two-albums")  # in the category whose page was read first

    assert {str(crawls.path(slug).parent) for slug in titles} == {"demo/hard-titles"}


def test_name_of_dots_has_letters(crawls: Crawls) -> None:
    assert crawls.path("hard-titles/dots").stem.isalpha()


def test_control_characters_are_not_in_the_name(crawls: Crawls) -> None:
    name = crawls.path("hard-titles/controls").stem

    assert re.search("Bell.*Book.*eldnaC", name)
    assert not [letter for letter in name if unicodedata.category(letter).startswith("C")]


def test_emoji_are_in_the_name(crawls: Crawls) -> None:
    assert crawls.path("hard-titles/emoji").stem == crawls.item("hard-titles/emoji")["title"]


def test_long_title_is_cut_in_the_name_only(crawls: Crawls) -> None:
    title = crawls.item("hard-titles/long")["title"]

    assert len(title) == 300
    assert title.startswith(crawls.path("hard-titles/long").stem)
    assert len(crawls.path("hard-titles/long").name.encode()) <= 255


def test_windows_device_is_no_name(crawls: Crawls) -> None:
    assert crawls.item("hard-titles/reserved")["title"] == "CON"
    assert crawls.path("hard-titles/reserved").stem.casefold() != "con"


def test_script_stays_a_title(crawls: Crawls) -> None:
    assert crawls.item("hard-titles/script")["title"] == "<script>alert('Dunes')</script>"
    assert not {"<", ">"} & set(crawls.path("hard-titles/script").stem)


def test_second_picture_with_a_title_is_marked_with_its_hash(crawls: Crawls) -> None:
    twins = ("hard-titles/same-title-1", "hard-titles/same-title-2")
    names = {crawls.path(slug).stem: crawls.fate(slug).sha256 or "" for slug in twins}

    assert names.pop("Evening Light")
    ((name, sha256),) = names.items()
    assert name == f"Evening Light [{sha256[:8]}]"


def test_picture_in_two_categories_is_asked_for_once(crawls: Crawls) -> None:
    fates = [crawls.fate(f"{category}/two-albums") for category in _GROUPS[0]]

    assert sorted(fate.outcome for fate in fates) == ["downloaded", "duplicate"]
    assert len(crawls.times_of("hard-titles/two-albums")) == 1


# --- contents -------------------------------------------------------------


def test_extension_is_what_the_bytes_are(crawls: Crawls) -> None:
    assert crawls.promised("hard-pictures/extension")["url"].endswith(".jpg")
    assert crawls.path("hard-pictures/extension").suffix == ".png"


def test_placeholder_is_stored_once(crawls: Crawls) -> None:
    removed = [f"hard-pictures/removed-{number}" for number in (1, 2, 3)]
    outcomes = [crawls.fate(slug).outcome for slug in removed]

    assert sorted(outcomes) == ["downloaded", "duplicate", "duplicate"]
    stored = crawls.by_category["hard-pictures"].pictures.values()
    assert list(stored).count(crawls.promised(removed[0])["sha256"]) == 1


# --- servers --------------------------------------------------------------


def test_retry_after_in_seconds_is_waited_for(crawls: Crawls) -> None:
    first, second = crawls.times_of("hard-servers/retry-seconds")

    assert second - first >= RETRY_AFTER_SECONDS - _CLOCKS_SECONDS


def test_retry_after_as_a_date_is_waited_for(crawls: Crawls) -> None:
    first, second = crawls.times_of("hard-servers/retry-date")

    assert second >= int(first) + RETRY_AFTER_DATE_SECONDS - _CLOCKS_SECONDS


@pytest.mark.parametrize("slug", ["unavailable-once", "dropped"])
def test_what_fails_once_is_asked_for_twice(crawls: Crawls, slug: str) -> None:
    assert len(crawls.times_of(f"hard-servers/{slug}")) == 2


@pytest.mark.parametrize("slug", ["not-found", "gone"])
def test_what_is_not_there_is_asked_for_once(crawls: Crawls, slug: str) -> None:
    assert len(crawls.times_of(f"hard-servers/{slug}")) == 1


# --- links and listings ---------------------------------------------------


def test_last_page_that_links_to_itself_is_asked_for_once(crawls: Crawls) -> None:
    assert crawls.requests["/hard-links/index_2.html"] == 1


def test_endless_calendar_is_left_after_a_month_without_news(crawls: Crawls) -> None:
    months = [path for path in crawls.requests if path.startswith("/calendar/index")]

    assert len(crawls.by_category["calendar"].feed) == 3
    assert months == ["/calendar/index.html", "/calendar/index_2.html"]


# --- robots.txt -----------------------------------------------------------


def test_host_whose_robots_txt_fails_is_left_alone(crawls: Crawls) -> None:
    host = urlsplit(crawls.promised("hard-robots/ailing-1")["url"]).netloc

    asked = {urlsplit(url).path for url in crawls.times if urlsplit(url).netloc == host}
    assert asked == {"/robots.txt"}


def test_crawl_delay_is_kept(crawls: Crawls) -> None:
    pictures = [f"hard-robots/unhurried-{number}" for number in (1, 2, 3)]

    first, second, third = sorted(time for slug in pictures for time in crawls.times_of(slug))
    assert second - first >= 0.9
    assert third - second >= 0.9


def test_forbidden_category_is_left_alone(crawls: Crawls) -> None:
    run = crawls.by_category["forbidden"]

    assert run.status == 1
    assert "robots.txt forbids all that was asked for" in run.sentence
    assert not [path for path in crawls.requests if "/forbidden/" in path]


# --- documentation --------------------------------------------------------


def test_documentation_has_the_table_of_the_demo() -> None:
    words = (PROJECT / "docs/difficulties.md").read_text(encoding="utf-8").splitlines()
    start = words.index(documentation()[0])

    assert words[start : words.index("", start)] == documentation()
