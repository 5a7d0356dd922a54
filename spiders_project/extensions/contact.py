"""Reminds a person to say who they are to the sites that they crawl."""

import logging
from typing import Self

from scrapy import Request, signals
from scrapy.crawler import Crawler

from spiders_project.politeness.address_guard import Kind, kind_of
from spiders_project.urls import host_of

logger = logging.getLogger(__name__)


class ContactReminder:
    """Warns once when a live site is crawled and CONTACT is empty."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Listen for the first request that leaves."""
        reminder = cls(crawler)
        if not crawler.settings.get("CONTACT"):
            crawler.signals.connect(reminder.request_leaves, signals.request_reached_downloader)
        return reminder

    def request_leaves(self, request: Request) -> None:
        """Warn, unless the request stays on this machine or in its network."""
        host = host_of(request.url)
        self._crawler.signals.disconnect(self.request_leaves, signals.request_reached_downloader)
        if host != "localhost" and kind_of(host) in (None, Kind.PUBLIC):
            logger.warning(
                "CONTACT is empty: set it to where the owner of %s can reach you, "
                "such as -s CONTACT=you@example.org",
                host,
            )
