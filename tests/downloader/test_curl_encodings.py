"""Content-Encoding is undone on the way into a sink, piece by piece."""

import gzip
import random
import sys
import zlib
from collections.abc import Iterator
from typing import Any

import brotli
import pytest
from scrapy import Request
from scrapy.exceptions import DownloadCancelledError, DownloadFailedError, ResponseDataLossError
from scrapy.http import Response

from spiders_project.downloader.curl.decoding import decode, decoders_of
from spiders_project.downloader.sink import RECEIVED_BYTES
from tests.downloader.downloads import download
from tests.downloader.servers import ScriptedServer, response
from tests.downloader.sinks import MemorySink

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

BODY = random.Random(1).randbytes(100_000) + bytes(200_000)


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


def two_members(data: bytes) -> bytes:
    return gzip.compress(data[:150_000]) + gzip.compress(data[150_000:]) + bytes(64)


ENCODINGS: dict[str, tuple[str, bytes]] = {
    "gzip": ("gzip", gzip.compress(BODY)),
    "x-gzip": ("X-GZip", gzip.compress(BODY)),
    "members and padding": ("gzip", two_members(BODY)),
    "deflate": ("deflate", zlib.compress(BODY)),
    "raw deflate": ("deflate", raw_deflate(BODY)),
    "br": ("br", brotli.compress(BODY)),
    "zstd": ("zstd", zstd.compress(BODY)),
    "zstd frames": ("zstd", zstd.compress(BODY[:1000]) + zstd.compress(BODY[1000:])),
    "two": ("gzip, br", brotli.compress(gzip.compress(BODY))),
    "identity": ("identity", BODY),
}


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as server:
        yield server


def streamed(
    server: ScriptedServer, body: bytes, encoding: str, sink: Any, **settings: Any
) -> Response:
    url = server.put("/a", response(body, headers=[f"Content-Encoding: {encoding}"]))
    request = Request(url, meta={"sink": sink})
    answer = download(request, **settings)
    assert request.meta[RECEIVED_BYTES] == len(body)
    return answer


@pytest.mark.parametrize(("encoding", "body"), ENCODINGS.values(), ids=ENCODINGS)
def test_the_sink_gets_what_was_encoded(server: ScriptedServer, encoding: str, body: bytes) -> None:
    sink = MemorySink(buffer_bytes=100_000)

    answer = streamed(server, body, encoding, sink)

    assert sink.kept == BODY
    assert answer.headers.get("Content-Encoding") in (None, b"identity")


@pytest.mark.parametrize(("encoding", "body"), ENCODINGS.values(), ids=ENCODINGS)
@pytest.mark.parametrize("step", [1, 7, 4096])
def test_pieces_of_any_size(encoding: str, body: bytes, step: int) -> None:
    decoders = decoders_of(encoding.encode())
    pieces = [
        piece
        for start in range(0, len(body), step)
        for piece in decode(decoders, body[start : start + step])
    ]

    assert b"".join(pieces) == BODY
    assert max(map(len, pieces)) <= 400_000
    assert all(decoder.is_complete for decoder in decoders)


def test_an_empty_body_has_no_encoding(server: ScriptedServer) -> None:
    sink = MemorySink()

    answer = streamed(server, b"", "gzip", sink)

    assert (answer.status, bytes(sink.kept)) == (200, b"")


def test_a_coding_nobody_knows_stays(server: ScriptedServer) -> None:
    sink = MemorySink()

    answer = streamed(server, b"?!", "secret", sink)

    assert (bytes(sink.kept), answer.headers["Content-Encoding"]) == (b"?!", b"secret")


CODED = {name: ENCODINGS[name] for name in ("gzip", "deflate", "raw deflate", "br", "zstd")}


@pytest.mark.parametrize(("encoding", "body"), CODED.values(), ids=CODED)
def test_an_end_before_the_end_leaves_nothing(
    server: ScriptedServer, encoding: str, body: bytes
) -> None:
    sink = MemorySink()

    with pytest.raises(ResponseDataLossError):
        streamed(server, body[:-10], encoding, sink)

    assert sink.kept == b""


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd"])
def test_what_is_not_encoded_as_it_says(server: ScriptedServer, encoding: str) -> None:
    sink = MemorySink()

    with pytest.raises(DownloadFailedError):
        streamed(server, b"\xff\xd8\xff" + BODY[:90_000], encoding, sink)

    assert sink.kept == b""


BOMB = bytes(50_000_000)
BOMBS = {
    "gzip": gzip.compress(BOMB),
    "br": brotli.compress(BOMB, quality=5),
    "zstd": zstd.compress(BOMB),
    "gzip, gzip": gzip.compress(gzip.compress(BOMB)),
}


@pytest.mark.parametrize(("encoding", "body"), BOMBS.items(), ids=BOMBS)
def test_a_bomb_is_left_where_it_grows_too_large(
    server: ScriptedServer, encoding: str, body: bytes
) -> None:
    sizes: list[int] = []

    class Watching(MemorySink):
        def write(self, chunk: bytes) -> bool:
            sizes.append(len(chunk))
            return super().write(chunk)

    with pytest.raises(DownloadCancelledError):
        streamed(server, body, encoding, Watching(), DOWNLOAD_MAXSIZE=1_000_000)

    assert sum(sizes) <= 1_000_000
    assert max(sizes) < 500_000
