"""Tells the frontier when the handling of a response begins, and brakes ``start()``."""

from collections.abc import AsyncIterator
from typing import Any, Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response
from scrapy.utils.misc import load_object

from spiders_project.catalogue.catalogue import CatalogueFailed
from spiders_project.frontier.scheduler import FROM_START, FrontierScheduler


class FrontierMiddleware:
    """The frontier's place in the spider middlewares, nearest to the engine."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the middleware, unless another scheduler is in use."""
        if not issubclass(load_object(crawler.settings["SCHEDULER"]), FrontierScheduler):
            raise NotConfigured
        return cls(crawler)

    def process_spider_input(self, response: Response) -> None:
        """Note that what is yielded from now on is the output of this request."""
        assert response.request is not None
        self._scheduler.begin(response.request)

    def process_spider_exception(
        self, response: Response, exception: Exception
    ) -> tuple[()] | None:
        """Keep what the catalogue lacks from counting as an error of the page.

        The crawl is being stopped for it, and the page is not done.
        """
        return () if isinstance(exception, CatalogueFailed) else None

    async def process_start(self, start: AsyncIterator[Any]) -> AsyncIterator[Any]:
        """Take requests as fast as they are done, and none that an earlier process has taken."""
        scheduler = self._scheduler
        taken = scheduler.started
        async for output in start:
            if not isinstance(output, Request):
                yield output
            elif taken and scheduler.has_taken(output):
                taken -= 1
            else:
                await scheduler.has_room()
                output.meta[FROM_START] = True
                yield output

    @property
    def _scheduler(self) -> FrontierScheduler:
        scheduler = self._crawler.engine.scheduler
        assert isinstance(scheduler, FrontierScheduler)
        return scheduler
