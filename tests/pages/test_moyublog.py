"""The site file of moyublog against saved pages, one test for each field.

The pages were written by hand with the structure of the site.
"""

from pathlib import Path

import pytest

from spiders_project.pages.base import Detail, Listing
from spiders_project.pages.page import Page
from spiders_project.pages.sites.moyublog import Moyublog

SAVED_PAGES = Path(__file__).parent.parent / "fixtures" / "moyublog"
CATEGORY = "https://www.moyublog.com/hdwallpapers/meinv/"


def saved_page(name: str, url: str) -> Page:
    return Page(url, (SAVED_PAGES / name).read_bytes(), "text/html")


@pytest.fixture
def listing() -> Listing:
    return Moyublog().read_listing(saved_page("listing.html", CATEGORY + "index.html"))


@pytest.fixture
def detail() -> Detail:
    return Moyublog().read_detail(saved_page("detail.html", CATEGORY + "38201.html"))


@pytest.fixture
def detail_alt() -> Detail:
    return Moyublog().read_detail(saved_page("detail_alt.html", CATEGORY + "38197.html"))


def test_cards_are_the_detail_pages_in_page_order(listing: Listing) -> None:
    assert listing.cards == [f"{CATEGORY}{number}.html" for number in range(38201, 38189, -1)]


def test_cards_lie_on_the_site(listing: Listing) -> None:
    assert all(Moyublog().has(card) for card in listing.cards)


def test_listing_links_no_next_page_because_pages_are_counted(listing: Listing) -> None:
    assert listing.next_page is None
    assert Moyublog().listing_url("meinv", 2) == CATEGORY + "index_2.html"


def test_last_listing_is_read_like_the_others() -> None:
    page = saved_page("listing_last.html", CATEGORY + "index_3.html")
    listing = Moyublog().read_listing(page)
    assert listing.cards == [CATEGORY + "37004.html", CATEGORY + "37003.html"]
    assert listing.next_page is None


def test_addresses_of_listings() -> None:
    addresses = [Moyublog().listing_url("meinv", page) for page in (1, 2, 10)]
    names = ["index.html", "index_2.html", "index_10.html"]
    assert addresses == [CATEGORY + name for name in names]


def test_title_is_that_of_the_picture(detail: Detail) -> None:
    assert detail.title == "海边日落 白裙少女背影 4K壁纸"


def test_title_without_title_attribute_is_the_alternative_text(detail_alt: Detail) -> None:
    assert detail_alt.title == "麦田里的 草帽姑娘"


def test_picture_is_the_original_on_its_own_host(detail: Detail) -> None:
    address = "https://i1.huishahe.com/uploads/allimg/202208/9999/3f1d0a77c2.jpg"
    assert detail.image_urls == [address]


def test_picture_with_relative_address(detail_alt: Detail) -> None:
    address = "https://www.moyublog.com/uploads/allimg/202208/9999/e4d2b8817a.jpg"
    assert detail_alt.image_urls == [address]


def test_fields_that_the_site_does_not_have_are_empty(detail: Detail) -> None:
    assert detail.tags == []
    for value in (detail.author, detail.license, detail.published, detail.description):
        assert value is None
