"""Finds the pictures that a page shows, whatever markup shows them."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import islice
from typing import NamedTuple

from lxml.html import HtmlElement

from spiders_project.pages.generic.lazy import (
    BACKGROUND_ATTRIBUTES,
    IMAGE_NAME,
    LAZY_ATTRIBUTES,
    LAZY_SRCSETS,
    ON_ANY_ELEMENT,
    ON_EMPTY_ELEMENTS,
    backgrounds_of,
    is_address,
    is_placeholder,
    sources_around,
    srcsets_of,
    unwrapped,
)
from spiders_project.pages.generic.loose import pixels
from spiders_project.pages.generic.spelling.stems import bare_name, looks_small
from spiders_project.pages.generic.srcset import parsed_srcset
from spiders_project.pages.generic.values import Candidate, Clue
from spiders_project.pages.page import Page

_PICTURES = (
    "//*[self::img or self::image or self::amp-img or self::amp-anim or self::input[@type]"
    " or contains(@style,'url(') or contains(@style,'URL(') or "
    + " or ".join(f"@{name}" for name in (*ON_ANY_ELEMENT, *ON_EMPTY_ELEMENTS))
    + "]"
)
_TAGS = frozenset({"img", "image", "amp-img", "amp-anim", "input"})
_NO_PICTURES = frozenset(
    {"iframe", "video", "audio", "script", "embed", "object", "track", "source", "template", "body"}
    | {"html", "style", "link", "meta", "noscript", "picture"}
)
_STYLED_SIZE = re.compile(r"(?:^|[;\s])(width|height)\s*:\s*(\d{1,5})(?:\.\d+)?px", re.IGNORECASE)
_EMOJI = re.compile(r"/(?:tw)?emojis?/|/smil(?:ey|ie)s?/|/smilies/", re.IGNORECASE)
_EMOJI_CLASSES = frozenset({"emoji", "wp-smiley", "smiley", "emoticon", "twemoji"})
_ICON_PIXELS = 32
_SHOWN_SMALL_PIXELS = 400
_REPEATS_OF_A_PLACEHOLDER = 3
_DEPTH = 60
_ELEMENTS = 20
_LEVELS_OF_A_COPY = 3


@dataclass(frozen=True)
class Preview:
    """A picture that a page shows, small or large."""

    element: HtmlElement
    """The ``img``, or the element whose CSS background it is."""
    candidates: tuple[Candidate, ...]
    """Its own addresses, each once: ``srcset``, lazy ``data-*``, ``src``; the widest first. Empty
    where a script fills a placeholder."""
    width: int | None = None
    """Pixels on the screen, as attributes or inline styles say."""
    height: int | None = None
    text: str = ""
    """Its ``alt`` or ``title``."""


class _Found(NamedTuple):
    """An element, and what it may show."""

    element: HtmlElement
    srcsets: list[str]
    lazy: list[str]
    shown: str
    """The address in ``src``, as it stands there."""


def find_previews(page: Page) -> list[Preview]:
    """Return the pictures of a page in document order, each element once.

    Icons, spacers, tracking pixels and emoji are left out where their markup leaves no doubt.
    """
    found = [item for item in map(_found, page.selector.root.xpath(_PICTURES)) if item]
    shown = Counter(item.shown for item in found if item.lazy or item.srcsets)
    repeated = {src for src, count in shown.items() if count >= _REPEATS_OF_A_PLACEHOLDER}
    previews = [preview for item in found if (preview := _preview(page, item, repeated))]
    return _without_fallbacks(_without_copies(previews))


def _found(element: HtmlElement) -> _Found | None:
    if element.tag in _TAGS:
        return _image(element)
    return _background(element) if element.tag not in _NO_PICTURES else None


def _image(element: HtmlElement) -> _Found | None:
    if element.tag == "input" and (element.get("type") or "").strip().lower() != "image":
        return None
    shown = element.get("src") or element.get("href") or element.get("xlink:href") or ""
    srcsets = [value for name in ("srcset", *LAZY_SRCSETS) if (value := element.get(name))]
    lazy = [value for name in LAZY_ATTRIBUTES if is_address(value := element.get(name) or "")]
    srcsets += [value for source in sources_around(element) for value in srcsets_of(source)]
    if not lazy and not srcsets and is_placeholder(shown):
        lazy = [value for value in element.values() if value != shown and IMAGE_NAME.search(value)]
    lazy += backgrounds_of(element)
    return _Found(element, srcsets, lazy, shown.strip())


def _background(element: HtmlElement) -> _Found | None:
    addresses = backgrounds_of(element)
    addresses += [
        unwrapped(value) for name in BACKGROUND_ATTRIBUTES if (value := element.get(name))
    ]
    if not addresses and element.find(".//img") is None:
        addresses = [
            value
            for name in ON_EMPTY_ELEMENTS
            if IMAGE_NAME.search(value := element.get(name) or "")
        ]
    srcsets = [value for value in (element.get("data-bgset"),) if value]
    return _Found(element, srcsets, addresses, "") if addresses or srcsets else None


def _preview(page: Page, item: _Found, repeated: set[str]) -> Preview | None:
    """Return what an element shows, None where it is surely no picture."""
    element = item.element
    sizes = _sizes_of(element)
    if _is_icon(element, sizes) or _is_in_a_template(element):
        return None
    elsewhere = item.lazy or item.srcsets
    is_filled = is_placeholder(item.shown) or (elsewhere and item.shown in repeated)
    if is_filled and not elsewhere and not _waits_for_a_script(element):
        return None
    is_small = 0 < max(*sizes) <= _SHOWN_SMALL_PIXELS
    candidates = _candidates(page, item, is_small)
    if not is_filled:
        candidates.append((item.shown, Candidate("", Clue.SHOWN, is_preview=is_small)))
    width, height = sizes
    text = element.get("alt") or element.get("title") or element.get("aria-label") or ""
    addresses = _absolute(page, candidates)
    if not addresses and not is_filled:
        return None
    return Preview(element, addresses, width or None, height or None, " ".join(text.split()))


def _candidates(page: Page, item: _Found, is_small: bool) -> list[tuple[str, Candidate]]:
    """Return the addresses that are not in ``src``, the widest first."""
    offers = [offer for srcset in item.srcsets for offer in parsed_srcset(srcset)]
    offers.sort(key=lambda offer: (-(offer.width or 0), -(offer.density or 1)))
    found = [
        (offer.link, Candidate("", Clue.SRCSET, offer.width, is_preview=is_small))
        for offer in offers
    ]
    return found + [(link, Candidate("", Clue.DATA, is_preview=is_small)) for link in item.lazy]


def _absolute(page: Page, found: Iterable[tuple[str, Candidate]]) -> tuple[Candidate, ...]:
    """Return each address once, the first time it is named."""
    kept: dict[str, Candidate] = {}
    for link, candidate in found:
        if (url := page.absolute(link)) and url not in kept:
            is_small = candidate.is_preview or looks_small(url)
            kept[url] = replace(candidate, url=url, is_preview=is_small)
    return tuple(kept.values())


def _sizes_of(element: HtmlElement) -> tuple[int, int]:
    """Return width and height on the screen in pixels, 0 where unknown."""
    styled = {
        name.lower(): int(value) for name, value in _STYLED_SIZE.findall(element.get("style") or "")
    }
    sizes = [styled.get(name) or pixels(element.get(name)) or 0 for name in ("width", "height")]
    return sizes[0], sizes[1]


def _is_icon(element: HtmlElement, sizes: tuple[int, int]) -> bool:
    if 0 < min(filter(None, sizes), default=0) <= 2 or 0 < min(sizes) <= max(sizes) <= _ICON_PIXELS:
        return True
    classes = (element.get("class") or "").lower().split()
    return bool(_EMOJI_CLASSES.intersection(classes) or _EMOJI.search(element.get("src") or ""))


def _is_in_a_template(element: HtmlElement) -> bool:
    above = element.getparent()
    for _ in range(_DEPTH):
        if above is None:
            return False
        if above.tag == "template":
            return True
        above = above.getparent()
    return False


def _waits_for_a_script(element: HtmlElement) -> bool:
    """Tell whether a script may fill in the picture: it is marked as lazy, or carries data."""
    names = element.keys()
    is_marked = "lazy" in (element.get("class") or "").lower()
    return is_marked or any(name.startswith("data-") for name in names)


def _without_copies(previews: list[Preview]) -> list[Preview]:
    """Leave out backgrounds that show what an image inside them shows too."""
    backgrounds = {one.element: one for one in previews if one.element.tag not in _TAGS}
    copies: set[HtmlElement] = set()
    for preview in previews if backgrounds else ():
        shown = {candidate.url for candidate in preview.candidates}
        above = preview.element.getparent()
        for _ in range(_LEVELS_OF_A_COPY):
            if above is None:
                break
            if (other := backgrounds.get(above)) and preview.element.tag in _TAGS:
                is_copy = any(candidate.url in shown for candidate in other.candidates)
                copies.update({above} if is_copy else ())
            above = above.getparent()
    return [preview for preview in previews if preview.element not in copies]


def _without_fallbacks(previews: list[Preview]) -> list[Preview]:
    """Join the picture in a ``noscript`` and the lazy one beside it, whose fallback it is."""
    places = {preview.element: place for place, preview in enumerate(previews)}
    kept: list[Preview | None] = list(previews)
    for place, preview in enumerate(previews):
        beside = _beside_noscript(preview.element, places)
        other = kept[beside] if beside is not None else None
        if beside is not None and other and _is_fallback(preview, other):
            known = {candidate.url for candidate in other.candidates}
            more = tuple(one for one in preview.candidates if one.url not in known)
            kept[beside] = replace(
                other, candidates=other.candidates + more, text=other.text or preview.text
            )
            kept[place] = None
    return [preview for preview in kept if preview]


def _beside_noscript(element: HtmlElement, places: dict[HtmlElement, int]) -> int | None:
    """Return the place of the picture beside the ``noscript`` around an element."""
    above = element.getparent()
    while above is not None and above.tag in {"picture", "source", "a", "span"}:
        above = above.getparent()
    if above is None or above.tag != "noscript":
        return None
    for sibling in (above.getprevious(), above.getnext()):
        if sibling is None or sibling.tag == "noscript":
            continue
        for inner in islice(sibling.iter(), _ELEMENTS):
            if inner in places:
                return places[inner]
    return None


def _is_fallback(preview: Preview, lazy: Preview) -> bool:
    """Tell whether two are versions of one picture: the lazy one has no address, or a like one."""
    if not lazy.candidates:
        return True
    names = {bare_name(candidate.url) for candidate in lazy.candidates}
    return any(bare_name(candidate.url) in names for candidate in preview.candidates) or (
        "lazy" in (lazy.element.get("class") or "").lower()
    )
