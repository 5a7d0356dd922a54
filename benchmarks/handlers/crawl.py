"""One crawl of nothing but downloads, in this process; its CPU seconds go to stdout.

python -m benchmarks.handlers.crawl HANDLER LOOP URL BYTES REQUESTS
"""

import asyncio
import gc
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from typing import IO, Any, Self

from scrapy import Request, Spider, signals
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.http import Response

CURL = "spiders_project.downloader.curl.handler.CurlHandler"
HANDLERS = {
    "twisted": "scrapy.core.downloader.handlers.http11.HTTP11DownloadHandler",
    "aiohttp": "scrapy.core.downloader.handlers._aiohttp.AiohttpDownloadHandler",
    "curl": CURL,
    "curl-file": CURL,
    "none": "benchmarks.handlers.crawl.NoHandler",
}
LOOPS = {"asyncio": None, "uvloop": "uvloop.Loop"}
_CONCURRENCY = 16
_WARM_UP = 50
_BUFFER_BYTES = 256 * 1024


class NoHandler:
    """Answers without any network: what is left is Scrapy's own work."""

    lazy = False

    async def download_request(self, request: Request) -> Response:
        """Return an empty response."""
        return Response(request.url)

    async def close(self) -> None:
        """Do nothing."""


class FileSink:
    """Writes a body to a temporary file, in a worker thread when a buffer is full."""

    def __init__(self) -> None:
        self._file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed by close()
        self._buffer: list[bytes] = []
        self._buffered_bytes = 0
        self.size_bytes = 0

    def begin(self, start: int) -> None:
        """Begin at an offset."""
        self._file.seek(start)

    def write(self, chunk: bytes) -> bool:
        """Take a piece."""
        self._buffer.append(chunk)
        self._buffered_bytes += len(chunk)
        self.size_bytes += len(chunk)
        return self._buffered_bytes < _BUFFER_BYTES

    async def drain(self) -> None:
        """Write the buffer."""
        await asyncio.get_running_loop().run_in_executor(None, self._flush)

    def close(self) -> None:
        """Write what is left."""
        self._flush()
        self._file.close()

    def _flush(self) -> None:
        self._file.writelines(self._buffer)
        self._buffer, self._buffered_bytes = [], 0


class Downloads(Spider):
    """Asks for a body again and again, and measures from the first answers to the last."""

    name = "downloads"

    def __init__(self, url: str, size_bytes: int, requests: int, to_file: bool) -> None:
        super().__init__()
        self._url = f"{url}/{size_bytes}"
        self._size_bytes = size_bytes
        self._requests = requests
        self._to_file = to_file
        self._answers = 0
        self._begun = 0.0

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Tell the figures at the end."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.tell, signals.spider_closed)
        return spider

    async def start(self) -> AsyncIterator[Request]:
        """Ask, some more times than are measured."""
        for number in range(self._requests + _WARM_UP):
            meta = {"sink": FileSink()} if self._to_file else {}
            yield Request(f"{self._url}/{number}", meta=meta, dont_filter=True)

    def parse(self, response: Response) -> None:
        """Count an answer."""
        if sink := response.meta.get("sink"):
            sink.close()
        self._answers += 1
        if self._answers == _WARM_UP:
            gc.collect()
            self._begun = time.process_time()

    def tell(self) -> None:
        """Print CPU seconds a thousand requests."""
        cpu_seconds = time.process_time() - self._begun
        assert self._answers == self._requests + _WARM_UP, "requests were lost"
        print(1000 * cpu_seconds / self._requests, flush=True)


def main() -> None:
    """Crawl."""
    handler, loop, url, size_bytes, requests = sys.argv[1:]
    settings = {
        "DOWNLOAD_HANDLERS": {"http": HANDLERS[handler]},
        "ASYNCIO_EVENT_LOOP": LOOPS[loop],
        "CONCURRENT_REQUESTS": _CONCURRENCY,
        "CONCURRENT_REQUESTS_PER_DOMAIN": _CONCURRENCY,
        "CONCURRENT_ITEMS": 8,
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        "HTTPPROXY_ENABLED": False,
        "LOG_LEVEL": "ERROR",
        "CONNECT_TIMEOUT": 10,
        "PICTURE_TIMEOUT": 1000,
    }
    process = AsyncCrawlerProcess(settings)
    to_file = handler == "curl-file"
    process.crawl(
        Downloads, url=url, size_bytes=int(size_bytes), requests=int(requests), to_file=to_file
    )
    process.start()


if __name__ == "__main__":
    main()
