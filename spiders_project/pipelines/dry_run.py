"""Tells which pictures a crawl would store, where and why, and downloads none of them."""

import sys
from pathlib import PurePosixPath
from typing import Any, Self
from urllib.parse import unquote, urlsplit

from rich.console import Console
from rich.table import Table
from rich.text import Text
from scrapy.crawler import Crawler

from spiders_project import counters
from spiders_project.media.paths import PathTemplate
from spiders_project.pipelines.wishlist import values_of

_MOST_ROWS = 10_000
_WIDE = 10_000
"""Columns where nobody looks: another program reads whole lines."""


class DryRun:
    """Takes the place of the images pipeline where ``dry_run=true`` is asked for."""

    def __init__(self, crawler: Crawler) -> None:
        self._stats = crawler.stats
        self._template = PathTemplate(crawler.settings["PICTURE_PATH"])
        self._rows: list[tuple[str, str, str]] = []

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the pipeline."""
        return cls(crawler)

    def process_item(self, item: Any) -> Any:
        """Note the originals of an item."""
        values = values_of(item)
        urls, clues = values.get("image_urls") or [], values.get("original_by") or []
        self._stats.inc_value(counters.PICTURES_FOUND, len(urls))
        self._stats.inc_value(counters.PICTURES_PLANNED, len(urls))
        for number, url in enumerate(urls):
            if len(self._rows) < _MOST_ROWS:
                clue = clues[number] if number < len(clues) else ""
                self._rows.append((self._path(values, url), clue, url))
        return item

    def close_spider(self) -> None:
        """Print the table on stdout; the summary goes to stderr."""
        console = Console(highlight=False, width=None if sys.stdout.isatty() else _WIDE)
        table = Table(box=None, pad_edge=False, show_edge=False, header_style="bold")
        table.add_column("would be stored as", no_wrap=not sys.stdout.isatty())
        table.add_column("original by")
        table.add_column("address", style="dim", overflow="fold")
        for path, clue, url in self._rows:
            table.add_row(Text(path), Text(clue), Text(url))
        console.print(table)
        planned = self._stats.get_value(counters.PICTURES_PLANNED, 0)
        if planned > len(self._rows):
            console.print(f"and {planned - len(self._rows):,} more")

    def _path(self, values: Any, url: str) -> str:
        name = PurePosixPath(unquote(urlsplit(url).path))
        facts = {field: values.get(field) for field in ("page_url", *PathTemplate.FIELDS)}
        facts["title"] = facts.get("title") or name.stem
        facts["id"] = PurePosixPath(unquote(urlsplit(str(values.get("page_url"))).path)).stem
        # What the bytes are nobody knows yet: the address says what they should be.
        return self._template.path(facts, name.suffix.lower() or ".?")
