"""A spider that asks for a few pages, one after the other, as politely as any crawl."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, Generic, Self, TypeVar

from scrapy import Request
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.http.request import NO_CALLBACK
from scrapy.utils.spider import DefaultSpider

from spiders_project.errors import CannotStart
from spiders_project.failures import lost_by_exception
from spiders_project.newsite.samples import Answer
from spiders_project.newsite.survey import CannotRead, Fetch
from spiders_project.outcomes import http_reason
from spiders_project.pages.base import Site
from spiders_project.urls import referer_for

_T = TypeVar("_T")
_OK = 200
Work = Callable[[Fetch, Site | None], Awaitable[_T]]
"""What is done with the pages; the site, if there is one, knows its address by now."""


# Scrapy's default spider is what `scrapy fetch` runs: it has no catalogue, no feeds, no summary.
class Visits(DefaultSpider, Generic[_T]):
    """Runs some work that asks for pages, and keeps its result or its error."""

    def __init__(self, /, work: Work[_T], site: Site | None = None, **arguments: Any) -> None:
        super().__init__(**arguments)
        self._work = work
        self._known_site = site
        if site is not None:
            # The demo site is served, and private addresses are permitted, by this.
            self.site = site
        self.result: _T | None = None
        self.error: Exception | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Make the spider; the pace is that of the site, or of any site."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        site = spider._known_site or Site
        crawler.settings.set("DOWNLOAD_DELAY", site.delay_seconds, "spider")
        crawler.settings.set("CONCURRENT_REQUESTS_PER_DOMAIN", 1, "spider")
        crawler.settings.set("AUTOTHROTTLE_ENABLED", False, "spider")
        return spider

    async def start(self) -> AsyncIterator[Any]:
        """Do the work; no request goes through the scheduler, so nothing is left behind."""
        site = self._known_site
        if site is not None:
            root = self.settings.getdict("SITE_ROOTS").get(site.name)
            site = type(site)(root)
        try:
            self.result = await self._work(self._fetch, site)
        except Exception as error:  # noqa: BLE001 - the command that has started it raises it again
            self.error = error
        return
        yield  # Scrapy wants a generator

    async def _fetch(self, url: str, found_on: str | None) -> Answer:
        """Return what a server says; raises CannotRead with a sentence."""
        request = Request(url, callback=NO_CALLBACK)
        if found_on is None:
            request.meta["is_start_request"] = True
        elif referer := referer_for(found_on, url):
            request.headers["Referer"] = referer
        try:
            response = await self.crawler.engine.download_async(request)
        except Exception as error:
            raise CannotRead(f"{url} ({lost_by_exception(error).reason})") from error
        if response.status != _OK:
            raise CannotRead(f"{url} ({http_reason(response.status)})")
        content_type = response.headers.get("Content-Type")
        return Answer(
            response.url, response.body, content_type.decode("latin-1") if content_type else None
        )


def visit(process: AsyncCrawlerProcess, work: Work[_T], site: Site | None = None) -> _T:
    """Run some work to its end and return its result; raises what it raised."""
    crawler = process.create_crawler(Visits)
    process.crawl(crawler, work=work, site=site)
    process.start()
    spider: Visits[_T] | None = crawler.spider  # type: ignore[assignment]  # made from Visits
    if spider is not None and spider.error is not None:
        raise spider.error
    if spider is None or spider.result is None:
        raise CannotStart("stopped before the pages were read")
    return spider.result
