"""Finds cards that are words only: lists of picture files or of folders."""

import re
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from posixpath import dirname

from lxml.html import HtmlElement

from spiders_project.pages.generic.directions import direction_of
from spiders_project.pages.generic.page_numbers import is_later
from spiders_project.pages.generic.scope import Scope
from spiders_project.pages.generic.shapes import Shapes
from spiders_project.pages.generic.spelling.addresses import is_file
from spiders_project.pages.generic.spelling.same_pages import form_of, same_page_key
from spiders_project.pages.generic.targets import address_of
from spiders_project.pages.generic.zones import Zone, Zones
from spiders_project.pages.page import Page
from spiders_project.urls import split_web_address

_FOLDER = re.compile(r"/(?:index\.\w{3,5})?$")
_ELSEWHERE = re.compile(
    r"/(?:author|authors|user|users|profile|members?|tags?|about|blog|news|archives?|search|help|faq"
    r"|shop|store|privacy|legal|map|links|guestbook|forum|wiki|docs?|css|js|static|assets|scripts)/",
    re.IGNORECASE,
)
_EDGES = re.compile(r"(?:^|[\s_-])(?:footer|breadcrumbs?|copyright|navbar|sidebar)", re.IGNORECASE)
_LINKS = 20_000
_DEPTH = 12
_PROSE_LETTERS = 80


TextGroup = tuple[str, list[tuple[HtmlElement, str]]]
"""A shape, and the links of that shape with the addresses they lead to."""


def text_groups(page: Page, *, with_pages: bool) -> list[TextGroup]:
    """Return links to files and to deeper folders by their shape, files first.

    Meant for pages that show no pictures: a list of names, an index of a web server. Where nothing
    else is found, and ``with_pages`` is true, lists of links to pages of the same folder.
    """
    found = _placed(page, _links(page))
    if not found and with_pages:
        pages = _by_shape(_placed(page, _links(page, are_pages=True)))
        return [group for group in pages if len(group[1]) > 1]
    groups = _by_shape(found)
    files = [group for group in groups if is_file(group[1][0][1])]
    folders = [group for group in groups if not is_file(group[1][0][1])]
    return [*files, *sorted(folders, key=lambda group: -len(group[1]))]


def folder_groups(page: Page, cards: Collection[HtmlElement]) -> list[TextGroup]:
    """Return links to deeper folders, by their shape, that stand beside cards and not in them."""
    links = [
        (link, url)
        for link, url in _links(page)
        if _FOLDER.search(url)
        and not _ELSEWHERE.search(url)
        and not is_later(page.url, url)
        and not _is_in(link, cards)
    ]
    return _by_shape(_placed(page, links))


def _placed(page: Page, links: Iterable[tuple[HtmlElement, str]]) -> list[tuple[HtmlElement, str]]:
    """Return the links outside navigation; in what a class calls layout, failing those."""
    zones = Zones(page.selector.root, {}, 0)
    placed = [
        (zones.of(link), link, url)
        for link, url in links
        if direction_of(link) is None and not _is_at_the_edge(link)
    ]
    for allowed in (Zone.CONTENT, Zone.LAYOUT):
        if kept := [(link, url) for zone, link, url in placed if zone <= allowed]:
            return kept
    return []


def _by_shape(links: list[tuple[HtmlElement, str]]) -> list[TextGroup]:
    shapes = Shapes()
    found: dict[str, dict[str, HtmlElement]] = {}
    for link, url in links:
        found.setdefault(f"{shapes.of(link)} {form_of(url)}".strip(), {}).setdefault(url, link)
    return [(shape, [(link, url) for url, link in group.items()]) for shape, group in found.items()]


def _links(page: Page, *, are_pages: bool = False) -> Iterator[tuple[HtmlElement, str]]:
    """Yield the links of a page that may be cards."""
    scope = Scope(page.url)
    for count, link in enumerate(page.selector.root.iter("a")):
        if count == _LINKS:
            return
        if _is_in_prose(link):
            continue
        url = address_of(page, link)
        if url and (is_file(url) or are_pages or is_deeper(page.url, url)):
            is_here = same_page_key(url) == same_page_key(page.url)
            if not is_here and (is_file(url) or scope.holds(url)):
                yield link, url


def _is_at_the_edge(link: HtmlElement) -> bool:
    """Tell whether a link stands in the foot of a page, or says where the page lies."""
    above = link
    for _ in range(_DEPTH):
        if above is None or above.tag in {"body", "html"}:
            return False
        if _EDGES.search(f"{above.get('class') or ''} {above.get('id') or ''}"):
            return True
        above = above.getparent()
    return False


def _is_in(link: HtmlElement, cards: Collection[HtmlElement]) -> bool:
    above = link
    for _ in range(_DEPTH):
        if above is None:
            return False
        if above in cards:
            return True
        above = above.getparent()
    return False


@lru_cache(maxsize=64)
def _folder(url: str) -> tuple[str, str]:
    parts = split_web_address(url)
    if parts is None:
        return "", "/"
    path = parts.path or "/"
    return parts.netloc, path if path.endswith("/") else dirname(path).rstrip("/") + "/"


def is_deeper(page_url: str, url: str) -> bool:
    """Tell whether an address lies in a folder below that of a page."""
    folder = _folder(page_url)
    parts = split_web_address(url)
    if parts is None or parts.netloc != folder[0] or not parts.path.startswith(folder[1]):
        return False
    return "/" in parts.path[len(folder[1]) :]


def _is_in_prose(link: HtmlElement) -> bool:
    """Tell whether a link stands in a paragraph of other words."""
    above = link.getparent()
    if above is None or above.tag not in {"p", "dd", "blockquote"}:
        return False
    around = sum(len((child.tail or "").strip()) for child in above) + len(
        (above.text or "").strip()
    )
    return around > _PROSE_LETTERS
