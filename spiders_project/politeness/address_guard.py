"""Which addresses of the network a crawl may connect to."""

from collections.abc import Iterable
from enum import StrEnum
from ipaddress import IPv4Address, IPv6Address, ip_address


class Kind(StrEnum):
    """Where an IP address leads."""

    PUBLIC = "public"
    LOOPBACK = "loopback"
    PRIVATE = "private"
    LINK_LOCAL = "link-local"
    """Of this cable only; clouds answer with their machines' secrets at 169.254.169.254."""
    RESERVED = "reserved"


def kind_of(address: str) -> Kind | None:
    """Return where an IP address leads, by IANA's special-purpose registries; None for a name."""
    try:
        ip: IPv4Address | IPv6Address = ip_address(address.strip("[]").partition("%")[0])
    except ValueError:
        return None
    if isinstance(ip, IPv6Address) and (inner := ip.ipv4_mapped or ip.sixtofour):
        ip = inner
    if ip.is_loopback:
        return Kind.LOOPBACK
    if ip.is_link_local:
        return Kind.LINK_LOCAL
    if ip.is_global and not ip.is_multicast:
        return Kind.PUBLIC
    return Kind.PRIVATE if ip.is_private and not ip.is_unspecified else Kind.RESERVED


class AddressGuard:
    """Lets a crawl go where its person sent it, and never from there into a private network."""

    def __init__(self, allowed_hosts: Iterable[str] = ()) -> None:
        self._hosts = {host.lower() for host in allowed_hosts}
        self._kinds = {Kind.PUBLIC}

    def start_at(self, address: str) -> None:
        """Note an address that the person named: others of its kind are its neighbours."""
        kind = kind_of(address)
        if kind in (Kind.LOOPBACK, Kind.PRIVATE):
            self._kinds.add(kind)

    def permits(self, host: str, address: str) -> bool:
        """Tell whether a host may be connected to at an IP address."""
        return host.lower() in self._hosts or kind_of(address) in self._kinds
