"""A Scrapy extension that notes how late a heartbeat of the event loop is.

Every beat that is due counts, also those that were due while the loop did
something else: a stall of 100 ms is twenty late beats, not one.
"""

import asyncio
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Self

from scrapy import Request, signals
from scrapy.crawler import Crawler

SECONDS_BETWEEN_BEATS = 0.005
FILE_VARIABLE = "BENCHMARK_HEARTBEAT_FILE"
"""Names the file in the environment: a list of milliseconds as JSON."""


class Heartbeat:
    """Beats from the first picture that is asked for to the last item."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lateness_ms: list[float] = []
        self._beats_at_last_item = 0
        self._beating: asyncio.Task[None] | None = None

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
        if self._beating is None and request.url.endswith((".jpg", ".png")):
            self._beating = asyncio.get_running_loop().create_task(self._beat())

    def item_scraped(self) -> None:
        """Note that pictures are still pouring in."""
        self._beats_at_last_item = len(self._lateness_ms)

    def spider_closed(self) -> None:
        """Write the lateness of each beat."""
        if self._beating is not None:
            self._beating.cancel()
        beats = self._lateness_ms[: self._beats_at_last_item]
        self._file.write_text(json.dumps([round(beat, 2) for beat in beats]))

    async def _beat(self) -> None:
        loop = asyncio.get_running_loop()
        due = loop.time()
        while True:
            due += SECONDS_BETWEEN_BEATS
            await asyncio.sleep(due - loop.time())
            late = list(late_beats(due, loop.time()))
            self._lateness_ms += late
            due += (len(late) - 1) * SECONDS_BETWEEN_BEATS


def late_beats(due: float, now: float) -> Iterator[float]:
    """Yield how late, in milliseconds, the beat is that was due, and each that was due since."""
    yield max(0.0, 1000 * (now - due))
    while (due := due + SECONDS_BETWEEN_BEATS) <= now:
        yield 1000 * (now - due)
