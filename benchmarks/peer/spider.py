"""Listing, detail page, picture: as a newcomer to Scrapy would write it."""

from collections.abc import Iterator
from typing import Any

from scrapy import Request, Spider
from scrapy.http import Response


class PicturesSpider(Spider):
    """Crawls one category, ``-a first=ADDRESS`` of its first listing."""

    name = "pictures"
    # The last listing is followed by one that does not exist.
    handle_httpstatus_list = [404]

    def __init__(self, first: str, **arguments: Any) -> None:
        super().__init__(**arguments)
        self.start_urls = [first]

    def parse(self, response: Response, number: int = 1) -> Iterator[Request]:
        """Follow the next listing and the cards.

        The next listing comes first: Scrapy's queue hands out the newest request
        first, so the cards of a listing are read before it, and the queue stays short.
        """
        if response.status != 200:
            return
        following = {"number": number + 1}
        yield response.follow(f"index_{number + 1}.html", cb_kwargs=following)
        cards = response.css("div.slist a::attr(href)").getall()
        yield from response.follow_all(cards, callback=self.parse_detail)

    def parse_detail(self, response: Response) -> Iterator[dict[str, Any]]:
        """Yield the item of a picture; the pipeline fetches it."""
        picture = response.css("div.photo-pic img")
        address = response.urljoin(picture.attrib["src"])
        yield {"title": picture.attrib["title"], "file_urls": [address]}
