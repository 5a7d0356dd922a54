"""How much of a page belongs to one picture: its block, and a little around it."""

from itertools import islice

from lxml.html import HtmlElement

from spiders_project.pages.generic.texts import lines_of

_WHOLE = frozenset(("figure", "li", "td", "dl", "article", "th"))
"""Elements that hold a picture and what is said of it."""
_LOOSE = frozenset(("a", "div", "p", "span", "center", "dt", "label", "picture", "img", "button"))
_MOST_STEPS = 3
_MOST_ELEMENTS = 40
_MOST_CELLS = 40
_WORDS_AROUND = frozenset(("p", "span", "div", "small", "em", "i", "b", "strong", "font", "center"))
_LONGEST_WORDS = 300


def room_of(block: HtmlElement) -> HtmlElement:
    """Return the element around a block that holds no other picture, a few steps up at most."""
    room = block
    for _ in range(_MOST_STEPS):
        parent = room.getparent()
        if room.tag in _WHOLE or parent is None or not _is_of_one_picture(parent, room):
            return room
        room = parent
    return room


def _is_of_one_picture(parent: HtmlElement, room: HtmlElement) -> bool:
    if parent.tag not in _WHOLE and parent.tag not in _LOOSE:
        return False
    siblings = (each for each in islice(parent, _MOST_ELEMENTS) if each is not room)
    alike = [each for each in siblings if _is_alike(each, room)]
    own = sum(1 for _ in room.iter("img"))
    if alike and (not own or any(map(_has_picture, alike))):
        return False
    elements = list(islice(parent.iter("*"), _MOST_ELEMENTS + 1))
    if len(elements) > _MOST_ELEMENTS:
        return False
    # A heading above is that of the gallery, whose only picture this may be.
    if parent.tag not in _WHOLE and any(each.tag in ("h1", "h2") for each in elements):
        return False
    return len([each for each in elements if each.tag == "img"]) <= max(own, 1)


def _has_picture(element: HtmlElement) -> bool:
    return any(each.tag == "img" for each in islice(element.iter(), _MOST_ELEMENTS))


def _is_alike(one: HtmlElement, other: HtmlElement) -> bool:
    return bool(one.tag == other.tag and one.get("class") == other.get("class"))


def caption_below(room: HtmlElement) -> HtmlElement | None:
    """Return the cell below one in a table whose rows alternate between pictures and captions."""
    row = room.getparent() if room.tag == "td" else None
    if row is None or row.tag != "tr" or len(row) > _MOST_CELLS:
        return None
    below = row.getnext()
    if below is None or below.tag != "tr" or len(below) != len(row):
        return None
    if any(True for _ in below.iter("img")):
        return None
    return below[row.index(room)]


def words_behind(room: HtmlElement) -> list[str]:
    """Return the words that follow a picture without an element around both."""
    element = room
    for _ in range(_MOST_STEPS):
        if tail := (element.tail or "").strip():
            return [" ".join(tail.split())] if len(tail) <= _LONGEST_WORDS else []
        element = element.getnext()
        if element is None or element.tag != "br":
            break
    if element is None or element.tag not in _WORDS_AROUND:
        return []
    holds = {each.tag for each in islice(element.iter(), _MOST_ELEMENTS)}
    lines = [] if holds & {"img", "a", "form"} else lines_of(element)
    return lines if sum(map(len, lines)) <= _LONGEST_WORDS else []
