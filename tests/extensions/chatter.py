"""An extension for tests that warns of every response, while others draw on the terminal."""

import logging
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.http import Response

logger = logging.getLogger(__name__)


class Chatter:
    """Says so much of each response that a narrow line would not hold it."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        chatter = cls()
        crawler.signals.connect(chatter.response_received, signals.response_received)
        return chatter

    def response_received(self, response: Response) -> None:
        logger.warning("%s has come and %s", response.url, 20 * "la")
