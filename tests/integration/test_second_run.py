"""Run again and only what changed is fetched: real crawls of galleries that change in between."""

import json
import signal
import sqlite3
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from spiders_project.pages.sites import moyublog
from tests.conftest import Crawl, DemoSite, RunCrawl, start_crawl
from tests.gallery import LISTING, Answer, Gallery, picture_bytes

END = "/hdwallpapers/meinv/index_2.html"
JPEG = {"Content-Type": "image/jpeg"}
BUSY = Answer(b"busy", 503)


def _asked(gallery: Gallery) -> Counter[str]:
    """Return what was asked for since the last look, but robots.txt."""
    asked = Counter(gallery.requests)
    gallery.requests.clear()
    del asked["/robots.txt"]
    return asked


def _images(run: Crawl) -> dict[str, dict[str, Any]]:
    """Return the first image of each item by title."""
    return {item["title"]: item["images"][0] for item in run.feed if item["images"]}


def _tag_pages(gallery: Gallery) -> None:
    """Give every page, but not the pictures, an ETag."""
    for path, answer in list(gallery.answers.items()):
        if path.endswith(".html"):
            tag = f'"{hash(answer.body)}"'
            gallery.answers[path] = replace(answer, headers=dict(answer.headers) | {"ETag": tag})


def _failures(output: Path) -> dict[str, tuple[str, int]]:
    """Return reason and count of each failure by the path of its address."""
    with closing(sqlite3.connect(output / "catalogue.db")) as database:
        rows = database.execute("SELECT address, reason, count FROM failures")
        return {f"/{row[0].split('/', 3)[3]}": (row[1], row[2]) for row in rows}


def _conditions(gallery: Gallery, path: str) -> str | None:
    return gallery.visits_of(path)[-1].headers.get("If-None-Match")


def test_a_second_run_asks_for_listings_only(crawl_gallery: RunCrawl, gallery: Gallery) -> None:
    red = picture_bytes(1)
    gallery.put_pictures({"one": red, "two": picture_bytes(2), "one again": red})
    _tag_pages(gallery)
    first = crawl_gallery()
    _asked(gallery)

    second = crawl_gallery()

    assert second.status == 0, second.stderr
    assert _asked(gallery) == {LISTING: 1, END: 1}
    assert _conditions(gallery, LISTING)
    assert second.pictures == first.pictures
    before, after = _images(first), _images(second)
    assert {image["status"] for image in after.values()} == {"unchanged"}
    assert Counter(bool(image["duplicate_of"]) for image in after.values()) == {False: 2, True: 1}
    assert after == {title: before[title] | {"status": "unchanged"} for title in before}
    items = [{item["title"]: item | {"images": 0} for item in run.feed} for run in (first, second)]
    assert items[0] == items[1]


def test_pages_that_are_due_are_asked_for_again(
    crawl_gallery: RunCrawl, gallery: Gallery, tmp_path: Path
) -> None:
    gallery.put_pictures({"one": picture_bytes(1), "two": picture_bytes(2)})
    _tag_pages(gallery)
    crawl_gallery()
    gallery.put_detail("/1.html", "two, retold", f"{gallery.picture_url}/pictures/1.jpg")
    _tag_pages(gallery)
    _asked(gallery)

    again = crawl_gallery(REFRESH_DAYS=0)

    assert _asked(gallery) == {LISTING: 1, END: 1, "/0.html": 1, "/1.html": 1}
    assert all(_conditions(gallery, path) for path in ("/0.html", "/1.html"))
    assert again.outcomes() == {"one": "unchanged", "two, retold": "unchanged"}
    assert Path(_images(again)["two, retold"]["path"]).name == "two.jpg"
    assert moyublog.__file__
    source = Path(moyublog.__file__).read_text()
    (tmp_path / "moyublog.py").write_text(f"{source}\n# another revision\n")
    other = crawl_gallery(REFRESH_DAYS=0, SITES_DIR=tmp_path)
    assert other.status == 0, other.stderr
    assert [_conditions(gallery, path) for path in (LISTING, "/0.html")] == [None, None]


def test_names_stay_and_only_deleted_files_are_fetched_again(
    crawl_gallery: RunCrawl, gallery: Gallery
) -> None:
    bodies = {"Dawn": picture_bytes(1), "dawn": picture_bytes(2), "DAWN": picture_bytes(3)}
    gallery.put_pictures(bodies)
    first = crawl_gallery()
    paths = {title: image["path"] for title, image in _images(first).items()}
    for title in ("Dawn", "dawn"):
        (first.output / "images" / paths[title]).unlink()
    gallery.put("/9.jpg", bodies["DAWN"], "image/jpeg")
    urls = [f"{gallery.picture_url}/{name}.jpg" for name in ("pictures/2", "9")]
    gallery.put_detail("/new.html", "A new page, an old picture", urls[0])
    gallery.put_detail("/copy.html", "A new page, a new address", urls[1])
    gallery.put_listing(["/copy.html", "/new.html", "/2.html", "/1.html", "/0.html"])
    _asked(gallery)

    second = crawl_gallery(CONCURRENT_REQUESTS=1)

    new = ["/new.html", "/copy.html", "/9.jpg"]
    assert _asked(gallery) == Counter([LISTING, END, "/pictures/0.jpg", "/pictures/1.jpg", *new])
    assert second.pictures == first.pictures
    images = _images(second)
    assert {title: images[title]["path"] for title in paths} == paths
    assert second.outcomes() == {
        "Dawn": "downloaded",
        "dawn": "downloaded",
        "DAWN": "unchanged",
        "A new page, an old picture": "duplicate",
        "A new page, a new address": "duplicate",
    }


