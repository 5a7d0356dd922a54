"""What people need on the first day: their cookies, headers, names, folders and limits."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Crawl, RunCrawl, start_crawl
from tests.gallery import LISTING, Answer, Gallery, Visit, picture_bytes

SITE_FILE = '''"""A site of our own."""

from spiders_project.pages.base import Site


class Mine(Site):
    name = "{name}"
    label = "mine"
    root = "{root}"
    hosts = ("{netloc}",)
    verified = "never"
    categories = {{"birds": "Birds", "cats": "Cats", "dogs": "Dogs"}}
    listing_address = "{{root}}/{{category}}/"
    card_link = "a::attr(href)"
    picture = "img::attr(src)"
    title = "h1"
    author = ".author"
    published = "time"
    headers = {{"X-Site-Key": "of the site"}}
    delay_seconds = 0
'''
COOKIES = """
127.0.0.1\tFALSE\t/\tFALSE\t0\tsession\tyes
127.0.0.1\tFALSE\t/\tFALSE\t4000000000\tlasting\tyes
127.0.0.1\tFALSE\t/\tTRUE\t4000000000\tsecure\tno
127.0.0.1\tFALSE\t/elsewhere\tFALSE\t4000000000\tof-another-path\tno
127.0.0.1\tFALSE\t/\tFALSE\t1000000000\texpired\tno
#HttpOnly_127.0.0.1\tFALSE\t/\tFALSE\t4000000000\thttp-only\tyes
example.org\tFALSE\t/\tFALSE\t4000000000\tof-another-site\tno
"""
HOSTILE_TITLE = "../{site}/\u202egpj.exe"
PATH = "{site}/{category}/{author} {published}/{title} {width}x{height}/{id} {sha256}"


@dataclass
class FirstDay:
    """One crawl with all of it at once, which many tests look at."""

    run: Crawl
    gallery: Gallery

    def visit(self, path: str) -> Visit:
        (visit,) = self.gallery.visits_of(path)
        return visit

    def item(self, title: str) -> dict[str, Any]:
        (item,) = [item for item in self.run.feed if item["title"] == title]
        return item


def _detail(title: str, *urls: str, more: str = "") -> bytes:
    pictures = "".join(f'<img src="{url}">' for url in urls)
    return f"<h1>{title}</h1>{more}{pictures}".encode()


def _fill(gallery: Gallery) -> None:
    near, far = gallery.url, gallery.picture_url
    gallery.put("/birds/", b'<a href="/1.html?member=7">1</a><a href="/moved.html">2</a>')
    gallery.put("/cats/", b'<a href="/3.html">3</a>')
    gallery.put("/dogs/", b'<a href="/4.html">4</a>')
    known = '<p class="author">A/B</p><time>2026-11-22T08:00</time>'
    gallery.put("/1.html?member=7", _detail("one", f"{near}/to-far.jpg", more=known))
    gallery.answers["/moved.html"] = Answer(b"", 302, {"Location": f"{far}/2.html"})
    gallery.put("/2.html", _detail("two", f"{near}/2.jpg"))
    gallery.put("/3.html", _detail(HOSTILE_TITLE, f"{far}/3.jpg", f"{near}/same-as-3.jpg"))
    gallery.answers["/to-far.jpg"] = Answer(b"", 302, {"Location": f"{far}/1.jpg"})
    for path, number in {"/1.jpg": 1, "/2.jpg": 2, "/3.jpg": 3, "/same-as-3.jpg": 3}.items():
        gallery.put(path, picture_bytes(number), "image/jpeg")


@pytest.fixture(scope="module")
def first_day(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("first-day")
    with Gallery() as gallery:
        _fill(gallery)
        netloc = f"127.0.0.1:{gallery.port}"
        site = SITE_FILE.format(name="mine", root=gallery.url, netloc=netloc)
        (folder / "sites").mkdir()
        (folder / "sites" / "mine.py").write_text(site)
        (folder / "cookies.txt").write_text(COOKIES)
        process = start_crawl(
            folder / "output",
            *("-a", "site=mine", "-a", "category=birds, cats,birds"),
            *("-a", f"cookies={folder / 'cookies.txt'}"),
            SITES_DIR=folder / "sites",
            PICTURE_PATH=PATH,
            PICTURE_SIDECARS=True,
            CONTACT="you@example.org",
            SITE_HEADERS=json.dumps({"LOCALHOST": {"X-Far-Key": "of the far host"}}),
        )
        _, stderr = process.communicate(timeout=60)
        yield FirstDay(Crawl(process.returncode, stderr, folder / "output"), gallery)


def test_a_private_site_file_is_crawled(first_day: FirstDay) -> None:
    assert first_day.run.status == 0, first_day.run.stderr
    assert {item["site"] for item in first_day.run.feed} == {"mine"}


def test_only_the_categories_asked_for_are_crawled(first_day: FirstDay) -> None:
    assert {item["category"] for item in first_day.run.feed} == {"birds", "cats"}
    assert first_day.gallery.requests["/dogs/"] == 0
    assert first_day.gallery.requests["/birds/"] == 1


def test_the_contact_is_in_the_user_agent(first_day: FirstDay) -> None:
    agents = {visit.headers["User-Agent"] for visit in first_day.gallery.visits}

    (agent,) = agents
    assert agent.startswith("spiders_project/")
    assert agent.endswith(" (+you@example.org)")
    assert "CONTACT" not in first_day.run.stderr


def test_cookies_go_to_their_own_site_only(first_day: FirstDay) -> None:
    ours = {"session=yes", "lasting=yes", "http-only=yes"}
    for visit in first_day.gallery.visits:
        sent = {cookie.strip() for cookie in visit.headers.get("Cookie", "").split(";")}
        is_ours = visit.host == "127.0.0.1"
        assert sent == (ours if is_ours else {""}), visit.path


def test_headers_of_a_site_stay_there_across_redirects(first_day: FirstDay) -> None:
    for visit in first_day.gallery.visits:
        keys = visit.headers.get("X-Site-Key"), visit.headers.get("X-Far-Key")
        expected = {
            "127.0.0.1": ("of the site", None),
            "localhost": (None, "of the far host"),
        }
        assert keys == expected[visit.host], visit.path


def test_another_host_learns_the_origin_at_most(first_day: FirstDay) -> None:
    gallery = first_day.gallery
    near, far = f"{gallery.url}/", f"{gallery.picture_url}/"
    referers = {visit.path: visit.headers.get("Referer") for visit in gallery.visits}
    # From page to page, and to pictures, of the same host.
    assert referers["/1.html?member=7"] == near + "birds/"
    assert referers["/to-far.jpg"] == near + "1.html?member=7"
    # To another host, also by a redirect.
    assert referers["/3.jpg"] == near
    assert referers["/1.jpg"] == near
    assert referers["/2.html"] == near
    assert referers["/2.jpg"] == far


def test_paths_follow_the_template_and_stay_in_the_store(first_day: FirstDay) -> None:
    one = first_day.item("one")["images"][0]
    assert one["path"] == (f"mine/birds/A_B 2026-11-22T08_00/one 160x120/1 {one['sha256']}.jpg")
    hostile = first_day.item(HOSTILE_TITLE)["images"][0]
    folders = Path(hostile["path"]).parts
    assert folders[:3] == ("mine", "cats", "unknown unknown")
    assert len(folders) == 5
    store = first_day.run.output / "images"
    assert all(path.is_relative_to(store) for path in store.rglob("*"))
    assert (store / hostile["path"]).read_bytes() == picture_bytes(3)


def test_sidecars_say_all_that_is_known(first_day: FirstDay) -> None:
    store = first_day.run.output / "images"
    item = first_day.item("one")

    facts = json.loads((store / (item["images"][0]["path"] + ".json")).read_text())

    assert facts == item
    assert facts["author"] == "A/B"


def test_a_duplicate_has_no_sidecar_of_its_own(first_day: FirstDay) -> None:
    store = first_day.run.output / "images"
    item = first_day.item(HOSTILE_TITLE)
    assert {image["status"] for image in item["images"]} == {"downloaded", "duplicate"}

    sidecars = sorted(path.relative_to(store).as_posix() for path in store.rglob("*.json"))

    new = [i["path"] for it in first_day.run.feed for i in it["images"] if not i["duplicate_of"]]
    assert sidecars == sorted(path + ".json" for path in new)
    (alone,) = [
        json.loads((store / f"{image['path']}.json").read_text())
        for image in item["images"]
        if image["status"] == "downloaded"
    ]
    assert [image["status"] for image in alone["images"]] == ["downloaded"]


def test_limits_refuse_with_their_reasons(crawl_gallery: RunCrawl, gallery: Gallery) -> None:
    def sized(number: int, width: int, height: int) -> bytes:
        return picture_bytes(number, size=(width, height))

    reserved = {"X-Robots-Tag": "noimageindex", "Content-Type": "image/jpeg"}
    twice = [("X-Robots-Tag", "otherbot: noai"), ("X-Robots-Tag", "max-snippet:-1, noai")]
    gallery.put_pictures(
        {
            "fits": sized(1, 320, 180),
            "low": sized(2, 160, 90),
            "tall": sized(3, 180, 320),
            "kept and marked": Answer(sized(4, 640, 360), headers=reserved),
            "for another crawler": Answer(sized(5, 640, 360), more_headers=twice[:1]),
            "reserved": Answer(sized(6, 640, 360), more_headers=twice),
            "reserved by its page": sized(7, 640, 360),
        }
    )
    page = gallery.answers["/6.html"]
    page.body = b'<meta name="robots" content="noarchive, NoAI">' + page.body

    run = crawl_gallery(
        *("-a", "min_width=300", "-a", "min_height=100", "-a", "aspect=16:9"),
        OPT_OUTS_REFUSED="noai,tdm-reservation",
    )

    assert run.status == 0, run.stderr
    assert run.outcomes() == {
        "fits": "downloaded",
        "low": "refused too-small",
        "tall": "refused too-small",
        "kept and marked": "downloaded",
        "for another crawler": "downloaded",
        "reserved": "refused opt-out",
        "reserved by its page": "refused opt-out",
    }
    assert gallery.requests["/pictures/6.jpg"] == 0
    marks = {item["title"]: [i["opt_outs"] for i in item["images"]] for item in run.feed}
    assert marks["kept and marked"] == [["noimageindex"]]
    assert marks["fits"] == marks["for another crawler"] == [[]]


def test_pictures_that_all_have_another_shape_are_no_failure(
    crawl_gallery: RunCrawl, gallery: Gallery
) -> None:
    gallery.put_pictures({"wide": picture_bytes(1)})

    run = crawl_gallery("-a", "aspect=portrait")

    assert run.status == 0, run.stderr
    assert run.outcomes() == {"wide": "refused wrong-aspect"}


def test_names_that_clash_have_sidecars_of_their_own(
    crawl_gallery: RunCrawl, gallery: Gallery
) -> None:
    gallery.put_pictures({"Dawn": picture_bytes(1), "dawn": picture_bytes(2)})

    run = crawl_gallery(PICTURE_PATH="{title}", PICTURE_SIDECARS=True)

    store = run.output / "images"
    paths = [item["images"][0]["path"] for item in run.feed]
    assert len({path.casefold() for path in paths}) == 2
    for item, path in zip(run.feed, paths, strict=True):
        assert json.loads((store / f"{path}.json").read_text())["title"] == item["title"]


def test_the_crawl_stops_before_the_disk_is_full(crawl_gallery: RunCrawl, gallery: Gallery) -> None:
    gallery.put_pictures({str(number): picture_bytes(number) for number in range(5)})

    run = crawl_gallery(DISK_RESERVE="900000 TB")

    assert run.status == 3
    assert "DISK_RESERVE" in run.sentence
    assert run.pictures == {}
    assert not any(path.startswith("/pictures/") for path in gallery.requests)
    assert not (run.output / "wallpapers.json").exists()


def test_a_private_file_takes_the_place_of_a_shipped_one(
    crawl_gallery: RunCrawl, gallery: Gallery, tmp_path: Path
) -> None:
    _fill(gallery)
    site = SITE_FILE.format(name="moyublog", root="http://127.0.0.1:9", netloc="127.0.0.1:9")
    (tmp_path / "mine.py").write_text(site)

    run = crawl_gallery("-a", "category=cats", SITES_DIR=tmp_path)

    assert run.status == 0, run.stderr
    assert [item["category"] for item in run.feed] == ["cats"]
    assert gallery.requests[LISTING] == 0


SITE_FILES = {
    "does not parse": "class (",
    "raises": "raise RuntimeError('no')",
    "ends the program": "import sys\nsys.exit(0)",
    "lacks what it needs": (
        "from spiders_project.pages.base import Site\n"
        "class Mine(Site):\n    name = 'mine'\n    root = 'http://127.0.0.1:9'\n"
    ),
}


@pytest.mark.parametrize("text", SITE_FILES.values(), ids=SITE_FILES)
def test_a_broken_site_file_is_a_sentence(crawl: RunCrawl, tmp_path: Path, text: str) -> None:
    (tmp_path / "broken.py").write_text(text)

    run = crawl("-a", "site=mine", SITES_DIR=tmp_path)

    assert run.status == 2
    assert f"{tmp_path}/broken.py" in run.sentence
    assert len(run.stderr.strip().splitlines()) == 1


def test_a_class_that_other_classes_share_is_no_site(crawl: RunCrawl, tmp_path: Path) -> None:
    site = SITE_FILE.format(name="mine", root="http://127.0.0.1:9", netloc="127.0.0.1:9")
    shared = site.replace("(Site)", "(Shared)").replace(
        "class Mine", "class Shared(Site):\n    delay_seconds = 0\n\n\nclass Mine"
    )
    (tmp_path / "mine.py").write_text(shared)

    run = crawl("-a", "site=mine", "-a", "category=fish", SITES_DIR=tmp_path)

    assert run.sentence.endswith("its categories: birds, cats, dogs")


def test_a_cookie_file_that_cannot_be_read_is_one_sentence(crawl: RunCrawl, tmp_path: Path) -> None:
    file = tmp_path / "cookies.txt"
    file.write_text("example.org FALSE / FALSE 0 name SECRET")

    run = crawl("-a", f"cookies={file}")

    assert run.status == 2
    assert f"cookies={file} is no cookies.txt" in run.sentence
    assert "SECRET" not in run.stderr
    assert len(run.stderr.strip().splitlines()) == 1


def test_a_wrong_template_is_status_2(crawl: RunCrawl) -> None:
    run = crawl(PICTURE_PATH="{site}/{titel}")

    assert run.status == 2
    assert "{titel} is not one of {site}, {category}, {title}" in run.sentence
