"""Bodies go to a sink, every byte once, however slow it is."""

import asyncio
import random
import resource
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from scrapy import Request
from scrapy.exceptions import (
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)
from scrapy.http import Response

from spiders_project.downloader.curl.handler import CurlHandler
from spiders_project.downloader.sink import RECEIVED_BYTES, RangeMismatch
from tests.conftest import PROJECT
from tests.downloader.downloads import download, with_handler
from tests.downloader.servers import Asked, ScriptedServer, response
from tests.downloader.sinks import FileSink, MemorySink

BODY = random.Random(1).randbytes(1_234_567)


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as server:
        yield server


def streamed(url: str, sink: Any, **headers: str) -> tuple[Request, Response]:
    request = Request(url, headers=headers, meta={"sink": sink})
    return request, download(request)


@pytest.mark.parametrize("buffer_bytes", [1, 16384, 100_000, 10_000_000])
def test_the_body_goes_to_the_sink(server: ScriptedServer, buffer_bytes: int) -> None:
    url = server.put("/a.jpg", response(BODY, headers=["Content-Type: image/jpeg"]))
    sink = MemorySink(b"older", buffer_bytes)

    request, answer = streamed(url, sink)

    assert sink.kept == BODY
    assert sink.begun_at == [0]
    assert (answer.status, answer.body, answer.flags) == (200, b"", ["streamed"])
    assert request.meta[RECEIVED_BYTES] == len(BODY)
    assert type(answer) is Response


def test_a_slow_sink_gets_every_byte_once(server: ScriptedServer) -> None:
    def trickle(connection: socket.socket, asked: Asked) -> None:
        connection.sendall(response(length=len(BODY)))
        rest = BODY
        lengths = random.Random(2)
        while rest:
            some = lengths.choice((1, 100, 16384, 16385, 50_000))
            connection.sendall(rest[:some])
            rest = rest[some:]

    sink = MemorySink(buffer_bytes=30_000, seconds=0.01)

    streamed(server.put("/a", trickle), sink)

    assert sink.kept == BODY


def test_what_is_no_picture_stays_in_memory(server: ScriptedServer) -> None:
    sink = MemorySink(b"held")

    _, answer = streamed(server.put("/a", response(b"not here", 404)), sink)

    assert (answer.status, answer.body, answer.flags) == (404, b"not here", [])
    assert sink.begun_at == []


def test_a_sink_that_fails_ends_the_download(server: ScriptedServer) -> None:
    class Full(MemorySink):
        async def drain(self) -> None:
            await super().drain()
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        streamed(server.put("/a", response(BODY)), Full())
    with pytest.raises(OSError, match="No space left"):  # at the last byte
        streamed(server.put("/b", response(b"red")), Full())


def test_what_came_before_a_cut_is_kept(server: ScriptedServer) -> None:
    half = response(BODY[:700_000], length=len(BODY))
    url = server.put("/a", lambda connection, _: connection.sendall(half))
    sink = MemorySink(buffer_bytes=50_000, seconds=0.001)

    with pytest.raises(ResponseDataLossError):
        streamed(url, sink)

    assert sink.kept == BODY[:700_000]
    assert not sink.is_draining


def rest(first: int, body: bytes = BODY, size: int | str = len(BODY), **words: Any) -> bytes:
    last = first + len(body) - 1
    return response(body, 206, [f"Content-Range: bytes {first}-{last}/{size}"], **words)


@pytest.mark.parametrize("size", [len(BODY), "*"])
def test_a_206_continues(server: ScriptedServer, size: int | str) -> None:
    url = server.put("/a", rest(1000, BODY[1000:], size))
    sink = MemorySink(BODY[:1000])

    request, answer = streamed(url, sink, Range="bytes=1000-")

    assert sink.kept == BODY
    assert (answer.status, answer.flags) == (206, ["streamed"])
    assert request.meta[RECEIVED_BYTES] == len(BODY) - 1000


NO_CONTINUATIONS = {
    "earlier": rest(999, BODY[999:]),
    "later": rest(1001, BODY[1001:]),
    "no range": response(BODY[1000:], 206),
    "no bytes": response(BODY[1000:], 206, ["Content-Range: pages 1000-1/2"]),
    "encoded": response(
        BODY[1000:],
        206,
        [f"Content-Range: bytes 1000-{len(BODY) - 1}/{len(BODY)}", "Content-Encoding: gzip"],
    ),
}


@pytest.mark.parametrize("answer", NO_CONTINUATIONS.values(), ids=NO_CONTINUATIONS)
def test_another_206_leaves_nothing(server: ScriptedServer, answer: bytes) -> None:
    sink = MemorySink(BODY[:1000])

    with pytest.raises(RangeMismatch):
        streamed(server.put("/a", answer), sink, Range="bytes=1000-")

    assert sink.kept == b""


