"""Scrapy's download handler for http and https."""

import logging
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured, ResponseDataLossError
from scrapy.http import Response
from scrapy.utils.asyncio import is_asyncio_available

from spiders_project.downloader.curl.announcements import Announcements
from spiders_project.downloader.curl.errors import Code
from spiders_project.downloader.curl.handles import Handle, Handles
from spiders_project.downloader.curl.limits import LimitSettings
from spiders_project.downloader.curl.loop import CurlError, CurlLoop
from spiders_project.downloader.curl.options import bind_options, options_of
from spiders_project.downloader.curl.results import result_of
from spiders_project.downloader.curl.transfer import Transfer
from spiders_project.downloader.sink import RECEIVED_BYTES
from spiders_project.failures import DownloadLost
from spiders_project.outcomes import Outcome, Reason

logger = logging.getLogger(__name__)

_LEAST_CONNECTIONS = 32


class CurlHandler:
    """Sends requests through libcurl; bodies may go to a Sink in the meta of the request."""

    lazy = False

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        self._announcements = Announcements(crawler)
        self._limits = LimitSettings.of(settings)
        options = [*options_of(settings), *bind_options(settings.get("DOWNLOAD_BIND_ADDRESS"))]
        self._handles = Handles(options)
        self._max_connections = max(_LEAST_CONNECTIONS, 2 * settings.getint("CONCURRENT_REQUESTS"))
        self._loop: CurlLoop | None = None
        self._has_warned_of_data_loss = False

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the handler."""
        if not is_asyncio_available():
            raise NotConfigured("CurlHandler needs asyncio, which TWISTED_REACTOR switches on")
        return cls(crawler)

    async def download_request(self, request: Request) -> Response:
        """Return the response; raises Scrapy's download errors, DownloadLost, and a sink's OSError.

        However it ends, no ``drain`` of the sink is under way then.
        """
        loop = self._loop = self._loop or CurlLoop(self._max_connections)
        limits = self._limits.of_request(request)
        transfer = Transfer(request, limits, self._announcements, loop)
        handle = self._handles.take()
        try:
            handle.prepare(request, limits)
            transfer.attach(handle.curl)
            try:
                error = await loop.perform(handle.curl)
            finally:
                await transfer.settle()
            return self._result(transfer, error, handle)
        except BaseException:
            transfer.give_up()
            raise
        finally:
            request.meta[RECEIVED_BYTES] = transfer.received_bytes
            transfer.detach()
            self._handles.give_back(handle)

    async def close(self) -> None:
        """Close the connections; downloads under way fail."""
        if self._loop is not None:
            self._loop.close(CurlError(Code.ABORTED_BY_CALLBACK, "the crawl has ended"))
        self._handles.close()

    def _result(self, transfer: Transfer, error: CurlError | None, handle: Handle) -> Response:
        refusal = handle.sockets.refusal
        if refusal is not None and error is not None and error.code == Code.COULDNT_CONNECT:
            raise DownloadLost(Outcome.REFUSED, Reason.PRIVATE_ADDRESS, refusal)
        try:
            return result_of(transfer, error, handle.curl)
        except ResponseDataLossError:
            self._warn_of_data_loss(transfer.request.url)
            raise

    def _warn_of_data_loss(self, url: str) -> None:
        if not self._has_warned_of_data_loss:
            self._has_warned_of_data_loss = True
            logger.warning(
                "%s was cut short; DOWNLOAD_FAIL_ON_DATALOSS=False would take what came. "
                "Later ones are not told",
                url,
            )
