"""Finds the pictures in JSON or script data of any shape, such as script-only galleries load."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import chain

from spiders_project.pages.generic.loose import Json
from spiders_project.pages.generic.sources.literals import values_in
from spiders_project.pages.generic.sources.places import Places, Prefix, prefixes_of
from spiders_project.pages.generic.sources.record_facts import facts_of_record, title_of
from spiders_project.pages.generic.sources.turning import next_pages_in
from spiders_project.pages.generic.sources.variants import (
    Address,
    is_a_page,
    is_of_somebody,
    is_video,
    versions_of,
)
from spiders_project.pages.generic.spelling.addresses import is_picture_name, name_of
from spiders_project.pages.generic.values import (
    Candidate,
    Card,
    Clue,
    Facts,
    Kind,
    Picture,
    Reading,
    Source,
)
from spiders_project.pages.page import Page

_DEEPEST = 40
_MOST_VERSIONS = 24
_PAGE_KEY = re.compile(
    r"^(?:link|href|url|permalink|page|page_?url|detail.*|html|target|web_?url)$"
)
_PHOTOS = (".jpg", ".jpeg", ".webp", ".avif", ".jxl", ".tif", ".tiff", ".heic")
_FURNITURE = re.compile(
    r"(?:^|[/_.-])(?:spinner|loader|loading|logo|favicon|sprites?|blank|pixel|placeholder|close"
    r"|arrow|prev|next|play|pause|cursor|button|noimage|apple-touch-icon)[\w-]*\.\w+$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _Record:
    """One picture as the JSON has it."""

    versions: list[Address]
    value: dict[str, Json]
    """The object that tells of it; empty for a bare address."""
    prefixes: tuple[Prefix, ...]
    album: str | None
    is_listed: bool
    """Whether it is one of several, not an object on its own."""


@dataclass
class _Walk:
    documents: dict[str, None] = field(default_factory=dict)


def data_pictures(value: Json, places: Places, *, is_script: bool = False) -> Reading:
    """Return the pictures of JSON data.

    An object with the addresses of one picture, in whichever sizes, is a
    picture; a list or an object of several is an album, whose own address is
    its cover and whose title is the category. In a script only what stands in
    a list is taken, since an object with one address is mostly a setting.
    """
    walk = _Walk()
    records = [
        record for record in _records(value, walk) if not is_script or _is_no_furniture(record)
    ]
    cards: dict[str, Card] = {}
    pictures: dict[str, Picture] = {}
    for record in records:
        picture = _picture(record, places)
        page = _page_of(record, places)
        if not picture.candidates:
            continue
        if page and all(candidate.is_preview for candidate in picture.candidates):
            cards.setdefault(page, Card(page, "data", picture))
        else:
            pictures.setdefault(picture.candidates[0].url, picture)
    documents = [address for link in walk.documents for address in places.of(link, ())[:1]]
    return Reading(
        frozenset({Kind.LISTING}) if cards or pictures else frozenset({Kind.NONE}),
        tuple(cards.values()),
        tuple(pictures.values()),
        next_pages_in(value, places),
        tuple(Source(each, "data", is_complete=True, rank=2) for each in dict.fromkeys(documents)),
        Facts(title=title_of(value) if isinstance(value, dict) else None),
    )


def read_data(page: Page, gallery: str | None = None) -> Reading:
    """Return the pictures of a JSON file, or of a script with data in it.

    ``gallery`` is the address of the page that loads it: what relative links
    in a script start from.
    """
    values = values_in(page.text)
    places = Places(page, gallery)
    if len(values) == 1:
        return data_pictures(values[0], places, is_script=not _is_json(page))
    return united([data_pictures(value, places, is_script=not _is_json(page)) for value in values])


def united(readings: list[Reading]) -> Reading:
    """Return several readings of one document as one."""
    pictures = {
        picture.candidates[0].url: picture for each in readings for picture in each.pictures
    }
    cards = {card.url: card for each in readings for card in each.cards}
    return Reading(
        frozenset({Kind.LISTING}) if cards or pictures else frozenset({Kind.NONE}),
        tuple(cards.values()),
        tuple(pictures.values()),
        tuple(dict.fromkeys(chain.from_iterable(each.next_pages for each in readings))),
        tuple(dict.fromkeys(chain.from_iterable(each.sources for each in readings))),
        next((e.facts for e in readings if e.facts.title and (e.pictures or e.cards)), Facts()),
    )


def _is_json(page: Page) -> bool:
    return page.text.lstrip("\ufeff \t\r\n")[:1] in ("{", "[")


def _records(value: Json, walk: _Walk) -> Iterator[_Record]:
    top = _Record([], {}, (), None, is_listed=False)
    yield from _below(value, "", top, walk, 0)


def _below(value: Json, key: str, above: _Record, walk: _Walk, depth: int) -> Iterator[_Record]:
    """Yield the pictures in a value; ``above`` tells where it stands."""
    if depth > _DEEPEST:
        return
    if isinstance(value, dict):
        yield from _in_object(value, key, above, walk, depth)
    elif isinstance(value, list):
        yield from _in_list(value, key, above, walk, depth)


def _in_object(
    value: dict[str, Json], key: str, above: _Record, walk: _Walk, depth: int
) -> Iterator[_Record]:
    documents = [
        part for part in value.values() if isinstance(part, str) and part.endswith(".json")
    ]
    walk.documents.update(dict.fromkeys(link for link in documents if len(link) < 500))
    if is_video(value):
        return
    if (versions := versions_of(value)) and not documents:
        yield replace(above, versions=versions, value=value)
        return
    title = title_of(value) or above.album
    within = replace(
        above, prefixes=(*above.prefixes, *prefixes_of(value)), album=title, is_listed=False
    )
    parts = [part for part in value.values() if isinstance(part, dict)]
    inside = replace(within, is_listed=len(parts) > 1 and len(parts) == len(value))
    found = []
    for name, part in value.items():
        if isinstance(part, dict | list) and not is_of_somebody(name):
            found += list(_below(part, name, inside, walk, depth + 1))
    if len(found) == 1 and not title_of(found[0].value) and found[0].album == title:
        # An album of one picture says of the album what holds for the picture.
        found = [replace(found[0], value={**found[0].value, **value}, album=above.album)]
    yield from found
    if not found and not documents:
        yield from _of_cover(value, above)


def _of_cover(value: dict[str, Json], above: _Record) -> Iterator[_Record]:
    """Yield each address of an object that is neither one picture nor an album."""
    own = {name: part for name, part in value.items() if isinstance(part, str)}
    versions = versions_of(own)
    if versions:
        yield replace(above, versions=versions, value=value)
        return
    for name, part in own.items():
        if not is_of_somebody(name):
            for version in versions_of(part, name) or ():
                yield replace(above, versions=[version], value={})


def _in_list(
    values: list[Json], key: str, above: _Record, walk: _Walk, depth: int
) -> Iterator[_Record]:
    if rows := _rows(values):
        yield from (replace(above, versions=v, value=f, is_listed=True) for v, f in rows)
        return
    if all(isinstance(value, str) for value in values):
        walk.documents.update(
            dict.fromkeys(value for value in values if value.endswith(".json") and len(value) < 500)
        )
    listed = replace(above, is_listed=True)
    for value in values:
        if isinstance(value, dict | list):
            yield from _below(value, key, listed, walk, depth + 1)
        elif isinstance(value, str) and is_picture_name(value):
            for version in versions_of(value) or ():
                yield replace(listed, versions=[version], value={})


def _rows(values: list[Json]) -> list[tuple[list[Address], dict[str, Json]]]:
    """Read a list of rows such as ``["a.jpg", "Caption"]``."""
    if not values or not all(isinstance(row, list) and 2 <= len(row) <= 12 for row in values):
        return []
    found = []
    for row in values:
        texts = [cell for cell in row if isinstance(cell, str)]
        links = [text for text in texts if is_picture_name(text) and len(text) < 500]
        words = [text for text in texts if text not in links and not is_a_page(text)]
        versions = versions_of(row) or [Address(link, f"{n}") for n, link in enumerate(links)]
        if not versions:
            return []
        names = zip(("title", "description"), words, strict=False)
        found.append((versions, dict(names)))
    return found


def _is_no_furniture(record: _Record) -> bool:
    """Tell whether what a script lists is more than the icons that it loads beforehand."""
    is_told = bool(record.value) or record.versions[0].link.lower().endswith(_PHOTOS)
    return record.is_listed and is_told


def _picture(record: _Record, places: Places) -> Picture:
    versions = [v for v in record.versions if not _FURNITURE.search(v.link)]
    large = [v for v in versions if not v.is_small and not v.is_name]
    if large or not any(v.is_name and is_picture_name(v.link) for v in versions):
        versions = [v for v in versions if not v.is_name] or versions
    found: dict[str, Candidate] = {}
    ordered = sorted(versions, key=_likelihood)[:_MOST_VERSIONS]
    for version in ordered:
        for url in places.of(version.link, record.prefixes):
            one = Candidate(url, Clue.API, version.width, version.height, version.is_small)
            found.setdefault(url, one)
    facts = facts_of_record(record.value, name_of(ordered[0].link) if ordered else "")
    return Picture(tuple(found.values()), replace(facts, category=facts.category or record.album))


def _likelihood(version: Address) -> tuple[bool, bool, int]:
    return version.is_small, not version.is_original, -(version.width or 0)


def _page_of(record: _Record, places: Places) -> str | None:
    for name, part in record.value.items():
        is_link = isinstance(part, str) and 1 < len(part) < 500 and " " not in part
        if is_link and _PAGE_KEY.match(name) and not is_picture_name(part):
            return next(iter(places.of(part, ())), None)
    return None
