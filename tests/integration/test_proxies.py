"""Pictures arrive through real proxies byte for byte."""

import hashlib
import json
import os
import socket
import subprocess
from pathlib import Path

import pytest

from tests.conftest import PROJECT, Crawl, scrapy_command
from tests.downloader.proxies import HttpProxy, SocksProxy
from tests.gallery import Gallery, picture_bytes

PUBLIC_SITE = "93.184.216.34"
BODIES = [picture_bytes(number, quality=90) for number in range(3)]
_OTHERS = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


class ProxiedCrawl:
    """A crawl of a site that only a proxy leads to."""

    def __init__(self, gallery: Gallery, output: Path) -> None:
        self.gallery = gallery
        self.output = output
        gallery.put_pictures(dict(zip("abc", BODIES, strict=True)))
        for number, name in enumerate("abc"):
            address = f"http://{PUBLIC_SITE}/pictures/{number}.jpg"
            gallery.put_detail(f"/{number}.html", name, address)
        self.hosts = {PUBLIC_SITE: ("127.0.0.1", gallery.port)}

    def run(self, *words: str, **environment: str) -> Crawl:
        clean = {name: text for name, text in os.environ.items() if name.lower() not in _OTHERS}
        settings = {
            "OUTPUT_DIR": self.output,
            "SITE_ROOTS": json.dumps({"moyublog": f"http://{PUBLIC_SITE}"}),
            "DOWNLOAD_DELAY": 0,
            "CONTACT": "you@example.org",
        }
        flags = [flag for name, value in settings.items() for flag in ("-s", f"{name}={value}")]
        process = subprocess.run(
            scrapy_command("crawl", "wallpapers", "-a", "site=moyublog", *flags, *words),
            cwd=PROJECT,
            capture_output=True,
            text=True,
            env=clean | {"COLUMNS": "100"} | environment,
            check=False,
        )
        assert "Traceback" not in process.stderr, process.stderr
        return Crawl(process.returncode, process.stderr, self.output)


@pytest.fixture
def proxied(gallery: Gallery, output: Path) -> ProxiedCrawl:
    return ProxiedCrawl(gallery, output)


def assert_all_arrived(run: Crawl) -> None:
    assert run.status == 0, run.stderr
    assert set(run.pictures.values()) == {hashlib.sha256(body).hexdigest() for body in BODIES}


def test_http_proxy_of_the_setting_with_user_and_password(proxied: ProxiedCrawl) -> None:
    with HttpProxy(proxied.hosts, "user:p@ss") as proxy:
        # Its name leads to this machine, which the public site may not.
        url = f"http://user:p%40ss@localhost:{proxy.port}"
        run = proxied.run("-s", f"PROXY={url}", http_proxy="http://127.0.0.1:9")

    assert_all_arrived(run)
    assert set(proxy.asked_for) == {PUBLIC_SITE}
    assert proxy.refused == 0
    assert "Proxy-Authorization" not in proxied.gallery.headers["/pictures/0.jpg"]
    assert "p%40ss" not in run.log


def test_http_proxy_of_the_environment_and_its_exceptions(proxied: ProxiedCrawl) -> None:
    gallery = proxied.gallery
    direct = gallery.put("/direct.jpg", picture_bytes(7), "image/jpeg")
    gallery.put_detail("/0.html", "a", f"http://{PUBLIC_SITE}/pictures/0.jpg", direct)
    moved = gallery.answers["/direct.jpg"]
    gallery.put_first("/pictures/1.jpg", type(moved)(b"", 302, {"Location": f"{direct}?moved"}))
    gallery.put("/direct.jpg?moved", BODIES[1], "image/jpeg")

    with HttpProxy(proxied.hosts) as proxy:
        run = proxied.run(
            "-s",
            "ALLOWED_PRIVATE_HOSTS=localhost",
            http_proxy=proxy.url,
            no_proxy="localhost,example.org",
        )

    assert run.status == 0, run.stderr
    assert set(run.outcomes().values()) == {"downloaded"}
    assert set(proxy.asked_for) == {PUBLIC_SITE}
    assert gallery.requests["/direct.jpg"] == gallery.requests["/direct.jpg?moved"] == 1


def test_socks_proxy_of_the_setting_with_user_and_password(proxied: ProxiedCrawl) -> None:
    with SocksProxy(proxied.hosts, "user:secret") as proxy:
        run = proxied.run("-s", f"PROXY={proxy.url}")

    assert_all_arrived(run)
    assert set(proxy.asked_for) == {PUBLIC_SITE}
    assert proxy.refused == 0


def test_all_proxy_of_the_environment(proxied: ProxiedCrawl) -> None:
    with SocksProxy(proxied.hosts) as proxy:
        run = proxied.run(ALL_PROXY=proxy.url.replace("socks5", "socks5h"))

    assert_all_arrived(run)
    assert set(proxy.asked_for) == {PUBLIC_SITE}


@pytest.mark.parametrize("scheme", ["http", "socks5"])
def test_a_dead_proxy_is_status_1_with_the_reason(proxied: ProxiedCrawl, scheme: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

    run = proxied.run("-s", f"PROXY={scheme}://127.0.0.1:{port}", "-s", "RETRY_TIMES=0")

    assert run.status == 1
    assert "(connection-refused)" in run.sentence
    assert proxied.gallery.requests.total() == 0


def test_a_wrong_password_is_status_1(proxied: ProxiedCrawl) -> None:
    with HttpProxy(proxied.hosts, "user:secret") as proxy:
        run = proxied.run("-s", f"PROXY={proxy.url.replace('secret', 'wrong')}")

    assert run.status == 1
    assert "http-407" in run.sentence


def test_what_is_no_proxy_is_status_2(proxied: ProxiedCrawl) -> None:
    run = proxied.run("-s", "PROXY=http://[::1")

    assert run.status == 2
    assert "PROXY=http://[::1 is no address" in run.sentence
    assert len(run.stderr.strip().splitlines()) == 1
