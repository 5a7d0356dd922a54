"""Galleries that scripts make: real crawls with a real Chromium."""

import json
import shutil
import signal
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Crawl, RunCrawl, start_crawl
from tests.downloader.proxies import HttpProxy
from tests.gallery import LISTING, Answer, Gallery, picture_bytes

PUBLIC_SITE = "93.184.216.34"
PROGRAMS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
HAS_PACKAGE = find_spec("scrapy_playwright") is not None
HAS_CHROMIUM = any(map(shutil.which, PROGRAMS))

needs_browser = [
    pytest.mark.skipif(not HAS_PACKAGE, reason="needs scrapy-playwright: make test installs it"),
    pytest.mark.skipif(not HAS_CHROMIUM, reason="needs Chromium: apt install chromium"),
]
SCRIPT = "text/javascript"
CARDS = """
async function show(address) {
    const answer = await fetch(address);
    if (!answer.ok) return;
    for (const name of await answer.json()) {
        const card = document.createElement('a'), picture = new Image();
        card.href = 'full/' + name + '.jpg';
        picture.alt = 'Picture ' + name;
        picture.onload = () => document.getElementById('grid').append(card);
        picture.onerror = () => card.remove();
        picture.src = 'small/' + name + '.jpg';
        card.append(picture);
    }
}
"""


def put_gallery(gallery: Gallery, script: str, count: int, folder: str = "/g/") -> None:
    """Make a page that is empty but for a script, and pictures that no page names."""
    page = (
        "<!doctype html><title>By script</title><script src='show.js' defer></script>"
        "<h1>By script</h1><div id='grid'></div>"
    )
    gallery.put(folder, page.encode())
    gallery.put(f"{folder}show.js", (CARDS + script).encode(), SCRIPT)
    for number in range(count):
        gallery.put(f"{folder}full/n{number}.jpg", picture_bytes(number), "image/jpeg")
        small = picture_bytes(number, size=(80, 60))
        gallery.put(f"{folder}small/n{number}.jpg", small, "image/jpeg")


def put_names(gallery: Gallery, path: str, numbers: range) -> None:
    names = json.dumps([f"n{number}" for number in numbers])
    gallery.put(path, names.encode(), "application/json")


@pytest.fixture
def show(crawl: RunCrawl, gallery: Gallery) -> RunCrawl:
    """Crawl the gallery of the test in the browser, by its address alone."""

    def run(*words: str, site: str = "", **settings: Any) -> Crawl:
        settings = {"DOWNLOAD_DELAY": 0} | settings
        address = f"site={site or gallery.url}/g/"
        return crawl("-a", address, "-a", "browser=true", *words, **settings)

    return run


def children_of(pid: int) -> set[int]:
    """Return the processes below one, zombies not counted."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = stat.read_text().rpartition(")")[2].split()[:2]
        except (FileNotFoundError, ProcessLookupError):
            continue
        if state != "Z":
            parents[int(stat.parent.name)] = int(parent)
    found: set[int] = set()
    while more := {child for child, parent in parents.items() if parent in {pid, *found}} - found:
        found |= more
    return found


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def wait_until(condition: Any, seconds: float = 60) -> None:
    """Wait for what must come about; the limit is for runs that hang."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


