"""A download that fails raises what Scrapy's handlers raise, and leaves nothing behind."""

import asyncio
import socket
import time
from collections.abc import Iterator

import pytest
from scrapy import Request
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)

from spiders_project.downloader.curl.handler import CurlHandler
from tests.downloader.downloads import download, with_handler
from tests.downloader.servers import Asked, ScriptedServer, hang_up_hard, response


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as server:
        yield server


def silent(connection: socket.socket, asked: Asked) -> None:
    connection.recv(1)


def test_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

    with pytest.raises(DownloadConnectionRefusedError, match=str(port)):
        download(f"http://127.0.0.1:{port}/a")


def test_a_name_that_does_not_exist() -> None:
    with pytest.raises(CannotResolveHostError, match=r"nowhere\.invalid"):
        download("http://nowhere.invalid/")


@pytest.mark.parametrize(
    "answer",
    [b"", b"HTTP/1.1 2", b"this is no http\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Le"],
    ids=["nothing", "half a line", "no http", "half a head"],
)
def test_no_head(server: ScriptedServer, answer: bytes) -> None:
    url = server.put("/a", lambda connection, _: connection.sendall(answer))

    with pytest.raises(DownloadFailedError) as caught:
        download(url)

    assert not isinstance(caught.value, ResponseDataLossError)


CUT = {
    "short": response(b"half", length=8),
    "chunked": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n",
}


@pytest.mark.parametrize("answer", CUT.values(), ids=CUT)
def test_data_loss(server: ScriptedServer, answer: bytes) -> None:
    url = server.put("/a", lambda connection, _: connection.sendall(answer))

    with pytest.raises(ResponseDataLossError):
        download(url)
    by_setting = download(url, DOWNLOAD_FAIL_ON_DATALOSS=False)
    by_meta = download(Request(url, meta={"download_fail_on_dataloss": False}))

    for taken in (by_setting, by_meta):
        assert (taken.body, taken.flags) == (b"half", ["dataloss"])


def test_a_reset_in_the_body_is_data_loss(server: ScriptedServer) -> None:
    def reset(connection: socket.socket, asked: Asked) -> None:
        connection.sendall(response(b"half", length=8))
        time.sleep(0.2)  # a reset throws away what has not been read
        hang_up_hard(connection)

    with pytest.raises(ResponseDataLossError):
        download(server.put("/a", reset))


def test_a_body_that_only_the_connection_ends(server: ScriptedServer) -> None:
    answer = b"HTTP/1.1 200 OK\r\n\r\nall of it?"
    url = server.put("/a", lambda connection, _: connection.sendall(answer))

    taken = download(url)

    assert (taken.body, taken.flags) == (b"all of it?", ["partial"])


def test_a_silent_server(server: ScriptedServer) -> None:
    request = Request(server.put("/a", silent), meta={"download_timeout": 0.3})

    with pytest.raises(DownloadTimeoutError):
        download(request)


def test_a_page_that_takes_too_long(server: ScriptedServer) -> None:
    def trickle(connection: socket.socket, asked: Asked) -> None:
        connection.sendall(response(length=1000))
        for _ in range(1000):
            connection.sendall(b".")
            time.sleep(0.05)

    request = Request(server.put("/a", trickle), meta={"download_timeout": 0.5})

    with pytest.raises(DownloadTimeoutError):
        download(request)


def test_a_connection_that_does_not_come() -> None:
    # A queue that is full: Linux answers no further connection.
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full:
        address = full.getsockname()
        waiting = [socket.socket() for _ in range(4)]
        for each in waiting:
            each.setblocking(False)
            each.connect_ex(address)
        with pytest.raises(DownloadTimeoutError):
            download(f"http://127.0.0.1:{address[1]}/", CONNECT_TIMEOUT=0.4)
        for each in waiting:
            each.close()


def test_a_cancelled_download_lets_its_connection_go(server: ScriptedServer) -> None:
    ends: list[bytes] = []
    url = server.put("/a", lambda connection, _: ends.append(connection.recv(1)))
    server.put("/b", response(b"here"))

    async def cancel(handler: CurlHandler) -> bytes:
        task = asyncio.ensure_future(handler.download_request(Request(url)))
        while not server.asked:  # noqa: ASYNC110 - in another thread
            await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        while not ends:  # noqa: ASYNC110 - in another thread
            await asyncio.sleep(0.01)
        return (await handler.download_request(Request(server.url + "/b"))).body

    assert with_handler(cancel) == b"here"
    assert ends == [b""]


def test_the_end_of_the_crawl_ends_downloads(server: ScriptedServer) -> None:
    request = Request(server.put("/a", silent))

    async def close(handler: CurlHandler) -> list[object]:
        tasks = [asyncio.ensure_future(handler.download_request(request)) for _ in range(5)]
        while len(server.asked) < 5:  # noqa: ASYNC110 - in another thread
            await asyncio.sleep(0.01)
        await handler.close()
        return await asyncio.gather(
            *tasks, handler.download_request(request), return_exceptions=True
        )

    ends = with_handler(close)

    assert [type(end) for end in ends] == [DownloadFailedError] * 6


def test_many_downloads_leave_no_handles_and_no_sockets(server: ScriptedServer) -> None:
    url = server.put("/a", response(b"here"))
    server.put("/lost", lambda connection, _: connection.sendall(b"HT"))

    async def many(handler: CurlHandler) -> int:
        for _ in range(10):
            wishes = [
                Request(url),
                Request(url, method="POST", body=b"x"),
                Request(server.url + "/lost"),
            ]
            tasks = [handler.download_request(wish) for wish in wishes * 4]
            await asyncio.gather(*tasks, return_exceptions=True)
        return len(handler._handles._idle)

    assert with_handler(many) <= 12
