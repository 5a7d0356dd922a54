"""What becomes of each kind of answer to a picture's request."""

import gzip
import json
from pathlib import Path

import pytest

from tests.conftest import RunCrawl
from tests.gallery import Answer, Gallery, picture_bytes

JPEG = picture_bytes(1, quality=90)
PNG = picture_bytes(2, "PNG")
WEBP = picture_bytes(3, "WEBP")


def test_each_answer_has_its_outcome(crawl_gallery: RunCrawl, gallery: Gallery) -> None:
    gallery.put_pictures(
        {
            "whole": JPEG,
            "a png named jpg": PNG,
            "no content type": Answer(WEBP),
            "wrong content type": Answer(picture_bytes(4), headers={"Content-Type": "text/plain"}),
            "truncated": picture_bytes(5)[:-40],
            "a page named jpg": b"<!DOCTYPE html><title>please log in</title>",
            "empty": b"",
            "not there": Answer(b"no", 404),
            "gone for good": Answer(b"no", 410),
            "the same again": JPEG,
            "redirected": Answer(status=302, headers={"Location": "/elsewhere.jpg"}),
            "redirected in circles": Answer(status=302, headers={"Location": "/circle"}),
            "redirected to a file": Answer(
                status=302, headers={"Location": "file:///etc/hostname"}
            ),
            "shorter than promised": Answer(JPEG[:500], headers={"Content-Length": "9000"}),
            "compressed on the way": Answer(
                gzip.compress(picture_bytes(6)), headers={"Content-Encoding": "gzip"}
            ),
        }
    )
    gallery.put("/elsewhere.jpg", picture_bytes(7), "image/jpeg")
    gallery.answers["/circle"] = Answer(status=302, headers={"Location": "/circle"})

    run = crawl_gallery(RETRY_ENABLED=False)

    assert run.status == 0, run.stderr
    outcomes = run.outcomes()
    # Which of two pictures with the same bytes comes first is not promised.
    same = {outcomes.pop("whole"), outcomes.pop("the same again")}
    assert same == {"downloaded", "duplicate"}
    assert outcomes == {
        "a png named jpg": "downloaded",
        "no content type": "downloaded",
        "wrong content type": "downloaded",
        "truncated": "refused truncated",
        "a page named jpg": "refused not-an-image",
        "empty": "refused empty",
        "not there": "failed http-404",
        "gone for good": "gone http-410",
        "redirected": "downloaded",
        "redirected in circles": "failed too-many-redirects",
        "redirected to a file": "failed http-302",
        "shorter than promised": "failed cut-short",
        "compressed on the way": "downloaded",
    }
    stored = {path.rpartition("/")[2] for path in run.pictures}
    assert {"a png named jpg.png", "no content type.webp"} <= stored
    assert len(stored) == 6
    assert "too-many-redirects" in run.stderr


def test_two_pictures_with_one_title_are_both_kept(
    crawl_gallery: RunCrawl, gallery: Gallery
) -> None:
    urls = [
        gallery.put(f"/{number}.png", picture_bytes(number, "PNG"), "image/png")
        for number in (1, 2)
    ]
    gallery.put_listing(
        gallery.put_detail(f"/{number}.html", title, url)
        for number, (title, url) in enumerate(zip(("Sunrise", "SUNRISE"), urls, strict=True))
    )

    first, second = crawl_gallery(), crawl_gallery()

    assert len(first.pictures) == 2
    assert sum(" [" in path for path in first.pictures) == 1
    assert second.pictures == first.pictures


def test_titles_of_strangers_stay_inside_the_folder(
    crawl_gallery: RunCrawl, gallery: Gallery
) -> None:
    titles = [
        "../../escape",
        "a/b\\c",
        "CON",
        "x" * 300,
        "<script>alert(1)</script>",
        "..",
        "长" * 200,
    ]
    gallery.put_pictures({title: picture_bytes(n) for n, title in enumerate(titles)})

    run = crawl_gallery()

    assert len(run.pictures) == len(titles)
    assert {path.rpartition("/")[0] for path in run.pictures} == {"moyublog/meinv"}
    assert [item["title"] for item in run.feed if "script" in item["title"]] == [titles[4]]


