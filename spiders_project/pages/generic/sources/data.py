"""Reads the pictures of JSON, scripts and XML of any shape, such as script-only galleries load."""

import re
from collections.abc import Iterator
from dataclasses import replace

from spiders_project.pages.generic.data.finder import Finder
from spiders_project.pages.generic.data.found import Found
from spiders_project.pages.generic.data.literals import Value, read_code, value_of
from spiders_project.pages.generic.data.places import Places
from spiders_project.pages.generic.data.record_facts import facts_of_record, title_of
from spiders_project.pages.generic.originals.ranking import ranked
from spiders_project.pages.generic.sources.turning import next_pages_in
from spiders_project.pages.generic.spelling.addresses import is_picture_name, name_of
from spiders_project.pages.generic.values import (
    Card,
    Clue,
    Facts,
    Kind,
    Picture,
    Reading,
    Source,
)
from spiders_project.pages.page import Page

_PAGE_KEY = re.compile(
    r"^(?:link|href|url|permalink|page|page_?url|detail.*|html|target|web_?url)$"
)
_PHOTOS = (".jpg", ".jpeg", ".webp", ".avif", ".jxl", ".tif", ".tiff", ".heic")
_FURNITURE = re.compile(
    r"(?:^|[/_.-])(?:spinner|loader|loading|logo|favicon|sprites?|blank|pixel|placeholder|close"
    r"|arrow|prev|next|play|pause|cursor|button|noimage|apple-touch-icon)[\w-]*\.\w+$",
    re.IGNORECASE,
)


def read_data(page: Page, gallery: str | None = None) -> Reading:
    """Return the pictures of a JSON file, or of a script with data in it.

    ``gallery`` is the address of the page that loads it: what relative links
    in a script start from.
    """
    is_json = page.text.lstrip("\ufeff \t\r\n)]}',;")[:1] in ("{", "[")
    value = value_of(page.text) if is_json else read_code(page.text)
    return data_pictures(value, Places(page, gallery), is_script=not is_json)


def data_pictures(value: Value, places: Places, *, is_script: bool = False) -> Reading:
    """Return the pictures of some data.

    Of a script only what stands in a list is taken, since an object with one
    address is mostly a setting.
    """
    finder = Finder(places, Clue.API)
    cards: dict[str, Card] = {}
    pictures: dict[str, Picture] = {}
    for found in finder.pictures_in(value):
        picture = _picture(found)
        if not picture.candidates or (is_script and not _is_no_furniture(found)):
            continue
        page = _page_of(found, places)
        if page and all(candidate.is_preview for candidate in picture.candidates):
            cards.setdefault(page, Card(page, "data", picture))
        else:
            pictures.setdefault(picture.candidates[0].url, picture)
    return Reading(
        frozenset({Kind.LISTING}) if cards or pictures else frozenset({Kind.NONE}),
        tuple(cards.values()),
        tuple(pictures.values()),
        next_pages_in(value, places),
        tuple(_sources(finder.documents, places)),
        Facts(title=title_of(value) if isinstance(value, dict) else None),
    )


def _sources(links: dict[str, None], places: Places) -> Iterator[Source]:
    addresses = [address for link in links for address in places.of(link, ())[:1]]
    for address in dict.fromkeys(addresses):
        yield Source(address, "data", is_complete=True, rank=2)


def _is_no_furniture(found: Found) -> bool:
    """Tell whether what a script lists is more than the icons that it loads beforehand."""
    is_told = bool(found.told) or found.url.lower().endswith(_PHOTOS)
    return found.is_listed and is_told


def _picture(found: Found) -> Picture:
    own = [one for one in found.candidates if not _FURNITURE.search(one.url)]
    candidates, is_doubtful = ranked(own)
    facts = facts_of_record(found.told, name_of(candidates[0].url) if candidates else "")
    facts = replace(facts, category=facts.category or found.album)
    return Picture(candidates, facts, is_doubtful)


def _page_of(found: Found, places: Places) -> str | None:
    for name, part in found.told.items():
        is_link = isinstance(part, str) and 1 < len(part) < 500 and " " not in part
        if is_link and _PAGE_KEY.match(name) and not is_picture_name(str(part)):
            return next(iter(places.of(str(part), ())), None)
    return None
