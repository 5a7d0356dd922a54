"""Chooses the download handler of a request: Scrapy's own, or one that speaks SOCKS."""

from typing import Self

from scrapy import Request
from scrapy.core.downloader.handlers._httpx import HttpxDownloadHandler
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.http import Response


class HttpHandler:
    """Sends requests with a SOCKS proxy through httpx2, all others through Twisted."""

    lazy = False

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._twisted = HTTP11DownloadHandler(crawler)
        self._httpx: HttpxDownloadHandler | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the handler."""
        return cls(crawler)

    async def download_request(self, request: Request) -> Response:
        """Return the response; raises Scrapy's download errors."""
        if not str(request.meta.get("proxy") or "").startswith("socks"):
            return await self._twisted.download_request(request)
        if self._httpx is None:
            self._httpx = HttpxDownloadHandler(self._crawler)
        return await self._httpx.download_request(request)

    async def close(self) -> None:
        """Close the connections."""
        await self._twisted.close()
        if self._httpx is not None:
            await self._httpx.close()
