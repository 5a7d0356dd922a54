"""Keeps requests of a public site out of private networks, and says so in words."""

from typing import Self
from urllib.parse import urlsplit
from urllib.request import getproxies

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.utils.defer import maybe_deferred_to_future
from scrapy.utils.url import add_http_if_no_scheme

from spiders_project.downloader.resolver import GuardedResolver, guards
from spiders_project.failures import DownloadLost
from spiders_project.outcomes import Outcome, Reason
from spiders_project.politeness.address_guard import AddressGuard, kind_of
from spiders_project.urls import host_of


class AddressGuardMiddleware:
    """Refuses links, redirects, pictures and DNS answers that lead to private addresses.

    Start requests are the person's own: where they lead to a private or
    loopback address, others of that kind are permitted too. The resolver
    enforces the same at the connection; this middleware gives the reason.
    """

    def __init__(self, guard: AddressGuard) -> None:
        self._guard = guard
        guards.add(guard)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Permit ALLOWED_PRIVATE_HOSTS, and connections to the proxies."""
        proxies = {crawler.settings.get("PROXY") or "", *getproxies().values()}
        hosts = {urlsplit(add_http_if_no_scheme(proxy)).hostname for proxy in proxies if proxy}
        allowed = crawler.settings.getlist("ALLOWED_PRIVATE_HOSTS")
        middleware = cls(AddressGuard(allowed, filter(None, hosts)))
        crawler.signals.connect(middleware.spider_opened, signals.spider_opened)
        return middleware

    async def spider_opened(self, spider: Spider) -> None:
        """Start where the site of the spider is; a crawl that goes on has no start requests."""
        host = host_of(getattr(getattr(spider, "site", None), "address", ""))
        if host and (address := await self._address_of(host, is_proxied=False)):
            self._guard.start_at(address)

    async def process_request(self, request: Request) -> None:
        """Raise DownloadLost for a request that leads where it must not."""
        host = host_of(request.url)
        address = await self._address_of(host, is_proxied=bool(request.meta.get("proxy")))
        if address is None:
            return
        is_persons_own = (
            request.meta.get("is_start_request") and "redirect_urls" not in request.meta
        )
        if is_persons_own:
            self._guard.start_at(address)
        if not self._guard.permits(host, address):
            raise DownloadLost(
                Outcome.REFUSED,
                Reason.PRIVATE_ADDRESS,
                f"{host} leads to {address}; ALLOWED_PRIVATE_HOSTS can permit it",
            )

    async def _address_of(self, host: str, *, is_proxied: bool) -> str | None:
        """Return the address that would be connected to, None if that is not known here."""
        if kind_of(host) is not None:
            return host
        resolver = GuardedResolver.installed
        if resolver is None or is_proxied:  # then the proxy looks the name up
            return None
        try:
            return await maybe_deferred_to_future(resolver.look_up(host))
        except OSError:  # the download will fail for that reason
            return None
