"""Proxies of http, https and SOCKS5; what is for a proxy never reaches a site."""

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest
from scrapy import Request
from scrapy.exceptions import DownloadConnectionRefusedError, DownloadFailedError

from spiders_project.downloader.curl.handler import CurlHandler
from tests.downloader.certificates import self_signed
from tests.downloader.downloads import download, with_handler
from tests.downloader.proxies import HttpProxy, SocksProxy
from tests.downloader.servers import ScriptedServer, response
from tests.downloader.tunnels import TunnelProxy

WORDS = b"Basic " + base64.b64encode(b"me:p@ss")


def request_by(proxy: str, url: str, credentials: bytes = WORDS) -> Request:
    headers = {"X-A": "1"} | ({"Proxy-Authorization": credentials} if credentials else {})
    return Request(url, headers=headers, meta={"proxy": proxy})


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as server:
        server.put("/a", response(b"here"))
        yield server


@pytest.fixture
def safe_server(tmp_path: Path) -> Iterator[ScriptedServer]:
    with ScriptedServer(self_signed(tmp_path)[0]) as server:
        server.put("/a", response(b"here"))
        yield server


def test_a_forward_proxy_is_told_the_whole_address() -> None:
    with ScriptedServer() as proxy:
        url = "http://example.org/a/../%2f?b"
        proxy.answers[url] = response(b"here")

        answer = download(request_by(proxy.url, url))

    assert answer.body == b"here"
    asked = proxy.asked[0]
    assert asked.lines[0] == f"GET {url} HTTP/1.1"
    assert sorted(asked.headers) == [
        "Host: example.org",
        f"Proxy-Authorization: {WORDS.decode()}",
        "X-A: 1",
    ]


def test_a_forward_proxy_that_wants_a_password(server: ScriptedServer) -> None:
    with HttpProxy({"site.example": ("127.0.0.1", server.port)}, "me:p@ss") as proxy:
        address = f"http://127.0.0.1:{proxy.port}"
        right = download(request_by(address, "http://site.example/a"))
        wrong = download(request_by(address, "http://site.example/a", b"Basic bWU6eA=="))

    assert (right.body, wrong.status) == (b"here", 407)


@pytest.mark.parametrize("is_https_proxy", [False, True])
def test_a_tunnel(safe_server: ScriptedServer, tmp_path: Path, is_https_proxy: bool) -> None:
    context = self_signed(tmp_path)[0] if is_https_proxy else None
    with TunnelProxy(safe_server, "me:p@ss", context) as proxy:
        request = request_by(proxy.url, "https://site.example/a")

        answer = download(request, DOWNLOAD_VERIFY_CERTIFICATES=False)

    assert (answer.body, answer.headers.get("Connection")) == (b"here", None)
    assert proxy.asked[0].lines[0] == "CONNECT site.example:443 HTTP/1.1"
    assert "X-A: 1" not in proxy.asked[0].headers
    assert safe_server.asked[0].lines == ["GET /a HTTP/1.1", "Host: site.example", "X-A: 1"]


def test_a_tunnel_is_not_made_without_the_password(safe_server: ScriptedServer) -> None:
    with TunnelProxy(safe_server, "me:other") as proxy:
        request = request_by(proxy.url, "https://site.example/a")
        with pytest.raises(DownloadFailedError, match="407"):
            download(request, DOWNLOAD_VERIFY_CERTIFICATES=False)

    assert safe_server.asked == []


@pytest.mark.parametrize("scheme", ["socks5", "socks5h"])
def test_socks(server: ScriptedServer, scheme: str) -> None:
    with SocksProxy({"site.example": ("127.0.0.1", server.port)}, "me:p@ss") as proxy:
        address = f"{scheme}://127.0.0.1:{proxy.port}"

        answer = download(request_by(address, "http://site.example/a"))

    assert answer.body == b"here"
    assert proxy.asked_for == ["site.example"]
    assert server.asked[0].lines == ["GET /a HTTP/1.1", "Host: site.example", "X-A: 1"]


def test_socks_with_a_wrong_password(server: ScriptedServer) -> None:
    with SocksProxy({}, "me:other") as proxy, pytest.raises(DownloadFailedError):
        download(request_by(f"socks5://127.0.0.1:{proxy.port}", "http://site.example/a"))

    assert server.asked == []


def test_socks_that_does_not_reach_the_site() -> None:
    with ScriptedServer() as gone:
        nobody = ("127.0.0.1", gone.port)
    with SocksProxy({"site.example": nobody}) as proxy:
        address = f"socks5://127.0.0.1:{proxy.port}"
        with pytest.raises(DownloadConnectionRefusedError):
            download(request_by(address, "http://site.example/a", b""))


def test_what_is_for_a_proxy_is_not_sent_without_one(server: ScriptedServer) -> None:
    download(Request(server.url + "/a", headers={"Proxy-Authorization": WORDS}))

    assert server.asked[0].header("Proxy-Authorization") is None


def test_a_request_without_a_proxy_behind_one_with(server: ScriptedServer) -> None:
    with ScriptedServer() as proxy:
        proxy.answers["http://example.org/"] = response(b"by proxy")

        async def both(handler: CurlHandler) -> bytes:
            await handler.download_request(request_by(proxy.url, "http://example.org/"))
            return (await handler.download_request(Request(server.url + "/a"))).body

        assert with_handler(both) == b"here"

    assert server.asked[0].header("Proxy-Authorization") is None
    assert len(proxy.asked) == 1
