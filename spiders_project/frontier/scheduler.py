"""Scrapy's scheduler, in which requests wait for their time outside of the downloader."""

import asyncio
import time

from scrapy import Request, Spider
from scrapy.core.scheduler import Scheduler
from twisted.internet.defer import Deferred

from spiders_project.politeness.holds import Holds, holds_of
from spiders_project.politeness.retries import NOT_BEFORE
from spiders_project.urls import origin_of


class PatientScheduler(Scheduler):
    """Keeps a request back until its time has come, and until its host may be asked again.

    A request that waits here occupies no place of the downloader, so other
    hosts go on at full speed.
    """

    _holds: Holds
    _waiting: dict[Request, asyncio.TimerHandle]

    def open(self, spider: Spider) -> Deferred[None] | None:
        """Open the queues."""
        assert self.crawler is not None
        self._holds = holds_of(self.crawler)
        self._waiting = {}
        return super().open(spider)

    def close(self, reason: str) -> Deferred[None] | None:
        """Put what waits into the queues, which a JOBDIR keeps, and close them."""
        for request, timer in self._waiting.items():
            timer.cancel()
            super().enqueue_request(request)
        self._waiting = {}
        return super().close(reason)

    def enqueue_request(self, request: Request) -> bool:
        """Take a request into a queue, or let it wait first."""
        seconds = request.meta.pop(NOT_BEFORE, 0.0) - time.monotonic()
        if seconds <= 0:
            return super().enqueue_request(request)
        self._wait(request, seconds)
        return True

    def next_request(self) -> Request | None:
        """Return the next request whose host may be asked now."""
        while request := super().next_request():
            seconds = self._holds.seconds_left(origin_of(request.url))
            if not seconds:
                return request
            self._wait(request, seconds)
        return None

    def has_pending_requests(self) -> bool:
        """Tell whether anything is queued or waits."""
        return bool(self._waiting) or super().has_pending_requests()

    def _wait(self, request: Request, seconds: float) -> None:
        request.dont_filter = True  # it has passed the filter already
        timer = asyncio.get_running_loop().call_later(seconds, self._release, request)
        self._waiting[request] = timer

    def _release(self, request: Request) -> None:
        # Through the engine, because that also makes it look for work.
        assert self.crawler is not None
        del self._waiting[request]
        self.crawler.engine.crawl(request)
