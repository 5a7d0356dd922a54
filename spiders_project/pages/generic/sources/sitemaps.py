"""Reads sitemaps: indexes of them, packed ones, plain lists, and the pictures they name.

One request for each sitemap of an index; only those that may hold the gallery
are worth one.
"""

from collections.abc import Iterator

from spiders_project.pages.generic.loose import plain
from spiders_project.pages.generic.sources.xml import (
    Element,
    child_text,
    children,
    root_of,
    tag_of,
    unpacked,
)
from spiders_project.pages.generic.spelling.addresses import is_picture_name
from spiders_project.pages.generic.values import (
    Candidate,
    Card,
    Clue,
    Facts,
    Kind,
    Picture,
    Reading,
)
from spiders_project.pages.page import Page

_NEVER = ("video", "news", "product", "author", "tag", "category", "misc")


def read_sitemap(page: Page, scope: str | None = None) -> Reading:
    """Return what a sitemap names below ``scope``, the beginning of the gallery's addresses.

    A page with one picture is a card, one with several gives pictures; a page
    without any is a card without candidates, which may be anything.
    """
    document = unpacked(page)
    root = root_of(document)
    if root is None:
        return _of_lines(document, scope)
    if tag_of(root) == "sitemapindex":
        return _of_index(document, root, scope)
    cards: dict[str, Card] = {}
    pictures: dict[str, Picture] = {}
    for entry in children(root, "url"):
        url = document.absolute(child_text(entry, "loc") or "")
        if url is None or not _is_in(url, scope):
            continue
        shown = list(_pictures(document, entry))
        if is_picture_name(url):
            shown = [Picture((Candidate(url, Clue.FEED),))]
        if len(shown) > 1 or is_picture_name(url):
            pictures |= {each.candidates[0].url: each for each in shown}
        else:
            picture = shown[0] if shown else Picture(())
            cards[url] = Card(url, "sitemap" if shown else "sitemap page", picture)
    return _reading(cards, pictures)


def _reading(cards: dict[str, Card], pictures: dict[str, Picture]) -> Reading:
    kinds = {Kind.LISTING} if cards or pictures else {Kind.NONE}
    return Reading(frozenset(kinds), tuple(cards.values()), tuple(pictures.values()))


def _is_in(url: str, scope: str | None) -> bool:
    return scope is None or url.startswith(scope)


def _of_lines(page: Page, scope: str | None) -> Reading:
    """Read a plain list of addresses (sitemaps.org, protocol, "Text file")."""
    lines = [line.strip() for line in page.text.splitlines()]
    urls = [page.absolute(line) for line in lines if line.startswith(("http:", "https:"))]
    inside = dict.fromkeys(url for url in urls if url and _is_in(url, scope))
    pictures = {
        url: Picture((Candidate(url, Clue.FEED),)) for url in inside if is_picture_name(url)
    }
    cards = {url: Card(url, "sitemap page", Picture(())) for url in inside if url not in pictures}
    return _reading(cards, pictures)


def _of_index(page: Page, root: Element, scope: str | None) -> Reading:
    """Return the sitemaps of an index: those named after pictures, or after the scope, first."""
    links = [child_text(entry, "loc") or "" for entry in children(root, "sitemap")]
    urls = dict.fromkeys(filter(None, map(page.absolute, links)))
    words = [word for word in (scope or "").lower().split("/")[3:] if word]

    def is_unlikely(url: str) -> tuple[bool, bool]:
        name = url.rpartition("/")[2].lower()
        is_likely = any(word in name for word in (*words, "image", "photo", "gallery", "picture"))
        return not is_likely, any(word in name for word in _NEVER)

    ordered = sorted(urls, key=is_unlikely)
    return Reading(frozenset({Kind.NONE}), next_pages=tuple(ordered))


def _pictures(page: Page, entry: Element) -> Iterator[Picture]:
    for image in children(entry, "image:image"):
        if url := page.absolute(child_text(image, "image:loc", "loc") or ""):
            title = plain(child_text(image, "image:title", "title"))
            caption = plain(child_text(image, "image:caption", "caption"))
            facts = Facts(
                title=title or caption,
                description=caption if title else None,
                license=child_text(image, "image:license", "license"),
            )
            yield Picture((Candidate(url, Clue.FEED),), facts)
