"""Where the listings of a site are: the word in their address that names a category."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, unquote

from spiders_project.urls import origin_of, split_web_address

_INDEX = re.compile(r"^(?:index|default|home)(?:\.\w{2,5})?$", re.IGNORECASE)
_ENDING = re.compile(r"\.\w{2,5}$")
_NUMBER = re.compile(r"\d+")
_SECOND = "2"
_WHOLE = "all"
"""What the one category of a site is called whose listing is its front page."""


@dataclass(frozen=True)
class ListingAddress:
    """How a site file says where a listing is."""

    root: str
    pattern: str
    """With ``{root}`` and, unless the front page is the listing, ``{category}``."""
    category: str


def listing_address(url: str, sisters: Sequence[str] = ()) -> ListingAddress:
    """Return the pattern of a listing's address; ``sisters`` are listings of other categories."""
    root = origin_of(url)
    parts = split_web_address(url)
    assert parts is not None
    rest = _rest(parts)
    for word in (_differing(rest, [_rest_of(sister) for sister in sisters]), _last_word(parts)):
        if word and rest.count(word) >= 1 and "{" not in rest and "}" not in rest:
            head, _, tail = rest.rpartition(word)
            return ListingAddress(root, "{root}" + head + "{category}" + tail, unquote(word))
    return ListingAddress(root, "{root}" + rest, _WHOLE)


def page_pattern(first: str, second: str, address: ListingAddress) -> str | None:
    """Return the pattern of later pages where they are counted in the address, None elsewhere."""
    if not second.startswith(address.root):
        return None
    rest = second.removeprefix(address.root)
    before = _NUMBER.findall(first.removeprefix(address.root)).count(_SECOND)
    counting = [match for match in _NUMBER.finditer(rest) if match[0] == _SECOND]
    if len(counting) <= before:
        return None
    place = counting[-1]
    return _with_category(
        "{root}" + rest[: place.start()] + "{page}" + rest[place.end() :], address
    )


def _with_category(pattern: str, address: ListingAddress) -> str | None:
    """Put the category into the address of a later page, where the first page has it."""
    before, found, _ = address.pattern.partition("{category}")
    if not found:
        return pattern
    word = quote(address.category, safe="")
    tail = pattern.removeprefix(before)
    if tail == pattern or not tail.startswith(word):
        return None
    return before + "{category}" + tail.removeprefix(word)


def _rest(parts: SplitResult) -> str:
    """Return what comes behind the host."""
    path = parts.path or "/"
    return path + (f"?{parts.query}" if parts.query else "")


def _rest_of(url: str) -> str:
    parts = split_web_address(url)
    return _rest(parts) if parts else ""


def _differing(rest: str, others: Sequence[str]) -> str | None:
    """Return the one part of a path or query in which it differs from its sisters."""
    own = re.split(r"([/?&=.])", rest)
    places = set()
    for other in others:
        parts = re.split(r"([/?&=.])", other)
        if len(parts) != len(own):
            continue
        differing = [place for place, part in enumerate(parts) if part != own[place]]
        if len(differing) == 1:
            places.add(differing[0])
    if len(places) != 1:
        return None
    word = own[places.pop()]
    return word or None


def _last_word(parts: SplitResult) -> str | None:
    """Return the last part of a path that names something, or the last value of a query."""
    names = [name for name in parts.path.split("/") if name and not _INDEX.match(name)]
    if parts.query and not names:
        return parts.query.rpartition("=")[2] or None
    return _ENDING.sub("", names[-1]) if names else None
