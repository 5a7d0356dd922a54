"""Reads RSS 0.9 to 2.0 and Atom with their pictures; one request for each page of a feed."""

from collections.abc import Iterator

from spiders_project.pages.generic.dates import date_of
from spiders_project.pages.generic.loose import first_text, plain, words_in
from spiders_project.pages.generic.sources.feed_media import media_of
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
    Facts,
    Kind,
    Picture,
    Reading,
)
from spiders_project.pages.page import Page


def read_feed(page: Page, scope: str | None = None) -> Reading:
    """Return what a feed shows, of entries whose pages lie below ``scope``.

    An entry with one picture and a page of its own is a card, others give
    pictures.
    """
    document = unpacked(page)
    root = root_of(document)
    if root is None or tag_of(root) not in ("rss", "rdf", "feed"):
        return Reading(frozenset({Kind.NONE}))
    channel = next(children(root, "channel"), root)
    cards: dict[str, Card] = {}
    pictures: dict[str, Picture] = {}
    for entry in [*children(channel, "item", "entry"), *_outside(root, channel)]:
        link = _link(entry, document)
        found = list(_pictures(entry, document))
        if link and scope and not link.startswith(scope):
            continue
        if link and len(found) == 1 and not is_picture_name(link):
            cards.setdefault(link, Card(link, "feed", found[0]))
        else:
            pictures |= {each.candidates[0].url: each for each in found}
    kinds = {Kind.LISTING} if cards or pictures else {Kind.NONE}
    return Reading(
        frozenset(kinds),
        tuple(cards.values()),
        tuple(pictures.values()),
        next_pages=_next_pages(channel, document),
        facts=_facts(channel),
    )


def _outside(root: Element, channel: Element) -> Iterator[Element]:
    """Yield the items of RSS 0.9 and 1.0, which stand beside the channel."""
    if channel is not root:
        yield from children(root, "item")


def _next_pages(channel: Element, page: Page) -> tuple[str, ...]:
    """Return the next page of a feed (RFC 5005, section 3); Cooliris wrote it in RSS, too."""
    links = [link.get("href") for link in children(channel, "link") if link.get("rel") == "next"]
    urls = [page.absolute(link) for link in links if link]
    return tuple(dict.fromkeys(url for url in urls if url and url != page.url))


def _link(entry: Element, page: Page) -> str | None:
    for link in children(entry, "link"):
        if link.get("rel") in (None, "alternate") and (url := link.get("href") or link.text):
            return page.absolute(url)
    identity = next(children(entry, "guid"), None)
    is_link = identity is not None and identity.get("isPermaLink") != "false"
    return page.absolute(identity.text or "") if is_link and identity is not None else None


def _pictures(entry: Element, page: Page) -> Iterator[Picture]:
    told = _facts(entry)
    found = media_of(entry, page)
    for candidates, holder in found:
        own = _facts(holder) if holder is not entry else Facts()
        yield Picture(_without_page(candidates, entry, page), _completed(own, told))


def _without_page(
    candidates: tuple[Candidate, ...], entry: Element, page: Page
) -> tuple[Candidate, ...]:
    """Return candidates with the entry's own link first, where that is a picture file."""
    link = _link(entry, page)
    if link and is_picture_name(link) and all(each.is_preview for each in candidates):
        return (Candidate(link, candidates[0].clue), *candidates)
    return candidates


def _completed(own: Facts, told: Facts) -> Facts:
    return Facts(**{name: getattr(own, name) or value for name, value in vars(told).items()})


def _facts(entry: Element) -> Facts:
    """Return what an entry, a channel or a part of Media RSS says of itself."""
    keywords = words_in(child_text(entry, "media:keywords") or "")
    categories = [each.get("label") or each.get("term") or each.text for each in _categories(entry)]
    title = plain(child_text(entry, "media:title", "title"))
    texts = ("media:description", "summary", "description", "subtitle", "dc:description")
    description = first_text(*(child_text(entry, tag) for tag in texts))
    return Facts(
        title=title,
        tags=keywords or words_in(categories),
        author=_author(entry),
        license=_license(entry),
        published=date_of(
            child_text(entry, "pubdate", "published", "dc:date", "issued", "updated")
        ),
        description=description if description != title else None,
    )


def _categories(entry: Element) -> Iterator[Element]:
    yield from children(entry, "category", "media:category", "dc:subject")


def _author(entry: Element) -> str | None:
    credited = sorted(
        children(entry, "media:credit"),
        key=lambda each: each.get("role") not in ("photographer", "author", "artist"),
    )
    named = (child_text(each, "name") for each in children(entry, "author"))
    told = (*(each.text for each in credited), child_text(entry, "dc:creator"), *named)
    address = child_text(entry, "author", "itunes:author")
    return first_text(*told, (address or "").rpartition("(")[2].rstrip(")"), address)


def _license(entry: Element) -> str | None:
    for element in children(entry, "media:license", "cc:license", "link"):
        is_link = tag_of(element) == "link"
        if not is_link or element.get("rel") == "license":
            address = element.get("href") or element.get(
                "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}resource"
            )
            if told := first_text(address, element.text):
                return told
    return first_text(child_text(entry, "dc:rights", "rights", "media:copyright", "copyright"))
