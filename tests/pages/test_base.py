"""A site as declarations: its addresses, and what is read with them."""

from typing import ClassVar

import pytest

from spiders_project.errors import ExitStatus, WrongInput
from spiders_project.pages.base import Site
from spiders_project.pages.page import Page


class Counted(Site):
    """Pages counted in the address."""

    name = "counted"
    label = "for tests"
    root = "https://www.example.org"
    hosts = ("www.example.org", "example.org:8080")
    verified = "by its tests"
    categories: ClassVar[dict[str, str]] = {"sea": "The sea", "山水": "Landscapes"}
    listing_address = "{root}/{category}/index.html"
    listing_page_address: ClassVar[str | None] = "{root}/{category}/index_{page}.html"
    card_link = "a.card::attr(href)"
    picture = ("a.original::attr(href)", "img::attr(src)")
    title = "h1"


class Linked(Counted):
    """Pages linked from each other, and every field declared."""

    name = "linked"
    listing_page_address = None
    next_link = "a.next::attr(href)"
    tags = ".tags a"
    author = ".author"
    license = "a[rel=license]::attr(href)"
    published = "time::attr(datetime)"
    description = "p.description"


class Bare(Counted):
    """A site whose categories are not listed here."""

    name = "bare"
    categories: ClassVar[dict[str, str]] = {}
    has_other_categories = True


def listing(html: str, url: str = "https://www.example.org/sea/index.html") -> Page:
    return Page(url, html.encode(), "text/html; charset=utf-8")


# --- addresses of listings ------------------------------------------------------


@pytest.mark.parametrize(
    ("category", "number", "address"),
    [
        ("sea", 1, "https://www.example.org/sea/index.html"),
        ("sea", 2, "https://www.example.org/sea/index_2.html"),
        ("山水", 1, "https://www.example.org/%E5%B1%B1%E6%B0%B4/index.html"),
        ("a b", 3, "https://www.example.org/a%20b/index_3.html"),
        ("a?b#c", 1, "https://www.example.org/a%3Fb%23c/index.html"),
        ("{page}", 1, "https://www.example.org/%7Bpage%7D/index.html"),
    ],
)
def test_listing_url_is_made_from_the_declaration(category: str, number: int, address: str) -> None:
    assert Counted().listing_url(category, number) == address


@pytest.mark.parametrize(
    "mirror", ["http://127.0.0.1:8642/counted", "http://127.0.0.1:8642/counted/"]
)
def test_mirror_takes_the_place_of_the_root(mirror: str) -> None:
    site = Counted(mirror)
    assert site.listing_url("sea") == "http://127.0.0.1:8642/counted/sea/index.html"
    assert site.listing_url("sea", 2) == "http://127.0.0.1:8642/counted/sea/index_2.html"


def test_pages_that_are_linked_are_not_counted() -> None:
    assert Linked().listing_url("sea").endswith("/sea/index.html")
    with pytest.raises(ValueError, match="linked"):
        Linked().listing_url("sea", 2)


# --- what lies on the site ------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "is_on_site"),
    [
        ("https://www.example.org/1.html", True),
        ("http://WWW.EXAMPLE.ORG/1.html", True),
        ("https://www.example.org:8443/1.html", True),
        ("https://example.org/1.html", True),
        ("https://cdn.example.org/1.html", False),
        ("https://www.example.org.evil.net/1.html", False),
        ("https://evil.net/www.example.org/", False),
        ("https://www.example.org@evil.net/", False),
        ("/1.html", False),
        ("", False),
    ],
)
def test_site_has_the_addresses_on_its_hosts(address: str, is_on_site: bool) -> None:
    assert Counted().has(address) is is_on_site


def test_mirror_has_its_own_host_too() -> None:
    site = Counted("http://127.0.0.1:8642/counted")
    assert site.has("http://127.0.0.1:8642/counted/1.html")
    assert site.has("https://www.example.org/1.html")


# --- the category of an address --------------------------------------------------


