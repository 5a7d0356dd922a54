"""A request goes out as Scrapy has made it: its bytes, and nothing added."""

import os
from collections.abc import Iterator

import pytest
from scrapy import Request

from spiders_project.downloader.curl.handler import CurlHandler
from tests.downloader.downloads import download, with_handler
from tests.downloader.servers import Asked, ScriptedServer, response


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as server:
        yield server


def asked_by(server: ScriptedServer, path: str = "/a", **request: object) -> Asked:
    server.put(path, response(b"here"))
    download(Request(server.url + path, **request))  # type: ignore[arg-type]
    return server.asked[-1]


def test_the_headers_are_those_of_the_request_in_their_order(server: ScriptedServer) -> None:
    headers = {"X-B": "2", "User-Agent": "me", "X-A": ["1", "one"], "X-Empty": ""}

    asked = asked_by(server, headers=headers)

    host = f"Host: 127.0.0.1:{server.port}"
    assert asked.lines == [
        "GET /a HTTP/1.1",
        *(host, "X-B: 2", "User-Agent: me", "X-A: 1", "X-A: one", "X-Empty:"),
    ]


def test_a_line_end_in_a_header_makes_no_other_header(server: ScriptedServer) -> None:
    asked = asked_by(server, headers={"X-A": "1\r\nX-B: 2"})

    assert asked.headers[1:] == ["X-A: 1 X-B: 2"]


@pytest.mark.parametrize(
    "path",
    [
        "/a/../b/./c//d",
        "/%2f%2F%e4",
        "/?q=a%20b&r=[1]{2}|^",
        "/a;b=c,d@e:f!$'()*+",
        "/a?",
        "/a?x=%zz",
    ],
)
def test_an_address_is_not_touched(server: ScriptedServer, path: str) -> None:
    request = Request(server.url + path, meta={"verbatim_url": True})
    target = request.url.removeprefix(server.url)
    server.put(target, response(b"here"))

    assert download(request).status == 200
    assert server.asked[-1].target == target


def test_a_fragment_is_not_sent(server: ScriptedServer) -> None:
    server.put("/a?b", response(b"here"))

    assert download(server.url + "/a?b#c").status == 200


def test_a_user_in_an_address_is_not_sent(server: ScriptedServer) -> None:
    server.put("/a", response(b"here"))

    download(server.url.replace("//", "//me:secret@") + "/a")

    assert server.asked[-1].header("Authorization") is None


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "QUERY", "GET"])
@pytest.mark.parametrize("body", [b"", b"a=1&b=\x00\xff" * 9000])
def test_methods_and_bodies(server: ScriptedServer, method: str, body: bytes) -> None:
    asked = asked_by(server, method=method, body=body, headers={"X-A": "1"})

    assert asked.lines[0] == f"{method} /a HTTP/1.1"
    assert asked.body == body
    added = {line.partition(":")[0] for line in asked.headers} - {"Host", "X-A"}
    assert added <= {"Content-Length"}
    if body:
        assert asked.header("Content-Length") == str(len(body))


def test_a_content_type_stays(server: ScriptedServer) -> None:
    asked = asked_by(server, method="POST", body=b"{}", headers={"Content-Type": "text/json"})

    assert asked.header("Content-Type") == "text/json"


def test_a_method_that_is_none_is_not_sent(server: ScriptedServer) -> None:
    with pytest.raises(ValueError, match="is no method"):
        asked_by(server, method="GET / HTTP/1.1\r\nX:")

    assert server.asked == []


def test_head_has_no_body_and_keeps_the_length(server: ScriptedServer) -> None:
    server.put("/a", response(length=4711))

    answer = download(Request(server.url + "/a", method="HEAD"))

    assert (answer.status, answer.body, answer.flags) == (200, b"", [])
    assert answer.headers["Content-Length"] == b"4711"


def test_a_handle_forgets_the_request_before(server: ScriptedServer) -> None:
    server.put("/a", response(b"here"))
    first = Request(server.url + "/a", method="POST", body=b"much", headers={"X-A": "1"})

    async def both(handler: CurlHandler) -> None:
        await handler.download_request(first)
        await handler.download_request(Request(server.url + "/a"))

    with_handler(both)

    assert server.asked[1].lines == ["GET /a HTTP/1.1", f"Host: 127.0.0.1:{server.port}"]
    assert server.connections == 1


def test_redirects_are_a_matter_of_middlewares(server: ScriptedServer) -> None:
    server.put("/a", response(b"gone", 302, ["Location: /b"]))

    answer = download(server.url + "/a")

    assert (answer.status, answer.body) == (302, b"gone")
    assert len(server.asked) == 1


@pytest.mark.parametrize("name", ["http_proxy", "all_proxy", "ALL_PROXY", "HTTP_PROXY"])
def test_the_environment_names_no_proxy(
    server: ScriptedServer, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    for other in [each for each in os.environ if each.lower().endswith("_proxy")]:
        monkeypatch.delenv(other)
    monkeypatch.setenv(name, "http://127.0.0.1:9")

    assert asked_by(server).target == "/a"


@pytest.mark.parametrize("address", ["127.0.0.7", ("127.0.0.8", 0)])
def test_the_address_to_connect_from(server: ScriptedServer, address: object) -> None:
    server.put("/a", lambda connection, _: connection.sendall(peer_of(connection)))

    by_meta = download(Request(server.url + "/a", meta={"bindaddress": address}))
    by_setting = download(server.url + "/a", DOWNLOAD_BIND_ADDRESS=address)

    wanted = address if isinstance(address, str) else address[0]  # type: ignore[index]
    assert by_meta.text == by_setting.text == wanted


def peer_of(connection: object) -> bytes:
    host, _ = connection.getpeername()  # type: ignore[attr-defined]
    return response(host.encode(), headers=["Content-Type: text/plain"])


def test_the_response_is_scrapys(server: ScriptedServer) -> None:
    headers = ["Content-Type: text/html; charset=utf-8", "Set-Cookie: a=1", "Set-Cookie: b=2"]
    url = server.put("/a", response("ä".encode(), 418, headers))
    request = Request(url + "#there")

    answer = download(request)

    assert (answer.status, answer.text, answer.url) == (418, "ä", url)
    assert answer.headers.getlist("Set-Cookie") == [b"a=1", b"b=2"]
    assert (str(answer.ip_address), answer.protocol) == ("127.0.0.1", "HTTP/1.1")
    assert 0 < request.meta["download_latency"] < 60
    assert type(answer).__name__ == "HtmlResponse"


def test_interim_heads_and_chunks_and_trailers(server: ScriptedServer) -> None:
    interim = b"HTTP/1.1 103 Early\r\nLink: </x>\r\n\r\n"
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    url = server.put("/a", interim + head + b"3\r\nred\r\n4\r\nblue\r\n0\r\nX-T: 1\r\n\r\n")

    answer = download(url)

    assert answer.body == b"redblue"
    assert b"Link" not in answer.headers
    assert b"X-T" not in answer.headers


def test_ipv6() -> None:
    with ScriptedServer(host="::1") as server:
        answer = download(server.put("/a", response(b"here")))

    assert str(answer.ip_address) == "::1"
