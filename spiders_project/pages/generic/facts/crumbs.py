"""What a page stands below: breadcrumbs, and links that lead up."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from lxml.html import HtmlElement

from spiders_project.pages.generic.facts.button_words import HOMES
from spiders_project.pages.generic.facts.ground import Ground
from spiders_project.pages.generic.facts.schema import crumbs_in, types_of
from spiders_project.pages.generic.texts import clean, text_of
from spiders_project.pages.page import Page

_NAMES = re.compile(
    r"breadcrumbs?|\bcrumbs?\b|mbx|mianbaoxie|pathway|browse-?path|\bcurrent-?position\b",
    re.IGNORECASE,
)
_BEGINNING = re.compile(
    r"\s*(?:当前位置|您的位置|你的位置|现在的位置|所在位置|目前位置|you are here|sie sind hier)",
    re.IGNORECASE,
)
_BREADCRUMB_TAGS = ("nav", "div", "ul", "ol", "p", "section", "header", "span", "h2", "td")
_LONGEST = 200
_SHORTEST_CHAIN = 2
_ARROWS = frozenset((">", "»", "›", "/", "→", "::", ">>", "≫", "＞"))
_MOST_LINKS = 20_000


@dataclass(frozen=True)
class Crumb:
    """One step of the way from the front page to a page."""

    text: str
    is_here: bool
    """True for the page itself."""


def is_breadcrumb(element: HtmlElement) -> bool:
    """Tell whether an element shows the way from the front page."""
    for name in ("class", "id", "aria-label", "typeof"):
        if (value := element.get(name)) and _NAMES.search(value[:100]):
            return True
    return bool(element.text and _BEGINNING.match(element.text[:40])) or _is_chain(element)


def _is_chain(element: HtmlElement) -> bool:
    """Tell whether an element is ``Home > Birds > Heron`` without saying that it is one."""
    if len(element) < _SHORTEST_CHAIN or element[0].tag != "a" or element[1].tag != "a":
        return False
    if (element[0].tail or "").strip() not in _ARROWS:
        return False
    is_home = (element[0].text or "").strip().casefold() in HOMES
    return is_home or (element[0].get("href") or "").strip() in _UP


def crumbs_of(page: Page, ground: Ground) -> list[Crumb]:
    """Return the way from the front page to a page, without the front page."""
    for node in ground.nodes:
        if "breadcrumblist" in types_of(node):
            named = [(name, page.absolute(link or "")) for name, link in crumbs_in(node)]
            return _crumbs(named, page)
    for element in ground.root.iter(*_BREADCRUMB_TAGS):
        if is_breadcrumb(element) and (links := _links(element)):
            return _crumbs([(text, page.absolute(href)) for text, href in links], page)
    return []


def _links(element: HtmlElement) -> list[tuple[str, str]]:
    links = islice(element.iter("a"), 12)
    return [(text_of(link), link.get("href") or "") for link in links if link.get("href")]


def _crumbs(named: list[tuple[str, str | None]], page: Page) -> list[Crumb]:
    here = page.absolute(page.url)
    crumbs = []
    for text, address in named:
        if (cleaned := clean(text, _LONGEST)) and cleaned.casefold() not in HOMES:
            crumbs.append(Crumb(cleaned, is_here=address is None or address == here))
    return crumbs


def up_links(page: Page, ground: Ground) -> Iterator[str]:
    """Yield the words of links that lead up: to the front page, the folder, the index above."""
    for link in islice(ground.root.iter("a"), _MOST_LINKS):
        href = (link.get("href") or "").strip()
        is_up = "home" in (link.get("rel") or "") or "up" in (link.get("rel") or "").split()
        if is_up or href in _UP or (href and page.base_url.startswith(href) and href.endswith("/")):
            yield from _names_in(link)


_UP = frozenset(
    (
        "/",
        "./",
        "../",
        "..",
        ".",
        "index.html",
        "./index.html",
        "../index.html",
        "index.htm",
        "index.php",
        "../index.htm",
        "index.shtml",
    )
)


def _names_in(link: HtmlElement) -> Iterator[str]:
    yield (clean(text_of(link), _LONGEST) or "").strip("←«‹<↑ ")
    for picture in islice(link.iter("img"), 3):
        yield clean(picture.get("alt"), _LONGEST) or ""
