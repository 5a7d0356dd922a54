"""Statistics of downloads that hold what came over the network, wherever it went."""

from scrapy import Request, Spider
from scrapy.downloadermiddlewares.stats import DownloaderStats
from scrapy.http import Response

from spiders_project.downloader.sink import RECEIVED_BYTES, STREAMED


class StatsMiddleware(DownloaderStats):
    """Scrapy's, which counts a body by its length; one that went to a sink is empty."""

    def process_response(
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        """Count a response."""
        if STREAMED in response.flags:
            self.stats.inc_value("downloader/response_bytes", request.meta[RECEIVED_BYTES])
        return super().process_response(request, response)