class TestInABrowser:
    """What needs a real Chromium; each test is skipped with the reason where there is none."""

    pytestmark = needs_browser

    def test_cards_that_a_script_makes_of_data_are_found(
        self, show: RunCrawl, gallery: Gallery
    ) -> None:
        put_gallery(gallery, "show('q7/' + ['zx', 91].join('') + '.dat')", 5)
        put_names(gallery, "/g/q7/zx91.dat", range(5))

        run = show()

        assert run.status == 0, run.stderr
        assert {item["title"] for item in run.feed} == {f"Picture n{n}" for n in range(5)}
        assert len(run.pictures) == 5
        # Small pictures are not loaded, and each script and data file once.
        assert not [path for path in gallery.requests if "/small/" in path]
        assert gallery.requests["/g/"] == gallery.requests["/g/show.js"] == 1
        assert gallery.requests["/g/q7/zx91.dat"] == 1

    @pytest.mark.slow
    def test_a_second_run_shows_listings_again_and_fetches_nothing_twice(
        self, show: RunCrawl, gallery: Gallery
    ) -> None:
        put_gallery(gallery, "show('names')", 4)
        gallery.answers["/g/"] = Answer(
            gallery.answers["/g/"].body, headers={"Content-Type": "text/html", "ETag": '"same"'}
        )
        put_names(gallery, "/g/names", range(3))
        show()
        gallery.requests.clear()
        put_names(gallery, "/g/names", range(4))

        run = show()

        assert run.status == 0, run.stderr
        assert len(run.pictures) == 4
        full = {path: count for path, count in gallery.requests.items() if "/full/" in path}
        assert set(full) == {"/g/full/n3.jpg"}

    @pytest.mark.slow
    def test_scrolling_to_the_end_brings_more(self, show: RunCrawl, gallery: Gallery) -> None:
        more = """
        let page = 0;
        const end = document.createElement('footer');
        document.body.append(end);
        new IntersectionObserver(async seen => {
            if (seen[0].isIntersecting) {
                await show('more-' + page++);
                document.getElementById('grid').style.minHeight = page * 2000 + 'px';
            }
        }).observe(end);
        """
        put_gallery(gallery, more, 12)
        for page in range(4):
            put_names(gallery, f"/g/more-{page}", range(page * 3, page * 3 + 3))

        run = show()
        assert run.status == 0, run.stderr
        assert len(run.pictures) == 12

        less = show(BROWSER_SCROLLS=1, OUTPUT_DIR=run.output / "less")
        assert "BROWSER_SCROLLS" in less.stderr

    @pytest.mark.slow
    def test_originals_that_only_the_data_name_are_found(
        self, show: RunCrawl, gallery: Gallery
    ) -> None:
        script = """
        fetch('data').then(answer => answer.json()).then(all => {
            const picture = new Image();
            picture.src = all[0].file; picture.alt = all[0].title; picture.width = 800;
            document.getElementById('grid').append(picture);
        });
        """
        put_gallery(gallery, script, 6)
        data = [
            {"title": f"View {n}", "thumb": f"small/n{n}.jpg", "file": f"full/n{n}.jpg"}
            for n in range(6)
        ]
        gallery.put("/g/data", json.dumps(data).encode(), "application/json")

        run = show()

        assert run.status == 0, run.stderr
        sizes = {(image["width"], image["height"]) for item in run.feed for image in item["images"]}
        assert sizes == {(160, 120)}
        assert len(run.pictures) == 6

    @pytest.mark.slow
    def test_detail_pages_are_shown_too_and_scripts_are_loaded_once(
        self, show: RunCrawl, gallery: Gallery
    ) -> None:
        put_gallery(gallery, "", 0)
        cards = "".join(
            f'<li><a href="view-{n}.html"><img src="small/n{n}.jpg"></a></li>' for n in range(4)
        )
        gallery.put("/g/", f"<ul class='grid'>{cards}</ul>".encode())
        view = (
            "const n = location.pathname.match(/view-(.)/)[1];"
            "document.title = 'View ' + n;"
            "document.body.innerHTML = `<h1>View ${n}</h1>"
            "<a href='full/n${n}.jpg' download>Download original</a>"
            "<img src='small/n${n}.jpg' width=600>`"
        )
        gallery.put("/g/view.js", view.encode(), SCRIPT)
        for n in range(4):
            gallery.put(f"/g/view-{n}.html", b"<body><script src='view.js'></script></body>")
            gallery.put(f"/g/full/n{n}.jpg", picture_bytes(n), "image/jpeg")

        run = show(BROWSER_PAGES=1)

        assert run.status == 0, run.stderr
        assert {item["title"] for item in run.feed} == {f"View {n}" for n in range(4)}
        assert gallery.requests["/g/view.js"] == 1

    @pytest.mark.slow
    def test_pages_of_a_known_site_are_shown_too(
        self, crawl_gallery: RunCrawl, gallery: Gallery
    ) -> None:
        gallery.put_pictures({"one": picture_bytes(1), "two": picture_bytes(2)})
        listing = gallery.answers[LISTING].body.decode()
        script = f"<script>document.body.innerHTML = {json.dumps(listing)}</script>"
        gallery.put(LISTING, f"<body>{script}".encode())

        run = crawl_gallery("-a", "browser=true")

        assert run.status == 0, run.stderr
        assert run.outcomes() == {"one": "downloaded", "two": "downloaded"}

    @pytest.mark.slow
    def test_what_robots_txt_forbids_is_not_loaded(self, show: RunCrawl, gallery: Gallery) -> None:
        put_gallery(gallery, "show('names'); show('hidden/names')", 4)
        put_names(gallery, "/g/names", range(2))
        put_names(gallery, "/g/hidden/names", range(2, 4))
        rules = b"User-agent: *\nDisallow: /g/hidden/"
        gallery.put("/robots.txt", rules, "text/plain")

        run = show()

        assert run.status == 0, run.stderr
        assert len(run.pictures) == 2
        assert not gallery.requests["/g/hidden/names"]
        assert "/g/hidden/names (robots)" in run.stderr

    @pytest.mark.slow
    def test_private_networks_are_out_of_reach_of_public_pages(
        self, show: RunCrawl, gallery: Gallery
    ) -> None:
        inside = f"http://127.0.0.1:{gallery.port}/g/inside"
        script = f"""
        show('names');
        fetch('{inside}-fetch', {{mode: 'no-cors'}}).catch(() => 0);
        fetch('hop').catch(() => 0);
        navigator.sendBeacon('{inside}-beacon');
        new WebSocket('ws://127.0.0.1:{gallery.port}/g/inside-socket');
        const frame = document.createElement('iframe');
        frame.src = '{inside}-frame';
        document.body.append(frame);
        const sheet = document.createElement('link');
        sheet.rel = 'stylesheet'; sheet.href = 'hop-style';
        document.head.append(sheet);
        window.open('{inside}-popup');
        """
        put_gallery(gallery, script, 3)
        put_names(gallery, "/g/names", range(3))
        for name in ("hop", "hop-style"):
            to_it = {"Location": f"{inside}-{name}"}
            gallery.answers[f"/g/{name}"] = Answer(status=302, headers=to_it)

        with HttpProxy({PUBLIC_SITE: ("127.0.0.1", gallery.port)}) as proxy:
            run = show(site=f"http://{PUBLIC_SITE}", PROXY=proxy.url, CONTACT="you@example.org")

        assert run.status == 0, run.stderr
        assert len(run.pictures) == 3
        assert set(proxy.asked_for) == {PUBLIC_SITE}
        assert not [path for path in gallery.requests if "inside" in path]
        assert "(private-address)" in run.stderr

    @pytest.mark.slow
    def test_the_browser_says_who_we_are_and_no_more(
        self, show: RunCrawl, gallery: Gallery
    ) -> None:
        elsewhere = f"{gallery.picture_url}/names"
        put_gallery(gallery, f"show('{elsewhere}'); show('names?' + navigator.userAgent)", 3)
        put_names(gallery, "/names", range(3))
        cross = {"Content-Type": "application/json", "Access-Control-Allow-Origin": "*"}
        gallery.answers["/names"] = Answer(gallery.answers["/names"].body, headers=cross)

        run = show(CONTACT="you@example.org")

        assert run.status == 0, run.stderr
        assert len(run.pictures) == 3
        agents = {visit.headers["User-Agent"] for visit in gallery.visits}
        assert len(agents) == 1
        assert "you@example.org" in agents.pop()
        assert [path for path in gallery.requests if "names?spiders_project" in path]
        (visit,) = gallery.visits_of("/names")
        assert visit.headers["Referer"] == f"{gallery.url}/"
        assert not [name for name in visit.headers if name.lower().startswith("sec-")]

    @pytest.mark.slow
    def test_a_script_may_lead_elsewhere(self, show: RunCrawl, gallery: Gallery) -> None:
        put_gallery(gallery, "show('names')", 3, "/new/")
        put_names(gallery, "/new/names", range(3))
        gallery.put("/g/", b"<script>location.replace('/new/')</script>")

        run = show()

        assert run.status == 0, run.stderr
        assert len(run.pictures) == 3
        assert gallery.requests["/new/"] == 1

    @pytest.mark.slow
    def test_data_that_fail_for_a_while_are_asked_for_again(
        self, show: RunCrawl, gallery: Gallery
    ) -> None:
        put_gallery(gallery, "show('names')", 3)
        put_names(gallery, "/g/names", range(3))
        gallery.put_first("/g/names", Answer(b"later", 503, {"Retry-After": "1"}))

        run = show()

        assert run.status == 0, run.stderr
        assert len(run.pictures) == 3

    @pytest.mark.slow
    def test_a_script_that_never_ends_costs_one_page(
        self, show: RunCrawl, gallery: Gallery
    ) -> None:
        put_gallery(gallery, "show('names')", 3)
        put_names(gallery, "/g/names", range(3))
        gallery.put("/g/show.js", b"for (;;);", SCRIPT)

        run = show(BROWSER_TIMEOUT=1, RETRY_TIMES=0)

        assert run.status == 1
        assert "(timeout)" in run.sentence

    @pytest.mark.slow
    def test_killed_and_started_again_it_goes_on(
        self, show: RunCrawl, gallery: Gallery, output: Path
    ) -> None:
        put_gallery(gallery, "show('names')", 8)
        put_names(gallery, "/g/names", range(8))
        for n in range(4, 8):
            whole = gallery.answers[f"/g/full/n{n}.jpg"]
            gallery.answers[f"/g/full/n{n}.jpg"] = Answer(
                whole.body, headers=whole.headers, delay_seconds=5
            )
        words = ("-a", f"site={gallery.url}/g/", "-a", "browser=true")
        process = start_crawl(output, *words, DOWNLOAD_DELAY=0)
        with process:
            wait_until(lambda: gallery.requests["/g/full/n7.jpg"])
            # What is done is noted a few times a second.
            time.sleep(2)
            below = children_of(process.pid)
            process.kill()
        assert below
        wait_until(lambda: not any(map(is_running, below)))

        run = show()

        assert run.status == 0, run.stderr
        assert len(run.pictures) == 8
        assert len(run.feed) == 8
        # The listing was done, and is not shown anew.
        assert gallery.requests["/g/"] == 1

    @pytest.mark.slow
    def test_a_signal_ends_the_crawl_and_the_browser(
        self, show: RunCrawl, gallery: Gallery, output: Path
    ) -> None:
        put_gallery(gallery, "setInterval(() => show('names'), 100)", 3)
        put_names(gallery, "/g/names", range(3))
        words = ("-a", f"site={gallery.url}/g/", "-a", "browser=true")
        process = start_crawl(output, *words, DOWNLOAD_DELAY=0)
        wait_until(lambda: gallery.requests["/g/names"] > 3)
        below = children_of(process.pid)
        process.send_signal(signal.SIGTERM)
        _, stderr = process.communicate(timeout=60)

        assert process.returncode == 3, stderr
        assert "Traceback" not in stderr
        assert below
        wait_until(lambda: not any(map(is_running, below)))
        put_gallery(gallery, "show('names')", 3)
        run = show()
        assert run.status == 0, run.stderr
        assert len(run.pictures) == 3


