"""Galleries without a site file: real crawls of galleries in the structures of other software."""

import json
import signal
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Crawl, RunCrawl, start_crawl
from tests.gallery import LISTING, Answer, Gallery, picture_bytes

JPEG = {"Content-Type": "image/jpeg"}
SMALL = (80, 60)


@pytest.fixture
def crawl_any(crawl: RunCrawl, gallery: Gallery) -> RunCrawl:
    """Crawl the gallery of the test by its address alone."""

    def run(*words: str, path: str = "/g/", **settings: Any) -> Crawl:
        settings = {"DOWNLOAD_DELAY": 0} | settings
        return crawl("-a", f"site={gallery.url}{path}", *words, **settings)

    return run


def put_page(gallery: Gallery, path: str, body: str, title: str = "Holidays") -> None:
    page = f"<!doctype html><html><head><title>{title}</title></head><body>{body}</body></html>"
    gallery.put(path, page.encode())


def put_picture(gallery: Gallery, path: str, number: int, **options: Any) -> bytes:
    body = picture_bytes(number, **options)
    gallery.put(path, body, "image/jpeg")
    return body


def put_files(gallery: Gallery, folder: str, numbers: range, more: str = "") -> None:
    """Make a listing of previews that link to picture files."""
    cards = ""
    for number in numbers:
        put_picture(gallery, f"{folder}full/{number}.jpg", number)
        put_picture(gallery, f"{folder}thumbs/{number}.jpg", number, size=SMALL)
        cards += (
            f'<li><a href="full/{number}.jpg"><img src="thumbs/{number}.jpg" '
            f'alt="Picture number {number}"></a></li>'
        )
    put_page(gallery, folder, f"<h1>Holidays</h1><ul class='grid'>{cards}</ul>{more}")


def put_details(gallery: Gallery, folder: str, numbers: range) -> None:
    """Make a listing of previews that link to detail pages, which link to the originals."""
    cards = ""
    for number in numbers:
        put_picture(gallery, f"{folder}o/{number}.jpg", number)
        put_picture(gallery, f"{folder}m/{number}.jpg", number, size=(120, 90))
        put_picture(gallery, f"{folder}t/{number}.jpg", number, size=SMALL)
        put_page(
            gallery,
            f"{folder}photo-{number}.html",
            f'<h1>View number {number}</h1><p><a href="./">back</a></p>'
            f'<div class="photo"><img src="m/{number}.jpg" width="120" height="90"></div>'
            f'<a href="o/{number}.jpg">Download original</a>',
            f"View number {number}",
        )
        cards += (
            f'<div class="card"><a href="photo-{number}.html"><img src="t/{number}.jpg"></a>'
            f'<a href="photo-{number}.html">View number {number}</a></div>'
        )
    put_page(gallery, folder, f"<div class='cards'>{cards}</div>")


def stored(run: Crawl) -> Counter[tuple[int, int]]:
    """Return how many pictures of each size lie in the store."""
    return Counter(
        (image["width"], image["height"]) for item in run.feed for image in item["images"]
    )


def clues(run: Crawl) -> set[str]:
    return {clue for item in run.feed for clue in item["original_by"]}


def asked(gallery: Gallery) -> Mapping[str, int]:
    """Return what was asked for since the last look, but robots.txt."""
    found = Counter(gallery.requests)
    gallery.requests.clear()
    del found["/robots.txt"]
    return found


def test_files_behind_previews(crawl_any: RunCrawl, gallery: Gallery) -> None:
    put_files(gallery, "/g/", range(12))

    run = crawl_any()

    assert run.status == 0, run.stderr
    assert stored(run) == {(160, 120): 12}
    assert clues(run) == {"link"}
    assert {item["title"] for item in run.feed} == {f"Picture number {n}" for n in range(12)}
    # The listing, the pictures, and one look at what the links lead to.
    assert sum(asked(gallery).values()) <= 14


def test_originals_behind_detail_pages(crawl_any: RunCrawl, gallery: Gallery) -> None:
    put_details(gallery, "/g/", range(12))

    run = crawl_any()

    assert run.status == 0, run.stderr
    assert stored(run) == {(160, 120): 12}
    assert clues(run) == {"download"}
    assert {item["title"] for item in run.feed} == {f"View number {n}" for n in range(12)}
    assert sum(asked(gallery).values()) == 1 + 12 + 12


