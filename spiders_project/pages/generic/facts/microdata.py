"""Reads the microdata of a page into the shape of JSON-LD."""

from itertools import islice
from typing import Any

from lxml.etree import iterwalk
from lxml.html import HtmlElement

from spiders_project.pages.generic.data.json_ld import Node
from spiders_project.pages.generic.texts import text_of
from spiders_project.pages.page import Page

_MOST_EVENTS = 400_000
_MOST_VALUES = 20_000
_ADDRESSES = {"a": "href", "area": "href", "link": "href", "img": "src", "source": "src"}
# People put these on links and mean the text.
_TEXTS = frozenset(
    "name headline caption description author creator keywords genre articleSection about"
    " copyrightHolder creditText".split()
)


def microdata_nodes(page: Page) -> list[Node]:
    """Return every ``itemscope`` of a page, in order; ``itemref`` is not followed."""
    if "itemscope" not in page.text:
        return []
    found: list[Node] = []
    scopes: list[Node] = []
    values = 0
    walk = iterwalk(page.selector.root, events=("start", "end"))
    for event, element in islice(walk, _MOST_EVENTS):
        is_scope = "itemscope" in element.attrib
        if event == "end":
            if is_scope and scopes:
                scopes.pop()
            continue
        names = (element.get("itemprop") or "").split()
        inner: Node = {"@type": (element.get("itemtype") or "").split()}
        if names and scopes and values < _MOST_VALUES:
            values += len(names)
            for name in names[:8]:
                value = inner if is_scope else _value(element, name, page)
                scopes[-1].setdefault(name, []).append(value)
        if is_scope:
            found.append(inner)
            scopes.append(inner)
    return found


def _value(element: HtmlElement, name: str, page: Page) -> Any:
    """Return what a property says (HTML, 5.2.4), but the words of links that stand for names."""
    if (content := element.get("content")) is not None:
        return content
    if element.tag == "time":
        return element.get("datetime") or text_of(element)
    attribute = _ADDRESSES.get(element.tag)
    if attribute and name not in _TEXTS:
        return page.absolute(element.get(attribute) or "") or ""
    return text_of(element)
