"""A download that was cut goes on where it was cut, if the picture is still the same."""

import random
import re
import socket
from collections.abc import Callable

import pytest

from tests.conftest import Crawl, RunCrawl
from tests.downloader.servers import Asked, ScriptedServer, response
from tests.gallery import Gallery, picture_bytes

# Bytes behind the end of a picture make it as large as is needed.
PICTURE = picture_bytes(1) + random.Random(1).randbytes(600_000)
OTHER = picture_bytes(2) + random.Random(2).randbytes(600_000)
_CUT_AT = 400_000
_TAG = 'ETag: "one"'

Answer = Callable[[Asked, int], bytes]


class _PictureServer:
    """Cuts the first answer, and answers the second one as it is told."""

    def __init__(self, second: Answer) -> None:
        self.sent_bytes: list[int] = []
        self._second = second
        self._server = ScriptedServer()

    def __enter__(self) -> "_PictureServer":
        self._server.__enter__()
        self.url = self._server.put("/a.jpg", self._answer)
        return self

    def __exit__(self, *error: object) -> None:
        self._server.__exit__(*error)

    @property
    def asked(self) -> list[Asked]:
        return [asked for asked in self._server.asked if asked.target == "/a.jpg"]

    def _answer(self, connection: socket.socket) -> None:
        if len(self.asked) == 1:
            data = response(PICTURE[:_CUT_AT], headers=[_TAG], length=len(PICTURE))
        else:
            data = self._second(self.asked[-1], _start_of(self.asked[-1]))
        self.sent_bytes.append(len(data.partition(b"\r\n\r\n")[2]))
        connection.sendall(data)


def _start_of(asked: Asked) -> int:
    found = re.search(r"^Range: bytes=(\d+)-$", "\n".join(asked.headers), re.MULTILINE)
    return int(found[1]) if found else 0


def _rest(asked: Asked, start: int) -> bytes:
    assert 'If-Range: "one"' in asked.headers
    size = len(PICTURE)
    part = f"Content-Range: bytes {start}-{size - 1}/{size}"
    return response(PICTURE[start:], 206, [_TAG, part])


def _all_of_it(asked: Asked, start: int) -> bytes:
    return response(PICTURE, headers=[_TAG])


def _another_picture(asked: Asked, start: int) -> bytes:
    return response(OTHER, headers=['ETag: "two"'])


def _wrong_part(asked: Asked, start: int) -> bytes:
    if not start:
        return response(PICTURE, headers=[_TAG])
    return response(PICTURE[:9], 206, [_TAG, f"Content-Range: bytes 0-8/{len(PICTURE)}"])


def _no_such_part(asked: Asked, start: int) -> bytes:
    if not start:
        return response(PICTURE, headers=[_TAG])
    return response(b"", 416, [f"Content-Range: bytes */{len(PICTURE)}"])


@pytest.fixture
def crawl_with(crawl_gallery: RunCrawl, gallery: Gallery) -> Callable[[str], Crawl]:
    def crawl(url: str) -> Crawl:
        gallery.put_listing([gallery.put_detail("/1.html", "picture", url)])
        # So small a buffer that the picture comes by way of the disk.
        return crawl_gallery(PICTURE_BUFFER_BYTES=50_000)

    return crawl


@pytest.mark.slow
@pytest.mark.parametrize(
    ("second", "kept", "requests"),
    [
        (_rest, PICTURE, 2),
        (_all_of_it, PICTURE, 2),
        (_another_picture, OTHER, 2),
        (_wrong_part, PICTURE, 3),
        (_no_such_part, PICTURE, 3),
    ],
    ids=["the rest", "ranges are ignored", "another picture", "a wrong part", "no such part"],
)
def test_a_cut_picture_is_whole_in_the_end(
    crawl_with: Callable[[str], Crawl], second: Answer, kept: bytes, requests: int
) -> None:
    with _PictureServer(second) as server:
        run = crawl_with(server.url)
        assert run.status == 0, run.stderr
        (image,) = run.feed[0]["images"]
        assert (run.output / "images" / image["path"]).read_bytes() == kept
        assert image["trailing_bytes"] == 600_000
        assert len(server.asked) == requests
        assert not (run.output / "images" / ".incoming").exists()


def test_what_came_before_the_cut_is_not_sent_again(crawl_with: Callable[[str], Crawl]) -> None:
    with _PictureServer(_rest) as server:
        run = crawl_with(server.url)
        assert run.status == 0, run.stderr
        assert server.sent_bytes == [_CUT_AT, len(PICTURE) - _CUT_AT]