@pytest.mark.parametrize("put", [put_files, put_details])
def test_a_second_run_asks_for_listings_only(
    put: Any, crawl_any: RunCrawl, gallery: Gallery
) -> None:
    put(gallery, "/g/", range(6))
    first = crawl_any()
    asked(gallery)

    second = crawl_any()

    assert second.status == 0, second.stderr
    assert asked(gallery) == {"/g/": 1}
    assert {image["status"] for item in second.feed for image in item["images"]} == {"unchanged"}
    assert second.pictures == first.pictures


def test_albums_within_albums(crawl_any: RunCrawl, gallery: Gallery) -> None:
    cover = '<li><a href="{0}/"><img src="/covers/{0}.jpg"><span>{1}</span></a></li>'
    for number, name in enumerate(("alps", "sea", "2023", "2024")):
        put_picture(gallery, f"/covers/{name}.jpg", 90 + number, size=SMALL)
    albums = cover.format("alps", "The Alps") + cover.format("sea", "The sea")
    put_page(gallery, "/g/", f"<h1>All</h1><ul class='albums'>{albums}</ul>")
    years = cover.format("2023", "Year 2023") + cover.format("2024", "Year 2024")
    put_page(gallery, "/g/alps/", f"<h1>The Alps</h1><ul class='albums'>{years}</ul>")
    put_files(gallery, "/g/sea/", range(5))
    put_files(gallery, "/g/alps/2023/", range(10, 14))
    put_files(gallery, "/g/alps/2024/", range(20, 23))

    run = crawl_any()

    assert run.status == 0, run.stderr
    assert stored(run) == {(160, 120): 12}
    categories = Counter(item["category"] for item in run.feed)
    assert categories == {"The sea": 5, "Year 2023": 4, "Year 2024": 3}


def test_further_pages_of_a_listing(crawl_any: RunCrawl, gallery: Gallery) -> None:
    for number in (1, 2, 3):
        folder = f"/g/{number}/" if number > 1 else "/g/"
        further = f'<a href="/g/{number + 1}/">下一页</a>' if number < 3 else ""
        put_files(gallery, folder, range(number * 10, number * 10 + 5), further)

    run = crawl_any()

    assert run.status == 0, run.stderr
    assert stored(run) == {(160, 120): 15}
    assert crawl_any("-a", "pages=2", OUTPUT_DIR=run.output / "less").status == 0


def test_a_guessed_name_that_is_not_there_falls_back_on_what_is_shown(
    crawl_any: RunCrawl, gallery: Gallery
) -> None:
    shown = ""
    for number in range(12):
        put_picture(gallery, f"/g/p/{number}-80x60.jpg", number, size=SMALL)
        if number != 9:
            put_picture(gallery, f"/g/p/{number}.jpg", number)
        shown += f'<figure><img src="p/{number}-80x60.jpg" alt="Number {number}"></figure>'
    put_page(gallery, "/g/", f"<main>{shown}</main>")

    run = crawl_any()

    assert run.status == 0, run.stderr
    assert stored(run) == {(160, 120): 11, (80, 60): 1}


def test_a_dry_run_downloads_nothing_and_says_what_it_would(
    crawl_any: RunCrawl, gallery: Gallery
) -> None:
    put_details(gallery, "/g/", range(4))

    run = crawl_any("-a", "dry_run=true")

    assert run.status == 0, run.stderr
    assert "planned" in run.stderr
    assert not [path for path in asked(gallery) if path.endswith(".jpg")]
    assert not (run.output / "wallpapers.json").exists()


def test_limit_bounds_the_pictures(crawl_any: RunCrawl, gallery: Gallery) -> None:
    put_files(gallery, "/g/", range(12))

    run = crawl_any("-a", "limit=3")

    assert run.status == 0, run.stderr
    assert stored(run) == {(160, 120): 3}


def test_only_what_failed_is_tried_again(crawl_any: RunCrawl, gallery: Gallery) -> None:
    put_files(gallery, "/g/", range(6))
    whole = gallery.answers["/g/full/3.jpg"]
    gallery.answers["/g/full/3.jpg"] = Answer(whole.body[:1000], headers=JPEG)
    crawl_any(RETRY_TIMES=0)
    gallery.answers["/g/full/3.jpg"] = whole
    asked(gallery)

    run = crawl_any("-a", "retry_failed=true")

    assert run.status == 0, run.stderr
    assert asked(gallery) == {"/g/": 1, "/g/full/3.jpg": 1}
    assert stored(run) == {(160, 120): 1}
    assert len(run.pictures) == 6


