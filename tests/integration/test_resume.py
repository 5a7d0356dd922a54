"""A picture whose download was cut goes on where it was, and is the right one every time."""

import hashlib
import random
from collections.abc import Iterator
from io import BytesIO

import pytest
from PIL import Image

from tests.conftest import Crawl, RunCrawl
from tests.downloader.ranges import CutPicture
from tests.downloader.servers import ScriptedServer
from tests.gallery import Gallery


def noise(number: int) -> bytes:
    """Return a PNG of about 750,000 bytes."""
    buffer = BytesIO()
    data = random.Random(number).randbytes(500 * 500 * 3)
    Image.frombytes("RGB", (500, 500), data).save(buffer, "PNG", compress_level=0)
    return buffer.getvalue()


FIRST, SECOND = noise(1), noise(2)


@pytest.fixture
def pictures() -> Iterator[ScriptedServer]:
    with ScriptedServer() as server:
        yield server


class Site:
    """A gallery with one picture, which lies elsewhere."""

    def __init__(self, gallery: Gallery, pictures: ScriptedServer, crawl: RunCrawl) -> None:
        self._gallery, self._crawl = gallery, crawl
        self.pictures = pictures

    def crawl(self, picture: CutPicture, expected: bytes, **settings: object) -> Crawl:
        """Crawl; the picture is stored byte for byte."""
        url = self.pictures.put("/1.png", picture)
        self._gallery.put_listing([self._gallery.put_detail("/1.html", "one", url)])
        run = self._crawl(**{"PICTURE_BUFFER_BYTES": 100_000} | settings)
        assert run.status == 0, run.stderr
        assert run.outcomes() == {"one": "downloaded"}, run.log
        assert set(run.pictures.values()) == {hashlib.sha256(expected).hexdigest()}
        return run

    def ranges(self) -> list[tuple[str | None, str | None]]:
        """What the requests for the picture have asked for."""
        asked = [each for each in self.pictures.asked if each.target == "/1.png"]
        return [(each.header("Range"), each.header("If-Range")) for each in asked]


@pytest.fixture
def site(gallery: Gallery, pictures: ScriptedServer, crawl_gallery: RunCrawl) -> Site:
    return Site(gallery, pictures, crawl_gallery)


ETAG = ('ETag: "first"',)
DATE = ("Last-Modified: Sat, 01 Nov 2025 00:00:00 GMT",)
WEAK = ('ETag: W/"first"',)


@pytest.mark.parametrize("validators", [ETAG, DATE])
@pytest.mark.parametrize("buffer_bytes", [1000, 10_000_000])
def test_the_rest_alone_is_asked_for(
    site: Site, validators: tuple[str, ...], buffer_bytes: int
) -> None:
    picture = CutPicture(FIRST, validators=validators)

    site.crawl(picture, FIRST, PICTURE_BUFFER_BYTES=buffer_bytes)

    validator = validators[0].partition(": ")[2]
    assert site.ranges() == [(None, None), (f"bytes={picture.held_bytes}-", validator)]
    assert picture.sent_bytes == len(FIRST)


def test_errors_between_do_not_lose_what_has_come(site: Site) -> None:
    picture = CutPicture(FIRST, errors=2)

    site.crawl(picture, FIRST)

    assert picture.sent_bytes == len(FIRST)


def test_without_a_strong_validator_all_is_asked_for(site: Site) -> None:
    picture = CutPicture(FIRST, validators=WEAK)

    site.crawl(picture, FIRST)

    assert site.ranges() == [(None, None), (None, None)]


def test_a_server_that_knows_no_ranges(site: Site) -> None:
    site.crawl(CutPicture(FIRST, later="whole"), FIRST)

    assert len(site.ranges()) == 2


def test_a_picture_that_has_changed(site: Site) -> None:
    site.crawl(CutPicture(FIRST, later="changed", new_body=SECOND), SECOND)

    assert len(site.ranges()) == 2


@pytest.mark.parametrize("later", ["wrong", "behind"])
def test_a_wrong_rest_means_to_begin_anew(site: Site, later: str) -> None:
    picture = CutPicture(FIRST, later=later)

    site.crawl(picture, FIRST)

    assert [wish for wish, _ in site.ranges()] == [None, f"bytes={picture.held_bytes}-", None]


def test_nothing_is_left_behind(site: Site) -> None:
    run = site.crawl(CutPicture(FIRST), FIRST)

    assert not list(run.output.rglob("*.part"))
