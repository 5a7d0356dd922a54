"""What every site file owes, so that a new one needs no test for it."""

import inspect
import re

import pytest
from parsel import Selector

from spiders_project.pages.base import Site
from spiders_project.pages.registry import find_site, known_sites
from spiders_project.urls import host_of, split_web_address

DECLARATIONS = (
    "name",
    "label",
    "root",
    "hosts",
    "verified",
    "listing_address",
    "card_link",
    "picture",
    "title",
)
SELECTORS = (
    "next_link",
    "card_link",
    "picture",
    "title",
    "tags",
    "author",
    "license",
    "published",
    "description",
)

every_site = pytest.mark.parametrize("site", known_sites().values(), ids=known_sites())
every_category = pytest.mark.parametrize(
    ("site", "category"),
    [(site, category) for site in known_sites().values() for category in site.categories],
    ids=[f"{site.name}-{word}" for site in known_sites().values() for word in site.categories],
)


@every_site
@pytest.mark.parametrize("declaration", DECLARATIONS)
def test_site_declares(site: type[Site], declaration: str) -> None:
    assert getattr(site, declaration, None)


@every_site
def test_name_is_snake_case_and_that_of_the_file(site: type[Site]) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", site.name)
    assert site.__module__.rpartition(".")[2] == site.name


@every_site
def test_class_has_the_name_in_camel_case(site: type[Site]) -> None:
    assert site.__name__ == "".join(word.capitalize() for word in site.name.split("_"))


@every_site
def test_declares_nothing_that_nobody_reads(site: type[Site]) -> None:
    known = {*inspect.get_annotations(Site), *vars(Site)}
    public = {name for name in vars(site) if not name.startswith("_")}
    assert public <= known


@every_site
def test_hosts_are_hosts_and_no_addresses(site: type[Site]) -> None:
    assert isinstance(site.hosts, tuple)
    for host in site.hosts:
        assert re.fullmatch(r"[a-z0-9.-]+(:[0-9]+)?", host)


@every_site
def test_root_is_a_web_address_on_one_of_the_hosts(site: type[Site]) -> None:
    parts = split_web_address(site.root)
    assert parts is not None
    assert parts.netloc in site.hosts
    assert not site.root.endswith("/")


@every_site
@pytest.mark.parametrize("end", ["", "/"])
def test_root_finds_the_site_itself(site: type[Site], end: str) -> None:
    assert find_site(site.root + end) is site
    assert site().category_of(site.root + end) is None


@every_site
def test_no_host_is_claimed_twice(site: type[Site]) -> None:
    others = [other for other in known_sites().values() if other is not site]
    assert not set(site.hosts) & {host for other in others for host in other.hosts}


@every_site
def test_has_categories_to_begin_with(site: type[Site]) -> None:
    assert site.categories
    assert all(word and title for word, title in site.categories.items())
    assert set(site.default_categories) <= set(site.categories)


@every_category
def test_listing_lies_on_the_site(site: type[Site], category: str) -> None:
    address = site().listing_url(category)
    assert split_web_address(address)
    assert "{" not in address
    assert site().has(address)
    assert host_of(address) == host_of(site.root)


@every_category
def test_address_of_a_listing_tells_its_category(site: type[Site], category: str) -> None:
    address = site().listing_url(category)
    is_front_page = address.rstrip("/") == site.root
    assert site().category_of(address) == (None if is_front_page else category)


@every_category
def test_later_listings_have_addresses_of_their_own(site: type[Site], category: str) -> None:
    if site.listing_page_address is None:
        assert site.next_link, "pages are either counted or linked"
        return
    addresses = {site().listing_url(category, page) for page in (1, 2, 3)}
    assert len(addresses) == 3
    assert {site().category_of(address) for address in addresses} == {category}


@every_category
def test_mirror_changes_the_root_only(site: type[Site], category: str) -> None:
    mirror = f"http://127.0.0.1:1/{site.name}"
    address = site(mirror).listing_url(category)
    assert address == site().listing_url(category).replace(site.root, mirror)
    assert site(mirror).has(address)


@every_site
def test_selectors_are_selectors(site: type[Site]) -> None:
    empty = Selector("<html></html>")
    for name in SELECTORS:
        declared = getattr(site, name)
        for selector in (declared,) if isinstance(declared, str) else declared or ():
            found = empty.xpath(selector) if selector[0] in "/(" else empty.css(selector)
            assert found.getall() == []


@every_site
def test_says_against_what_it_was_verified(site: type[Site]) -> None:
    assert re.match(r"(live|saved pages of \d{4}-\d{2}-\d{2})", site.verified)


@every_site
def test_is_polite(site: type[Site]) -> None:
    assert 1 <= site.concurrent_requests <= 8
    is_this_machine = host_of(site.root) == "127.0.0.1"
    assert site.delay_seconds >= (0 if is_this_machine else 0.1)


@every_site
def test_is_described_for_people(site: type[Site]) -> None:
    assert site.__doc__
    assert "\n" not in site.label
    assert len(site.label) <= 80
