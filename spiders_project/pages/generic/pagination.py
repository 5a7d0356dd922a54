"""Finds the further pages of a listing."""

import re
from collections.abc import Collection, Iterator
from urllib.parse import parse_qsl, urlencode

from lxml.html import HtmlElement

from spiders_project.pages.generic.directions import Direction, direction_in, direction_of
from spiders_project.pages.generic.number_series import numbered_pages
from spiders_project.pages.generic.page_numbers import (
    is_later,
    is_next_part,
    is_part,
    page_number,
    whole_address,
)
from spiders_project.pages.generic.scope import is_action, is_reordering
from spiders_project.pages.generic.spelling.addresses import is_file
from spiders_project.pages.generic.spelling.same_pages import same_page_key
from spiders_project.pages.generic.targets import LINK_ATTRIBUTES, address_of
from spiders_project.pages.generic.texts import first_words
from spiders_project.pages.generic.values import Kind
from spiders_project.pages.page import Page
from spiders_project.urls import host_of, split_web_address

_MORE_ATTRIBUTES = (
    *("hx-get", "data-hx-get", "data-next-url", "data-next", "data-next-page-url", "data-nexturl"),
    *("data-load-url", "data-load-more-url", "data-ajax-url", "data-src-url", "data-path"),
    *("data-more-url", "data-more", "data-infinite-url", "up-href", "formaction", "ic-get-from"),
    *LINK_ATTRIBUTES,
)
_MORE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:load-?more|more-?button|show-?more|view-?more|infinite(?:-?scroll)?(?:-?(?:next|"
    r"trigger|link|sentinel))?|next-?page|more-?link-?page|loadmore\w*|pagination__?next)(?:$|[\s_-])",
    re.IGNORECASE,
)
_OF_ONE = re.compile(
    r"post-?nav|article-?nav|pagination-?post|post-?pagination|next-?post|nav-?single|single-?nav|post-?navigation|adjacent|entry-?nav|calendar|kalender"
    r"|slick|swiper|carousel|slider|lightbox|comment|album-?nav|photo-?nav|image-?nav|picture-?nav",
    re.IGNORECASE,
)
_OF_ONE_TEXT = re.compile(
    r"\b(?:album|gallery|galerie|galería|photo|picture|image|foto|bild|post|article|story|month|day"
    r"|week|year|monat|mois|mes)\b|张|張|图集|篇|枚",
    re.IGNORECASE,
)
_ABOVE = 5


def next_pages(page: Page, kinds: Collection[Kind], cards: Collection[str] = ()) -> tuple[str, ...]:
    """Return the addresses of further pages of the listing that a page is, in order.

    Of a page that is no listing only those that are about the same picture or set: its "next" is
    mostly another picture. ``cards`` are addresses that are known to be something else: where the
    cards of this listing and of the one before lead.
    """
    refused = {same_page_key(page.url), *map(same_page_key, cards)}
    found: dict[str, str] = {}
    for url in _linked(page, kinds):
        key = same_page_key(url)
        if key not in refused and key not in found and _is_plausible(page.url, url):
            found[key] = url
    return _in_order(page.url, list(found.values()))


def _linked(page: Page, kinds: Collection[Kind]) -> Iterator[str]:
    """Yield what may be a further page of what a page is."""
    if Kind.LISTING in kinds or Kind.ALBUMS in kinds:
        yield from (*_related(page), *numbered_pages(page), *_worded(page), *_more(page))
    elif Kind.DETAIL in kinds:
        urls = [*_related(page), *numbered_pages(page), *_worded(page)]
        yield from (url for url in urls if is_part(page.url, url))
        following = [url for url in urls if is_next_part(page.url, url)]
        if following and page_number(page.url).listing in _wholes(page):
            yield from following


def _wholes(page: Page) -> set[str]:
    """Return what the links of a page mean; the parts of a set link the first of them."""
    links = (page.absolute(link.get("href") or "") for link in page.selector.root.iter("a"))
    return {whole_address(url) for url in links if url}


def _is_plausible(page_url: str, url: str) -> bool:
    """Tell whether an address can be that of a page of the same listing."""
    if host_of(url).removeprefix("www.") != host_of(page_url).removeprefix("www."):
        return False
    if is_action(url) or is_file(url):
        return False
    here, there = page_number(page_url), page_number(url)
    if is_reordering(page_url, url) and (there.number or 0) <= max(1, here.number or 0):
        # A further page may say in which order it is; another order begins at its beginning.
        return False
    is_earlier = here.listing == there.listing and (there.number or 0) <= (here.number or 0)
    return not is_earlier or (there.number is None and here.number is None)


def _in_order(page_url: str, urls: list[str]) -> tuple[str, ...]:
    """Return those with a number first, counting up; the others as they were found."""
    counted = {url: page_number(url).number or 0 for url in urls if is_later(page_url, url)}
    later = sorted(counted, key=lambda url: counted[url])
    return (*later, *(url for url in urls if url not in counted))


def _related(page: Page) -> Iterator[str]:
    """Yield what the page itself calls its next: ``rel=next`` of a link in its head or body."""
    for link in page.selector.root.iter("link", "a", "area"):
        if "next" not in (link.get("rel") or "").lower().split():
            continue
        url = page.absolute(link.get("href") or "")
        if url and (is_later(page.url, url) or not (_is_titled(link) or _is_of_one(link))):
            yield url


def _is_titled(link: HtmlElement) -> bool:
    """Tell the ``rel=next`` of an article, which WordPress titles with the next article's name."""
    title = link.get("title") or ""
    return link.tag == "link" and bool(title.strip()) and direction_in(title) is None


def _worded(page: Page) -> Iterator[str]:
    """Yield where links lead that say next, in words or by an arrow."""
    for link in page.selector.root.iter("a", "area"):
        if not link.get("href") or direction_of(link) != Direction.NEXT:
            continue
        url = address_of(page, link)
        if url and (is_later(page.url, url) or not _is_of_one(link)):
            yield url


def _is_of_one(link: HtmlElement) -> bool:
    """Tell whether a link leads to the next picture, album, article or month."""
    said = f"{first_words(link, 100)} {link.get('title') or ''}"
    if _OF_ONE_TEXT.search(said) and not re.search(r"\d", said):
        return True
    above = link
    for _ in range(_ABOVE):
        if above is None or above.tag in {"body", "html"}:
            return False
        if _OF_ONE.search(f"{above.get('class') or ''} {above.get('id') or ''}"):
            return True
        above = above.getparent()
    return False


def _more(page: Page) -> Iterator[str]:
    """Yield what buttons load that show more: their address, or the number of a page."""
    for button in page.selector.root.iter("a", "button", "div", "span", "form", "li", "section"):
        if not _is_more(button):
            continue
        links = [button.get(name) or "" for name in _MORE_ATTRIBUTES]
        if button.tag == "a" and not (button.get("href") or "#").startswith("#"):
            links.append(button.get("href") or "")
        urls = [url for link in links if "/" in link or "?" in link if (url := page.absolute(link))]
        number = button.get("data-page") or button.get("data-next-page") or ""
        if not urls and number.isdecimal() and len(number) < 6:
            urls = [_with_page(page.url, int(number), is_next=button.get("data-page") is None)]
        yield from urls[:1]


def _is_more(button: HtmlElement) -> bool:
    if button.get("hx-get") or button.get("data-hx-get"):
        trigger = button.get("hx-trigger") or button.get("data-hx-trigger") or ""
        if "revealed" in trigger or "intersect" in trigger:
            return True
    said = f"{button.get('class') or ''} {button.get('id') or ''}"
    if _MORE_CLASS.search(said):
        return True
    is_named = any(button.get(name) for name in (*_MORE_ATTRIBUTES, "data-page", "data-next-page"))
    return button.tag == "button" and is_named and direction_of(button) == Direction.NEXT


def _with_page(url: str, number: int, *, is_next: bool) -> str:
    """Return the address of a listing with another number in it; the one after what is shown."""
    here = page_number(url).number or 1
    number = number if is_next or number > here else here + 1
    parts = split_web_address(url)
    if parts is None:
        return url
    query = [pair for pair in parse_qsl(parts.query) if pair[0] != "page"]
    return parts._replace(query=urlencode([*query, ("page", str(number))]), fragment="").geturl()
