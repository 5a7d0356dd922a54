"""Downloader middleware: pages of the crawl as they are once their scripts have run."""

import logging
from typing import Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    NotConfigured,
)
from scrapy.http import Response

from spiders_project import counters
from spiders_project.downloader.browser.loads import Loads
from spiders_project.downloader.browser.visit import Interrupted, Patience, Visit
from spiders_project.downloader.revisits import VISIT
from spiders_project.downloader.tries import Tries
from spiders_project.failures import lost_by_exception
from spiders_project.outcomes import Outcome
from spiders_project.urls import origin_of

logger = logging.getLogger(__name__)

_OK = 200
_HTML = (b"text/html", b"application/xhtml+xml")
_VALIDATORS = ("ETag", "Last-Modified")


class RenderMiddleware:
    """Gives pages to the browser and takes what their scripts have made of them.

    A page has been through the downloader before, like any other: redirects,
    robots.txt, retries and the catalogue need not know. The body alone is
    replaced; a page whose own host does not answer its scripts is asked for
    again like one that is not answered itself.
    """

    def __init__(self, crawler: Crawler) -> None:
        # An extra that may not be there.
        from spiders_project.downloader.browser.browser import Browser  # noqa: PLC0415

        settings = crawler.settings
        self._crawler = crawler
        self._browser = Browser(crawler)
        self._loads = Loads(crawler)
        self._tries = Tries(crawler)
        self._patience = Patience(
            seconds=settings.getfloat("BROWSER_TIMEOUT"),
            scrolls=settings.getint("BROWSER_SCROLLS"),
            is_stopping=lambda: not crawler.crawling,
        )
        self._most_redirects = settings.getint("REDIRECT_MAX_TIMES")
        self._has_said: set[str] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the middleware, unless no browser is asked for."""
        if not crawler.settings.getbool("BROWSER"):
            raise NotConfigured
        middleware = cls(crawler)
        crawler.signals.connect(middleware.spider_closed, signals.spider_closed)
        return middleware

    async def spider_closed(self) -> None:
        """Close the browser."""
        await self._browser.close()

    async def process_response(self, request: Request, response: Response) -> Request | Response:
        """Return a page as the browser shows it; anything else as it is."""
        if not _is_page(request, response):
            return response
        visit = Visit(response, self._loads, self._patience)
        try:
            text = await self._browser.show(visit)
        except Interrupted:
            return request.replace(dont_filter=True)
        except (DownloadFailedError, DownloadTimeoutError) as error:
            if again := self._tries.again(request, lost_by_exception(error)):
                return again
            raise
        if instead := self._instead(request, visit):
            return instead
        self._tell(visit)
        page, end, rest = text.rpartition("</body>")
        return _shown(response, page + visit.data_as_script() + end + rest)

    def _instead(self, request: Request, visit: Visit) -> Request | None:
        """Return what is to be asked for instead of taking what was shown."""
        if visit.is_held:
            return request.replace(dont_filter=True)
        if visit.leads_to:
            return self._onwards(request, visit.leads_to)
        own = [lost for url, lost in visit.losses if origin_of(url) == origin_of(visit.url)]
        return next(filter(None, (self._tries.again(request, lost) for lost in own)), None)

    def _onwards(self, request: Request, url: str) -> Request:
        """Return the request for where a script leads, as for a redirect."""
        passed = [*request.meta.get("redirect_urls", []), request.url]
        if len(passed) > self._most_redirects or url in passed:
            raise IgnoreRequest(f"{url}: redirects in circles, by scripts")
        onwards = request.replace(url=url)
        onwards.meta["redirect_urls"] = passed
        onwards.meta["redirect_times"] = len(passed)
        return onwards

    def _tell(self, visit: Visit) -> None:
        """Say what is missing; once for each reason, and all of it in the statistics."""
        if not visit.is_complete:
            self._crawler.stats.inc_value(counters.BROWSER_CUT)
            self._say(
                "%s goes on: BROWSER_TIMEOUT or BROWSER_SCROLLS has ended it, and what had come "
                "by then is read",
                visit.url,
                reason="cut",
            )
        for url, lost in visit.losses:
            is_refused = lost.outcome is Outcome.REFUSED
            name = counters.BROWSER_REFUSED if is_refused else counters.BROWSER_LOST
            self._crawler.stats.inc_value(name)
            self._say(
                "%s is shown without %s (%s)", visit.url, url, lost.reason, reason=lost.reason
            )

    def _say(self, words: str, *about: str, reason: str) -> None:
        level = logging.INFO if reason in self._has_said else logging.WARNING
        self._has_said.add(reason)
        logger.log(level, words, *about)


def _is_page(request: Request, response: Response) -> bool:
    kind = (response.headers.get("Content-Type") or b"").partition(b";")[0].strip().lower()
    is_asked_whole = VISIT in request.meta and "Range" not in request.headers
    return is_asked_whole and response.status == _OK and kind in _HTML


def _shown(response: Response, text: str) -> Response:
    shown = response.replace(body=text.encode("utf-8", "replace"), encoding="utf-8")
    shown.headers["Content-Type"] = b"text/html; charset=utf-8"
    # They tell of the page without what its scripts have loaded.
    for name in _VALIDATORS:
        shown.headers.pop(name, None)
    return shown
