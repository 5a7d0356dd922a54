"""The word of a category in the addresses of listings."""

import pytest

from spiders_project.newsite.addresses import listing_address, page_pattern
from spiders_project.newsite.naming import class_name, name_of

HOST = "https://gallery.example"


@pytest.mark.parametrize(
    ("path", "sisters", "pattern", "category"),
    [
        ("/birds/", (), "{root}/{category}/", "birds"),
        ("/birds", (), "{root}/{category}", "birds"),
        ("/birds/index.html", (), "{root}/{category}/index.html", "birds"),
        ("/g/birds.html", (), "{root}/g/{category}.html", "birds"),
        ("/%E9%B8%9F/", (), "{root}/{category}/", "鸟"),
        ("/a/birds/new/", ("/a/fish/new/", "/a/elks/new/"), "{root}/a/{category}/new/", "birds"),
        ("/a/birds/", ("/a/birds/small/",), "{root}/a/{category}/", "birds"),
        ("/?cat=7", (), "{root}/?cat={category}", "7"),
        ("/list.php?cat=7", ("/list.php?cat=8",), "{root}/list.php?cat={category}", "7"),
        ("/", (), "{root}/", "all"),
        ("/index.html", (), "{root}/index.html", "all"),
    ],
)
def test_listing_address(path: str, sisters: tuple[str, ...], pattern: str, category: str) -> None:
    found = listing_address(HOST + path, [HOST + sister for sister in sisters])
    assert (found.root, found.pattern, found.category) == (HOST, pattern, category)


@pytest.mark.parametrize(
    ("first", "second", "pattern"),
    [
        ("/birds/", "/birds/page/2/", "{root}/{category}/page/{page}/"),
        ("/birds/index.html", "/birds/index_2.html", "{root}/{category}/index_{page}.html"),
        ("/birds/", "/birds/?p=2", "{root}/{category}/?p={page}"),
        ("/2022/", "/2022/2", "{root}/{category}/{page}"),
        ("/birds/", "/birds/more", None),
        ("/birds/", "/elsewhere/2", None),
    ],
)
def test_page_pattern(first: str, second: str, pattern: str | None) -> None:
    address = listing_address(HOST + first)
    assert page_pattern(HOST + first, HOST + second, address) == pattern


def test_page_on_another_host_has_no_pattern() -> None:
    address = listing_address(HOST + "/birds/")
    assert page_pattern(HOST + "/birds/", "https://other.example/birds/2", address) is None


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.birdhouse.com/", "birdhouse"),
        ("https://photos.birdhouse.co.uk/", "photos_birdhouse"),
        ("https://bird-house.example/", "bird_house"),
        ("https://500px.example/", "site_500px"),
        ("http://127.0.0.1:8642/", "gallery_8642"),
        ("http://localhost/", "gallery_80"),
        ("https://xn--bcher-kva.example/", "xn_bcher_kva"),
    ],
)
def test_name_of_a_site(url: str, name: str) -> None:
    assert name_of(url) == name


def test_class_has_the_name_in_camel_case() -> None:
    assert class_name("bird_house_2") == "BirdHouse2"
