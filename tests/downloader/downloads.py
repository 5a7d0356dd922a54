"""Single downloads through the handler, on an event loop of their own."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.settings import Settings

from spiders_project.downloader.curl.handler import CurlHandler

Listen = Callable[[Crawler], None]


@asynccontextmanager
async def running_handler(
    listen: Listen | None = None, **settings: Any
) -> AsyncIterator[CurlHandler]:
    """Give a handler with the settings of the project and these."""
    project = Settings()
    project.setmodule("spiders_project.settings", priority="project")
    project.setdict({"ADDONS": {}} | settings, priority="cmdline")
    crawler = Crawler(Spider, project)
    if listen is not None:
        listen(crawler)
    handler = CurlHandler.from_crawler(crawler)
    try:
        yield handler
    finally:
        await handler.close()


def download(request: Request | str, listen: Listen | None = None, **settings: Any) -> Response:
    """Return the response to a request; raises what the handler raises."""
    asked = Request(request) if isinstance(request, str) else request

    async def run() -> Response:
        async with running_handler(listen, **settings) as handler:
            return await handler.download_request(asked)

    return asyncio.run(run())


def with_handler(
    work: Callable[[CurlHandler], Awaitable[Any]], listen: Listen | None = None, **settings: Any
) -> Any:
    """Run a coroutine function that is given a handler; return what it returns."""

    async def run() -> Any:
        async with running_handler(listen, **settings) as handler:
            return await work(handler)

    return asyncio.run(run())
