"""Chooses what structured data says of the page itself, among all that it describes."""

from collections.abc import Iterator

from spiders_project.pages.generic.data.json_ld import Node
from spiders_project.pages.generic.facts.evidence import Evidence, Voice
from spiders_project.pages.generic.facts.ground import Ground
from spiders_project.pages.generic.facts.schema import (
    PICTURES,
    WHOLES,
    as_list,
    evidence_in,
    types_of,
)
from spiders_project.pages.page import Page

_PAGES = frozenset(("webpage", "collectionpage", "itempage"))
_MANY = frozenset(("imagegallery", "mediagallery", "collectionpage", "collection", "itemlist"))
_PLACES = ("url", "mainEntityOfPage", "@id")


def subjects_of(page: Page, ground: Ground) -> Iterator[Evidence]:
    """Yield what is said of the one picture of a page, then what is said of the page."""
    pictures = [node for node in ground.nodes if types_of(node) & PICTURES]
    is_of_many = any(types_of(node) & _MANY for node in ground.nodes)
    for node in _own(pictures, page, is_of_many=is_of_many):
        yield from evidence_in(node)
    wholes = [node for node in ground.nodes if types_of(node) & WHOLES - PICTURES]
    for node in _own(wholes, page) or wholes[:3]:
        is_page = bool(types_of(node) & _PAGES)
        yield from evidence_in(node, Voice.META if is_page else Voice.DATA)


def _own(nodes: list[Node], page: Page, *, is_of_many: bool = False) -> list[Node]:
    """Return the nodes that are about the page: the only one, or those that name its address.

    What names no address at all is said of the page, unless there are many of its kind.
    """
    if len(nodes) == 1 and not is_of_many:
        return nodes
    here = page.absolute(page.url)
    places = [(node, list(_places(node, page))) for node in nodes[:500]]
    own = [node for node, named in places if here in named]
    without = [node for node, named in places if not named]
    return [*own, *(without if own and len(without) == 1 else [])][:3]


def _places(node: Node, page: Page) -> Iterator[str | None]:
    for key in _PLACES:
        for value in as_list(node.get(key)):
            address = value.get("@id") or value.get("url") if isinstance(value, dict) else value
            if isinstance(address, str):
                yield page.absolute(address)
    if node.get("representativeOfPage") in (True, "true", "True"):
        yield page.absolute(page.url)