@pytest.fixture
def empty_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No programs at all."""
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))


@pytest.mark.skipif(not HAS_PACKAGE, reason="needs scrapy-playwright: make test installs it")
@pytest.mark.usefixtures("empty_path")
def test_without_chromium_one_sentence_says_what_to_install(
    show: RunCrawl, gallery: Gallery
) -> None:
    run = show()

    assert run.status == 1
    assert "apt install chromium" in run.sentence
    assert not gallery.requests


@pytest.mark.skipif(not HAS_PACKAGE, reason="needs scrapy-playwright: make test installs it")
def test_a_program_that_is_not_there_is_named(show: RunCrawl, gallery: Gallery) -> None:
    run = show(BROWSER_EXECUTABLE="/nowhere/chromium")

    assert run.status == 1
    assert "BROWSER_EXECUTABLE=/nowhere/chromium" in run.sentence
    assert not gallery.requests


@pytest.mark.skipif(not HAS_PACKAGE, reason="needs scrapy-playwright: make test installs it")
def test_a_program_that_is_no_browser_ends_the_crawl(
    show: RunCrawl, gallery: Gallery, tmp_path: Path
) -> None:
    program = tmp_path / "chromium"
    program.write_text("#!/bin/sh\nexit 1\n")
    program.chmod(0o755)
    put_gallery(gallery, "", 0)

    run = show(BROWSER_EXECUTABLE=program)

    assert run.status == 1
    assert "the browser could not be started" in run.sentence
