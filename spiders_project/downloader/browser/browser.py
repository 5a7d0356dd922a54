"""The browser of a crawl: started at its first page, a few pages at once, closed at its end."""

import asyncio
import logging
from contextlib import suppress

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import TimeoutError as PlaywrightTimeout
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadFailedError, DownloadTimeoutError
from scrapy.http import TextResponse
from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler
from scrapy_playwright.page import PageMethod

from spiders_project import counters
from spiders_project.downloader.browser.chromium import context_options
from spiders_project.downloader.browser.visit import Visit

logger = logging.getLogger(__name__)

_GRACE_SECONDS = 15
"""For a page whose scripts let nobody look at it."""
_CLOSING_SECONDS = 10


class Browser:
    """Shows pages by means of scrapy-playwright, whose handler is used for nothing else."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._context = context_options(crawler.settings)
        self._places = asyncio.Semaphore(crawler.settings.getint("BROWSER_PAGES"))
        self._handler = ScrapyPlaywrightDownloadHandler(crawler)
        # What goes wrong is said by those who asked for the page, in one line.
        logging.getLogger("scrapy-playwright").setLevel(logging.CRITICAL)

    async def show(self, visit: Visit) -> str:
        """Return a page as its scripts have made it; raises Scrapy's download errors.

        A page that leads elsewhere may have been left before there was anything to see.
        """
        async with self._places:
            self._crawler.stats.inc_value(counters.BROWSER_PAGES)
            visit.begin()
            try:
                async with asyncio.timeout(visit.patience.seconds + _GRACE_SECONDS):
                    response = await self._handler.download_request(self._order(visit))
            except (TimeoutError, PlaywrightTimeout):
                raise DownloadTimeoutError(f"{visit.url}: its scripts do not end") from None
            except (PlaywrightError, ValueError) as error:
                if visit.leads_to:
                    return ""
                self._stop_without_browser(error)
                raise DownloadFailedError(f"{visit.url}: {_first_line(error)}") from error
            finally:
                await self._leave(visit)
        assert isinstance(response, TextResponse)
        return response.text

    def _order(self, visit: Visit) -> Request:
        meta = {
            "playwright": True,
            "playwright_context_kwargs": self._context,
            "playwright_page_init_callback": visit.prepare,
            "playwright_page_methods": [PageMethod(visit.unfold)],
            # The page's scripts and what they load are waited for by the visit.
            "playwright_page_goto_kwargs": {"wait_until": "commit"},
        }
        return Request(visit.url, meta=meta)

    async def _leave(self, visit: Visit) -> None:
        """Close the page; a browser that does not let go of it is closed as a whole."""
        if visit.page is None or visit.page.is_closed():
            return
        try:
            async with asyncio.timeout(_CLOSING_SECONDS):
                await visit.page.close()
        except (TimeoutError, PlaywrightError):
            logger.warning("The browser is started anew: it does not close %s", visit.url)
            with suppress(TimeoutError, PlaywrightError):
                async with asyncio.timeout(_CLOSING_SECONDS):
                    await self._handler.browser.close()

    def _stop_without_browser(self, error: Exception) -> None:
        """Stop the crawl where the browser has never started."""
        stats = self._crawler.stats
        if (
            stats.get_value("playwright/browser_count")
            or counters.BROWSER_PROBLEM in stats.get_stats()
        ):
            return
        stats.set_value(counters.BROWSER_PROBLEM, _first_line(error))
        logger.error("The browser does not start: %s", error)
        closing = self._crawler.engine.close_spider_async(reason="browser-failed")
        self._closing = asyncio.ensure_future(closing)

    async def close(self) -> None:
        """Close all pages and the browser."""
        await self._handler.close()


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0].strip()
