"""What is the same for all pictures of a page: its language, its names, its structured data."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from weakref import WeakKeyDictionary

from lxml.html import HtmlElement

from spiders_project.pages.generic.data.json_ld import Node, json_ld_nodes
from spiders_project.pages.generic.facts.microdata import microdata_nodes
from spiders_project.pages.generic.facts.schema import PICTURES, as_list, types_of, words_in
from spiders_project.pages.page import Page

_ADDRESS_KEYS = ("contentUrl", "url", "thumbnailUrl", "@id", "image", "embedUrl")
_LONGEST_LANGUAGE = 20


@dataclass
class Ground:
    """Read once for a page, however many pictures it shows."""

    root: HtmlElement
    language: str
    nodes: Sequence[Node]
    """JSON-LD first, then microdata."""
    by_address: Mapping[str, Node]
    """Descriptions of pictures by each address that they name."""
    metas: Mapping[str, list[str]] = field(default_factory=dict)
    """Contents by ``name``, ``property`` or ``itemprop``, in small letters."""

    @cached_property
    def by_id(self) -> Mapping[str, HtmlElement]:
        """The elements of the page by their ids; the first one counts, as in browsers."""
        found: dict[str, HtmlElement] = {}
        for element in self.root.xpath("//*[@id]"):
            found.setdefault(element.get("id"), element)
        return found


_known: "WeakKeyDictionary[Page, Ground]" = WeakKeyDictionary()


def ground_of(page: Page) -> Ground:
    """Return what is the same for all pictures of a page; it is read once."""
    if page not in _known:
        _known[page] = _read(page)
    return _known[page]


def _read(page: Page) -> Ground:
    root = page.selector.root
    nodes = [*json_ld_nodes(page), *microdata_nodes(page)]
    metas = _metas(root)
    return Ground(root, _language(root, metas), nodes, _by_address(page, nodes), metas)


def _metas(root: HtmlElement) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for tag in root.iter("meta"):
        name = tag.get("property") or tag.get("name") or tag.get("http-equiv") or ""
        if content := (tag.get("content") or "").strip():
            found.setdefault(name.strip().lower(), []).append(content)
    return found


def _language(root: HtmlElement, metas: Mapping[str, list[str]]) -> str:
    named = (root.get("lang"), root.get("xml:lang"), *metas.get("content-language", ()))
    spoken = [*named, *metas.get("og:locale", ())]
    return next((text[:_LONGEST_LANGUAGE] for each in spoken if (text := (each or "").strip())), "")


def _by_address(page: Page, nodes: Sequence[Node]) -> dict[str, Node]:
    found: dict[str, Node] = {}
    for node in nodes:
        if types_of(node) & PICTURES:
            for address in _addresses_of(node):
                if absolute := page.absolute(address):
                    found.setdefault(absolute, node)
    return found


def _addresses_of(node: Node) -> Iterator[str]:
    for key in _ADDRESS_KEYS:
        for value in as_list(node.get(key)):
            if isinstance(value, str):
                yield value
    for thumbnail in as_list(node.get("thumbnail")):
        if isinstance(thumbnail, dict):
            for key in ("contentUrl", "url"):
                yield from words_in(thumbnail.get(key))
