"""Asks again after failures that may pass, and leaves hosts alone that ask for it."""

import logging
import time
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from spiders_project.failures import DownloadLost, lost_by_exception, lost_by_response
from spiders_project.politeness.holds import HostHeld, holds_of
from spiders_project.politeness.retries import NOT_BEFORE, policy_of
from spiders_project.urls import origin_of

logger = logging.getLogger(__name__)

_HTTP_ERROR = 400


class RetryMiddleware:
    """Takes the place of Scrapy's, which asks again at once and knows no Retry-After.

    A request goes back to the scheduler with the time before which it is not
    to be sent. When a host is held back, the requests that wait for it in the
    downloader go back too. ``dont_retry`` in meta leaves both to the caller.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._policy = policy_of(crawler.settings)
        self._holds = holds_of(crawler)
        self._holds.listen(self._send_back_waiting)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the middleware; without RETRY_ENABLED it holds hosts back and does no more."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Let no request through to a host that is held back."""
        origin = origin_of(request.url)
        if self._holds.seconds_left(origin):
            raise HostHeld(origin)

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """Return the response, or the request for another time."""
        if response.status < _HTTP_ERROR or request.meta.get("dont_retry"):
            return response
        return self._again(request, lost_by_response(response)) or response

    def process_exception(self, request: Request, exception: Exception) -> Request | None:
        """Return the request for another time, or nothing to let the exception pass."""
        if request.meta.get("dont_retry") or isinstance(exception, DownloadLost):
            return None
        if isinstance(exception, HostHeld):
            return request.replace(dont_filter=True)
        return self._again(request, lost_by_exception(exception))

    def _again(self, request: Request, lost: DownloadLost) -> Request | None:
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

    def _send_back_waiting(self, origin: str) -> None:
        """Free the places of the requests that wait in the downloader for a host."""
        downloader = self._crawler.engine.downloader
        for slot in downloader.slots.values():
            held = [entry for entry in slot.queue if origin_of(entry[0].url) == origin]
            for entry in held:
                slot.queue.remove(entry)
                entry[1].errback(HostHeld(origin))
