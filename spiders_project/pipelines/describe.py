"""Writes all that is known of a picture beside it."""

import json
from typing import Any, Self

from itemadapter import ItemAdapter
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from spiders_project.outcomes import Outcome
from spiders_project.pipelines.fetch import ImagesPipeline

_NEW = (Outcome.DOWNLOADED, Outcome.SIMILAR)


class SidecarPipeline:
    """Puts ``<picture>.json`` beside each picture that this run stored: its item, alone with it."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the pipeline, if PICTURE_SIDECARS asks for it."""
        if not crawler.settings.getbool("PICTURE_SIDECARS"):
            raise NotConfigured
        return cls(crawler)

    async def process_item(self, item: Any) -> Any:
        """Write the files of an item."""
        fetch = self._crawler.get_item_pipeline(ImagesPipeline)
        assert fetch is not None
        facts = ItemAdapter(item).asdict()
        for image in facts.get(fetch.images_result_field) or []:
            if image["status"] in _NEW:
                alone = facts | {"image_urls": [image["url"]], "images": [image], "failures": []}
                body = json.dumps(alone, ensure_ascii=False, indent=2).encode()
                await fetch.store_beside(image["path"], ".json", body, "application/json")
        return item
