"""Takes values out of JSON whose shape nobody has promised."""

from collections.abc import Iterable
from typing import Any

from spiders_project.pages.generic.sources.texts import first_text

Json = Any


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


def text_at(value: Json, keys: Iterable[str]) -> str | None:
    """Return the first text below one of several keys."""
    return first_text(*(at(value, key) for key in keys))
