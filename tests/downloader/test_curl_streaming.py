"""Bodies go to a sink, every byte once, however slow it is."""

import random
import socket
from typing import Any

import pytest
from scrapy import Request
from scrapy.http import Response

from spiders_project.downloader.sink import RECEIVED_BYTES
from tests.downloader.downloads import download
from tests.downloader.servers import ScriptedServer, response
from tests.downloader.sinks import MemorySink

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
