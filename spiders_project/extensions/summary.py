"""The last words of a crawl: what was found, what became of it, and where it lies."""

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

from itemadapter import ItemAdapter
from rich.console import Console
from rich.filesize import decimal
from rich.padding import Padding
from rich.table import Table
from rich.text import Text
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.extensions.feedexport import FeedSlot
from scrapy.utils.spider import DefaultSpider

from spiders_project import counters
from spiders_project.errors import ExitStatus
from spiders_project.extensions.progress.figures import Pictures
from spiders_project.extensions.progress.panel import OUTCOME_STYLES
from spiders_project.outcomes import Outcome
from spiders_project.urls import without_password
from spiders_project.verdict import judge

logger = logging.getLogger(__name__)

_LOST_PAGES = (
    ("listings", counters.LISTINGS_FAILED, counters.LISTING_FAILURE),
    ("details", counters.DETAILS_FAILED, counters.DETAIL_FAILURE),
)


class _Terminal(Console):
    """Goes on without a reader; rich would end the event loop and leave its threads waiting."""

    def on_broken_pipe(self) -> None:
        self.quiet = True


class Summary:
    """Prints what a run did on stderr when everything else has ended."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._examples: dict[tuple[str, str], str] = {}
        self._feeds: list[tuple[str, int]] = []

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Listen to items, feeds and the end, unless ``scrapy fetch`` prints a page."""
        if isinstance(crawler.spider, DefaultSpider):
            raise NotConfigured
        summary = cls(crawler)
        connect = crawler.signals.connect
        connect(summary.item_scraped, signals.item_scraped)
        connect(summary.feed_slot_closed, signals.feed_slot_closed)
        connect(summary.engine_stopped, signals.engine_stopped)
        return summary

    def item_scraped(self, item: Any) -> None:
        """Keep one address for each reason."""
        for failure in ItemAdapter(item).get("failures") or []:
            key = failure["outcome"], failure["reason"]
            self._examples.setdefault(key, failure["url"])

    def feed_slot_closed(self, slot: FeedSlot) -> None:
        """Note where a feed was stored."""
        self._feeds.append((slot.uri, slot.itemcount))

    def engine_stopped(self) -> None:
        """Print the summary."""
        console = _Terminal(stderr=True, highlight=False)
        for part in (self._headline(), self._pages(), self._outcomes(), self._places()):
            console.print()
            console.print(Padding.indent(part, 2), soft_wrap=True)
        console.print()
        logger.info("Summary: %s", self._one_line())

    @property
    def _stats(self) -> dict[str, Any]:
        return self._crawler.stats.get_stats()

    def _headline(self) -> Text:
        spider = self._crawler.spider
        site = getattr(getattr(spider, "site", None), "name", None)
        subject = " · ".join(filter(None, [spider.name if spider else None, site]))
        verdict = judge(self._stats, self._stats.get("finish_reason"))
        is_done = verdict.status is ExitStatus.DONE
        end = ("complete", "bold green") if is_done else ("not complete", "bold red")
        seconds = self._stats.get("elapsed_time_seconds", 0.0)
        return Text.assemble((subject, "bold"), "   ", end, f" after {_duration(seconds)}")

    def _pages(self) -> Table:
        table = _table()
        remembered = self._stats.get(counters.DETAILS_REMEMBERED, 0)
        for name, count in self._page_counts():
            known = f"{remembered:,} known, not asked for" if name == "details" else ""
            table.add_row(name, f"{count:,}", Text(known if remembered else "", "dim"))
        for kind, failed, first in _LOST_PAGES:
            if lost := self._stats.get(failed):
                label = Text(f"{kind} lost", "red")
                table.add_row(label, f"{lost:,}", Text(self._stats.get(first, ""), "dim"))
        return table

    def _outcomes(self) -> Table:
        table = _table()
        pictures = Pictures.of(self._stats)
        if planned := self._stats.get(counters.PICTURES_PLANNED):
            table.add_row("planned", f"{planned:,}", Text("a dry run downloads none", "dim"))
        for outcome, count in pictures.outcomes.items():
            is_stored = outcome is Outcome.DOWNLOADED
            size = decimal(self._stats.get(counters.PICTURE_BYTES, 0)) if is_stored else ""
            table.add_row(Text(outcome, OUTCOME_STYLES[outcome]), f"{count:,}", size)
            for reason, times in pictures.reasons[outcome].items():
                example = self._examples.get((outcome, reason), "")
                table.add_row(Text(f"  {reason}", "dim"), f"{times:,}", Text(example, "dim"))
        return table

    def _places(self) -> Table:
        settings = self._crawler.settings
        table = _table(counts=False)
        table.add_row("pictures", _near(settings["IMAGES_STORE"]))
        is_done = judge(self._stats, self._stats.get("finish_reason")).status is ExitStatus.DONE
        for uri, items in self._feeds if is_done else ():
            table.add_row("feed", f"{_near(uri)}  ({items:,} items)")
        if log := settings.get("LOG_FILE"):
            table.add_row("log", _near(log))
        return table

    def _page_counts(self) -> Iterator[tuple[str, int]]:
        yield "listings", self._stats.get(counters.LISTINGS_READ, 0)
        yield "details", self._stats.get(counters.DETAILS_READ, 0)
        yield "pictures", self._stats.get(counters.PICTURES_FOUND, 0)

    def _one_line(self) -> str:
        counts = [*self._page_counts(), *Pictures.of(self._stats).outcomes.items()]
        return ", ".join(f"{name} {count}" for name, count in counts)


def _table(counts: bool = True) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(min_width=14)
    if counts:
        table.add_column(justify="right", min_width=7)
    return table


def _duration(seconds: float) -> str:
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {rest} s"


def _near(place: str) -> str:
    """Return a path as seen from here, if it lies below; addresses stay as they are."""
    if "://" in place:
        return without_password(place)
    path = Path(place)
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else place
