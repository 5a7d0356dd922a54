"""Sites are found by their names and by their addresses."""

from pathlib import Path

import pytest

from spiders_project.errors import ExitStatus, WrongInput
from spiders_project.pages import sites
from spiders_project.pages.registry import find_site, known_sites


def test_every_file_declares_a_site() -> None:
    files = {path.stem for path in Path(sites.__path__[0]).glob("[!_]*.py")}
    assert files
    assert set(known_sites()) == files


def test_sites_are_in_order_of_their_names() -> None:
    assert list(known_sites()) == sorted(known_sites())


@pytest.mark.parametrize(
    "name_or_address",
    [
        "moyublog",
        "https://www.moyublog.com",
        "https://www.moyublog.com/",
        "http://moyublog.com/hdwallpapers/meinv/index.html",
        "HTTPS://WWW.MOYUBLOG.COM/",
        "https://someone:secret@www.moyublog.com/",
        "https://www.moyublog.com:443/",
    ],
)
def test_finds_site_by_name_or_address(name_or_address: str) -> None:
    assert find_site(name_or_address).name == "moyublog"


@pytest.mark.parametrize("address", ["http://127.0.0.1:8642/", "http://localhost:8642"])
def test_finds_site_on_a_port(address: str) -> None:
    assert find_site(address).name == "demo"


@pytest.mark.parametrize(
    ("name_or_address", "words"),
    [
        ("moyoblog", "moyoblog is not known"),
        ("", "is not known"),
        ("Moyublog", "Moyublog is not known"),
        ("moyublog.com", "moyublog.com is not known"),
        ("ftp://www.moyublog.com/", "no http or https address"),
        ("file:///etc/passwd", "no http or https address"),
        ("http://", "no http or https address"),
        ("://", "no http or https address"),
        ("http://www.moyublog.com:port/", "no http or https address"),
    ],
)
def test_refuses_what_no_site_file_reads(name_or_address: str, words: str) -> None:
    with pytest.raises(WrongInput) as refusal:
        find_site(name_or_address)
    assert words in str(refusal.value)
    assert refusal.value.exit_status is ExitStatus.WRONG_INPUT


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://gallery.example/birds/", "gallery.example"),
        ("http://127.0.0.1:9999/", "127.0.0.1"),
        ("https://www.moyublog.com.evil.example/", "www.moyublog.com.evil.example"),
        ("https://evil.example/?www.moyublog.com", "evil.example"),
        ("https://www.moyublog.com@evil.example/", "evil.example"),
    ],
)
def test_any_other_address_is_a_gallery_that_is_read_as_it_is(address: str, host: str) -> None:
    site = find_site(address)
    assert not site.is_described
    assert site.name == host


def test_refusal_lists_the_known_sites() -> None:
    with pytest.raises(WrongInput) as refusal:
        find_site("moyoblog")
    assert all(name in str(refusal.value) for name in known_sites())
