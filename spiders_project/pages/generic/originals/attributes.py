"""The attributes in which lightboxes and lazy loaders keep the address of a larger picture."""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from spiders_project.pages.generic.data.literals import value_of
from spiders_project.pages.generic.loose import pixels
from spiders_project.pages.generic.originals.scripts import pictures_of
from spiders_project.pages.generic.spelling.addresses import (
    Nature,
    is_picture_name,
    nature_of,
    word_set,
)
from spiders_project.pages.generic.spelling.sizes import (
    FULL,
    ORIGINAL,
    SMALL,
    pair_in,
    size_of_label,
)
from spiders_project.pages.generic.srcset import candidates_in_srcset, is_srcset
from spiders_project.pages.generic.values import Candidate, Clue
from spiders_project.pages.page import Page

_NEVER = word_set(
    "class id style alt title href action target rel name type role tabindex lang dir width height"
    " sizes loading decoding fetchpriority usemap value content placeholder cite data-caption"
    " data-title data-description data-alt itemprop itemtype onclick ondblclick onload onerror"
    " onmouseover onmouseout srcdoc poster download"
)
_LAZY = word_set(
    "src srcset data-src data-srcset data-original data-lazy data-lazy-src data-lazy-srcset lazysrc"
    " data-lazyload data-echo data-url data-img data-image data-lazy-original data-actualsrc lowsrc"
    " data-orig data-ll-src data-src-set data-original-set"
)
"""What lazy loaders write on an ``img``: its own address, which the preview holds already."""
_WORDS = re.compile(
    r"src|url|image|img|photo|pic|full|orig|large|big|zoom|download|hires|high|file|link|href|exthumb|pswp|mfp",
    re.IGNORECASE,
)
_SEPARATED = re.compile(r"-?(?:src|url|file|href|image|img)$")
_LONGEST = 2000


def candidates_in(page: Page, element: HtmlElement) -> Iterator[Candidate]:
    """Yield the addresses of pictures that the attributes of an element hold."""
    is_image = element.tag in ("img", "source", "amp-img")
    for name, value in element.items():
        if len(value) < 4 or name in _NEVER or (is_image and name in _LAZY):
            continue
        if name.startswith("aria-") or (name == "src" and element.tag not in ("a", "li", "div")):
            continue
        if value.lstrip()[:1] in ("{", "["):
            yield from _of_json(page, value)
        elif "srcset" in name or name == "data-responsive" or is_srcset(value):
            yield from candidates_in_srcset(value, page.absolute, name)
        elif candidate := _of_address(page, element, name, value):
            yield candidate


def _of_json(page: Page, text: str) -> Iterator[Candidate]:
    pictures = pictures_of(value_of(text), page)
    # Several pictures in the attribute of one element are those of a whole gallery.
    if len(pictures) == 1:
        yield from pictures[0].candidates


def _of_address(page: Page, element: HtmlElement, name: str, value: str) -> Candidate | None:
    text = value.strip()
    if len(text) > _LONGEST or any(map(str.isspace, text)):
        text = text.replace(" ", "%20") if is_picture_name(text) and len(text) < 300 else ""
    is_named = bool(_WORDS.search(name)) and text.startswith(("http://", "https://", "/", "./"))
    if not text or not (is_picture_name(text) or is_named or ("?" in text and "/" in text)):
        return None
    if text[:1] in "#.{" and not text.startswith("."):
        return None
    url = page.absolute(text)
    if url is None or url == page.url or (nature_of(url) is not Nature.FILE and not is_named):
        return None
    if nature_of(url) in (Nature.PAGE, Nature.OTHER):
        return None
    size = size_of_label(name)
    clue = Clue.LIGHTBOX if size is None and not name.startswith("data-") else Clue.DATA
    width, height = _size_of(element, name)
    is_small = size is not None and size < SMALL and size not in (FULL, ORIGINAL)
    return Candidate(url, clue, width, height, is_preview=is_small, label=name)


def _size_of(element: HtmlElement, name: str) -> tuple[int | None, int | None]:
    stem = _SEPARATED.sub("", name)
    for suffix in ("-size", "-dimensions", "-dim"):
        if (value := element.get(stem + suffix)) and (pair := pair_in(value)):
            return pair
    if stem in ("data", "data-pswp", name):
        stem = "data-pswp" if stem == "data-pswp" else stem
    return (
        pixels(element.get(f"{stem}-width") or element.get(f"{stem}-w")),
        pixels(element.get(f"{stem}-height") or element.get(f"{stem}-h")),
    )
