"""Finds what the markup of a page marks as a fact: classes, properties, ``rel``, labels, times."""

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from spiders_project.pages.generic.facts.evidence import Evidence, Voice, of_lines
from spiders_project.pages.generic.facts.labels import (
    credited_in,
    ends_with_by,
    labels_in,
    role_of_label,
    split_label,
)
from spiders_project.pages.generic.facts.roles import Role, role_in_class, role_of
from spiders_project.pages.generic.texts import lines_of, text_of
from spiders_project.pages.page import Page

HEADINGS = {"h1": Voice.HEADING, **dict.fromkeys(("h2", "h3", "h4"), Voice.SUBHEADING)}
_SHORTEST_LABEL, _LONGEST_LABEL = 2, 40
_MOST_LINKS = 100
_SEVERAL = 2
_LICENSES = (
    "creativecommons.org/licenses/",
    "creativecommons.org/publicdomain/",
    "rightsstatements.org/",
    "gnu.org/licenses/",
    "unsplash.com/license",
    "pexels.com/license",
    "pixabay.com/service/license",
)
_LEADING = re.compile(
    r"(?:^|[/?&])(?:(?P<person>users?|authors?|profiles?|people|members?|photographers?|artists?)"
    r"|(?P<tag>tags?|keywords?)|likes?|favou?rites?|share|login|report)"
    r"(?:[/=]|$)",
    re.IGNORECASE,
)
# Without a colon a word is a label only where labels stand.
_LABEL_TAGS = frozenset(("dt", "th", "label"))
_LABEL_CLASSES = frozenset(("label", "key", "term", "name", "field"))
_LABEL_HEADINGS = frozenset(("h3", "h4", "h5", "h6"))
_FIRST_CELL = "td"


def marks_of(element: HtmlElement, page: Page) -> Iterator[Evidence]:
    """Yield what one element is marked to say."""
    tag, attributes = element.tag, element.attrib
    if tag == "figcaption":
        if not _is_row_of_links(element):
            yield from of_lines(lines_of(element), Voice.CAPTION)
    elif tag in HEADINGS:
        yield from _heading(element)
    elif tag == "time":
        yield Evidence(Role.PUBLISHED, Voice.MARK, attributes.get("datetime") or text_of(element))
    if "rel" in attributes:
        yield from _related(element, page)
    role = _role(element)
    is_inside = role and role is _role_above(element)
    if (
        role
        and not is_inside
        and tag not in ("img", "form", "input", "meta", "link", "body", "html")
    ):
        yield from _marked(element, role, page)
    yield from _labelled(element, page)


def _is_row_of_links(element: HtmlElement) -> bool:
    """Tell whether an element says nothing but what its several links say."""
    links = list(islice(element.iter("a"), _SEVERAL))
    if len(links) < _SEVERAL or (element.text or "").strip():
        return False
    tails = (child.tail for child in islice(element, _MOST_LINKS))
    return not any(any(map(str.isalpha, tail or "")) for tail in tails)


def _role(element: HtmlElement) -> Role | None:
    if name := element.get("itemprop"):
        return role_of(name.split()[0]) if name.strip() else None
    classes = element.get("class")
    return role_in_class(classes) if classes else None


def _role_above(element: HtmlElement) -> Role | None:
    parent = element.getparent()
    return _role(parent) if parent is not None else None


def _heading(element: HtmlElement) -> Iterator[Evidence]:
    voice = HEADINGS[element.tag]
    text = text_of(element)
    for picture in () if text else element.iter("img"):
        text = text or picture.get("alt") or ""
    yield Evidence(Role.TITLE, voice, text)


def _marked(element: HtmlElement, role: Role, page: Page) -> Iterator[Evidence]:
    if role is Role.CAPTION:
        yield from of_lines(lines_of(element), Voice.CAPTION)
    elif role is Role.PUBLISHED:
        if element.find(".//time") is None:
            text = element.get("datetime") or element.get("content") or text_of(element)
            yield Evidence(role, Voice.MARK, text)
    elif role is Role.TITLE:
        yield from (Evidence(role, Voice.MARK, line) for line in lines_of(element)[:1])
    elif role in (Role.DESCRIPTION, Role.AUTHOR):
        text = text_of(element)
        labelled = split_label(text)
        yield Evidence(role, Voice.MARK, labelled[1] if labelled else text)
    elif next(element.iter("img"), None) is None:
        yield from value_of(element, role, Voice.MARK, page)


