"""Opens the catalogue for a crawl, keeps its run alive in it, and says how it ended."""

import asyncio
import logging
from contextlib import suppress
from typing import Any, Self

from scrapy import signals
from scrapy.core.scheduler import BaseScheduler
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.utils.misc import load_object
from scrapy.utils.spider import DefaultSpider

from spiders_project import counters
from spiders_project.catalogue.catalogue import Catalogue, CatalogueFailed, keep_catalogue
from spiders_project.catalogue.recovery import recover
from spiders_project.catalogue.runs import HEARTBEAT_SECONDS, beat, begin_run, end_run
from spiders_project.collection import feeds_of, incoming_of, shelves_of
from spiders_project.frontier.job import job_of
from spiders_project.frontier.opening import open_frontier
from spiders_project.frontier.scheduler import FrontierScheduler
from spiders_project.upkeep.rebuild import open_or_rebuild
from spiders_project.verdict import judge

logger = logging.getLogger(__name__)


class Memory:
    """The catalogue's place among the extensions, from before the spider opens to the very end."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        settings = crawler.settings
        self._shelves = shelves_of(settings)
        engine = open_or_rebuild(
            settings["CATALOGUE_URL"], self._shelves, feeds_of(settings), logger.warning
        )
        self._catalogue = Catalogue(engine)
        self._catalogue.listen(self._stop)
        self._heart: asyncio.Task[None] | None = None
        self._scheduler: BaseScheduler | None = None
        keep_catalogue(crawler, self._catalogue)
        assert crawler.spider is not None
        if issubclass(load_object(settings["SCHEDULER"]), FrontierScheduler):
            open_frontier(crawler, crawler.spider)
        else:
            job = job_of(crawler.spider)
            self._catalogue.run = self._catalogue.do_now(begin_run, job)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Open the catalogue, but not for ``scrapy fetch`` and ``shell``; raises CannotStart."""
        if crawler.spider is None or isinstance(crawler.spider, DefaultSpider):
            raise NotConfigured
        memory = cls(crawler)
        connect = crawler.signals.connect
        connect(memory.spider_opened, signals.spider_opened)
        connect(memory.engine_stopped, signals.engine_stopped)
        return memory

    async def spider_opened(self) -> None:
        """Tidy up after processes that were killed, and let the heart beat."""
        self._scheduler = self._crawler.engine.scheduler
        incoming = incoming_of(self._crawler.settings)
        await self._catalogue.do(recover, self._catalogue.run, self._shelves, incoming)
        self._heart = asyncio.create_task(self._beat())

    async def engine_stopped(self) -> None:
        """Note how the run has ended; a frontier with nothing left is removed."""
        if self._heart:
            self._heart.cancel()
        stats = self._crawler.stats.get_stats()
        reason = stats.get("finish_reason") or "shutdown"
        verdict = judge(stats, reason)
        with suppress(CatalogueFailed):
            await self._catalogue.do(end_run, self._catalogue.run, reason, int(verdict.status))
        self._close_frontier(stats)
        self._catalogue.close()

    def _close_frontier(self, stats: dict[str, Any]) -> None:
        scheduler = self._scheduler
        if not isinstance(scheduler, FrontierScheduler):
            return
        # A feed that could not be written is written by the same command once there is room.
        problems = counters.STORAGE_PROBLEM in stats or counters.FEED_PROBLEM in stats
        scheduler.end(is_done=scheduler.is_complete and not problems)

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(HEARTBEAT_SECONDS)
            with suppress(CatalogueFailed):
                await self._catalogue.do(beat, self._catalogue.run)

    def _stop(self, error: CatalogueFailed) -> None:
        logger.error("The crawl is stopped: %s", error)
        self._crawler.stats.set_value(counters.STORAGE_PROBLEM, str(error))
        if self._crawler.engine.running:
            closing = self._crawler.engine.close_spider_async(reason="storage-failed")
            self._closing = asyncio.ensure_future(closing)
