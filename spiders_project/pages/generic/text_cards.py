"""Finds cards that are words only: lists of picture files or of folders."""

from collections.abc import Iterator
from functools import lru_cache
from posixpath import dirname

from lxml.html import HtmlElement

from spiders_project.pages.generic.addresses import form_of
from spiders_project.pages.generic.scope import in_scope
from spiders_project.pages.generic.shapes import Shapes
from spiders_project.pages.generic.steps import step_of
from spiders_project.pages.generic.targets import address_of, is_file
from spiders_project.pages.generic.zones import Zone, Zones
from spiders_project.pages.page import Page
from spiders_project.urls import split_web_address

_LINKS = 20_000
_PROSE_LETTERS = 80


def text_blocks(page: Page) -> list[tuple[str, list[tuple[HtmlElement, str]]]]:
    """Return links to files and to deeper folders by their shape, files first.

    Meant for pages that show no pictures: a list of names, an index of a web server.
    """
    shapes = Shapes()
    zones = Zones(page.selector.root, {}, 0)
    found: dict[str, dict[str, HtmlElement]] = {}
    for link, url in _links(page):
        if zones.of(link) == Zone.CONTENT and step_of(link) is None:
            shape = f"{shapes.of(link)} {form_of(url)}"
            found.setdefault(shape, {}).setdefault(url, link)
    groups = [
        (shape, [(link, url) for url, link in links.items()]) for shape, links in found.items()
    ]
    files = [group for group in groups if is_file(group[1][0][1])]
    folders = [group for group in groups if not is_file(group[1][0][1])]
    return [*files, *sorted(folders, key=lambda group: -len(group[1]))]


def _links(page: Page) -> Iterator[tuple[HtmlElement, str]]:
    """Yield the links of a page that may be cards."""
    for count, link in enumerate(page.selector.root.iter("a")):
        if count == _LINKS:
            return
        if _is_in_prose(link):
            continue
        url = address_of(page, link)
        if url and (is_file(url) or (is_deeper(page.url, url) and in_scope(page.url, url))):
            yield link, url


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
