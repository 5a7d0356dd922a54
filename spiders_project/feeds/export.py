"""Scrapy's feed exporter, which here stores the feeds of complete runs only."""

import asyncio
import logging
from typing import Any, Self

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.extensions.feedexport import FeedExporter as ScrapyFeedExporter
from scrapy.extensions.feedexport import FeedSlot

from spiders_project import counters
from spiders_project.errors import ExitStatus
from spiders_project.feeds.storage import AtomicFileStorage
from spiders_project.frontier.scheduler import FrontierScheduler
from spiders_project.verdict import judge

logger = logging.getLogger(__name__)

_ITEMS_IN_ONE_GO = 100


class FeedExporter(ScrapyFeedExporter):
    """Stores feeds when the verdict on the run is good, and leaves the old ones otherwise.

    Scrapy's own stores on every end: after a signal, after write errors that
    it only logs, and with nothing in it.
    """

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Listen for items that are lost on their way, too."""
        exporter = super().from_crawler(crawler)
        crawler.signals.connect(exporter.item_error, signals.item_error)
        return exporter

    async def open_spider(self, spider: Spider) -> None:  # type: ignore[override]
        """Prepare the feeds; one that cannot be is the whole run's problem.

        What earlier processes of the run have finished comes first.
        """
        try:
            super().open_spider(spider)
            for slot in self.slots:
                if isinstance(slot.storage, AtomicFileStorage):
                    slot.storage.tidy()
        except Exception as error:
            logger.exception("The feeds cannot be prepared")
            self._spoiled_by(error)
        scheduler = self.crawler.engine.scheduler
        if isinstance(scheduler, FrontierScheduler):
            for number, item in enumerate(scheduler.kept_items()):
                self.item_scraped(item, spider)
                if number % _ITEMS_IN_ONE_GO == 0:
                    await asyncio.sleep(0)

    def item_error(self) -> None:
        """Count an item that a pipeline raised an error for."""
        self.crawler.stats.inc_value(counters.ITEM_ERRORS)

    def item_scraped(self, item: Any, spider: Spider) -> None:
        """Write an item to the feeds; an error spoils the run instead of one line of the log."""
        if self.crawler.stats.get_value(counters.FEED_PROBLEM):
            return
        try:
            super().item_scraped(item, spider)
        except Exception as error:
            logger.exception("The feed could not be written")
            self._spoiled_by(error)

    async def close_spider(self, spider: Spider, reason: str) -> None:  # type: ignore[override]
        """Store the feeds if the run was complete, discard them if it was not."""
        verdict = judge(self.crawler.stats.get_stats(), reason)
        if verdict.status is not ExitStatus.DONE or not self._has_items():
            logger.info("The feeds are left as they were: the run was not complete")
            for slot in self.slots:
                _discard(slot)
            self.slots = []
        await super().close_spider(spider)

    def _has_items(self) -> bool:
        return any(slot.itemcount for slot in self.slots)

    async def _close_slot(self, slot: FeedSlot, spider: Spider) -> None:
        try:
            await super()._close_slot(slot, spider)
        except Exception as error:
            logger.exception("The feed could not be written")
            self._spoiled_by(error)
            _discard(slot)

    def _spoiled_by(self, error: Exception) -> None:
        self.crawler.stats.set_value(counters.FEED_PROBLEM, str(error) or type(error).__name__)


def _discard(slot: FeedSlot) -> None:
    if slot.file is not None and isinstance(slot.storage, AtomicFileStorage):
        slot.storage.discard(slot.file)