def test_failures_are_tried_again_when_there_is_a_chance(
    crawl_gallery: RunCrawl, gallery: Gallery
) -> None:
    answers = [Answer(b"", 410), Answer(b"", 404), BUSY, Answer(hangs_up=True)]
    failing = {str(number): answer for number, answer in enumerate(answers, start=1)}
    gallery.put_pictures({"fine": Answer(picture_bytes(9), headers=JPEG)} | failing)
    links = [f"/{number}.html" for number in range(5)]
    gallery.put_listing([*links, "/absent.html", "/busy.html"])
    gallery.answers["/busy.html"] = BUSY
    lost = {"/pictures/1.jpg": ("http-410", 1), "/pictures/2.jpg": ("http-404", 1)}
    lost |= {"/absent.html": ("http-404", 1)}
    later = ["/pictures/3.jpg", "/pictures/4.jpg", "/busy.html"]
    for count in (1, 2):
        run = crawl_gallery(RETRY_TIMES=0)
        assert run.status == 0, run.stderr
        failed = _failures(run.output)
        assert {path: failed[path] for path in lost} == lost
        assert [failed[path][1] for path in later] == [count] * 3
        if count == 1:
            _asked(gallery)
    assert _asked(gallery) == Counter([LISTING, END, *later])
    assert {item["failures"][0]["reason"] for item in run.feed if item["failures"]} == {
        *("http-404", "http-410", "http-503", "connection-lost")
    }
    for number in range(1, 5):
        gallery.answers[f"/pictures/{number}.jpg"] = Answer(picture_bytes(number), headers=JPEG)

    retried = crawl_gallery("-a", "retry_failed=true", RETRY_TIMES=0)

    assert retried.status == 0, retried.stderr
    pictures = [f"/pictures/{number}.jpg" for number in range(1, 5)]
    assert _asked(gallery) == Counter([*pictures, "/absent.html", "/busy.html"])
    assert len(retried.pictures) == 5
    assert set(_failures(retried.output)) == {"/absent.html", "/busy.html"}


def test_limits_of_one_run_do_not_bind_the_next(crawl_gallery: RunCrawl, gallery: Gallery) -> None:
    reserved = Answer(picture_bytes(3, size=(640, 360)), headers=JPEG | {"X-Robots-Tag": "noai"})
    small, tall = picture_bytes(1, size=(160, 90)), picture_bytes(2, size=(360, 640))
    gallery.put_pictures({"small": small, "tall": tall, "reserved": reserved})
    words = ("-a", "min_width=300", "-a", "aspect=16:9")
    reasons = {"small": "too-small", "tall": "wrong-aspect", "reserved": "opt-out"}
    refused = {title: f"refused {reason}" for title, reason in reasons.items()}
    for expected in (3, 0):
        run = crawl_gallery(*words, OPT_OUTS_REFUSED="noai")
        assert run.outcomes() == refused
        assert sum(path.endswith(".jpg") for path in _asked(gallery).elements()) == expected

    free = crawl_gallery()

    assert set(free.outcomes().values()) == {"downloaded"}
    assert _failures(free.output) == {}


def _put_walk(gallery: Gallery, pages: Sequence[Sequence[int]], in_a_set: int = 1) -> None:
    """Put listings with detail pages on each, and some pictures on each of those."""
    for number, cards in enumerate(pages, start=1):
        links = []
        for card in cards:
            names = [f"/{card}-{each}.jpg" for each in range(in_a_set)]
            urls = [
                gallery.put(name, picture_bytes(card * 10 + each), "image/jpeg")
                for each, name in enumerate(names)
            ]
            links.append(gallery.put_detail(f"/{card}.html", f"picture {card}", *urls))
        gallery.put_listing(links, _listing(number))


def _listing(number: int) -> str:
    return LISTING if number == 1 else LISTING.replace("index", f"index_{number}")


def test_update_stops_where_a_complete_run_has_been(
    crawl_gallery: RunCrawl, gallery: Gallery
) -> None:
    _put_walk(gallery, [[1, 2], [3, 4], [5]])
    assert crawl_gallery().status == 0
    _put_walk(gallery, [[6, 7], [8, 1], [2, 3], [4, 5]])
    _asked(gallery)

    run = crawl_gallery("-a", "update=true")

    assert run.status == 0, run.stderr
    assert len(run.pictures) == 8
    asked = _asked(gallery)
    assert (asked[_listing(3)], asked[_listing(4)]) == (1, 0)
    assert crawl_gallery("-a", "update=true").status == 0
    assert set(_asked(gallery)) == {LISTING}


