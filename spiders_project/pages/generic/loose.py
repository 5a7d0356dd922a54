"""Takes values out of JSON and markup whose shape nobody has promised."""

import json
import re
from typing import Any

from spiders_project.pages.generic.texts import clean

Json = Any

_LONGEST_TEXT = 20_000
_LARGEST = 10**12
_MOST_PIXELS = 100_000
_NUMBER = re.compile(r"\s*(\d{1,12})(?:\.\d{1,20})?\s*(?:px|pixels)?\s*", re.ASCII | re.IGNORECASE)


def json_of(text: str) -> Json:
    """Return what a text of JSON holds, None where it is none."""
    try:
        return json.loads(text.removeprefix("\ufeff"), strict=False)
    except (ValueError, RecursionError):
        return None


def entries(value: Json) -> list[Json]:
    """Return a list as it is, one value as a list of one, nothing as an empty one."""
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def objects(value: Json) -> list[dict[str, Json]]:
    """Return the objects of a list, or the one object."""
    return [entry for entry in entries(value) if isinstance(entry, dict)]


def first(value: Json) -> dict[str, Json]:
    """Return the first object of a list, or the one object, or an empty one."""
    return next(iter(objects(value)), {})


def at(value: Json, *keys: str) -> Json:
    """Return what lies at a path of keys, None where it ends early."""
    for key in keys:
        if not isinstance(value, dict):
            return None
        value = value.get(key)
    return value


def plain(text: object) -> str | None:
    """Return a text without markup and needless space; None where nothing is left of it."""
    return clean(text, _LONGEST_TEXT) if isinstance(text, str) else None


def first_text(*texts: object) -> str | None:
    """Return the first that is a text with something in it."""
    return next(filter(None, map(plain, texts)), None)


def words_in(value: object) -> tuple[str, ...]:
    """Return tags, each once: a list of texts, or one text with commas between them."""
    parts = value.split(",") if isinstance(value, str) else value
    if not isinstance(parts, list | tuple):
        return ()
    return tuple(dict.fromkeys(filter(None, map(plain, parts))))


def whole_number(value: object) -> int | None:
    """Return a count of pixels or bytes above zero: ``1600``, ``"1600px"``, ``1600.0``."""
    if isinstance(value, str):
        found = _NUMBER.fullmatch(value[:40]) if value else None
        value = int(found[1]) if found else None
    if isinstance(value, float):
        value = int(value) if 0 < value < _LARGEST else None
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    return value if 0 < value < _LARGEST else None


def pixels(value: object) -> int | None:
    """Return a width or a height that a picture can have."""
    number = whole_number(value)
    return number if number is not None and number < _MOST_PIXELS else None