def test_a_detail_page_that_failed_is_tried_again_with_its_picture(
    crawl_any: RunCrawl, gallery: Gallery
) -> None:
    put_details(gallery, "/g/", range(5))
    page = gallery.answers["/g/photo-3.html"]
    gallery.answers["/g/photo-3.html"] = Answer(b"busy", 503)
    stored_first = len(crawl_any(RETRY_TIMES=0).pictures)
    gallery.answers["/g/photo-3.html"] = page
    asked(gallery)

    run = crawl_any("-a", "retry_failed=true")

    assert stored_first == 4
    assert run.status == 0, run.stderr
    assert asked(gallery) == {"/g/photo-3.html": 1, "/g/o/3.jpg": 1}
    assert stored(run) == {(160, 120): 1}


def test_an_original_that_comes_broken_is_lost_and_not_replaced_by_its_preview(
    crawl_any: RunCrawl, gallery: Gallery
) -> None:
    put_files(gallery, "/g/", range(4))
    whole = gallery.answers["/g/full/3.jpg"]
    gallery.answers["/g/full/3.jpg"] = Answer(whole.body[:1000], headers=JPEG)

    run = crawl_any(RETRY_TIMES=0)

    assert stored(run) == {(160, 120): 3}
    assert run.outcomes()["Picture number 3"] == "refused truncated"


def test_a_page_that_is_called_like_a_picture_is_read_whole(
    crawl_any: RunCrawl, gallery: Gallery
) -> None:
    cards = ""
    for number in range(4):
        put_picture(gallery, f"/g/o/{number}.jpg", number)
        put_picture(gallery, f"/g/t/{number}.jpg", number, size=SMALL)
        filler = "<p>words</p>" * 8000
        put_page(
            gallery,
            f"/g/File:{number}.jpg",
            f'<h1>View {number}</h1><img src="t/{number}.jpg" width="80">{filler}'
            f'<a href="o/{number}.jpg">Original file</a>',
        )
        gallery.answers[f"/g/File:{number}.jpg"].takes_ranges = True
        cards += f'<li><a href="./File:{number}.jpg"><img src="t/{number}.jpg"></a></li>'
    put_page(gallery, "/g/", f"<ul>{cards}</ul>")

    run = crawl_any()

    assert run.status == 0, run.stderr
    assert stored(run) == {(160, 120): 4}
    pages = {path: times for path, times in asked(gallery).items() if "File:" in path}
    # The first of them was taken for a picture.
    assert sorted(pages.values()) == [1, 1, 1, 2]


def test_cards_do_not_wait_for_one_that_another_listing_has_shown(
    crawl_any: RunCrawl, gallery: Gallery
) -> None:
    put_details(gallery, "/g/all/", range(8))
    listing = gallery.answers["/g/all/"].body.decode()
    sample = "".join(
        f'<p><a href="all/photo-{n}.html"><img src="all/t/{n}.jpg"></a></p>' for n in range(3)
    )
    section = f'<div><h2><a href="{{0}}/">{{0}}</a></h2>{sample}</div>'
    put_page(gallery, "/g/", section.format("all") + section.format("again"))
    put_page(gallery, "/g/again/", listing.replace('"photo', '"../all/photo'))

    run = crawl_any()

    assert run.status == 0, run.stderr
    assert stored(run) == {(160, 120): 8}
    assert max(asked(gallery).values()) == 1


@pytest.mark.parametrize("status", [404, 403])
def test_cards_do_not_wait_for_one_that_is_not_there(
    status: int, crawl_any: RunCrawl, gallery: Gallery
) -> None:
    put_details(gallery, "/g/", range(5))
    gallery.answers["/g/photo-0.html"] = Answer(b"no", status)

    run = crawl_any()

    assert run.status == 0, run.stderr
    assert stored(run) == {(160, 120): 4}
    assert [item["failures"][0]["reason"] for item in run.feed if item["failures"]] == [
        f"http-{status}"
    ]
    assert asked(gallery)["/g/photo-0.html"] == 1


