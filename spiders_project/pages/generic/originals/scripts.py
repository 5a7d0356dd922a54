"""The pictures of which the scripts of a page hold a list."""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from spiders_project.pages.generic.originals.literals import Value, read_script, value_of
from spiders_project.pages.generic.originals.records import Record, records_of
from spiders_project.pages.generic.values import Clue, Picture
from spiders_project.pages.page import Page

_KINDS = re.compile(r"^(?:$|module$|.*(?:java|ecma|live)script|.*json)", re.IGNORECASE)
_NO_DATA = re.compile(r"ld\+json|importmap|speculation|template", re.IGNORECASE)
_HINT = re.compile(
    r"\.(?:jpe?g|png|webp|gif|avif|tiff?|bmp)\b|[\"']?(?:image|img|src|photo|original|full|large)\w*[\"']?\s*:\s*[\"'/]",
    re.IGNORECASE,
)
_ASSIGNED = re.compile(
    r"^\s*(?:window\.|var |let |const |self\.)?[\w.$\[\]\"']{1,80}\s*=\s*(?=[\[{])"
)
_CALLED = re.compile(r"^\s*window\.__NUXT__\s*=\s*\(?function\(([\w$, ]*)\)\s*\{")
"""Nuxt 2 hands the texts that occur often to a function, and calls it at the end."""
_MOST_BYTES = 8_000_000


def pictures_in_scripts(page: Page) -> tuple[Picture, ...]:
    """Return the pictures that the scripts of a page list, each address once.

    Their titles come from the fields that caption them. Nothing is executed.
    """
    return tuple(record.picture for record in records_in_scripts(page))


def records_in_scripts(page: Page) -> tuple[Record, ...]:
    """Return the same with the names by which the scripts call each picture."""
    taken: set[str] = set()
    records = []
    for value in _values(page):
        for record in records_of(value, page.absolute, Clue.SCRIPT):
            url = record.picture.candidates[0].url
            if url not in taken:
                taken.add(url)
                records.append(record)
    return tuple(records)


def _values(page: Page) -> Iterator[Value]:
    left = _MOST_BYTES
    for script in page.selector.root.iter("script"):
        text = script.text or ""
        kind = (script.get("type") or "").strip()
        if (
            len(text) > left
            or not _KINDS.match(kind)
            or _NO_DATA.search(kind)
            or not _HINT.search(text)
        ):
            continue
        left -= len(text)
        if "json" in kind.lower():
            value = value_of(text)
            yield hydrated(value) if _is_flat(script) else value
        else:
            yield _of_code(text)


def _of_code(text: str) -> Value:
    """Read a script, quickly where it is one assignment of JSON."""
    if (found := _ASSIGNED.match(text)) is not None:
        rest = text[found.end() :].rstrip().rstrip(";")
        if rest.endswith(("}", "]")):
            return value_of(rest)
    if (called := _CALLED.match(text)) is not None and (at := text.rfind("}(")) > 0:
        values = read_script("[" + text[at + 2 :].rstrip(") ;\n") + "]")
        inner = values[0] if isinstance(values, list) and values else None
        names = [name.strip() for name in called[1].split(",")]
        if isinstance(inner, list):
            return read_script(text[called.end() : at], dict(zip(names, inner, strict=False)))
    return read_script(text)


def _is_flat(script: HtmlElement) -> bool:
    return script.get("id") == "__NUXT_DATA__" or script.get("data-nuxt-data") is not None


def hydrated(value: Value) -> Value:
    """Return what the flat list of Nuxt 3 (devalue) holds: numbers in it point to its places."""
    if not isinstance(value, list) or not value:
        return value
    made: dict[int, Value] = {}
    for at, item in enumerate(value):
        if isinstance(item, dict):
            made[at] = {}
        elif isinstance(item, list):
            made[at] = []
        else:
            made[at] = item
    inside: set[int] = set()
    for at, item in enumerate(value):
        holder = made[at]
        if isinstance(item, dict) and isinstance(holder, dict):
            for key, place in item.items():
                if (isinstance(place, int) and place > at and place not in inside | {-1}) or (
                    isinstance(place, int)
                    and not isinstance(value[place % len(value)], (dict, list))
                ):
                    holder[key] = made.get(place)
        elif isinstance(item, list) and isinstance(holder, list):
            holder += [made.get(place) for place in item if isinstance(place, int) and place > at]
    return made[0]