def test_update_tries_what_failed_behind_the_listing_at_which_it_stops(
    crawl_gallery: RunCrawl, gallery: Gallery
) -> None:
    _put_walk(gallery, [[1, 2], [3, 4], [5, 6]])
    for path in ("/3-0.jpg", "/5.html"):
        gallery.put_first(path, BUSY)
    del gallery.answers["/6.html"]
    assert crawl_gallery(RETRY_TIMES=0).status == 0
    _asked(gallery)

    run = crawl_gallery("-a", "update=true")

    assert run.status == 0, run.stderr
    assert _asked(gallery) == {LISTING: 1, "/3-0.jpg": 1, "/5.html": 1, "/5-0.jpg": 1}
    assert len(run.pictures) == 5


INTERRUPTED = [
    pytest.param([], 1, id="failed listing"),
    pytest.param(["-a", "limit=5"], 0, id="limit reached in a set"),
    pytest.param(["-a", "pages=2"], 0, id="pages", marks=pytest.mark.slow),
    pytest.param(["-a", "limit=2"], 0, id="limit", marks=pytest.mark.slow),
    pytest.param(["-a", "limit=10"], 0, id="limit on the last page", marks=pytest.mark.slow),
]


@pytest.mark.parametrize(("words", "status"), INTERRUPTED)
def test_update_leaves_no_hole_behind_an_incomplete_run(
    crawl_gallery: RunCrawl, gallery: Gallery, words: Sequence[str], status: int
) -> None:
    _put_walk(gallery, [[1], [2], [3], [4]], in_a_set=3)
    if status:
        gallery.put_first(_listing(3), BUSY)

    assert crawl_gallery(*words, RETRY_TIMES=0).status == status
    gallery.turns.clear()
    run = crawl_gallery("-a", "update=true")

    assert (run.status, len(run.pictures), len(run.feed)) == (0, 12, 4), run.stderr


@pytest.mark.slow
def test_update_leaves_no_hole_behind_a_run_that_wanted_less(
    crawl_gallery: RunCrawl, gallery: Gallery
) -> None:
    _put_walk(gallery, [[1], [2], [3]])
    assert crawl_gallery("-a", "min_width=5000").status == 0
    assert len(crawl_gallery("-a", "update=true").pictures) == 3


@pytest.mark.slow
def test_update_leaves_no_hole_behind_a_stopped_run(
    crawl_gallery: RunCrawl, gallery: Gallery, output: Path
) -> None:
    _put_walk(gallery, [[1], [2], [3]])
    gallery.put_first("/3-0.jpg", Answer(hangs_up=True, delay_seconds=3))
    roots = json.dumps({"moyublog": gallery.url})
    process = start_crawl(output, "-a", "site=moyublog", SITE_ROOTS=roots, DOWNLOAD_DELAY=0)
    while not gallery.requests["/3-0.jpg"]:
        assert process.poll() is None, process.communicate()[1]
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=30)

    run = crawl_gallery("-a", "update=true")

    assert (run.status, len(run.pictures)) == (0, 3), run.stderr


@pytest.mark.slow
def test_update_leaves_no_hole_behind_a_run_that_goes_on_with_other_settings(
    crawl_gallery: RunCrawl, gallery: Gallery, output: Path
) -> None:
    _put_walk(gallery, [[1], [2], [3]])
    gallery.put_first(_listing(3), Answer(hangs_up=True, delay_seconds=20))
    roots = json.dumps({"moyublog": gallery.url})
    settings = {"SITE_ROOTS": roots, "DOWNLOAD_DELAY": 0, "IMAGES_MIN_WIDTH": 5000}
    process = start_crawl(output, "-a", "site=moyublog", **settings)
    while not {"/1-0.jpg", "/2-0.jpg"} <= _failed_so_far(output):
        assert process.poll() is None, process.communicate()[1]
        time.sleep(0.05)
    time.sleep(1)  # until the frontier has committed that these are done
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=30)

    run = crawl_gallery()
    update = crawl_gallery("-a", "update=true")

    assert (run.status, update.status) == (0, 0), run.stderr + update.stderr
    assert len(update.pictures) == 3


def _failed_so_far(output: Path) -> set[str]:
    try:
        return set(_failures(output))
    except sqlite3.OperationalError:  # there is no catalogue yet
        return set()


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(["-a", "category=night"], id="a category"),
        pytest.param([], id="all", marks=pytest.mark.slow),
    ],
)
def test_a_second_run_of_the_demo_site_asks_for_listings_only(
    crawl: RunCrawl, demo_site: DemoSite, words: Sequence[str]
) -> None:
    first = crawl(*words, SITE_ROOTS=demo_site.roots)
    before = Counter(demo_site.read_json("/requests.json"))

    second = crawl(*words, SITE_ROOTS=demo_site.roots)

    asked = Counter(demo_site.read_json("/requests.json")) - before
    known = [url for item in first.feed for url in (item["page_url"], *item["image_urls"])]
    assert asked
    assert not [url for url in known if unquote(urlsplit(url).path) in map(unquote, asked)]
    assert set(second.outcomes().values()) == {"unchanged"}
    assert second.pictures == first.pictures
