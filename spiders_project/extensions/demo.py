"""Starts the embedded demo site for a crawl of ``site=demo``."""

import json
import logging
import os
import socket
from typing import TYPE_CHECKING, Self
from urllib.request import ProxyHandler, build_opener

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from spiders_project.errors import CannotStart

if TYPE_CHECKING:
    from spiders_project.demo.server import DemoServer

logger = logging.getLogger(__name__)

_ANSWER_SECONDS = 2


class EmbeddedDemo:
    """Serves the demo site inside this process, from the opening of the spider to its end.

    A demo site that already listens on the port (``scrapy demo`` in another
    terminal) is used as it is. SITE_ROOTS tells the spider where it is.
    """

    def __init__(self, server: "DemoServer") -> None:
        self._server = server

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Take the port, so that it is known before the first request; raises CannotStart."""
        site = getattr(getattr(crawler.spider, "site", None), "name", None)
        if site != "demo" or "demo" in crawler.settings.getdict("SITE_ROOTS"):
            raise NotConfigured
        # Crawls of other sites need not load a web server.
        from spiders_project.demo.server import DemoServer  # noqa: PLC0415

        port = crawler.settings.getint("DEMO_PORT")
        try:
            listener = socket.create_server(("127.0.0.1", port))
        except OSError as error:
            if not _is_demo(port):
                raise CannotStart(
                    f"the demo site cannot use port {port}: {error.strerror}; "
                    "name another one with -s DEMO_PORT=8643, or 0 for any"
                ) from None
            _lead_to(f"http://127.0.0.1:{port}", crawler)
            raise NotConfigured from None
        server = DemoServer(listener)
        _lead_to(server.url, crawler)
        # A proxy of the company cannot reach this machine's own site.
        os.environ["no_proxy"] = ",".join(
            filter(None, [os.environ.get("no_proxy"), "127.0.0.1", "localhost"])
        )
        extension = cls(server)
        crawler.signals.connect(extension.spider_opened, signals.spider_opened)
        crawler.signals.connect(extension.spider_closed, signals.spider_closed)
        return extension

    async def spider_opened(self) -> None:
        """Serve."""
        await self._server.start()
        logger.info("The demo site is served at %s", self._server.url)

    async def spider_closed(self) -> None:
        """Stop serving."""
        await self._server.stop()


def _lead_to(url: str, crawler: Crawler) -> None:
    roots = crawler.settings.getdict("SITE_ROOTS")
    crawler.settings.set("SITE_ROOTS", {**roots, "demo": url}, "cmdline")


def _is_demo(port: int) -> bool:
    address = f"http://127.0.0.1:{port}/demo.json"
    try:
        directly = build_opener(ProxyHandler({}))
        with directly.open(address, timeout=_ANSWER_SECONDS) as answer:
            return "demo" in json.load(answer)
    except (OSError, ValueError):
        return False
