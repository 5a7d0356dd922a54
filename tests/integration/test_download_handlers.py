"""Our download handler and what Scrapy offers beside it: others, statistics, cache, throttle."""

import json
import re
import shutil
from collections import Counter
from pathlib import Path

import pytest

from tests.conftest import Crawl, DemoSite, RunCrawl
from tests.gallery import Gallery, picture_bytes

HANDLERS = {
    "twisted": "scrapy.core.downloader.handlers.http11.HTTP11DownloadHandler",
    "aiohttp": "scrapy.core.downloader.handlers._aiohttp.AiohttpDownloadHandler",
}


@pytest.mark.parametrize("handler", HANDLERS.values(), ids=HANDLERS)
def test_scrapys_handlers_are_one_setting_away(
    crawl: RunCrawl, demo_site: DemoSite, handler: str
) -> None:
    handlers = json.dumps({"http": handler, "https": handler})

    run = crawl("-a", "category=night", SITE_ROOTS=demo_site.roots, DOWNLOAD_HANDLERS=handlers)

    assert run.status == 0, run.stderr
    promised = demo_site.read_json("/manifest.json")
    assert Counter(run.pictures.values()) == Counter(
        entry["sha256"] for entry in promised if entry["category"] == "night"
    )


def statistic(run: Crawl, name: str) -> int:
    found = re.search(rf"'{re.escape(name)}': (\d+)", run.log)
    assert found, run.log
    return int(found[1])


PICTURES = {f"picture {number}": picture_bytes(number, "BMP") for number in range(3)}


def test_the_bytes_of_streamed_pictures_are_counted(
    crawl_gallery: RunCrawl, gallery: Gallery
) -> None:
    gallery.put_pictures(dict(PICTURES))

    run = crawl_gallery()

    pictures_bytes = sum(map(len, PICTURES.values()))
    pages_bytes = sum(
        len(gallery.answers[path].body) for path in gallery.answers if path.endswith("html")
    )
    counted = statistic(run, "downloader/response_bytes")
    heads_bytes = 400 * statistic(run, "downloader/response_count")
    assert 0 < counted - pictures_bytes - pages_bytes < heads_bytes


def test_a_cache_of_responses_holds_whole_pictures(
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
    paths = [f"/pictures/{number}.jpg" for number in range(len(PICTURES))]
    assert [gallery.requests[path] for path in paths] == [1] * len(PICTURES)


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
