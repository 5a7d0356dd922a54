"""Reads which page of a listing an address means."""

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qsl, unquote, urlencode

from spiders_project.pages.generic.spelling.same_pages import PAGE_KEYS, is_session
from spiders_project.urls import split_web_address

_FOLDERS = re.compile(
    r"/(?:page|paged|p|pg|seite|pagina|página|strana|strona|sida|side|oldal|sayfa|trang|stranica"
    r"|halaman|str|start|offset)[-_/=]?(\d{1,7})(?=/|\.\w{2,5}$|$)",
    re.IGNORECASE,
)
_LAST_NUMBER = re.compile(r"[-_.,/]?[(\[]?(\d{1,7})[)\]]?(?=\.\w{2,5}$|/?$)")
_FIRST_WORD = re.compile(
    r"/(?:index|default|home|page|list|p)?[-_]?(?=\.\w{2,5}$|$)", re.IGNORECASE
)
_ENDING = re.compile(r"\.(?:x?html?|php\d?|aspx?|jsp|shtml)$", re.IGNORECASE)
_PART = re.compile(r"[^/?]{2,}[-_.]\d{1,3}(?:\.\w{2,5})?$|[?&](?:page|paged|pg)=\d{1,3}\b")
_LONG = 9


@dataclass(frozen=True)
class PageNumber:
    """What an address means without its page, and the page."""

    listing: str
    number: int | None
    """As it stands there: a page, or the count of what stands before it."""


@lru_cache(maxsize=4096)
def page_number(url: str) -> PageNumber:
    """Return the number of a page, by a parameter, a folder (``/page/2/``) or the last number."""
    parts = split_web_address(url)
    if parts is None:
        return PageNumber(url, None)
    host = parts.netloc.lower().removeprefix("www.")
    number: int | None = None
    kept = []
    for key, value in parse_qsl(parts.query, keep_blank_values=True):
        if PAGE_KEYS.fullmatch(key) and value.isdecimal() and len(value) < _LONG:
            number = int(value)
        elif not is_session(key, value):
            kept.append((key, value))
    query = urlencode(sorted(kept))
    path = unquote(parts.path)
    if number is None and "=" not in parts.query and (found := _FOLDERS.search("/" + parts.query)):
        number = int(found[1])
        query = _FOLDERS.sub("", "/" + parts.query)
    if number is None:
        number, path = _in_path(path)
    path = _ENDING.sub("", _FIRST_WORD.sub("/", path)).rstrip("/")
    return PageNumber(f"{host}{path}?{query.strip('/=&')}", number)


def _in_path(path: str) -> tuple[int | None, str]:
    found = _FOLDERS.search(path) or _LAST_NUMBER.search(path)
    if not found:
        return None, path
    return int(found[1]), path[: found.start()] + path[found.end() :]


def is_part(url: str, other: str) -> bool:
    """Tell whether ``other`` is another page about the one thing that ``url`` is about.

    ``/set/2303_2.html`` is a part of ``/set/2303.html``, which ``/set/2304.html`` is not.
    """
    there = page_number(other)
    return bool(there.number) and there.listing == whole_address(url)


def is_next_part(url: str, other: str) -> bool:
    """Tell whether ``other`` follows on ``url`` where both may be parts of one thing."""
    return is_later(url, other) and all(_PART.search(each) for each in (url, other))


def is_later(url: str, other: str) -> bool:
    """Tell whether ``other`` is a later page of the listing that ``url`` is a page of."""
    page, later = page_number(url), page_number(other)
    if later.number is None:
        return False
    if page.listing == later.listing:
        return later.number > (page.number if page.number is not None else 0)
    # The first page may have a number of another meaning: /album3/ and /album3/index2.html.
    return whole_address(url) == later.listing and later.number > 0


def whole_address(url: str) -> str:
    """Return what an address means where its numbers are none of a page."""
    parts = split_web_address(url)
    if parts is None:
        return url
    path = _ENDING.sub("", _FIRST_WORD.sub("/", unquote(parts.path))).rstrip("/")
    kept = [
        (key, value)
        for key, value in parse_qsl(parts.query, keep_blank_values=True)
        if not is_session(key, value)
    ]
    query = urlencode(sorted(kept)) if "=" in parts.query else parts.query
    return f"{parts.netloc.lower().removeprefix('www.')}{path}?{query.strip('/=&')}"
