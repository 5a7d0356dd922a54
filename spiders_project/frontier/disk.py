"""Ends a crawl whose frontier cannot be written any more, such as on a full disk."""

import asyncio
import logging
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from scrapy.crawler import Crawler

from spiders_project import counters

logger = logging.getLogger(__name__)


class Disk:
    """What the scheduler knows of the disk under its store."""

    def __init__(self, crawler: Crawler, let_go: Callable[[], None]) -> None:
        """``let_go`` is called once, at the first failure, before the crawl is ended."""
        self._crawler = crawler
        self._let_go = let_go
        self.is_broken = False
        """True from the first failure on: what is said then is not kept."""

    @contextmanager
    def watched(self) -> Iterator[None]:
        """End the crawl where the store cannot be written."""
        try:
            yield
        except sqlite3.Error as error:
            self.fail(error)

    def fail(self, error: sqlite3.Error) -> None:
        """End the crawl for an error of the store, the first one."""
        if self.is_broken:
            return
        self.is_broken = True
        self._let_go()
        logger.error("The frontier cannot be written", exc_info=error)
        self._crawler.stats.set_value(counters.STORAGE_PROBLEM, f"frontier: {error}")
        closing = self._crawler.engine.close_spider_async(reason="storage-failed")
        self._closing = asyncio.ensure_future(closing)
