"""Scrapy's statistics of the downloader, which know what went past the memory, too."""

from scrapy import Request
from scrapy.downloadermiddlewares.stats import DownloaderStats as ScrapyDownloaderStats
from scrapy.http import Response

from spiders_project.downloader.sink import RECEIVED_BYTES, STREAMED

_BYTES = "downloader/response_bytes"


class DownloaderStats(ScrapyDownloaderStats):
    """Takes the place of Scrapy's, which counts what is in the body of a response."""

    def process_response(  # type: ignore[override]  # as documented
        self, request: Request, response: Response
    ) -> Request | Response:
        """Count a response, with what it has written into a sink."""
        # A redirect copies the meta, and would be counted with the bytes of this response.
        received = request.meta.pop(RECEIVED_BYTES, 0)
        if STREAMED in response.flags:
            self.stats.inc_value(_BYTES, received)
        return super().process_response(request, response)

    def process_exception(  # type: ignore[override]  # as documented
        self, request: Request, exception: Exception
    ) -> Request | Response | None:
        """Count an error, with what had come before it."""
        if received := request.meta.pop(RECEIVED_BYTES, 0):
            self.stats.inc_value(_BYTES, received)
        return super().process_exception(request, exception)
