"""What pages load while they are shown: asked for by our own downloader, as pictures are."""

from collections.abc import Mapping
from dataclasses import dataclass

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from spiders_project import counters
from spiders_project.downloader.browser.kept import Kept, Loaded
from spiders_project.politeness.holds import HostHeld
from spiders_project.urls import origin_of, referer_for

_MOST_BYTES = 16 * 1024 * 1024
_OURS = frozenset(
    "accept-encoding accept-language connection content-length cookie host referer "
    "upgrade-insecure-requests user-agent".split()
)
"""Headers of requests that the downloader sets itself, by the settings of the crawl."""
_OF_BROWSERS = ("sec-", "proxy-", "if-", ":")
_OF_THE_WAY = frozenset(
    "connection content-encoding content-length keep-alive set-cookie "
    "strict-transport-security transfer-encoding".split()
)
"""Headers of responses that have done their work outside of the browser."""


@dataclass(frozen=True)
class Wish:
    """A request that a page makes."""

    url: str
    method: str
    headers: Mapping[str, str]
    body: bytes | None
    page_url: str
    is_new: bool
    """False where this page has asked for the same before: it wants to know what has changed."""

    @property
    def is_of_own_host(self) -> bool:
        """Whether the host of the page is asked."""
        return origin_of(self.url) == origin_of(self.page_url)


class Loads:
    """Passes the wishes of pages to the downloader, and remembers the answers for other pages.

    So robots.txt, the address guard, proxies, cookies and the pace of the crawl
    hold for all that a browser asks for, and for each hop of a redirect.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._kept = Kept()
        self._out_of_reach: dict[str, Exception] = {}
        """What has kept addresses of other hosts from coming, which is no reason to wait."""

    async def load(self, wish: Wish) -> Loaded:
        """Return the answer; raises what downloads raise."""
        is_plain = wish.method == "GET"
        if is_plain and wish.is_new and (kept := self._kept.get(wish.url)):
            return kept
        if error := self._out_of_reach.get(wish.url):
            raise error
        self._crawler.stats.inc_value(counters.BROWSER_LOADS)
        try:
            response = await self._crawler.engine.download_async(_request(wish))
        except Exception as error:
            if not wish.is_of_own_host and not isinstance(error, HostHeld):
                self._out_of_reach[wish.url] = error
            raise
        loaded = Loaded(response.status, headers_for_browser(response), response.body)
        if is_plain:
            self._kept.put(wish.url, loaded)
        return loaded


def _request(wish: Wish) -> Request:
    headers = {
        name: value
        for name, value in wish.headers.items()
        if name not in _OURS and not name.startswith(_OF_BROWSERS)
    }
    if referer := referer_for(wish.page_url, wish.url):
        headers["Referer"] = referer
    return Request(
        wish.url,
        method=wish.method,
        headers=headers,
        body=wish.body or b"",
        callback=NO_CALLBACK,
        meta={"dont_retry": True, "dont_cache": True, "download_maxsize": _MOST_BYTES},
    )


def headers_for_browser(response: Response) -> dict[str, str]:
    """Return the headers of a response that mean something to a page."""
    return {
        name.decode("latin-1"): ", ".join(value.decode("latin-1") for value in values)
        for name, values in response.headers.items()
        if name.decode("latin-1").lower() not in _OF_THE_WAY
    }