def test_a_larger_picture_than_allowed_is_refused(
    crawl_gallery: RunCrawl, gallery: Gallery
) -> None:
    gallery.put_pictures({"small": JPEG, "large": picture_bytes(1, "BMP", size=(300, 300))})

    run = crawl_gallery(DOWNLOAD_MAXSIZE=100_000)

    assert run.outcomes() == {"small": "downloaded", "large": "refused too-large"}


def test_a_header_that_promises_too_many_pixels_is_refused(
    crawl_gallery: RunCrawl, gallery: Gallery
) -> None:
    gallery.put_pictures({"bomb": picture_bytes(1, "PNG", size=(400, 300)), "small": JPEG})

    run = crawl_gallery(PICTURE_MAX_PIXELS=100_000)

    assert run.outcomes() == {"bomb": "refused decompression-bomb", "small": "downloaded"}


@pytest.mark.parametrize("address", ["file:///etc/hostname", "data:image/gif;base64,R0lGODlhAQ"])
def test_addresses_that_are_not_the_webs_are_never_fetched(
    crawl_gallery: RunCrawl, gallery: Gallery, address: str
) -> None:
    gallery.put_listing(
        [
            gallery.put_detail("/odd.html", "odd", address),
            gallery.put_detail("/1.html", "fine", gallery.put("/1.jpg", JPEG, "image/jpeg")),
        ]
    )

    run = crawl_gallery()

    assert run.outcomes()["fine"] == "downloaded"
    assert run.outcomes()["odd"] == "failed unreadable"
    assert len(run.pictures) == 1


def test_scrapys_settings_keep_their_meaning(crawl_gallery: RunCrawl, gallery: Gallery) -> None:
    gallery.put_pictures(
        {"wide": picture_bytes(1, size=(400, 100)), "high": picture_bytes(2, size=(100, 400))}
    )

    run = crawl_gallery(
        IMAGES_MIN_WIDTH=200, IMAGES_THUMBS='{"tiny": [20, 20], "larger": [80, 80]}'
    )

    assert run.outcomes() == {"wide": "downloaded", "high": "refused too-small"}
    thumbnails = sorted(path.parts[-4] for path in (run.output / "thumbs").rglob("*.jpg"))
    assert thumbnails == ["larger", "tiny"]


def test_pictures_can_be_put_elsewhere(
    crawl_gallery: RunCrawl, gallery: Gallery, tmp_path: Path
) -> None:
    gallery.put_pictures({"one": JPEG})

    run = crawl_gallery(IMAGES_STORE=tmp_path / "a folder", THUMBS_STORE=tmp_path / "small")

    assert (tmp_path / "a folder/moyublog/meinv/one.jpg").read_bytes() == JPEG
    assert (tmp_path / "small/grid/moyublog/meinv/one.jpg.jpg").is_file()
    assert run.pictures == {}


@pytest.mark.parametrize(
    "name", ["http11.HTTP11DownloadHandler", "_aiohttp.AiohttpDownloadHandler"]
)
def test_handlers_of_scrapy_serve_as_well(
    crawl_gallery: RunCrawl, gallery: Gallery, name: str
) -> None:
    gallery.put_pictures({"one": picture_bytes(1), "two": picture_bytes(2)})
    handler = f"scrapy.core.downloader.handlers.{name}"
    run = crawl_gallery(
        DOWNLOAD_HANDLERS=json.dumps({"http": handler, "https": handler}), PICTURE_BUFFER_BYTES=100
    )
    assert run.status == 0, run.stderr
    assert [item["images"][0]["status"] for item in run.feed] == ["downloaded"] * 2