def _related(element: HtmlElement, page: Page) -> Iterator[Evidence]:
    """Read ``rel=license``, ``rel=author``, ``rel=tag``; ``category tag`` is a category."""
    words = (element.get("rel") or "").lower().split()
    if "license" in words and (address := page.absolute(element.get("href") or "")):
        yield Evidence(Role.LICENSE, Voice.MARK, address)
    if "author" in words and element.tag != "link":
        yield Evidence(Role.AUTHOR, Voice.MARK, text_of(element))
    if "category" in words:
        yield Evidence(Role.CATEGORY, Voice.MARK, text_of(element))
    elif "tag" in words:
        yield Evidence(Role.TAG, Voice.MARK, text_of(element))


def role_of_link(element: HtmlElement) -> Role | None:
    """Return what a link names by where it leads: ``/user/anna``, ``/tag/heron``."""
    if element.tag != "a" or not (match := _LEADING.search(element.get("href") or "")):
        return None
    return Role.AUTHOR if match["person"] else Role.TAG if match["tag"] else Role.CATEGORY


def is_license(address: str) -> bool:
    """Tell whether an address is that of a licence that many works have."""
    return any(each in address for each in _LICENSES)


def value_of(element: HtmlElement, role: Role, voice: Voice, page: Page) -> Iterator[Evidence]:
    """Read an element that holds nothing but a fact: several links are several tags."""
    links = [link for link in element.iter("a") if link.get("href")][:_MOST_LINKS]
    if role is Role.LICENSE and links:
        address = page.absolute(links[0].get("href") or "")
        if address and (is_license(address) or urlsplit(address).path.strip("/")):
            yield Evidence(role, voice, address)
            return
    if role in (Role.TAG, Role.CATEGORY) and links:
        for link in links:
            yield Evidence(role, voice, text_of(link))
    elif role is Role.TAG:
        for line in lines_of(element)[:_MOST_LINKS]:
            labelled = split_label(line)
            yield Evidence(role, voice, labelled[1] if labelled else line)
    else:
        text = text_of(element)
        labelled = split_label(text)
        yield Evidence(role, voice, labelled[1] if labelled else text)


def _labelled(element: HtmlElement, page: Page) -> Iterator[Evidence]:
    """Read what a label announces: in a ``<dt>``, a ``<th>``, a first cell, a ``<b>``, a line."""
    text = (element.text or "").strip()
    head = text[:_LONGEST_LABEL]
    is_short = len(text) <= _LONGEST_LABEL
    if len(text) < _SHORTEST_LABEL or not (is_short or ":" in head or "：" in head):
        return
    role = role_of_label(text)
    is_announced = (
        text[-1] in ":："
        or bool(len(element) and ends_with_by(text))
        or (element.tail or "").lstrip()[:1] in (":", "：")
    )
    if role and (is_announced or _stands_where_labels_do(element)):
        yield from _value_after(element, role, page)
        return
    if name := credited_in(text):
        yield Evidence(Role.AUTHOR, Voice.LABEL, name)
    for role, value in labels_in(text):
        if value and not (role is Role.TAG and len(element)):
            yield Evidence(role, Voice.LABEL, value)
        elif len(element):
            yield from value_of(element, role, Voice.LABEL, page)


def _stands_where_labels_do(element: HtmlElement) -> bool:
    if element.tag in _LABEL_TAGS:
        return True
    if element.tag == _FIRST_CELL:
        return element.getprevious() is None and element.getnext() is not None
    if element.tag in _LABEL_HEADINGS:
        return element.getnext() is not None and not (element.tail or "").strip()
    words = set((element.get("class") or "").lower().replace("_", "-").replace("-", " ").split())
    return bool(words & _LABEL_CLASSES) and element.getnext() is not None


def _value_after(element: HtmlElement, role: Role, page: Page) -> Iterator[Evidence]:
    """Yield the value of a label: what else is in its element, behind it, or in the next one."""
    if len(element) and element.tag not in _LABEL_TAGS:
        yield from value_of(element, role, Voice.LABEL, page)
        return
    tail = (element.tail or "").strip().lstrip(":：").strip()
    if any(map(str.isalnum, tail)):
        yield Evidence(role, Voice.LABEL, tail)
        return
    following = element.getnext()
    while following is not None and following.tag == element.tag and following.tag == "dd":
        following = following.getnext()
    if following is not None and isinstance(following.tag, str) and following.tag != "dt":
        yield from value_of(following, role, Voice.LABEL, page)
        if role is Role.TAG:
            yield from _more_values(following, page)


def _more_values(element: HtmlElement, page: Page) -> Iterator[Evidence]:
    """Yield the further tags that follow a first one, each an element of its own."""
    following = element.getnext()
    for _ in range(_MOST_LINKS):
        if following is None or following.tag != element.tag or following.tag not in ("a", "dd"):
            return
        yield from value_of(following, Role.TAG, Voice.LABEL, page)
        following = following.getnext()