def test_a_part_of_the_rest_is_not_taken_for_whole(server: ScriptedServer) -> None:
    url = server.put("/a", rest(1000, BODY[1000:5000]))
    sink = MemorySink(BODY[:1000])

    with pytest.raises(ResponseDataLossError):
        streamed(url, sink, Range="bytes=1000-")

    assert sink.kept == BODY[:5000]


def test_a_silent_server_is_left_and_a_slow_one_is_not(server: ScriptedServer) -> None:
    def slow(connection: socket.socket, asked: Asked) -> None:
        connection.sendall(response(length=8))
        for letter in b"slowness":
            time.sleep(0.25)
            connection.sendall(bytes([letter]))

    def silent(connection: socket.socket, asked: Asked) -> None:
        connection.sendall(response(b"half", length=8))
        connection.recv(1)

    sink, other = MemorySink(), MemorySink()
    meta = {"sink": sink, "download_timeout": 1}
    download(Request(server.put("/a", slow), meta=meta))
    with pytest.raises(DownloadTimeoutError):
        download(Request(server.put("/b", silent), meta=meta | {"sink": other}))

    assert (bytes(sink.kept), bytes(other.kept)) == (b"slowness", b"half")


def test_a_sink_that_is_slower_than_the_silence_allowed(server: ScriptedServer) -> None:
    sink = MemorySink(buffer_bytes=300_000, seconds=1.6)

    download(Request(server.put("/a", response(BODY)), meta={"sink": sink, "download_timeout": 1}))

    assert sink.kept == BODY


def test_a_picture_has_a_limit_in_seconds(server: ScriptedServer) -> None:
    def trickle(connection: socket.socket, asked: Asked) -> None:
        connection.sendall(response(length=1000))
        for _ in range(1000):
            connection.sendall(b".")
            time.sleep(0.05)

    request = Request(server.put("/a", trickle), meta={"sink": MemorySink()})
    with pytest.raises(DownloadTimeoutError):
        download(request, PICTURE_TIMEOUT=0.5)


def test_a_download_that_is_cancelled_waits_for_its_sink(server: ScriptedServer) -> None:
    url = server.put("/a", response(BODY))
    sink = MemorySink(buffer_bytes=100_000, seconds=0.2)

    async def cancel(handler: CurlHandler) -> bytes:
        task = asyncio.ensure_future(handler.download_request(Request(url, meta={"sink": sink})))
        while not sink.is_draining:  # noqa: ASYNC110 - no event tells
            await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert not sink.is_draining
        return (await handler.download_request(Request(url))).body

    assert with_handler(cancel) == BODY
    assert BODY.startswith(sink.kept)


def test_the_end_of_the_crawl_waits_for_sinks(server: ScriptedServer) -> None:
    url = server.put("/a", response(BODY))
    sinks = [MemorySink(buffer_bytes=100_000, seconds=0.2) for _ in range(4)]

    async def close(handler: CurlHandler) -> list[object]:
        requests = [Request(url, meta={"sink": sink}) for sink in sinks]
        tasks = [asyncio.ensure_future(handler.download_request(each)) for each in requests]
        while not all(sink.is_draining for sink in sinks):  # noqa: ASYNC110 - no event tells
            await asyncio.sleep(0.01)
        await handler.close()
        return await asyncio.gather(*tasks, return_exceptions=True)

    # All bytes may have come before the end, and are not thrown away then.
    for end in with_handler(close):
        assert isinstance(end, Response | DownloadFailedError)
    assert all(BODY.startswith(sink.kept) and not sink.is_draining for sink in sinks)


_LARGE_BYTES = 200_000_000


def test_a_large_body_does_not_lie_in_memory(server: ScriptedServer, tmp_path: Path) -> None:
    piece = bytes(range(256)) * 4096

    def pour(connection: socket.socket, asked: Asked) -> None:
        connection.sendall(response(length=_LARGE_BYTES))
        for start in range(0, _LARGE_BYTES, len(piece)):
            connection.sendall(piece[: _LARGE_BYTES - start])

    words = [server.put("/a", pour), server.put("/small", response(b"x")), str(tmp_path / "file")]
    run = subprocess.run(
        [sys.executable, "-m", "tests.downloader.test_curl_streaming", *words],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    )

    grown_bytes, drains = map(int, run.stdout.split())
    assert (tmp_path / "file").stat().st_size == _LARGE_BYTES
    assert grown_bytes < 20_000_000
    assert drains > 100


def _grow(url: str, small: str, path: str) -> None:
    """Print how many bytes of memory a large download needs more than a small one."""
    download(small)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    sink = FileSink(Path(path), seconds=0.002)
    download(Request(url, meta={"sink": sink}))
    sink.close()
    print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024, sink.drains)


if __name__ == "__main__":
    _grow(*sys.argv[1:])
