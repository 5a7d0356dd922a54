"""The gallery's catalogue: every category and picture, known without painting anything."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from importlib import resources
from typing import Any

from .art.brief import Brief
from .picture import Category, DemoPicture, Licence

CATEGORIES: tuple[Category, ...] = (
    Category("mountains", "Mountains"),
    Category("ocean", "Ocean"),
    Category("space", "Space"),
    Category("abstract", "Abstract"),
    Category("山水", "山水"),
    Category("night", "夜色", charset="gbk"),
)

_FILES = {"山水": "shanshui"}
_AUTHORS = (
    "Mira Aldane",
    "Tobias Wren",
    "Ilse Marrow",
    "Kenji Orsova",
    "Lucia Fenn",
    "林晚舟",
    "沈墨",
)
_LICENCES = (
    Licence("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
    Licence("CC BY-SA 4.0", "https://creativecommons.org/licenses/by-sa/4.0/"),
    Licence("CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
)
_FIRST_DAY = date(2024, 1, 9)
_SIZES = {
    "animated": (480, 270),
    "png-alpha": (1080, 1080),
    "webp-lossless": (1080, 1080),
    "png": (1600, 900),
    "webp": (1600, 900),
    "portrait": (1080, 1920),
}


def _picture(category: Category, entry: dict[str, Any], number: int) -> DemoPicture:
    """Complete one entry of an album's file; ``number`` counts through the whole gallery."""
    encoding = entry.get("encoding", "jpeg")
    size = _SIZES.get(entry.get("shape", encoding), (1920, 1080))
    knobs = entry.get("knobs", {})
    colours = tuple(entry["colours"])
    return DemoPicture(
        category=category.slug,
        slug=entry["slug"],
        title=entry["title"],
        description=entry["text"],
        tags=tuple(entry["tags"]),
        author=_AUTHORS[number * 3 % len(_AUTHORS)],
        licence=_LICENCES[number * 7 % len(_LICENCES)],
        published=_FIRST_DAY + timedelta(days=number * 89 % 870),
        brief=Brief(entry["scene"], size, entry["seed"], colours, knobs),
        encoding="webp-animated" if encoding == "animated" else encoding,
    )


def _read() -> Iterator[DemoPicture]:
    number = 0
    folder = resources.files(f"{__package__}.albums")
    for category in CATEGORIES:
        file = folder / f"{_FILES.get(category.slug, category.slug)}.toml"
        for entry in tomllib.loads(file.read_text("utf-8"))["picture"]:
            yield _picture(category, entry, number)
            number += 1


PICTURES: tuple[DemoPicture, ...] = tuple(_read())


def album(category: str) -> tuple[DemoPicture, ...]:
    """Return the pictures of one category in the order of its pages."""
    return tuple(picture for picture in PICTURES if picture.category == category)
