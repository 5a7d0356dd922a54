"""Bodies go to a sink, every byte once, however slow it is."""

import gzip
import random
import socket
import subprocess
import sys
import zlib
from pathlib import Path
from typing import Any

import brotli
import pytest
from scrapy import Request
from scrapy.exceptions import DownloadCancelledError, DownloadFailedError, ResponseDataLossError
from scrapy.http import Response

from spiders_project.downloader.sink import RECEIVED_BYTES, RangeMismatch
from tests.downloader.downloads import download
from tests.downloader.servers import ScriptedServer, hang_up_hard, response
from tests.downloader.sinks import FileSink, MemorySink

BODY = random.Random(1).randbytes(1_234_567)


@pytest.fixture
def server() -> Any:
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
    def trickle(connection: socket.socket) -> None:
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


def test_other_statuses_keep_their_body_in_memory(server: ScriptedServer) -> None:
    sink = MemorySink(b"held")
    _, answer = streamed(server.put("/a", response(b"gone", 404)), sink)
    assert (answer.status, answer.body, answer.flags) == (404, b"gone", [])
    assert sink.kept == b"held"


def test_a_cut_body_leaves_in_the_sink_what_came(server: ScriptedServer) -> None:
    sink = MemorySink(buffer_bytes=10_000)
    with pytest.raises(ResponseDataLossError):
        streamed(server.put("/a", _cut_at(600_000)), sink)
    assert sink.kept == BODY[:600_000]


def test_a_reset_leaves_in_the_sink_a_beginning_of_the_body(server: ScriptedServer) -> None:
    sink = MemorySink(buffer_bytes=10_000)
    with pytest.raises((DownloadFailedError, ResponseDataLossError)):
        streamed(server.put("/a", _cut_at(600_000, hang_up_hard)), sink)
    assert BODY.startswith(bytes(sink.kept))


def _cut_at(place: int, end: Any = socket.socket.close) -> Any:
    def answer(connection: socket.socket) -> None:
        connection.sendall(response(BODY[:place], length=len(BODY)))
        end(connection)

    return answer


def test_a_206_continues_what_the_sink_holds(server: ScriptedServer) -> None:
    start, size = 500_000, len(BODY)
    part = [f"Content-Range: bytes {start}-{size - 1}/{size}"]
    url = server.put("/a", response(BODY[start:], 206, part))
    sink = MemorySink(BODY[:start], buffer_bytes=10_000)

    request, answer = streamed(url, sink, Range=f"bytes={start}-")

    assert sink.kept == BODY
    assert answer.status == 206
    assert request.meta[RECEIVED_BYTES] == size - start


@pytest.mark.parametrize(
    "headers",
    [
        [],
        ["Content-Range: bytes 0-9/100"],
        ["Content-Range: bytes 5-9/100", "Content-Encoding: gzip"],
    ],
    ids=["no range", "another place", "encoded"],
)
def test_a_206_that_continues_nothing_empties_the_sink(
    server: ScriptedServer, headers: list[str]
) -> None:
    sink = MemorySink(b"five!")
    with pytest.raises(RangeMismatch):
        streamed(server.put("/a", response(b"12345", 206, headers)), sink)
    assert sink.kept == b""


@pytest.mark.parametrize(
    ("name", "encode"),
    [
        ("gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("br", brotli.compress),
        ("br, gzip", lambda body: gzip.compress(brotli.compress(body))),
    ],
)
def test_an_encoding_that_was_not_asked_for_is_taken_off(
    server: ScriptedServer, name: str, encode: Any
) -> None:
    text = b"the same words again and again, " * 20_000
    url = server.put("/a", response(encode(text), headers=[f"Content-Encoding: {name}"]))
    sink = MemorySink(buffer_bytes=50_000)

    _, answer = streamed(url, sink)

    assert sink.kept == text
    assert "Content-Encoding" not in answer.headers


def test_a_bomb_ends_where_the_limit_is(server: ScriptedServer) -> None:
    bomb = gzip.compress(b"\0" * 50_000_000)
    url = server.put("/a", response(bomb, headers=["Content-Encoding: gzip"]))
    sink = MemorySink(buffer_bytes=100_000)
    with pytest.raises(DownloadCancelledError):
        download(Request(url, meta={"sink": sink}), DOWNLOAD_MAXSIZE=1_000_000)
    assert len(sink.kept) <= 1_000_000


@pytest.mark.parametrize("length", [2_000_000, None], ids=["announced", "counted"])
def test_what_is_too_large_is_cancelled(server: ScriptedServer, length: int | None) -> None:
    def answer(connection: socket.socket) -> None:
        announced = f"Content-Length: {length}\r\n" if length else ""
        connection.sendall(f"HTTP/1.1 200 OK\r\n{announced}Connection: close\r\n\r\n".encode())
        connection.sendall(BODY)

    request = Request(server.put("/a", answer), meta={"sink": MemorySink()})
    with pytest.raises(DownloadCancelledError):
        download(request, DOWNLOAD_MAXSIZE=100_000)


def test_a_sink_that_cannot_write_ends_the_download(server: ScriptedServer) -> None:
    class Full(MemorySink):
        async def drain(self) -> None:
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        streamed(server.put("/a", response(BODY)), Full())


_LARGE = """
import random, resource, sys
from pathlib import Path
from scrapy import Request
from tests.downloader.downloads import download
from tests.downloader.sinks import FileSink
sink = FileSink(Path(sys.argv[2]), buffer_bytes=1_000_000, seconds=0.001)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
download(Request(sys.argv[1], meta={"sink": sink}))
sink.close()
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def test_a_large_body_takes_no_memory(server: ScriptedServer, tmp_path: Path) -> None:
    block, blocks = random.Random(3).randbytes(1 << 20), 200

    def answer(connection: socket.socket) -> None:
        connection.sendall(response(length=blocks << 20))
        for _ in range(blocks):
            connection.sendall(block)

    url = server.put("/a", answer)
    done = subprocess.run(
        [sys.executable, "-c", _LARGE, url, str(tmp_path / "a")],
        capture_output=True,
        text=True,
        check=True,
    )

    assert (tmp_path / "a").stat().st_size == blocks << 20
    growth_kilobytes = int(done.stdout)
    assert growth_kilobytes < 40 << 10


def test_a_file_gets_every_byte_in_its_order(server: ScriptedServer, tmp_path: Path) -> None:
    sink = FileSink(tmp_path / "a", buffer_bytes=50_000)
    streamed(server.put("/a", response(BODY)), sink)
    sink.close()
    assert (tmp_path / "a").read_bytes() == BODY
    assert sink.drains > 1
