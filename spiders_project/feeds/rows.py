"""The CSV feed: one row for each picture, so that a spreadsheet can read it."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from itemadapter import ItemAdapter
from scrapy.exporters import CsvItemExporter

_OF_THE_PICTURE = (
    "status",
    "reason",
    "path",
    "width",
    "height",
    "format",
    "size_bytes",
    "sha256",
    "checksum",
    "phash",
    "thumbnail",
    "duplicate_of",
    "similar_to",
    "is_recommended",
    "is_placeholder",
    "frames",
    "colours",
    "trailing_bytes",
    "url",
)
_REPLACED_BY_ROWS = ("image_urls", "images", "failures")
_BETWEEN_VALUES = "; "


class PictureRowsExporter(CsvItemExporter):
    """Writes a row for each stored picture and for each failure of an item.

    The columns of the item (title, page_url, ...) stand in every row, lists as
    words with ``; `` between them; ``status`` is the outcome. Items without
    pictures, of other spiders, are one row each.
    """

    def __init__(self, file: BytesIO, **options: Any) -> None:
        is_continued = file.seekable() and file.tell() > 0
        super().__init__(file, include_headers_line=not is_continued, **options)

    def export_item(self, item: Any) -> None:
        """Write the rows of one item."""
        for row in _rows(ItemAdapter(item).asdict()):
            super().export_item(row)

    def serialize_field(self, field: Any, name: str, value: Any) -> Any:
        """Return a list as words with ``; `` between them."""
        if isinstance(value, list | tuple) and "serializer" not in field:
            return _BETWEEN_VALUES.join(map(str, value))
        return super().serialize_field(field, name, value)


def _rows(item: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if "images" not in item:
        yield item
        return
    shared = {name: value for name, value in item.items() if name not in _REPLACED_BY_ROWS}
    failures = [failure | {"status": failure["outcome"]} for failure in item.get("failures", [])]
    for picture in [*item["images"], *failures]:
        yield shared | {name: picture.get(name) for name in _OF_THE_PICTURE}
