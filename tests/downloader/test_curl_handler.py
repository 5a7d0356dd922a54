"""The handler does what Scrapy's own do, against servers of which every byte is known."""

import asyncio
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
    StopDownload,
)
from scrapy.http import HtmlResponse, TextResponse

from tests.downloader.downloads import download, with_handler
from tests.downloader.servers import ScriptedServer, response


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as server:
        yield server


def test_a_page_comes_as_scrapy_gives_it(server: ScriptedServer) -> None:
    url = server.put(
        "/a", response(b"<p>hi</p>", headers=["Content-Type: text/html", "X: 1", "X: 2"])
    )
    request = Request(url)
    answer = download(request)
    assert isinstance(answer, HtmlResponse)
    assert (answer.status, answer.body, answer.url) == (200, b"<p>hi</p>", url)
    assert answer.headers.getlist("X") == [b"1", b"2"]
    assert str(answer.ip_address) == "127.0.0.1"
    assert answer.protocol == "HTTP/1.1"
    assert request.meta["download_latency"] > 0


def test_exactly_the_headers_of_the_request_are_sent(server: ScriptedServer) -> None:
    url = server.put("/a", response(b""))
    download(Request(url, headers={"B": "2", "A": ["1", "3"]}))
    assert server.asked[0].headers == [f"Host: 127.0.0.1:{server.port}", "B: 2", "A: 1", "A: 3"]


@pytest.mark.parametrize("target", ["/a/../b", "/%7euser?q=%20x", "/a//b/./c"])
def test_an_address_is_asked_for_as_it_is(server: ScriptedServer, target: str) -> None:
    assert download(server.put(target, response(b"found"))).body == b"found"
    assert server.asked[0].target == target


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH"])
def test_bodies_are_sent(server: ScriptedServer, method: str) -> None:
    url = server.put("/a", response(b"ok"))
    assert download(Request(url, method=method, body=b"x" * 5000)).body == b"ok"
    assert server.asked[0].body == b"x" * 5000
    assert server.asked[0].lines[0].startswith(f"{method} /a")
    assert not any(line.lower().startswith("expect") for line in server.asked[0].headers)


def test_head_has_no_body(server: ScriptedServer) -> None:
    url = server.put("/a", response(length=1000))
    answer = download(Request(url, method="HEAD"))
    assert (answer.status, answer.body) == (200, b"")


def test_redirects_are_not_followed(server: ScriptedServer) -> None:
    url = server.put("/a", response(b"", 302, ["Location: /b"]))
    assert download(url).status == 302
    assert len(server.asked) == 1


def test_proxies_of_the_environment_are_not_ours(
    server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert download(server.put("/a", response(b"direct"))).body == b"direct"


def test_connections_are_used_again(server: ScriptedServer) -> None:
    url = server.put("/a", response(b"ok"))

    async def twice(handler: Any) -> None:
        for _ in range(2):
            await handler.download_request(Request(url))

    with_handler(twice)
    assert server.connections == 1


def test_a_host_that_does_not_exist() -> None:
    with pytest.raises(CannotResolveHostError):
        download("http://does-not-exist.invalid/")


def test_a_closed_port() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(DownloadConnectionRefusedError):
        download(f"http://127.0.0.1:{port}/")


def test_a_page_that_takes_too_long(server: ScriptedServer) -> None:
    url = server.put("/a", lambda _: time.sleep(3))
    with pytest.raises(DownloadTimeoutError):
        download(Request(url, meta={"download_timeout": 0.3}))


def test_a_body_that_is_cut(server: ScriptedServer) -> None:
    def cut(connection: socket.socket) -> None:
        connection.sendall(response(b"half", length=8))

    url = server.put("/a", cut)
    with pytest.raises(ResponseDataLossError):
        download(url)
    answer = download(url, DOWNLOAD_FAIL_ON_DATALOSS=False)
    assert (answer.body, answer.flags) == (b"half", ["dataloss"])


def test_a_server_that_hangs_up(server: ScriptedServer) -> None:
    with pytest.raises(DownloadFailedError):
        download(server.put("/a", lambda connection: connection.close()))


def test_a_page_that_is_too_large(server: ScriptedServer) -> None:
    url = server.put("/a", response(b"x" * 5000))
    with pytest.raises(DownloadCancelledError):
        download(url, DOWNLOAD_MAXSIZE=1000)
    assert (
        len(download(Request(url, meta={"download_maxsize": 0}), DOWNLOAD_MAXSIZE=10).body) == 5000
    )


def test_signals_can_stop_a_download(server: ScriptedServer) -> None:
    url = server.put("/a", response(b"x" * 100_000))
    heard: list[Any] = []

    def at_headers(headers: Any, body_length: int, request: Request) -> None:
        heard.append(body_length)
        raise StopDownload(fail=False)

    def listen(crawler: Crawler) -> None:
        crawler.signals.connect(at_headers, signals.headers_received, weak=False)

    answer = download(url, listen)
    assert (answer.body, answer.flags, heard) == (b"", ["download_stopped"], [100_000])


def test_bytes_are_told_of(server: ScriptedServer) -> None:
    url = server.put("/a", response(b"x" * 100_000))
    heard: list[bytes] = []

    def hear(data: bytes) -> None:
        heard.append(data)

    def listen(crawler: Crawler) -> None:
        crawler.signals.connect(hear, signals.bytes_received, weak=False)

    download(url, listen)
    assert b"".join(heard) == b"x" * 100_000


def test_cancelling_ends_the_transfer(server: ScriptedServer) -> None:
    gone = threading.Event()

    def endless(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        try:
            while True:
                connection.sendall(b"x" * 1000)
                time.sleep(0.01)
        except OSError:
            gone.set()

    url = server.put("/a", endless)

    async def cancel(handler: Any) -> None:
        task = asyncio.create_task(handler.download_request(Request(url)))
        await asyncio.sleep(0.3)
        task.cancel()
        await asyncio.wait([task])
        assert task.cancelled()

    with_handler(cancel)
    assert gone.wait(5)


def test_close_ends_what_is_under_way(server: ScriptedServer) -> None:
    url = server.put("/a", lambda _: time.sleep(2))

    async def close(handler: Any) -> BaseException | None:
        task = asyncio.create_task(handler.download_request(Request(url)))
        await asyncio.sleep(0.2)
        await handler.close()
        await asyncio.wait([task])
        return task.exception()

    assert isinstance(with_handler(close), DownloadFailedError)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for 127.0.0.1 that nobody has signed but itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("tls") / "both.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    file.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return file


def test_a_certificate_that_nobody_vouches_for(certificate: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with ScriptedServer(tls=context) as server:
        url = server.put("/a", response(b"secret"))
        with pytest.raises(DownloadFailedError, match=r"(?i)certificate"):
            download(url)
        assert download(url, DOWNLOAD_VERIFY_CERTIFICATES=False).body == b"secret"


def test_a_text_response_knows_its_encoding(server: ScriptedServer) -> None:
    body = "壁纸".encode("gbk")
    url = server.put("/a", response(body, headers=["Content-Type: text/plain; charset=gbk"]))
    answer = download(url)
    assert isinstance(answer, TextResponse)
    assert answer.text == "壁纸"
