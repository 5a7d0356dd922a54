"""Stops the crawl where going on would lose pictures."""

import asyncio
import errno
import shutil
import time

from scrapy.crawler import Crawler

from spiders_project import counters
from spiders_project.failures import DownloadLost
from spiders_project.outcomes import Outcome, Reason

# A wrong name concerns one picture; any other error of the disk concerns all that follow.
_ERRORS_OF_ONE_FILE = (errno.ENAMETOOLONG, errno.EINVAL, errno.EILSEQ)

# A disk fills more slowly than that, and each look is a call of the system.
_GLANCE_SECONDS = 0.1


class Brakes:
    """Closes the spider once: what is in flight is finished, what waits is left for later."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._closing: asyncio.Future[None] | None = None
        self._looked_at, self._free = -_GLANCE_SECONDS, 0

    def is_running(self) -> bool:
        """Tell whether there is any use in beginning something."""
        return self._closing is None and self._crawler.engine.running

    def stop(self, reason: str) -> None:
        """Close the spider with a reason that the verdict knows."""
        if self._closing is None:
            closing = self._crawler.engine.close_spider_async(reason=reason)
            self._closing = asyncio.ensure_future(closing)

    def storage_failed(self, error: Exception) -> DownloadLost:
        """Stop for an error of a disk, a store or the catalogue; return what it means."""
        concerns_one_file = isinstance(error, OSError) and error.errno in _ERRORS_OF_ONE_FILE
        if not concerns_one_file and self._closing is None:
            self._crawler.stats.set_value(counters.STORAGE_PROBLEM, str(error))
            self.stop("storage-failed")
        return DownloadLost(Outcome.FAILED, Reason.STORAGE, str(error))

    def keep_reserve(self, folder: str, reserve_bytes: int, bytes_in_flight: int) -> None:
        """Stop before the pictures in flight leave too little free space; raises DownloadLost."""
        if reserve_bytes and self._free_bytes(folder) - bytes_in_flight < reserve_bytes:
            self.stop("disk-reserve")
            raise DownloadLost(Outcome.FAILED, Reason.STOPPED, "the disk is nearly full")

    def _free_bytes(self, folder: str) -> int:
        """Return what is free on the disk of a folder, as seen a moment ago at the earliest."""
        now = time.monotonic()
        if now - self._looked_at >= _GLANCE_SECONDS:
            self._looked_at, self._free = now, shutil.disk_usage(folder).free
        return self._free
