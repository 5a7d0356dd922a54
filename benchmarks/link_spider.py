"""A spider that does next to nothing with a page, so that the frontier's part of the CPU shows."""

from collections.abc import Iterator
from typing import Any

from scrapy import Request, Spider
from scrapy.http import Response


class SmallPagesSpider(Spider):
    """Reads listings and the small pages that they lead to, one item each.

    ``-a first=ADDRESS`` is the first listing. With ``-a follow=all`` the links
    between the small pages are requested too: all but a few are known already,
    which is work for the duplicate filter.
    """

    name = "small-pages"

    def __init__(self, first: str, follow: str = "cards", **arguments: Any) -> None:
        super().__init__(**arguments)
        self.start_urls = [first]
        self.follow = follow

    def parse(self, response: Response) -> Iterator[Request]:
        """Follow the cards and the next listing."""
        yield from response.follow_all(
            response.css("a.card::attr(href)").getall(), callback=self.parse_page
        )
        yield from response.follow_all(
            response.css("a.next::attr(href)").getall(), callback=self.parse
        )

    def parse_page(self, response: Response) -> Iterator[Any]:
        """Yield what the page says."""
        links = response.css("li a::attr(href)").getall()
        yield {"url": response.url, "title": response.css("h1::text").get(), "links": len(links)}
        if self.follow == "all":
            yield from (response.follow(link, callback=self.parse_page) for link in links)
