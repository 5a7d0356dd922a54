"""Finds the links of sections: headings above a few cards that lead to all of them."""

from collections import Counter
from collections.abc import Collection, Iterator

from lxml.html import HtmlElement

from spiders_project.pages.generic.directions import direction_of
from spiders_project.pages.generic.scope import is_action
from spiders_project.pages.generic.shapes import Shapes
from spiders_project.pages.generic.spelling.addresses import is_file
from spiders_project.pages.generic.spelling.same_pages import form_of, same_page_key
from spiders_project.pages.generic.targets import address_of
from spiders_project.pages.generic.text_cards import TextGroup
from spiders_project.pages.page import Page
from spiders_project.urls import host_of

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_ABOVE = 4
_DEPTH = 80
_FEWEST = 2
"""Cards under a heading, and such headings: one alone is the title of a page, or of a card."""


def section_groups(page: Page, cards: Collection[HtmlElement]) -> list[TextGroup]:
    """Return the links in headings, each above several cards of its own, by their shape."""
    counts = _counts(cards)
    found: dict[str, dict[str, HtmlElement]] = {}
    shapes = Shapes()
    links = list(_headings(page))
    sections = [_section(link, counts) for link, _ in links]
    times = Counter(sections)
    for (link, url), section in zip(links, sections, strict=True):
        # Where several headings stand above the same cards, nobody knows whose they are.
        if section is not None and times[section] == 1:
            found.setdefault(f"{shapes.of(link)} {form_of(url)}", {}).setdefault(url, link)
    return [
        (shape, [(link, url) for url, link in group.items()])
        for shape, group in found.items()
        if len(group) >= _FEWEST
    ]


def _counts(cards: Collection[HtmlElement]) -> Counter[HtmlElement]:
    """Return how many cards each element around them holds."""
    counts: Counter[HtmlElement] = Counter()
    for card in cards:
        above = card
        for _ in range(_DEPTH):
            if above is None:
                break
            counts[above] += 1
            above = above.getparent()
    return counts


def _headings(page: Page) -> Iterator[tuple[HtmlElement, str]]:
    for heading in page.selector.root.iter(*_HEADINGS):
        around = heading.getparent()
        link = around if around is not None and around.tag == "a" else heading.find(".//a")
        url = address_of(page, link) if link is not None else None
        if link is None or url is None or is_file(url) or is_action(url):
            continue
        is_here = same_page_key(url) == same_page_key(page.url)
        if not is_here and host_of(url) == host_of(page.url) and direction_of(link) is None:
            yield link, url


def _section(link: HtmlElement, counts: Counter[HtmlElement]) -> HtmlElement | None:
    """Return the smallest element that holds a link and cards; None for the title of one card."""
    above = link
    for _ in range(_ABOVE + 1):
        if above is None:
            return None
        if counts[above]:
            return above if counts[above] >= _FEWEST else None
        above = above.getparent()
    return None
