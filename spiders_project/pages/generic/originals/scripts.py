"""The pictures of which the scripts of a page hold a list, and those in its attributes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml.html import HtmlElement

from spiders_project.pages.generic.data import fields
from spiders_project.pages.generic.data.finder import Finder
from spiders_project.pages.generic.data.literals import Value, read_code, value_of
from spiders_project.pages.generic.data.nuxt import hydrated
from spiders_project.pages.generic.data.places import Places
from spiders_project.pages.generic.data.record_facts import facts_of_record
from spiders_project.pages.generic.loose import json_of
from spiders_project.pages.generic.originals.ranking import ranked
from spiders_project.pages.generic.spelling.addresses import name_of
from spiders_project.pages.generic.values import Clue, Picture
from spiders_project.pages.page import Page

_KINDS = re.compile(r"^(?:$|module$|.*(?:java|ecma|live)script|.*json)", re.IGNORECASE)
_NO_DATA = re.compile(r"ld\+json|importmap|speculation|template", re.IGNORECASE)
_HINT = re.compile(
    r"\.(?:jpe?g|png|webp|gif|avif|tiff?|bmp)\b|[\"']?(?:image|img|src|photo|original|full|large)\w*[\"']?\s*:\s*[\"'/]",
    re.IGNORECASE,
)
_HOLDING_TEXTS = ("div", "span", "p", "pre", "code", "textarea", "template")
_BEGINNINGS = ("[{", '{"', '["')
_MOST_BYTES = 8_000_000


@dataclass(frozen=True)
class Record:
    """One picture of a list, and by which names a page may call it."""

    picture: Picture
    names: frozenset[str]


def pictures_of(value: Value, page: Page) -> tuple[Picture, ...]:
    """Return the pictures that a value of a page holds, in its order, each address once."""
    return tuple(record.picture for record in _records_of(value, Places(page)))


def pictures_in_scripts(page: Page) -> tuple[Picture, ...]:
    """Return the pictures that the scripts of a page list, each address once.

    Their titles come from the fields that caption them. Nothing is executed.
    """
    return tuple(record.picture for record in records_in_scripts(page))


def pictures_in_texts(page: Page) -> tuple[Picture, ...]:
    """Return the pictures in elements whose whole text is JSON, for a script to take from there."""
    found: list[Picture] = []
    for element in page.selector.root.iter(*_HOLDING_TEXTS):
        text = (element.text or "").strip()
        if text.startswith(_BEGINNINGS) and len(text) < _MOST_BYTES:
            found += pictures_of(json_of(text), page)
    return tuple(found)


def records_in_scripts(page: Page) -> tuple[Record, ...]:
    """Return the same with the names by which the scripts call each picture."""
    taken: set[str] = set()
    records = []
    places = Places(page)
    for value in _values(page):
        for record in _records_of(value, places):
            url = record.picture.candidates[0].url
            if url not in taken:
                taken.add(url)
                records.append(record)
    return tuple(records)


def _records_of(value: Value, places: Places) -> tuple[Record, ...]:
    taken: set[str] = set()
    records = []
    for found in Finder(places, Clue.SCRIPT).pictures_in(value):
        candidates, is_doubtful = ranked(found.candidates)
        if not candidates or candidates[0].url in taken:
            continue
        taken.add(candidates[0].url)
        facts = facts_of_record(found.told, name_of(candidates[0].url))
        facts = replace(facts, category=facts.category or found.album)
        records.append(Record(Picture(candidates, facts, is_doubtful), fields.names_of(found.told)))
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
            yield read_code(text)


def _is_flat(script: HtmlElement) -> bool:
    return script.get("id") == "__NUXT_DATA__" or script.get("data-nuxt-data") is not None
