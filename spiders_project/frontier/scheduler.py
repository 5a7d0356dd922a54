"""Scrapy's scheduler interface over a store that survives a kill at any instant."""

import asyncio
import logging
import sqlite3
import time
from collections.abc import Iterator
from typing import Any, Self

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler

from spiders_project.catalogue.catalogue import has_failed
from spiders_project.frontier import items
from spiders_project.frontier.counting import note_filtered
from spiders_project.frontier.disk import Disk
from spiders_project.frontier.lease import Lease, Watched, current_lease
from spiders_project.frontier.opening import frontier_of, scratch_frontier
from spiders_project.frontier.requests import NotStorable, from_json, to_json
from spiders_project.frontier.waiting import WaitingRoom
from spiders_project.politeness.holds import holds_of
from spiders_project.politeness.retries import NOT_BEFORE
from spiders_project.urls import origin_of

logger = logging.getLogger(__name__)

LEASE, FROM_START = "lease", "from_start"
"""Keys of ``Request.meta``: the number of the lease; whether it comes from ``start()``."""

_COMMIT_SECONDS = 0.5
_AHEAD_OF_START = 500
_HANDLED_AT_ONCE = 256
"""Responses whose items are in the pipelines at most: the others wait as addresses on the disk."""
_FINISHED = "finished"


