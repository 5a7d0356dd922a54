"""Scrapy's statistics, cache and throttle work with pictures that go past the memory."""

import re
import shutil
from pathlib import Path

from tests.conftest import Crawl, RunCrawl
from tests.gallery import Answer, Gallery, picture_bytes


def statistic(run: Crawl, name: str) -> int:
    found = re.search(rf"'{re.escape(name)}': (\d+)", run.log)
    assert found, run.log
    return int(found[1])


PICTURES = {f"picture {number}": picture_bytes(number, "BMP") for number in range(3)}


def extra_bytes(run: Crawl, gallery: Gallery) -> int:
    """Return what is counted beside the bodies of pages, which come once each."""
    pages = [answer for path, answer in gallery.answers.items() if path.endswith("html")]
    counted = statistic(run, "downloader/response_bytes")
    return counted - sum(len(page.body) for page in pages)


def test_the_bytes_of_streamed_pictures_are_counted(
    crawl_gallery: RunCrawl, gallery: Gallery
) -> None:
    gallery.put_pictures(dict(PICTURES))

    run = crawl_gallery()

    heads_bytes = 400 * statistic(run, "downloader/response_count")
    pictures_bytes = sum(map(len, PICTURES.values()))
    assert 0 < extra_bytes(run, gallery) - pictures_bytes < heads_bytes


def test_bytes_before_a_refused_redirect_are_counted_once(
    crawl_gallery: RunCrawl, gallery: Gallery
) -> None:
    body, headers = bytes(50_000), {"Location": "http://10.0.0.1/a.jpg"}
    picture = picture_bytes(1)
    gallery.put_pictures({"moved": Answer(body, 302, headers), "here": picture})

    run = crawl_gallery()

    assert run.outcomes() == {"moved": "refused private-address", "here": "downloaded"}
    heads_bytes = 400 * statistic(run, "downloader/response_count")
    assert 0 < extra_bytes(run, gallery) - len(body) - len(picture) < heads_bytes


def test_a_cache_of_responses_holds_no_empty_pictures(
    crawl_gallery: RunCrawl, gallery: Gallery, output: Path, tmp_path: Path
) -> None:
    gallery.put_pictures(dict(PICTURES))
    cache = {"HTTPCACHE_ENABLED": True, "HTTPCACHE_DIR": tmp_path / "cache"}

    first = crawl_gallery(**cache)
    stored = first.pictures
    shutil.rmtree(output)
    second = crawl_gallery(**cache)

    assert len(stored) == len(PICTURES)
    assert second.pictures == stored
    # Pages come from the cache, and pictures, which it does not hold, do not.
    assert gallery.requests["/0.html"] == 1
    assert gallery.requests["/pictures/0.jpg"] == 2


def test_autothrottle_knows_how_long_answers_take(
    crawl_gallery: RunCrawl, gallery: Gallery
) -> None:
    gallery.put_pictures(dict(PICTURES))

    run = crawl_gallery(
        AUTOTHROTTLE_ENABLED=True, AUTOTHROTTLE_DEBUG=True, AUTOTHROTTLE_START_DELAY=0.2
    )

    assert run.status == 0, run.stderr
    assert len(run.pictures) == len(PICTURES)
    judged = re.findall(
        r"slot: (\S+) \| conc: *\d+ \| delay: *\d+ ms .* latency: *(\d+) ms", run.log
    )
    assert {"localhost", "127.0.0.1"} <= {host for host, _ in judged}
