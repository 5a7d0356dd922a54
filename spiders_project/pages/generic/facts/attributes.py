"""What attributes say of a picture: ``title``, ``alt``, and the captions of lightbox libraries."""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from spiders_project.pages.generic.facts.evidence import Evidence, Voice, of_lines
from spiders_project.pages.generic.facts.ground import Ground
from spiders_project.pages.generic.facts.roles import Role, role_of, role_of_data
from spiders_project.pages.generic.texts import lines_of, lines_of_markup

_IDENTIFIER = re.compile(r"#([A-Za-z][\w:-]*)$")
_CLASS = re.compile(r"\.([A-Za-z][\w-]*)$")
_REFERENCES = ("aria-describedby", "aria-labelledby")
# GLightbox: "title: A heron; description: At the lake".
_PAIR = re.compile(r"\s*([A-Za-z]+)\s*:\s*([^;]+)")
_PAIRS = "data-glightbox"
_LONGEST = 10_000


def attribute_evidence(
    element: HtmlElement, room: HtmlElement, ground: Ground
) -> Iterator[Evidence]:
    """Yield what the attributes of one element say."""
    for name, value in element.items():
        if not value or len(value) > _LONGEST:
            continue
        if name == "title":
            yield from of_lines(lines_of_markup(value), Voice.ATTRIBUTE)
        elif name == "alt":
            yield Evidence(Role.TITLE, Voice.ALT, value)
        elif name == "aria-label":
            yield Evidence(Role.TITLE, Voice.WORDS, value)
        elif name in _REFERENCES:
            for each in value.split()[:3]:
                yield from _referred("#" + each, room, ground)
        elif name == _PAIRS:
            yield from _pairs(value)
        elif name.startswith("data-") and (role := role_of_data(name)):
            yield from _data(role, value, room, ground)


def _data(role: Role, value: str, room: HtmlElement, ground: Ground) -> Iterator[Evidence]:
    if value[0] in "#." and (_IDENTIFIER.match(value) or _CLASS.match(value)):
        yield from _referred(value, room, ground)
    elif role is Role.CAPTION:
        yield from of_lines(lines_of_markup(value), Voice.CAPTION)
    elif role is Role.TITLE:
        # Lightbox2 and Fancybox 2 call a whole caption so.
        yield from of_lines(lines_of_markup(value), Voice.ATTRIBUTE)
    else:
        yield Evidence(role, Voice.ATTRIBUTE, value)


def _referred(selector: str, room: HtmlElement, ground: Ground) -> Iterator[Evidence]:
    """Read the element that an attribute names: by its id, or by its class within the block."""
    element = None
    if identifier := _IDENTIFIER.match(selector):
        element = ground.by_id.get(identifier[1])
    elif named := _CLASS.match(selector):
        having = room.xpath(
            ".//*[contains(concat(' ', normalize-space(@class), ' '), $name)][1]",
            name=f" {named[1]} ",
        )
        element = having[0] if having else None
    if element is not None and element.tag not in ("a", "img"):
        yield from of_lines(lines_of(element), Voice.CAPTION)


def _pairs(value: str) -> Iterator[Evidence]:
    for name, text in _PAIR.findall(value):
        if role := role_of(name):
            yield Evidence(role, Voice.ATTRIBUTE, text)
