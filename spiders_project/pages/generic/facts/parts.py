"""The facts of one picture among others: what a card, a figure or a link says of it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from lxml.html import HtmlElement

from spiders_project.pages.generic.facts.attributes import attribute_evidence
from spiders_project.pages.generic.facts.evidence import Evidence, Voice, captions_in, of_lines
from spiders_project.pages.generic.facts.ground import Ground, ground_of
from spiders_project.pages.generic.facts.marks import marks_of
from spiders_project.pages.generic.facts.roles import Role
from spiders_project.pages.generic.facts.room import caption_below, room_of, words_behind
from spiders_project.pages.generic.facts.schema import evidence_in
from spiders_project.pages.generic.facts.settle import settle
from spiders_project.pages.generic.facts.texts import lines_of
from spiders_project.pages.generic.previews import Preview
from spiders_project.pages.generic.values import Facts
from spiders_project.pages.page import Page

_MOST_ELEMENTS = 100
_STRESSED = frozenset(("b", "strong"))
_PICTURE_FILE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|avif|tiff?|bmp|heic|jxl)(?:$|[?#])", re.IGNORECASE
)


def facts_of_block(page: Page, block: HtmlElement, preview: Preview) -> Facts:
    """Return what the part of a page around one picture says of it."""
    ground = ground_of(page)
    room = room_of(block)
    evidence = [
        *_structured(page, ground, room, preview),
        *_marked(page, ground, room, preview),
        *of_lines(_words(room), Voice.WORDS),
        Evidence(Role.TITLE, Voice.ALT, preview.text),
        *_names(room, preview),
    ]
    return settle([*evidence, *captions_in(evidence)], ground.language)


def _structured(
    page: Page, ground: Ground, room: HtmlElement, preview: Preview
) -> Iterator[Evidence]:
    """Yield what structured data says of a picture with one of the addresses in the block."""
    if not ground.by_address:
        return
    addresses = [candidate.url for candidate in preview.candidates]
    addresses += [page.absolute(href) or "" for href in islice(_hrefs(room), 4)]
    for address in addresses:
        if node := ground.by_address.get(address):
            yield from evidence_in(node)
            return


def _hrefs(room: HtmlElement) -> Iterator[str]:
    yield from (href for link in room.iter("a") if (href := link.get("href")))


def _marked(page: Page, ground: Ground, room: HtmlElement, preview: Preview) -> Iterator[Evidence]:
    for element in islice(room.iter("*"), _MOST_ELEMENTS):
        if element.tag in _STRESSED and element.getparent().tag in ("a", "span"):
            yield Evidence(Role.TITLE, Voice.CAPTION, element.text or "")
        if element.tag != "img":
            yield from (_raised(each) for each in marks_of(element, page))
        if element.tag != "img" or element is preview.element:
            yield from attribute_evidence(element, room, ground)


def _raised(each: Evidence) -> Evidence:
    """Return evidence as it counts in a card, where any heading is the heading."""
    is_heading = each.voice is Voice.SUBHEADING
    return replace(each, voice=Voice.HEADING) if is_heading else each


def _words(room: HtmlElement) -> list[str]:
    """Return the text around a picture; in tables of old, that of the cell below."""
    lines = lines_of(room)
    if not lines and (below := caption_below(room)) is not None:
        lines = lines_of(below)
    return lines or words_behind(room)


def _names(room: HtmlElement, preview: Preview) -> Iterator[Evidence]:
    """Yield the addresses of files, whose names may say something."""
    for href in islice(_hrefs(room), 4):
        if _PICTURE_FILE.search(href):
            yield Evidence(Role.TITLE, Voice.NAME, "x:///" + href)
    for candidate in preview.candidates[:3]:
        yield Evidence(Role.TITLE, Voice.NAME, candidate.url)
