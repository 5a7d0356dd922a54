"""Asks again after failures that may pass, and leaves hosts alone that ask for it."""

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from spiders_project.downloader.tries import Tries
from spiders_project.failures import DownloadLost, lost_by_exception, lost_by_response
from spiders_project.politeness.holds import HostHeld, holds_of
from spiders_project.urls import origin_of

_HTTP_ERROR = 400


class RetryMiddleware:
    """Takes the place of Scrapy's, which asks again at once and knows no Retry-After.

    A request goes back to the scheduler with the time before which it is not
    to be sent. When a host is held back, the requests that wait for it in the
    downloader go back too. ``dont_retry`` in meta leaves both to the caller.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._tries = Tries(crawler)
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
        return self._tries.again(request, lost_by_response(response)) or response

    def process_exception(self, request: Request, exception: Exception) -> Request | None:
        """Return the request for another time, or nothing to let the exception pass."""
        if request.meta.get("dont_retry") or isinstance(exception, DownloadLost):
            return None
        if isinstance(exception, HostHeld):
            return request.replace(dont_filter=True)
        return self._tries.again(request, lost_by_exception(exception))

    def _send_back_waiting(self, origin: str) -> None:
        """Free the places of the requests that wait in the downloader for a host."""
        downloader = self._crawler.engine.downloader
        for slot in downloader.slots.values():
            held = [entry for entry in slot.queue if origin_of(entry[0].url) == origin]
            for entry in held:
                slot.queue.remove(entry)
                entry[1].errback(HostHeld(origin))
