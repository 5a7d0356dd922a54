"""A spider with a long list of addresses, for tests."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

from scrapy import Request, Spider
from scrapy.http import Response


class LongList(Spider):
    """Asks for ``count`` pages of a site and says how many it had taken ahead of the answers."""

    name = "long-list"
    root = ""
    count = "0"
    done = ""
    """A file with the numbers that are left out, one a line: it may change between processes."""

    def __init__(self, **arguments: Any) -> None:
        super().__init__(**arguments)
        self.left_out = set(Path(self.done).read_text().split()) if self.done else set()
        self.taken = self.answered = self.most_ahead = 0

    async def start(self) -> AsyncIterator[Request]:
        """Yield all requests, without a pause of its own."""
        for number in range(int(self.count)):
            if str(number) in self.left_out:
                continue
            self.taken += 1
            self.most_ahead = max(self.most_ahead, self.taken - self.answered)
            yield Request(f"{self.root}/{number}.html")

    def parse(self, response: Response) -> Iterator[dict[str, str]]:
        """Yield one item a page."""
        self.answered += 1
        yield {"address": response.url}

    def closed(self, reason: str) -> None:
        """Say how far it went."""
        self.crawler.stats.set_value("long_list/most_ahead", self.most_ahead)
