"""Where progress is shown at all; what it looks like is seen in tests/integration."""

import pytest
from scrapy import Spider
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.utils.spider import DefaultSpider

from spiders_project.extensions.progress import Progress


@pytest.mark.parametrize(
    ("spider_class", "is_enabled"),
    [
        pytest.param(Spider, False, id="switched-off"),
        pytest.param(DefaultSpider, True, id="scrapy-fetch-prints-there"),
    ],
)
def test_stays_away(spider_class: type[Spider], is_enabled: bool) -> None:
    crawler = Crawler(spider_class, {"PROGRESS_ENABLED": is_enabled})
    crawler.spider = spider_class("a name")
    with pytest.raises(NotConfigured):
        Progress.from_crawler(crawler)
