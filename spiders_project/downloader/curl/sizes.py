"""Bodies that are larger than a request wants."""

import logging

from scrapy import Request
from scrapy.exceptions import DownloadCancelledError

logger = logging.getLogger(__name__)


class SizeLimit:
    """Counts the bytes of one body; 0 means no limit."""

    def __init__(self, request: Request, most_bytes: int, warn_bytes: int) -> None:
        self.size_bytes = 0
        self._request = request
        self._most_bytes = most_bytes
        self._warn_bytes = warn_bytes

    def announce(self, length: int) -> None:
        """Judge the size that a head announces; raises DownloadCancelledError."""
        self._judge(length, "Expected to receive")

    def add(self, length: int) -> None:
        """Count bytes that have come; raises DownloadCancelledError."""
        self.size_bytes += length
        self._judge(self.size_bytes, "Received")

    def _judge(self, size_bytes: int, prefix: str) -> None:
        if 0 < self._most_bytes < size_bytes:
            words = self._words(prefix, size_bytes, f"max size ({self._most_bytes})")
            logger.warning(words)
            raise DownloadCancelledError(words)
        if 0 < self._warn_bytes < size_bytes:
            logger.warning(self._words(prefix, size_bytes, f"warn size ({self._warn_bytes})"))
            self._warn_bytes = 0

    def _words(self, prefix: str, size_bytes: int, limit: str) -> str:
        request = f"{self._request.method} {self._request.url}"
        return f"{prefix} {size_bytes} bytes which is larger than download {limit}: {request}"
