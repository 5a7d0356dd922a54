"""Which addresses of the network are public, in every way to write them."""

import pytest

from spiders_project.politeness.address_guard import AddressGuard, Kind, kind_of

PUBLIC = ["8.8.8.8", "93.184.216.34", "172.15.0.1", "172.32.0.1", "192.169.0.1", "11.0.0.1"]
PUBLIC += ["2001:4860:4860::8888", "[2a00:1450:4001:80b::200e]", "::ffff:8.8.8.8"]
PUBLIC += ["2002:808:808::1", "64:ff9b::8.8.8.8"]

KINDS = dict.fromkeys(PUBLIC, Kind.PUBLIC) | {
    "127.0.0.1": Kind.LOOPBACK,
    "127.255.255.254": Kind.LOOPBACK,
    "::1": Kind.LOOPBACK,
    "[::1]": Kind.LOOPBACK,
    "0:0:0:0:0:0:0:1": Kind.LOOPBACK,
    "::ffff:127.0.0.1": Kind.LOOPBACK,
    "::ffff:7f00:1": Kind.LOOPBACK,
    "10.0.0.1": Kind.PRIVATE,
    "172.16.0.1": Kind.PRIVATE,
    "172.31.255.255": Kind.PRIVATE,
    "192.168.1.1": Kind.PRIVATE,
    "::ffff:192.168.1.1": Kind.PRIVATE,
    "fc00::1": Kind.PRIVATE,
    "fd12:3456::1": Kind.PRIVATE,
    "169.254.169.254": Kind.LINK_LOCAL,
    "::ffff:169.254.169.254": Kind.LINK_LOCAL,
    "fe80::1": Kind.LINK_LOCAL,
    "fe80::1%eth0": Kind.LINK_LOCAL,
    "[fe80::1%25eth0]": Kind.LINK_LOCAL,
}


@pytest.mark.parametrize(("address", "kind"), KINDS.items(), ids=KINDS)
def test_tells_the_kind_of_an_address(address: str, kind: Kind) -> None:
    assert kind_of(address) is kind


NOT_PUBLIC = {
    "this network": "0.0.0.0",
    "this network, another address": "0.1.2.3",
    "unspecified": "::",
    "carriers' NAT": "100.64.0.1",
    "metadata of Alibaba": "100.100.100.200",
    "metadata of Oracle": "192.0.0.192",
    "metadata of Amazon over IPv6": "fd00:ec2::254",
    "benchmarks": "198.18.0.1",
    "documentation": "192.0.2.1",
    "multicast": "224.0.0.1",
    "UPnP": "239.255.255.250",
    "future use": "240.0.0.1",
    "broadcast": "255.255.255.255",
    "6to4 of loopback": "2002:7f00:1::",
    "6to4 of private": "2002:a00:1::",
    "6to4 of link-local": "2002:a9fe:a9fe::1",
    "NAT64 of loopback": "64:ff9b::7f00:1",
    "NAT64 of private": "64:ff9b::10.0.0.1",
    "NAT64 of metadata": "64:ff9b::a9fe:a9fe",
    "local NAT64": "64:ff9b:1::a00:1",
    "IPv4-compatible": "::127.0.0.1",
    "IPv4-translated": "::ffff:0:127.0.0.1",
    "site-local": "fec0::1",
    "multicast of IPv6": "ff02::1",
    "Teredo": "2001:0:7f00:1::1",
    "documentation of IPv6": "2001:db8::1",
    "newer documentation of IPv6": "3fff::1",
    "discard": "100::1",
    "segment routing": "5f00::1",
    "not assigned": "4000::1",
}


@pytest.mark.parametrize("address", NOT_PUBLIC.values(), ids=NOT_PUBLIC)
def test_what_is_no_address_of_the_internet_is_not_public(address: str) -> None:
    assert kind_of(address) not in (None, Kind.PUBLIC)


@pytest.mark.parametrize(
    "host", ["example.org", "", "1.2.3.4.5", "256.1.1.1", "::g", "www.10.0.0.1.org"]
)
def test_a_name_has_no_kind(host: str) -> None:
    assert kind_of(host) is None


def test_a_public_start_permits_public_addresses_only() -> None:
    guard = AddressGuard()
    guard.start_at("93.184.216.34")

    assert guard.permits("example.org", "8.8.8.8")
    refused = [address for address, kind in KINDS.items() if kind is not Kind.PUBLIC]
    assert not any(guard.permits("example.org", address) for address in refused)


def test_a_start_in_a_private_network_permits_its_neighbours() -> None:
    guard = AddressGuard()
    guard.start_at("192.168.1.10")

    assert guard.permits("nas", "192.168.1.20")
    assert guard.permits("example.org", "8.8.8.8")
    assert not guard.permits("localhost", "127.0.0.1")


@pytest.mark.parametrize("start", ["127.0.0.1", "10.0.0.1"])
@pytest.mark.parametrize(
    "address", ["169.254.169.254", "fe80::1", "0.0.0.0", "100.100.100.200", "192.0.0.192"]
)
def test_no_start_leads_to_secrets_of_clouds(start: str, address: str) -> None:
    guard = AddressGuard()
    guard.start_at(start)

    assert not guard.permits("metadata", address)


def test_allowed_hosts_are_permitted_by_name_only() -> None:
    guard = AddressGuard(["NAS.local", "10.0.0.5"])

    assert guard.permits("nas.LOCAL", "192.168.1.20")
    assert guard.permits("10.0.0.5", "10.0.0.5")
    assert not guard.permits("other.local", "192.168.1.20")
    assert not guard.permits("sub.nas.local", "192.168.1.20")