# Not a subclass of BaseScheduler, whose metaclass takes every scheduler for an instance of it.
class FrontierScheduler:
    """Hands out the requests of one job, and calls each done when nothing of it can be lost.

    Done means: its callback has run, the requests it yielded are stored, its
    items went through all pipelines. What a kill leaves undone, the same
    command takes up again. A request that waits, for its time or for a host
    that is held back, occupies no place of the downloader.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._holds = holds_of(crawler)
        self._leases: dict[int, Lease] = {}
        self._waiting = WaitingRoom(self._send_back)
        self._commit_timer: asyncio.TimerHandle | None = None
        self._room = asyncio.Event()
        self._unstorable = 0
        self._handled = 0
        self._disk = Disk(crawler, self._let_go)
        self.is_complete = False
        """True where the crawl has ended and nothing is left to be done."""
        crawler.signals.connect(self._keep_item, signals.item_scraped)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the scheduler."""
        return cls(crawler)

    def open(self, spider: Spider) -> None:
        """Go on where earlier processes of the run have stopped."""
        self._spider = spider
        self._fingerprinter = self._crawler.request_fingerprinter
        kept = frontier_of(self._crawler)
        self._is_scratch = kept is None
        self._store = kept or scratch_frontier()
        for name, count in self._store.counts().items():
            self._crawler.stats.inc_value(name, count)
        for name, text in self._store.notes().items():
            self._crawler.stats.set_value(name, text)

    def close(self, reason: str) -> None:
        """Make durable what was said; what waits and what is in flight stays pending."""
        self._waiting.close()
        with self._disk.watched():
            self._store.commit()
            nothing_left = not self._store.pending and not self._store.leased
            self.is_complete = reason == _FINISHED and nothing_left

    def end(self, *, is_done: bool) -> None:
        """Close the store; remove it if the run is done for good."""
        if self._commit_timer:
            self._commit_timer.cancel()
        with self._disk.watched():
            if is_done or self._is_scratch:
                self._store.delete()
            else:
                self._store.close()

    @property
    def started(self) -> int:
        """How many requests of ``start()`` earlier processes of the run have taken."""
        return self._store.started

    def has_taken(self, request: Request) -> bool:
        """Tell whether a request of ``start()`` is one of those.

        What ``start()`` yields may differ from process to process: what has
        failed and was had since does not come again. Only requests that are
        not filtered are told by their number alone.
        """
        with self._disk.watched():
            return request.dont_filter or self._store.knows(
                self._fingerprinter.fingerprint(request)
            )
        return True

    async def has_room(self) -> None:
        """Wait until so few requests are pending that ``start()`` may add one."""
        while self._store.pending >= _AHEAD_OF_START and not self._disk.is_broken:
            self._room.clear()
            await self._room.wait()

    def kept_items(self) -> Iterator[Any]:
        """Return the items that earlier processes of the run have finished."""
        return map(items.from_text, self._store.items())

    def has_pending_requests(self) -> bool:
        """Tell whether anything is queued or waits."""
        return bool(self._waiting) or bool(self._store.pending and not self._disk.is_broken)

    def enqueue_request(self, request: Request) -> bool:
        """Store a new request, or take back one that is on its way; False for a known one."""
        try:
            lease = self._leases.get(request.meta.get(LEASE, 0))
            if lease and not lease.has_begun:
                return self._continue(request, lease)
            return self._add(request)
        except sqlite3.Error as error:
            self._disk.fail(error)
            return False

    def next_request(self) -> Request | None:
        """Hand out the next request whose host may be asked now."""
        if self._handled >= _HANDLED_AT_ONCE:
            return None
        with self._disk.watched():
            while request := self._next():
                if self._holds.is_free:
                    return request
                seconds = self._holds.seconds_left(origin_of(request.url))
                if not seconds:
                    return request
                self._waiting.wait(request, seconds, for_host=True)
        return None

    def begin(self, request: Request) -> None:
        """Note that the spider handles the outcome of a request in the present task."""
        lease = self._leases.get(request.meta.get(LEASE, 0))
        if lease is None or lease.has_begun:
            return
        lease.has_begun = True
        self._handled += 1
        current_lease.set(lease)
        task = asyncio.current_task()
        assert task is not None
        # The task ends when the callback has run and every item of it is through the pipelines.
        task.add_done_callback(lambda _: self._end(lease))

    def _continue(self, request: Request, lease: Lease) -> bool:
        """Take a redirect, or another try; a kill makes it begin at its beginning."""
        if lease.is_back:
            lease.is_back = False
        elif not request.dont_filter and lease.number > 0:
            fingerprint = self._fingerprinter.fingerprint(request)
            if not self._store.owns(fingerprint, lease.number):
                note_filtered(self._crawler.stats, request)
                self._close(lease)
                return False
        seconds = request.meta.pop(NOT_BEFORE, 0.0) - time.monotonic()
        if seconds > 0:
            is_held = self._holds.seconds_left(origin_of(request.url)) > 0
            self._waiting.wait(request, seconds, for_host=is_held)
        else:
            self._waiting.ready.append(request)
        return True

    def _add(self, request: Request) -> bool:
        from_start = request.meta.pop(FROM_START, False)
        request.meta.pop(LEASE, None)
        request.meta.pop(NOT_BEFORE, None)
        if isinstance(request.errback, Watched):
            request.errback = request.errback.method
        fingerprint = None if request.dont_filter else self._fingerprinter.fingerprint(request)
        if fingerprint and not from_start and self._store.knows(fingerprint):
            note_filtered(self._crawler.stats, request)
            return False
        try:
            text = to_json(request, self._spider)
        except NotStorable as error:
            self._add_unstorable(request, error)
            return True
        number = self._store.add(
            fingerprint, request.priority, origin_of(request.url), text, from_start=from_start
        )
        self._commit_soon()
        if number is None:
            note_filtered(self._crawler.stats, request)
        return number is not None

    def _add_unstorable(self, request: Request, error: NotStorable) -> None:
        """Keep a request in memory; whoever yielded it is not done before it is."""
        logger.warning("Kept in memory only: %s", error)
        parent = current_lease.get()
        if parent:
            parent.open += 1
        self._unstorable += 1
        self._waiting.ready.append(self._watched(request, Lease(-self._unstorable, parent)))

    def _next(self) -> Request | None:
        if self._waiting.ready:
            return self._waiting.ready.popleft()
        while self._store.pending and not self._disk.is_broken:
            stored = self._store.lease(1, self._waiting.held_origins)
            if not stored:
                return None
            try:
                request = from_json(stored[0].body, self._spider)
            except NotStorable:
                # The spider has been changed since it was stored.
                logger.exception("A stored request cannot be made again")
                self._crawler.stats.inc_value("spider_exceptions/count")
                self._store.done(stored[0].number, [], {"spider_exceptions/count": 1}, {})
                continue
            return self._watched(request, Lease(stored[0].number))
        return None

    def _watched(self, request: Request, lease: Lease) -> Request:
        self._leases[lease.number] = lease
        request.meta[LEASE] = lease.number
        request.errback = Watched(self.begin, request.errback)
        self._room.set()
        return request

    def _end(self, lease: Lease) -> None:
        """Note that the task has ended in which a request was handled."""
        self._handled -= 1
        self._close(lease)
        if self._handled == _HANDLED_AT_ONCE - 1:
            with self._disk.watched():
                if request := self._next():
                    self._send_back(request)

    def _close(self, lease: Lease) -> None:
        """Note that one of the parts of a request's handling has ended."""
        lease.open -= 1
        if lease.open:
            return
        del self._leases[lease.number]
        if parent := lease.parent:
            parent.take_over(lease)
            self._close(parent)
        elif lease.number > 0 and not self._has_failed():
            with self._disk.watched():
                if lease.is_given_up:
                    self._store.give_back(lease.number)
                else:
                    self._store.done(lease.number, lease.items, lease.counts, lease.notes)
                self._commit_soon()

    def _keep_item(self, item: Any) -> None:
        if lease := current_lease.get():
            lease.items.append(items.to_text(item))

    def _send_back(self, request: Request) -> None:
        """Queue a leased request through the engine, because that makes it look for work."""
        self._leases[request.meta[LEASE]].is_back = True
        if self._crawler.engine.running:
            self._crawler.engine.crawl(request)

    def _commit_soon(self) -> None:
        if self._commit_timer is None:
            loop = asyncio.get_running_loop()
            self._commit_timer = loop.call_later(_COMMIT_SECONDS, self._commit)

    def _commit(self) -> None:
        self._commit_timer = None
        with self._disk.watched():
            self._store.commit()

    def _has_failed(self) -> bool:
        """Tell whether items may have been lost on their way into the catalogue."""
        return self._disk.is_broken or has_failed(self._crawler)

    def _let_go(self) -> None:
        """Refuse every further word of a store that has lost one, and let ``start()`` end."""
        self._store.abandon()
        self._room.set()
