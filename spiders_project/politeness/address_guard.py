"""Which addresses of the network a crawl may connect to."""

from collections.abc import Iterable
from contextlib import suppress
from enum import StrEnum
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from socket import inet_aton


class Kind(StrEnum):
    """Where an IP address leads."""

    PUBLIC = "public"
    LOOPBACK = "loopback"
    PRIVATE = "private"
    LINK_LOCAL = "link-local"
    """Of this cable only; clouds answer with their machines' secrets at 169.254.169.254."""
    RESERVED = "reserved"


_EMBEDDING = tuple(map(IPv6Network, ("64:ff9b::/96", "::ffff:0:0/96", "::ffff:0:0:0/96", "::/96")))
"""Prefixes of IPv6 addresses whose last four bytes are an IPv4 address (RFC 6052, 2765, 4291)."""
_UNICAST = IPv6Network("2000::/3")
"""What IANA has given to the internet; all else of IPv6 is special or not assigned."""
_SPECIAL = tuple(map(ip_network, ("192.0.0.0/24", "3fff::/20")))
# Versions of Python do not agree on what is private.
_PRIVATE = tuple(
    map(ip_network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", "fec0::/10"))
)
"""RFC 1918, RFC 4193, and the site-local addresses that RFC 3879 retired."""


@lru_cache(maxsize=1024)
def kind_of(address: str) -> Kind | None:
    """Return where an IP address leads, by IANA's special-purpose registries; None for a name."""
    ip = _as_ip(address.strip("[]").partition("%")[0].rstrip(".").lower())
    if ip is None:
        return None
    ip = _inner(ip)
    if ip.is_loopback:
        return Kind.LOOPBACK
    if ip.is_link_local:
        return Kind.LINK_LOCAL
    if _is_public(ip):
        return Kind.PUBLIC
    return Kind.PRIVATE if any(ip in network for network in _PRIVATE) else Kind.RESERVED


def _as_ip(host: str) -> IPv4Address | IPv6Address | None:
    """Return the address that a host is without a look-up, in every spelling that systems take."""
    if host == "localhost" or host.endswith(".localhost"):  # RFC 6761, 6.3
        return IPv4Address("127.0.0.1")
    with suppress(ValueError):
        return ip_address(host)
    with suppress(OSError):
        return IPv4Address(inet_aton(host))  # 0x7f.1, 2130706433, 0251.0376.0251.0376
    return None


def _inner(ip: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """Return the IPv4 address that an IPv6 address stands for, if it does."""
    if isinstance(ip, IPv4Address) or ip.is_loopback or ip.is_unspecified:
        return ip
    if ip.sixtofour:
        return ip.sixtofour
    if any(ip in network for network in _EMBEDDING):
        return IPv4Address(int(ip) & 0xFFFF_FFFF)
    return ip


def _is_public(ip: IPv4Address | IPv6Address) -> bool:
    if not ip.is_global or ip.is_multicast or any(ip in network for network in _SPECIAL):
        return False
    return isinstance(ip, IPv4Address) or ip in _UNICAST


class AddressGuard:
    """Lets a crawl go where its person sent it, and never from there into a private network."""

    def __init__(self, allowed_hosts: Iterable[str] = (), proxies: Iterable[str] = ()) -> None:
        self._hosts = {host.lower() for host in allowed_hosts}
        self._proxies = {host.lower() for host in proxies}
        self._kinds = {Kind.PUBLIC}

    def start_at(self, address: str) -> None:
        """Note an address that the person named: others of its kind are its neighbours."""
        kind = kind_of(address)
        if kind in (Kind.LOOPBACK, Kind.PRIVATE):
            self._kinds.add(kind)

    def permits(self, host: str, address: str) -> bool:
        """Tell whether a page or picture may lie on a host at an IP address."""
        return host.lower() in self._hosts or kind_of(address) in self._kinds

    def permits_connection(self, host: str, address: str) -> bool:
        """Tell whether a host may be connected to: a proxy may lie in a private network."""
        return host.lower() in self._proxies or self.permits(host, address)
