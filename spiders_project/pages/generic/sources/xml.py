"""Parses XML that nobody has checked: no entities, no network, broken parts left out."""

import re
import zlib
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from lxml import etree

from spiders_project.pages.page import Page

Element = Any
"""An lxml element: lxml brings no types."""

_MOST_BYTES = 64 * 1024 * 1024
"""A sitemap has 50 MB at most (sitemaps.org, protocol)."""
_GZIP = b"\x1f\x8b"
_DECLARATION = re.compile(r"^[\s\ufeff]*<\?xml[^>]*\?>")
_CONTROLS = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_SPACES = {
    "search.yahoo.com/mrss": "media",
    "www.w3.org/2005/atom": "",
    "purl.org/dc/": "dc",
    "sitemap-image": "image",
    "purl.org/rss/1.0/modules/content": "content",
    "creativecommons": "cc",
    "web.resource.org/cc": "cc",
    "itunes.com/dtds": "itunes",
    "www.w3.org/1999/xlink": "xlink",
}


def unpacked(page: Page) -> Page:
    """Return a page whose body is a gzip file as what lies in it; a cut one as far as it goes."""
    if not page.body.startswith(_GZIP):
        return page
    try:
        body = zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(page.body, _MOST_BYTES)
    except zlib.error:
        body = b""
    return Page(page.url, body)


def root_of(page: Page) -> Element | None:
    """Return the root of an XML document, None where there is none.

    Encodings are those of the page; UTF-16 without a byte order mark is told
    by its first character (XML 1.0, appendix F).
    """
    text = page.text
    if page.body[:4] in (b"<\0?\0", b"\0<\0?"):
        text = page.body.decode("utf-16-le" if page.body[1] == 0 else "utf-16-be", "replace")
    text = _CONTROLS.sub("", _DECLARATION.sub("", text, count=1)).strip()
    if not text.startswith("<"):
        text = text[text.find("<") :] if "<" in text else ""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, recover=True, load_dtd=False
    )
    try:
        return etree.fromstring(text.encode("utf-8"), parser) if text else None
    except (etree.XMLSyntaxError, ValueError):
        return None


def tag_of(element: Element) -> str:
    """Return a name in small letters with the usual prefix, whatever prefix the document chose.

    ``media:content``, ``dc:creator``, ``image:loc``; RSS, Atom and sitemaps have none.
    """
    name = element.tag
    return _short(name) if isinstance(name, str) else ""


@lru_cache(maxsize=1024)
def _short(name: str) -> str:
    space, _, local = name.lower().rpartition("}")
    prefix = next((short for part, short in _SPACES.items() if part in space), "")
    return f"{prefix}:{local}" if prefix else local


def children(element: Element, *tags: str) -> Iterator[Element]:
    """Yield the children of these names, in the order of the document."""
    for child in element:
        if tag_of(child) in tags:
            yield child


def child_text(element: Element, *tags: str) -> str | None:
    """Return the text of the first child of these names that has one, the names in order."""
    for tag in tags:
        for child in children(element, tag):
            if text := "".join(child.itertext()).strip():
                return text
    return None
