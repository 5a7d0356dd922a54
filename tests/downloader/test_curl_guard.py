"""No connection to an address that no crawl may connect to, whatever it is called."""

from collections.abc import Iterator

import pytest
from scrapy import Request

from spiders_project.downloader.resolver import guards
from spiders_project.failures import DownloadLost
from spiders_project.outcomes import Outcome, Reason
from spiders_project.politeness.address_guard import AddressGuard
from tests.downloader.downloads import download
from tests.downloader.proxies import HttpProxy
from tests.downloader.servers import ScriptedServer, response


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as server:
        server.put("/a", response(b"secret"))
        yield server


def guard_of(*args: object) -> Iterator[AddressGuard]:
    guard = AddressGuard(*args)  # type: ignore[arg-type]
    guards.add(guard)
    yield guard
    guards.discard(guard)


@pytest.fixture
def guard() -> Iterator[AddressGuard]:
    yield from guard_of()


SPELLINGS = ["127.0.0.1", "127.1", "2130706433", "0x7f.1", "0177.0.0.1", "localhost", "127.0.0.1."]
SPELLINGS += ["[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "0.0.0.0", "a.localhost", "me@127.0.0.1"]


@pytest.mark.parametrize("host", SPELLINGS)
def test_every_spelling_is_refused(server: ScriptedServer, guard: AddressGuard, host: str) -> None:
    with pytest.raises(DownloadLost) as caught:
        download(f"http://{host}:{server.port}/a")

    assert (caught.value.outcome, caught.value.reason) == (Outcome.REFUSED, Reason.PRIVATE_ADDRESS)
    assert server.connections == 0


def test_ipv6_is_refused(guard: AddressGuard) -> None:
    with ScriptedServer(host="::1") as server:
        with pytest.raises(DownloadLost):
            download(server.put("/a", response(b"secret")))

        assert server.connections == 0


def test_the_name_of_the_request_does_not_permit_another(server: ScriptedServer) -> None:
    """An allowed host in the wrong place of an address."""
    for _ in guard_of(["nas.local"]):
        for trick in ("nas.local@127.0.0.1", "nas.local%00@127.0.0.1", "127.0.0.1"):
            with pytest.raises(DownloadLost):
                download(f"http://{trick}:{server.port}/a?nas.local#nas.local")

    assert server.connections == 0


def test_an_allowed_host_is_connected_to(server: ScriptedServer) -> None:
    for _ in guard_of(["localhost"]):
        assert download(f"http://localhost:{server.port}/a").body == b"secret"
        with pytest.raises(DownloadLost):
            download(f"http://127.0.0.1:{server.port}/a")


def test_a_proxy_of_the_person_may_be_private_and_none_of_a_page(server: ScriptedServer) -> None:
    hosts = {"site.example": ("127.0.0.1", server.port)}
    with HttpProxy(hosts) as proxy:
        address = f"http://127.0.0.1:{proxy.port}"
        request = Request("http://site.example/a", meta={"proxy": address})
        for _ in guard_of([], ["127.0.0.1"]):
            assert download(request).body == b"secret"
        for _ in guard_of():
            with pytest.raises(DownloadLost):
                download(request)
