"""Scrapy's signals about a download, and the wish to stop it that a listener may raise."""

import time
from typing import Any

from pydispatch.dispatcher import getAllReceivers
from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import StopDownload
from scrapy.http import Headers
from twisted.python.failure import Failure

_PIECE_BYTES = 64 * 1024
_PIECE_SECONDS = 0.25


class Announcements:
    """Sends ``headers_received`` and ``bytes_received`` of one crawler, where they are heard."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    def head(self, request: Request, headers: Headers, length: int | None) -> StopDownload | None:
        """Tell that headers have come; return a listener's wish to stop."""
        if not self._are_heard(signals.headers_received):
            return None
        return self.send(signals.headers_received, request, headers=headers, body_length=length)

    def pieces(self, request: Request) -> "Pieces | None":
        """Return what tells of the body as it comes, None where nobody listens."""
        return Pieces(self, request) if self._are_heard(signals.bytes_received) else None

    def send(self, signal: object, request: Request, **facts: Any) -> StopDownload | None:
        """Send a signal; return a listener's wish to stop."""
        results = self._crawler.signals.send_catch_log(
            signal, request=request, spider=self._crawler.spider, **facts
        )
        for _, result in results:
            if isinstance(result, Failure) and isinstance(result.value, StopDownload):
                return result.value
        return None

    def _are_heard(self, signal: object) -> bool:
        return any(True for _ in getAllReceivers(self._crawler.signals.sender, signal))


class Pieces:
    """Tells of a body in pieces of 64 KiB, or of what has come in a quarter of a second.

    libcurl delivers 16 KiB at a time, and a signal costs more than these.
    """

    def __init__(self, announcements: Announcements, request: Request) -> None:
        self._announcements = announcements
        self._request = request
        self._waiting: list[bytes] = []
        self._size_bytes = 0
        self._sent_seconds = time.monotonic()

    def add(self, chunk: bytes) -> StopDownload | None:
        """Take what has come, and tell of it when it is time."""
        self._waiting.append(chunk)
        self._size_bytes += len(chunk)
        is_due = time.monotonic() - self._sent_seconds >= _PIECE_SECONDS
        return self.send() if is_due or self._size_bytes >= _PIECE_BYTES else None

    def send(self) -> StopDownload | None:
        """Tell of all that has not been told of."""
        if not self._waiting:
            return None
        data = b"".join(self._waiting)
        self._waiting, self._size_bytes = [], 0
        self._sent_seconds = time.monotonic()
        return self._announcements.send(signals.bytes_received, self._request, data=data)
