"""Shows on stderr how a crawl is getting on, while it is."""

import atexit
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.utils.asyncio import create_looping_call
from scrapy.utils.reactor import is_reactor_installed
from scrapy.utils.spider import DefaultSpider

from spiders_project.extensions.progress.displays import Display, choose_display
from spiders_project.extensions.progress.gauge import Gauge


class Progress:
    """Feeds a display with figures from the start of the engine to its end.

    It stands before the extensions that write to stderr at the end, so that
    theirs comes after it.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._gauge: Gauge | None = None
        self._display: Display | None = None
        self._ticks = create_looping_call(self._tick)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Listen to the engine, unless ``scrapy fetch`` prints a page on the same terminal."""
        is_wanted = crawler.settings.getbool("PROGRESS_ENABLED")
        if not is_wanted or isinstance(crawler.spider, DefaultSpider):
            raise NotConfigured
        progress = cls(crawler)
        crawler.signals.connect(progress.engine_started, signals.engine_started)
        crawler.signals.connect(progress.engine_stopped, signals.engine_stopped)
        return progress

    def engine_started(self) -> None:
        """Show the first figures."""
        if self._crawler.engine.spider is None:  # scrapy shell
            return
        self._gauge = Gauge(self._crawler)
        self._display = choose_display(self._crawler.settings)
        self._ticks.start(self._display.seconds_between)
        _at_every_end(self._display)

    def engine_stopped(self) -> None:
        """Make room for what others say at the end."""
        if self._display is not None:
            self._ticks.stop()
            self._display.stop()

    def _tick(self) -> None:
        assert self._gauge is not None
        assert self._display is not None
        self._display.show(self._gauge.read())


def _at_every_end(display: Display) -> None:
    """Stop a display also where the engine is not asked to stop: a second Ctrl-C, an error."""
    atexit.register(display.stop)
    if is_reactor_installed():
        from twisted.internet import reactor  # noqa: PLC0415 - importing it installs one

        stop = display.stop
        reactor.addSystemEventTrigger("before", "shutdown", stop)  # type: ignore[arg-type]
