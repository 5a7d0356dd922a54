"""Reads the JSON-LD of a page, as broken as it may be."""

import re
from collections.abc import Iterator
from typing import Any
from weakref import WeakKeyDictionary

from spiders_project.pages.generic.data.literals import value_of
from spiders_project.pages.generic.loose import json_of
from spiders_project.pages.page import Page

Node = dict[str, Any]
"""One thing that structured data describes, as JSON-LD writes it."""

_LONGEST = 4_000_000
_MOST_NODES = 20_000
_WRAPPING = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)")
_WRAPPED = re.compile(r"(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/|\]\]>|;)\s*$")
_COMMENT_LINE = re.compile(r"^\s*//.*$", re.MULTILINE)
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
# What these hold is not what the page is about.
_ASIDES = frozenset(("logo", "publisher", "author", "creator", "thumbnail", "potentialAction"))


def json_ld_of(page: Page) -> list[Any]:
    """Return what each JSON-LD script of a page says, as it is nested; it is read once."""
    if page not in _known:
        _known[page] = list(_read(page)) if "ld+json" in page.text else []
    return _known[page]


_known: "WeakKeyDictionary[Page, list[Any]]" = WeakKeyDictionary()


def _read(page: Page) -> Iterator[Any]:
    for script in page.selector.root.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            yield _parsed(script.text or "")


def json_ld_nodes(page: Page) -> list[Node]:
    """Return every thing that the JSON-LD of a page describes, in order; references are resolved.

    A thing inside another one is there too, unless it is its logo, its publisher and the like.
    """
    nodes = list(_flattened(json_ld_of(page)))
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str)}
    return [_resolved(node, by_id) for node in nodes]


def _parsed(text: str) -> Any:
    """Return what a script says, as far as it can be read where it is no JSON even repaired."""
    if len(text) > _LONGEST:
        return None
    value = json_of(text)
    return value_of(_repaired(text)) if value is None else value


def _repaired(text: str) -> str:
    text = _WRAPPED.sub("", _WRAPPING.sub("", text).strip()).strip()
    return _TRAILING_COMMA.sub("", _COMMENT_LINE.sub("", text))


def _flattened(roots: list[Any]) -> Iterator[Node]:
    """Yield all objects in document order, without recursion: JSON nests as deep as it likes."""
    pending = list(reversed(roots))
    seen = 0
    while pending and seen < _MOST_NODES:
        value = pending.pop()
        seen += 1
        if isinstance(value, list):
            pending.extend(reversed(value))
        elif isinstance(value, dict):
            yield value
            inner = [each for key, each in value.items() if key not in _ASIDES]
            pending.extend(each for each in reversed(inner) if isinstance(each, dict | list))


def _resolved(node: Node, by_id: dict[str, Node]) -> Node:
    """Return a node whose values are things themselves where they only name them."""
    return {key: _referred(value, by_id) for key, value in node.items()}


def _referred(value: Any, by_id: dict[str, Node]) -> Any:
    if isinstance(value, dict) and set(value) == {"@id"} and isinstance(value["@id"], str):
        return by_id.get(value["@id"], value)
    return value
