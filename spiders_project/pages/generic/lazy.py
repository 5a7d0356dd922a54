"""Where pages keep the address of a picture that is not in ``src``."""

import re
from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from spiders_project.urls import PICTURE_ENDINGS

LAZY_ATTRIBUTES = (
    *("data-src", "data-original", "data-lazy", "data-lazy-src", "data-lazyload", "data-lazy-load"),
    *("data-original-src", "data-orig-src", "data-actualsrc", "data-real-src", "data-echo"),
    *("data-url", "data-img", "data-image", "data-img-src", "data-image-src", "data-thumb"),
    *("data-thumb-src", "data-thumbnail", "data-cfsrc", "data-ll-src", "data-pagespeed-lazy-src"),
    *("data-flickity-lazyload", "data-swiper-lazy", "data-ezsrc", "data-wood-src", "data-deferred"),
    *("data-hi-res-src", "data-source", "data-imgurl", "data-default-src", "lazy-src", "lazysrc"),
    *("lazyload", "lay-src", "real_src", "original", "_src", "file"),
)
"""Where libraries that load pictures late keep the address (lazysizes, lozad, vanilla-lazyload,
jQuery lazyload, unveil, echo, layui, Discuz and others)."""

LAZY_SRCSETS = (
    "data-srcset",
    "data-lazy-srcset",
    "data-original-set",
    "data-bgset",
    "data-src-set",
)
BACKGROUND_ATTRIBUTES = (
    *("data-bg", "data-background", "data-background-image", "data-bg-src", "data-bg-image"),
    *("data-bg-url", "data-backgroundimage", "data-lazy-background", "data-image-src", "data-bkg"),
    *("data-thumb-bg", "data-background-src", "data-setbg"),
)
ON_ANY_ELEMENT = (*BACKGROUND_ATTRIBUTES, "data-bgset")
_WRAPPED = re.compile(r"\s*url\(\s*['\"]?([^'\")]{1,4000})", re.IGNORECASE)
_SOURCES = 40
ON_EMPTY_ELEMENTS = ("data-src", "data-original", "data-lazy", "data-lazy-src")

IMAGE_NAME = re.compile(
    rf"\.(?:{'|'.join(sorted(PICTURE_ENDINGS))}|svg)(?:$|[?#!@&/:])", re.IGNORECASE
)
_BACKGROUND = re.compile(
    r"background(?:-image)?\s*:[^;]{0,200}?url\(\s*(?:\"([^\"]{1,4000})\"|'([^']{1,4000})'"
    r"|([^\s\"')]{1,4000}))",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(
    r"(?:^|/)(?:spacer|blank|pixel|clear-?(?:dot)?|transparent|trans|empty|1x1|gr[ae]y|loading|loader"
    r"|place-?holder|lazy-?(?:load|loading)?|dummy|nothing|ajax-?loader|spinner|ph|white|load)"
    r"(?:[-_.]?(?:\d{1,4}(?:x\d{1,4})?|img|image|pixel|bg|gif|small|large|thumb))*"
    r"\.(?:gif|png|svg)(?:$|\?)",
    re.IGNORECASE,
)
"""Names of files that show nothing; only whole words, since ``grey-heron.png`` is a picture."""


def is_placeholder(shown: str) -> bool:
    """Tell whether ``src`` holds no picture, but what is shown until there is one."""
    return not shown or shown.lstrip()[:5].lower() == "data:" or bool(_PLACEHOLDER.search(shown))


def is_address(value: str) -> bool:
    """Tell addresses from other words that such attributes hold (``data-lazy="true"``)."""
    return "/" in value or bool(IMAGE_NAME.search(value))


def backgrounds_of(element: HtmlElement) -> list[str]:
    """Return the address of the background in an inline style, in a list, empty without."""
    style = element.get("style")
    found = _BACKGROUND.search(style) if style else None
    return [next(filter(None, found.groups()))] if found else []


def unwrapped(value: str) -> str:
    """Return the address in ``url(...)``, which some libraries want in their attributes."""
    found = _WRAPPED.match(value)
    return found[1] if found else value


def sources_around(element: HtmlElement) -> Iterator[HtmlElement]:
    """Yield the ``source`` elements of the picture around an image."""
    above = element.getparent()
    while above is not None and above.tag in {"source", "noscript"}:
        above = above.getparent()
    if above is not None and above.tag == "picture":
        yield from islice(above.iter("source"), _SOURCES)


def srcsets_of(source: HtmlElement) -> Iterator[str]:
    """Yield what a ``source`` offers."""
    for name in ("srcset", *LAZY_SRCSETS, "src", "data-src"):
        if value := source.get(name):
            yield value