def test_a_site_file_reads_anew_what_was_read_without_one(
    crawl_any: RunCrawl, crawl_gallery: RunCrawl, gallery: Gallery
) -> None:
    for number in range(3):
        put_picture(gallery, f"/p/{number}.jpg", number)
    links = [
        gallery.put_detail(f"/hdwallpapers/meinv/{n}.html", f"View {n}", f"/p/{n}.jpg")
        for n in range(3)
    ]
    cards = "".join(
        f'<a target="_blank" href="{link}"><img src="/t/{n}.jpg"></a>'
        for n, link in enumerate(links)
    )
    gallery.put(LISTING, f'<div class="slist">{cards}</div>'.encode())
    first = crawl_any(path=LISTING)

    second = crawl_gallery()
    third = crawl_any(path=LISTING)

    assert (first.status, second.status, third.status) == (0, 0, 0), first.sentence + third.sentence
    assert len(second.feed) == len(third.feed) == 3


def test_limit_bounds_the_detail_pages(crawl_any: RunCrawl, gallery: Gallery) -> None:
    put_details(gallery, "/g/", range(12))

    run = crawl_any("-a", "limit=3")

    assert run.status == 0, run.stderr
    assert stored(run) == {(160, 120): 3}
    assert sum(path.endswith(".html") for path in asked(gallery)) == 3


def test_pages_that_are_known_are_counted_as_known(crawl_any: RunCrawl, gallery: Gallery) -> None:
    put_details(gallery, "/g/", range(5))
    crawl_any()

    assert "5 known, not asked for" in crawl_any().stderr


def test_a_page_without_pictures_is_said_in_one_sentence(
    crawl_any: RunCrawl, gallery: Gallery
) -> None:
    put_page(gallery, "/g/", "<p>Nothing to see here.</p>")

    run = crawl_any()

    assert run.status == 1
    assert "no picture" in run.sentence


def test_the_way_stays_within_the_gallery(crawl_any: RunCrawl, gallery: Gallery) -> None:
    elsewhere = '<li><a href="/elsewhere/"><img src="/e.jpg" width="80"></a></li>'
    nav = f'<nav><a href="/">home</a><ul>{elsewhere}</ul></nav>'
    put_files(gallery, "/g/", range(4), f'{nav}<a href="/g/2/">next</a>')
    put_files(gallery, "/g/2/", range(4, 8), f'{nav}<ul class="grid">{elsewhere}</ul>')
    put_page(gallery, "/", '<a href="/g/">gallery</a>')

    run = crawl_any()

    assert run.status == 0, run.stderr
    assert not {"/", "/elsewhere/"} & set(asked(gallery))


def _addresses(feed: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return sorted((item["title"], image["sha256"]) for item in feed for image in item["images"])


@pytest.mark.slow
def test_a_crawl_that_is_killed_again_and_again_loses_nothing(
    crawl_any: RunCrawl, gallery: Gallery, output: Path
) -> None:
    cover = '<li><a href="{0}/"><img src="/covers/{0}.jpg"><span>Album {0}</span></a></li>'
    for number, name in enumerate(("a", "b", "c")):
        put_picture(gallery, f"/covers/{name}.jpg", 90 + number, size=SMALL)
    albums = "".join(map(cover.format, ("a", "b", "c")))
    put_page(gallery, "/g/", f"<h1>All</h1><ul class='albums'>{albums}</ul>")
    put_files(gallery, "/g/a/", range(12))
    put_details(gallery, "/g/b/", range(20, 32))
    put_files(gallery, "/g/c/", range(40, 46), '<a href="/g/c/2/">next</a>')
    put_files(gallery, "/g/c/2/", range(50, 56))
    whole = crawl_any(OUTPUT_DIR=output / "whole")
    for path, answer in gallery.answers.items():
        answer.delay_seconds = 0.1 if path.endswith(".jpg") else 0.05
    words = ("-a", f"site={gallery.url}/g/")

    for wanted in (1, 3, 6, 10, 16, 24, 32):
        before = sum(gallery.requests.values())
        process = start_crawl(output, *words, DOWNLOAD_DELAY=0)
        while sum(gallery.requests.values()) < before + wanted and process.poll() is None:
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
        process.communicate()
    run = crawl_any()

    assert run.status == 0, run.stderr
    feed = json.loads((output / "whole" / "wallpapers.json").read_text())
    assert len(_addresses(run.feed)) == 36
    assert _addresses(run.feed) == _addresses(feed)
    assert run.pictures == whole.pictures
    assert not list(output.glob("frontier/*"))