@pytest.mark.parametrize(
    ("address", "category"),
    [
        ("counted", None),
        ("https://www.example.org", None),
        ("https://www.example.org/", None),
        ("https://www.example.org/sea/index.html", "sea"),
        ("https://www.example.org/sea/index_7.html", "sea"),
        ("https://www.example.org/sea/index.html?from=mail#top", "sea"),
        ("http://example.org:8080/sea/index.html", "sea"),
        ("https://www.example.org/%E5%B1%B1%E6%B0%B4/index.html", "山水"),
        ("https://www.example.org/unheard-of/index.html", "unheard-of"),
    ],
)
def test_category_is_read_from_the_address_of_a_listing(address: str, category: str | None) -> None:
    assert Counted().category_of(address) == category


@pytest.mark.parametrize(
    "path",
    [
        "/about.html",
        "/sea/",
        "/sea/1.html",
        "/sea/index_.html",
        "/sea/indexXhtml",
        "/a/b/index.html",
    ],
)
def test_other_address_of_the_site_is_refused_with_an_example(path: str) -> None:
    with pytest.raises(WrongInput) as refusal:
        Counted().category_of(f"https://www.example.org{path}")
    assert path in str(refusal.value)
    assert "https://www.example.org/sea/index.html" in str(refusal.value)
    assert refusal.value.exit_status is ExitStatus.WRONG_INPUT


def test_other_address_is_refused_where_no_category_is_listed() -> None:
    with pytest.raises(WrongInput, match="no listing of bare"):
        Bare().category_of("https://www.example.org/about.html")


def test_later_listing_of_linked_pages_is_refused() -> None:
    with pytest.raises(WrongInput):
        Linked().category_of("https://www.example.org/sea/index_2.html")


# --- reading ---------------------------------------------------------------------


def test_reads_cards_in_page_order() -> None:
    page = listing('<a class=card href="/2.html"></a><a href="/x"></a><a class=card href="1.html">')
    read = Counted().read_listing(page)
    assert read.cards == ["https://www.example.org/2.html", "https://www.example.org/sea/1.html"]
    assert read.next_page is None


@pytest.mark.parametrize(
    ("html", "next_page"),
    [
        ('<a class=next href="2.html">', "https://www.example.org/sea/2.html"),
        ('<a class=next href="index.html">', None),
        ('<a class=next href="#">', None),
        ('<a class=next href="javascript:;">', None),
        ('<a class=next href="index.html"><a class=next href="2.html">', "https://www.example.org/sea/2.html"),
        ('<a class=previous href="2.html">', None),
    ],
    ids=["link", "to itself", "fragment", "script", "second link", "none"],
)  # fmt: skip
def test_reads_the_link_to_the_next_listing(html: str, next_page: str | None) -> None:
    assert Linked().read_listing(listing(html)).next_page == next_page


PICTURE_PAGE = """
<h1> Waves <i>at</i> night </h1>
<a class="original" href="/o/1.jpg"><img src="/p/1.jpg"></a>
<a class="original" href="https://cdn.example.net/2.jpg"></a>
<p class="tags"><a>sea</a><a>night</a></p><span class="author">A. Person</span>
<a rel="license" href="https://creativecommons.org/licenses/by/4.0/">CC BY</a>
<time datetime="2026-11-22">yesterday</time><p class="description">Long exposure.</p>
"""


def test_reads_all_declared_fields_of_a_detail_page() -> None:
    detail = Linked().read_detail(listing(PICTURE_PAGE))
    assert detail.title == "Waves at night"
    assert detail.image_urls == ["https://www.example.org/o/1.jpg", "https://cdn.example.net/2.jpg"]
    assert detail.tags == ["sea", "night"]
    assert detail.author == "A. Person"
    assert detail.license == "https://creativecommons.org/licenses/by/4.0/"
    assert detail.published == "2026-11-22"
    assert detail.description == "Long exposure."


def test_field_that_is_not_declared_is_empty() -> None:
    detail = Counted().read_detail(listing(PICTURE_PAGE))
    assert detail.tags == []
    for value in (detail.author, detail.license, detail.published, detail.description):
        assert value is None


def test_second_selector_finds_the_picture_where_the_first_does_not() -> None:
    detail = Counted().read_detail(listing('<img src="/p/1.jpg">'))
    assert detail.image_urls == ["https://www.example.org/p/1.jpg"]


def test_page_with_nothing_on_it_gives_an_empty_detail() -> None:
    detail = Linked().read_detail(listing(""))
    assert (detail.title, detail.image_urls, detail.tags) == (None, [], [])
