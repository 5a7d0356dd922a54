"""Requests that go back to the scheduler, to be sent again at a later time."""

import logging
import time

from scrapy import Request
from scrapy.crawler import Crawler

from spiders_project.failures import DownloadLost
from spiders_project.politeness.holds import holds_of
from spiders_project.politeness.retries import NOT_BEFORE, policy_of
from spiders_project.urls import origin_of

logger = logging.getLogger(__name__)


class Tries:
    """Counts the tries of each request, and holds hosts back that ask for it."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._policy = policy_of(crawler.settings)
        self._holds = holds_of(crawler)

    def again(self, request: Request, lost: DownloadLost) -> Request | None:
        """Return the request for another time; None where asking again would not help."""
        tries = request.meta.get("retry_times", 0) + 1
        retry = self._policy.next_try(tries, lost.reason, lost.retry_after)
        if retry is None:
            return None
        if retry.holds_host:
            self._holds.hold(origin_of(request.url), retry.after_seconds)
        logger.info(
            "Asking again in %.1f s (%s): %s", retry.after_seconds, lost.reason, request.url
        )
        self._crawler.stats.inc_value("retry/count")
        self._crawler.stats.inc_value(f"retry/reason_count/{lost.reason}")
        again = request.replace(dont_filter=True)
        again.meta["retry_times"] = tries
        again.meta[NOT_BEFORE] = time.monotonic() + retry.after_seconds
        return again
