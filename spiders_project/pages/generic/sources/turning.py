"""Finds the next page of what a programming interface answers in pages."""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from spiders_project.pages.generic.data.places import Places
from spiders_project.pages.generic.loose import Json, at, whole_number

_NEXT = ("next", "next_url", "nextUrl", "next_page", "nextPage", "next_page_url", "nextPageUrl")
_CURRENT = ("page", "current_page", "currentPage", "pageNumber", "page_number")
_LAST = ("pages", "total_pages", "totalPages", "last_page", "lastPage", "pageCount", "page_count")
_MOST_PAGES = 10_000


def next_pages_in(value: Json, places: Places) -> tuple[str, ...]:
    """Return the address of the next page that an answer names or counts."""
    if not isinstance(value, dict):
        return ()
    around = [value, *(part for part in value.values() if isinstance(part, dict))]
    for part in around:
        for name in _NEXT:
            link = part.get(name)
            link = at(link, "href") or at(link, "url") if isinstance(link, dict) else link
            if isinstance(link, str) and re.match(r"https?:|[/?.]", link) and len(link) < 2000:
                return tuple(places.of(link, ())[:1])
    return next((pages for part in around if (pages := _counted(part, places.url))), ())


def _counted(value: dict[str, Json], url: str) -> tuple[str, ...]:
    current = next(filter(None, (whole_number(value.get(name)) for name in _CURRENT)), None)
    last = next(filter(None, (whole_number(value.get(name)) for name in _LAST)), None)
    if current is None or last is None or not current < last < _MOST_PAGES:
        return ()
    return (with_query(url, {"page": str(current + 1)}),)


def with_query(url: str, changes: dict[str, str]) -> str:
    """Return an address with some parameters set."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query, keep_blank_values=True)) | changes
    return urlunsplit(parts._replace(query=urlencode(query), fragment=""))
