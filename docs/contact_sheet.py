"""Makes the picture at the top of the README from the output of ``scrapy crawl wallpapers``.

python docs/contact_sheet.py output docs/images/demo.jpg
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from PIL import Image

_WIDTH = 1600
_ROW_HEIGHT = 210
_GAP = 6
_ROWS = 4
_GROUND = "#101418"


def _thumbnails(output: Path) -> list[Image.Image]:
    """Return the thumbnails of a crawl, categories in turn, so that every row is a mixture."""
    items = json.loads((output / "wallpapers.json").read_text(encoding="utf-8"))
    by_category: dict[str, list[str]] = {}
    for item in sorted(items, key=lambda item: item["page_url"]):
        by_category.setdefault(item["category"], []).append(item["images"][0]["thumbnail"])
    turns = zip(*by_category.values(), strict=False)
    return [Image.open(output / "thumbs" / path) for turn in turns for path in turn]


def _rows(pictures: list[Image.Image]) -> Iterator[list[Image.Image]]:
    """Yield rows of pictures that fill the width at about the height of a row."""
    row: list[Image.Image] = []
    for picture in pictures:
        row.append(picture)
        if sum(each.width / each.height for each in row) * _ROW_HEIGHT >= _WIDTH:
            yield row
            row = []


def _sheet(pictures: list[Image.Image]) -> Image.Image:
    strips = []
    for row, _ in zip(_rows(pictures), range(_ROWS), strict=False):
        room = _WIDTH - _GAP * (len(row) - 1)
        height = round(room / sum(each.width / each.height for each in row))
        strips.append((height, row))
    total = sum(height + _GAP for height, _ in strips) - _GAP
    sheet = Image.new("RGB", (_WIDTH, total), _GROUND)
    top = 0
    for height, row in strips:
        left = 0.0
        for picture in row:
            width = picture.width * height / picture.height
            size = round(left + width) - round(left), height
            sheet.paste(picture.resize(size, Image.Resampling.LANCZOS), (round(left), top))
            left += width + _GAP
        top += height + _GAP
    return sheet


if __name__ == "__main__":
    source, target = map(Path, sys.argv[1:])
    _sheet(_thumbnails(source)).save(target, quality=85, optimize=True, progressive=True)
