"""Names are judged by the addresses that they lead to."""

from collections.abc import Iterator
from typing import Any

import pytest
from scrapy.resolver import dnscache
from twisted.internet import reactor
from twisted.internet.error import DNSLookupError

from spiders_project.downloader.resolver import GuardedResolver, guards
from spiders_project.politeness.address_guard import AddressGuard


@pytest.fixture
def resolver() -> Iterator[GuardedResolver]:
    """A resolver that has asked for these names before."""
    dnscache.limit = 100
    answers = {"localhost": "127.0.0.1", "example.org": "93.184.216.34", "nas.local": "10.0.0.5"}
    for name, address in answers.items():
        dnscache[name] = address
    yield GuardedResolver(reactor, cache_size=100, timeout=60)
    dnscache.clear()


@pytest.fixture
def guard() -> Iterator[AddressGuard]:
    guard = AddressGuard(["nas.local"])
    guards.add(guard)
    yield guard
    guards.discard(guard)


def answer(resolver: GuardedResolver, name: str) -> Any:
    found: list[Any] = []
    resolver.getHostByName(name).addBoth(found.append)
    return getattr(found[0], "value", found[0])


def test_a_public_site_gets_public_addresses_only(
    resolver: GuardedResolver, guard: AddressGuard
) -> None:
    assert answer(resolver, "example.org") == "93.184.216.34"
    refused = answer(resolver, "localhost")
    assert isinstance(refused, DNSLookupError)
    assert "localhost leads to 127.0.0.1" in str(refused)


def test_an_allowed_name_gets_its_address(resolver: GuardedResolver, guard: AddressGuard) -> None:
    assert answer(resolver, "nas.local") == "10.0.0.5"


def test_a_start_on_this_machine_permits_it(resolver: GuardedResolver, guard: AddressGuard) -> None:
    guard.start_at("127.0.0.1")

    assert answer(resolver, "localhost") == "127.0.0.1"


def test_without_a_crawl_every_name_is_answered(resolver: GuardedResolver) -> None:
    assert answer(resolver, "localhost") == "127.0.0.1"
