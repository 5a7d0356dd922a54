"""The facts of one picture among others: what a card, a figure or a link says of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Self

from lxml.html import HtmlElement

from spiders_project.pages.generic.facts.attributes import attribute_evidence
from spiders_project.pages.generic.facts.evidence import Evidence, Voice, captions_in, of_lines
from spiders_project.pages.generic.facts.ground import Ground, ground_of
from spiders_project.pages.generic.facts.marks import marks_of, role_of_link
from spiders_project.pages.generic.facts.roles import Role
from spiders_project.pages.generic.facts.room import caption_below, room_of, words_behind
from spiders_project.pages.generic.facts.schema import evidence_in
from spiders_project.pages.generic.facts.settle import settle
from spiders_project.pages.generic.previews import Preview
from spiders_project.pages.generic.spelling.addresses import is_picture_name
from spiders_project.pages.generic.texts import lines_of, text_of
from spiders_project.pages.generic.values import Facts
from spiders_project.pages.page import Page

_MOST_ELEMENTS, _MOST_LINKS = 100, 4
_STRESSED = frozenset(("b", "strong"))


def facts_of_block(page: Page, block: HtmlElement, preview: Preview | None) -> Facts:
    """Return what the part of a page around one picture says of it; it may be words only."""
    part = _Part.around(page, block, preview or Preview(block, ()))
    evidence = [
        *part.structured(),
        *part.marked(),
        *of_lines(part.words(), Voice.WORDS),
        Evidence(Role.TITLE, Voice.ALT, part.preview.text),
        *part.names(),
    ]
    return settle([*evidence, *captions_in(evidence)], part.ground.language)


@dataclass
class _Part:
    """A part of a page, and where its links lead."""

    page: Page
    ground: Ground
    room: HtmlElement
    preview: Preview
    hrefs: list[str]
    asides: dict[HtmlElement, Role]
    """Links to people, tags, buttons: they say nothing of the picture's name."""

    @classmethod
    def around(cls, page: Page, block: HtmlElement, preview: Preview) -> Self:
        """Return the part of a page that a block belongs to."""
        room = room_of(block)
        links = [link for link in islice(room.iter("a"), _MOST_ELEMENTS) if link.get("href")]
        asides = {link: role for link in links if (role := role_of_link(link))}
        # Albums may be tags, and then a card leads to one.
        if links and links[0] in asides:
            asides = {}
        hrefs = [link.get("href") for link in links[:_MOST_LINKS]]
        return cls(page, ground_of(page), room, preview, hrefs, asides)

    def structured(self) -> Iterator[Evidence]:
        """Yield what structured data says of a picture with one of the addresses in the block."""
        if not self.ground.by_address:
            return
        addresses = [candidate.url for candidate in self.preview.candidates]
        addresses += [self.page.absolute(href) or "" for href in self.hrefs]
        for address in addresses:
            if node := self.ground.by_address.get(address):
                yield from evidence_in(node)
                return

    def marked(self) -> Iterator[Evidence]:
        """Yield what elements and attributes are marked to say."""
        for element in islice(self.room.iter("*"), _MOST_ELEMENTS):
            if element.tag == "img":
                if element is self.preview.element:
                    yield from attribute_evidence(element, self.room, self.ground)
                continue
            if element.tag in _STRESSED and element.getparent().tag in ("a", "span"):
                yield Evidence(Role.TITLE, Voice.CAPTION, element.text or "")
            yield from map(_raised, marks_of(element, self.page))
            yield from attribute_evidence(element, self.room, self.ground)
        for link, role in self.asides.items():
            if role in (Role.AUTHOR, Role.TAG):
                yield Evidence(role, Voice.WORDS, text_of(link))

    def words(self) -> list[str]:
        """Return the text around a picture; in tables of old, that of the cell below."""
        lines = lines_of(self.room, self.asides.__contains__ if self.asides else None)
        if not lines and (below := caption_below(self.room)) is not None:
            lines = lines_of(below)
        return lines or words_behind(self.room)

    def names(self) -> Iterator[Evidence]:
        """Yield the addresses of files, whose names may say something."""
        for href in self.hrefs:
            if is_picture_name(href):
                yield Evidence(Role.TITLE, Voice.NAME, "x:///" + href)
        for candidate in self.preview.candidates[:3]:
            yield Evidence(Role.TITLE, Voice.NAME, candidate.url)


def _raised(each: Evidence) -> Evidence:
    """Return evidence as it counts in a card, where any heading is the heading."""
    if each.voice is not Voice.SUBHEADING:
        return each
    return Evidence(each.role, Voice.HEADING, each.text)
