"""Scrapy's signals of a download, the wish to stop it, and sizes that are too large."""

import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadCancelledError, StopDownload

from tests.downloader.downloads import Listen, download
from tests.downloader.servers import ScriptedServer, response
from tests.downloader.sinks import MemorySink

BODY = bytes(range(256)) * 4000


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as server:
        yield server


_kept: list[object] = []
"""Listeners are held weakly."""


def listen(signal: object, listener: Callable[..., Any]) -> Listen:
    def connect(crawler: Crawler) -> None:
        _kept.append(listener)
        crawler.signals.connect(listener, signal)

    return connect


@pytest.mark.parametrize("is_streamed", [False, True])
def test_every_byte_is_told_of_once(server: ScriptedServer, is_streamed: bool) -> None:
    told = bytearray()
    meta = {"sink": MemorySink(buffer_bytes=30_000)} if is_streamed else {}
    request = Request(server.put("/a", response(BODY)), meta=meta)

    def hear(data: bytes, request: Request) -> None:
        told.extend(data)

    download(request, listen(signals.bytes_received, hear))

    assert told == BODY


def test_the_head_is_told_of_before_the_body(server: ScriptedServer) -> None:
    heard: list[Any] = []
    url = server.put("/a", response(b"body", headers=["X-A: 1"]))

    def hear(headers: Any, body_length: int, request: Request) -> None:
        heard.append((headers["X-A"], body_length, request.url))

    download(url, listen(signals.headers_received, hear))

    assert heard == [(b"1", 4, url)]


@pytest.mark.parametrize("signal", [signals.headers_received, signals.bytes_received])
@pytest.mark.parametrize("is_streamed", [False, True])
def test_a_listener_stops_a_download(
    server: ScriptedServer, signal: object, is_streamed: bool
) -> None:
    meta = {"sink": MemorySink()} if is_streamed else {}
    request = Request(server.put("/a", response(BODY, headers=["X-A: 1"])), meta=meta)

    def stop(request: Request) -> None:
        raise StopDownload(fail=False)

    answer = download(request, listen(signal, stop))

    assert "download_stopped" in answer.flags
    assert (answer.status, answer.headers["X-A"]) == (200, b"1")
    assert BODY.startswith(answer.body)
    assert len(answer.body) < len(BODY)


def test_a_stop_that_fails_carries_the_response(server: ScriptedServer) -> None:
    url = server.put("/a", response(b"body", 203))

    def stop(request: Request) -> None:
        raise StopDownload(fail=True)

    with pytest.raises(StopDownload) as caught:
        download(url, listen(signals.headers_received, stop))

    assert caught.value.response is not None
    assert caught.value.response.status == 203


@pytest.mark.parametrize("is_streamed", [False, True])
@pytest.mark.parametrize("is_announced", [False, True])
def test_too_large_bodies(server: ScriptedServer, is_streamed: bool, is_announced: bool) -> None:
    chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%b\r\n0\r\n\r\n"
    answer = response(BODY) if is_announced else chunked % (len(BODY), BODY)
    meta: dict[str, Any] = {"sink": MemorySink()} if is_streamed else {}
    url = server.put("/a", answer)

    with pytest.raises(DownloadCancelledError, match="larger than download max size"):
        download(Request(url, meta=meta), DOWNLOAD_MAXSIZE=len(BODY) - 1)
    with pytest.raises(DownloadCancelledError):
        download(Request(url, meta=meta | {"download_maxsize": 1000}))
    download(Request(url, meta=meta), DOWNLOAD_MAXSIZE=len(BODY))


def test_large_bodies_are_warned_of_once(
    server: ScriptedServer, caplog: pytest.LogCaptureFixture
) -> None:
    url = server.put("/a", response(BODY))

    with caplog.at_level(logging.WARNING):
        download(url, DOWNLOAD_WARNSIZE=1000)

    assert len([record for record in caplog.records if "warn size" in record.message]) == 1
