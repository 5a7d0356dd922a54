"""Name look-ups that never lead a crawl into a private network."""

from collections.abc import Sequence
from weakref import WeakSet

from scrapy.resolver import CachingThreadedResolver
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError

from spiders_project.politeness.address_guard import AddressGuard

guards: "WeakSet[AddressGuard]" = WeakSet()
"""The guards of the crawls in this process; without any, every address is given."""


class GuardedResolver(CachingThreadedResolver):
    """Scrapy's resolver, which gives no address that no crawl may connect to.

    The connection is made to the very address that was judged here, so a name
    server that answers differently the second time gains nothing.
    """

    installed: "GuardedResolver | None" = None

    def install_on_reactor(self) -> None:
        """Become the resolver of the process."""
        super().install_on_reactor()
        GuardedResolver.installed = self

    def look_up(self, name: str) -> "Deferred[str]":
        """Return the address of a name without judging it; the answer is kept."""
        return super().getHostByName(name)

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> "Deferred[str]":  # noqa: N802
        """Return the address of a name; DNSLookupError for one that may not be connected to."""
        return self.look_up(name).addCallback(_judged, name)


def _judged(address: str, name: str) -> str:
    if guards and not any(guard.permits_connection(name, address) for guard in guards):
        raise DNSLookupError(f"{name} leads to {address}, which is no public address")
    return address
