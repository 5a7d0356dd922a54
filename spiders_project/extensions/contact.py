"""Reminds a person to say who they are to the sites that they crawl."""

import logging
from typing import Self

from scrapy import signals
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
        """Listen for the first response."""
        reminder = cls(crawler)
        if not crawler.settings.get("CONTACT"):
            crawler.signals.connect(reminder.spider_opened, signals.spider_opened)
        return reminder

    def spider_opened(self) -> None:
        """Warn, unless the site is on this machine."""
        address = getattr(getattr(self._crawler.spider, "site", None), "address", "")
        host = host_of(address)
        if not host or host == "localhost" or kind_of(host) in (Kind.LOOPBACK, Kind.PRIVATE):
            return
        logger.warning(
            "CONTACT is empty: set it to an address where the owner of %s can reach you, "
            "such as -s CONTACT=you@example.org",
            host,
        )
