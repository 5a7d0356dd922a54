"""A Scrapy extension that notes how late the event loop of a crawl is."""

import os
from pathlib import Path
from typing import Self

from scrapy import Request, signals
from scrapy.crawler import Crawler

from benchmarks.pulse import Pulse

FILE_VARIABLE = "BENCHMARK_HEARTBEAT_FILE"
"""Names the file in the environment: a list of milliseconds as JSON."""


class Heartbeat:
    """Beats from the first picture that is asked for to the last item."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._pulse = Pulse()
        self._beats_at_last_item = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the extension; the environment names its file."""
        heartbeat = cls(Path(os.environ[FILE_VARIABLE]))
        connect = crawler.signals.connect
        connect(heartbeat.begin, signals.request_reached_downloader)
        connect(heartbeat.item_scraped, signals.item_scraped)
        connect(heartbeat.spider_closed, signals.spider_closed)
        return heartbeat

    def begin(self, request: Request) -> None:
        """Begin with the first picture."""
        if request.url.endswith(".jpg"):
            self._pulse.begin()

    def item_scraped(self) -> None:
        """Note that pictures are still pouring in."""
        self._beats_at_last_item = len(self._pulse.lateness_ms)

    def spider_closed(self) -> None:
        """Write the lateness of each beat."""
        self._pulse.end(self._file, self._beats_at_last_item)
