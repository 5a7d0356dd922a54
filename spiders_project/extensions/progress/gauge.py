"""Reads the figures of a crawl while it runs."""

import time
from collections import deque
from collections.abc import Callable

from scrapy import signals
from scrapy.crawler import Crawler

from spiders_project.extensions.progress.figures import (
    Figures,
    Pages,
    Pictures,
    Rates,
    counts_below,
)
from spiders_project.politeness.holds import holds_of


class Meter:
    """The mean growth of a number over the last seconds."""

    def __init__(self, window_seconds: float) -> None:
        self._window_seconds = window_seconds
        self._samples: deque[tuple[float, int]] = deque()

    def rate(self, now: float, total: int) -> float:
        """Take in a sample; return the growth a second."""
        self._samples.append((now, total))
        while now - self._samples[0][0] > self._window_seconds and len(self._samples) > 2:
            self._samples.popleft()
        then, before = self._samples[0]
        return (total - before) / (now - then) if now > then else 0.0


class Gauge:
    """The figures of one crawler, from the moment this is made."""

    def __init__(self, crawler: Crawler, clock: Callable[[], float] = time.monotonic) -> None:
        self._crawler = crawler
        self._clock = clock
        self._started = clock()
        self._received_bytes = 0
        self._bytes_meter = Meter(window_seconds=5)
        # A polite crawl takes seconds for one picture.
        self._pictures_meter = Meter(window_seconds=30)
        crawler.signals.connect(self._count_bytes, signals.bytes_received)

    def read(self) -> Figures:
        """Return the figures of this moment."""
        now = self._clock()
        stats = self._crawler.stats.get_stats()
        pictures = Pictures.of(stats)
        return Figures(
            subject=self._subject(),
            state=self._state(),
            seconds=now - self._started,
            pages=Pages.of(stats),
            pictures=pictures,
            rates=Rates(
                self._bytes_meter.rate(now, self._received_bytes),
                self._pictures_meter.rate(now, pictures.done),
            ),
            responses=stats.get("response_received_count", 0),
            received_bytes=self._received_bytes,
            requests=len(self._crawler.engine.downloader.active),
            asked_again=counts_below("retry/reason_count/", stats),
            held=holds_of(self._crawler).held(),
        )

    def _count_bytes(self, data: bytes) -> None:
        # Piece by piece, so that a large picture on a slow line shows as a steady rate.
        self._received_bytes += len(data)

    def _subject(self) -> str:
        spider = self._crawler.spider
        site = getattr(getattr(spider, "site", None), "name", None)
        return " · ".join(filter(None, [spider.name if spider else None, site]))

    def _state(self) -> str:
        engine = self._crawler.engine
        if not self._crawler.crawling:
            return "stopping: what is in flight is finished first"
        return "paused" if engine.paused else ""
