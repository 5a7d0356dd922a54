"""Finds rows of page numbers: ``1 2 3 ... 9``."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

from spiders_project.pages.generic.page_numbers import is_later, page_number
from spiders_project.pages.generic.targets import address_of
from spiders_project.pages.generic.texts import first_words
from spiders_project.pages.page import Page

_NUMBER = re.compile(
    r"[\[(|·•<«\s]*(?:(?:page|seite|página|pagina|strona|страница|trang|sayfa|sida|side|第)\s*)?"
    r"(\d{1,5})\s*(?:页|頁|ページ|페이지)?[\])|·•>»\s]*",
    re.IGNORECASE,
)
_RANGE = re.compile(r"[\[(\s]*(\d{1,6})\s*(?:-|–|—|~|\.\.\.?|to|bis|à)\s*(\d{1,6})[\])\s]*")
_CALENDAR = re.compile(r"calendar|kalender|calendrier|datepicker|archive", re.IGNORECASE)
_LETTERS = 24
_ABOVE = 5
_DAYS = 28


@dataclass(frozen=True)
class _Numbered:
    """A link whose words are a number."""

    link: HtmlElement
    number: int
    url: str


def numbered_pages(page: Page) -> list[str]:
    """Return where the numbers of a row lead that count on from the page, in the row's order.

    Addresses have to count up as the numbers do: the days of a calendar, years and sizes do not
    lead to pages.
    """
    found: dict[HtmlElement, list[_Numbered]] = {}
    for one in _numbered(page):
        for row in _rows_around(one.link):
            found.setdefault(row, []).append(one)
    days = {one for row, links in found.items() if _is_month(row, links) for one in links}
    series: list[str] = []
    for links in found.values():
        agreeing = _listings_that_agree(links)
        series += [
            one.url for one in links if one not in days and _counts_on(page.url, one, agreeing)
        ]
    return list(dict.fromkeys(series))


def _numbered(page: Page) -> Iterator[_Numbered]:
    for link in page.selector.root.iter("a", "option"):
        text = first_words(link, _LETTERS)
        found = _NUMBER.fullmatch(text) or _RANGE.fullmatch(text)
        if not found:
            continue
        url = page.absolute(link.get("value") or "") if link.tag == "option" else None
        url = url or (address_of(page, link) if link.tag == "a" else None)
        if url and not _is_dated(link):
            yield _Numbered(link, int(found[1]), url)


def _rows_around(link: HtmlElement) -> list[HtmlElement]:
    """Return the elements that may be the row of a number."""
    rows: list[HtmlElement] = []
    above = link.getparent()
    while above is not None and above.tag not in {"body", "html"} and len(rows) < _ABOVE:
        rows.append(above)
        above = above.getparent()
    return rows or ([above] if above is not None else [])


def _is_dated(link: HtmlElement) -> bool:
    """Tell whether a link lies in a calendar."""
    return any(
        _CALENDAR.search(f"{above.get('class') or ''} {above.get('id') or ''}")
        for above in _rows_around(link)
    )


def _is_month(row: HtmlElement, links: list[_Numbered]) -> bool:
    """Tell whether a table counts days, one in each cell."""
    numbers = {one.number for one in links if one.link.getparent().tag == "td"}
    return row.tag == "table" and len(numbers) >= _DAYS and max(numbers) <= 31


def _counts_on(page_url: str, one: _Numbered, agreeing: set[str]) -> bool:
    """Tell whether a number leads to a later page: its address says so, or those of the others."""
    if one.number == 1 and not _counts_from_zero(one.link):
        return False
    if is_later(page_url, one.url):
        return True
    return _is_beside(page_url, one.url) and page_number(one.url).listing in agreeing


def _listings_that_agree(links: list[_Numbered]) -> set[str]:
    """Return the listings of a row whose addresses count up as the words do."""
    pairs: dict[str, set[tuple[int, int]]] = {}
    for one in links:
        there = page_number(one.url)
        if there.number is not None:
            pairs.setdefault(there.listing, set()).add((one.number, there.number))
    return {
        listing
        for listing, numbers in pairs.items()
        if len(numbers) > 1 and len({address - words for words, address in numbers}) == 1
    }


def _counts_from_zero(link: HtmlElement) -> bool:
    """Tell whether a 0 stands in the row of a number, so that 1 is the second page."""
    rows = _rows_around(link)
    text = first_words(rows[0], 200) if rows else ""
    return bool(re.search(r"(?<![\d.])0(?![\d.])", text))


def _is_beside(page_url: str, url: str) -> bool:
    """Tell whether an address lies in the folder of a page, or below it."""
    folder = page_url.partition("?")[0].rpartition("/")[0]
    return url.startswith(folder + "/")
