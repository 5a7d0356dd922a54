"""Statistics that survive a kill together with the requests that they were counted for."""

import logging
from typing import Any

from scrapy import Request, Spider
from scrapy.statscollectors import MemoryStatsCollector, StatsCollector

from spiders_project.frontier.lease import current_lease

logger = logging.getLogger(__name__)

_FILTERED = "dupefilter/filtered"
_KEPT = ("listings/", "cards/", "details/", "pictures/", "problems/item", "spider_exceptions/")


class LeasedStats(MemoryStatsCollector):
    """Scrapy's statistics; ours are noted with the request that is being handled, too.

    When the request is done they are stored with it, so that a crawl in several
    processes ends with the same numbers as one in a single process.
    """

    # Scrapy's own looks at each name twice and wraps what it finds, to warn of an argument
    # that nobody passes here: fifty times for each picture.
    __getattribute__ = object.__getattribute__

    def inc_value(
        self, key: str, count: int = 1, start: int = 0, spider: Spider | None = None
    ) -> None:
        """Count."""
        super().inc_value(key, count, start)
        lease = current_lease.get()
        if lease is not None and key.startswith(_KEPT):
            lease.counts[key] = lease.counts.get(key, 0) + count

    def set_value(self, key: str, value: Any, spider: Spider | None = None) -> None:
        """Note a value."""
        super().set_value(key, value)
        lease = current_lease.get()
        if lease is not None and isinstance(value, str) and key.startswith(_KEPT):
            lease.notes.setdefault(key, value)


def note_filtered(stats: StatsCollector, request: Request) -> None:
    """Count a request that is known already; the first one is shown."""
    if not stats.get_value(_FILTERED):
        # Scrapy's root logger takes DEBUG too: a record for each link costs as much as a look.
        logger.debug("Known already, not asked for again: %s; later ones are not shown", request)
    stats.inc_value(_FILTERED)
