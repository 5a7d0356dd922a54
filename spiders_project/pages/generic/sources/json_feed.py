"""Reads JSON Feed 1.0 and 1.1; one request for each page of a feed."""

from collections.abc import Iterator

from spiders_project.pages.generic.dates import date_of
from spiders_project.pages.generic.loose import (
    Json,
    at,
    entries,
    first,
    first_text,
    json_of,
    objects,
    whole_number,
    words_in,
)
from spiders_project.pages.generic.sources.html_pictures import pictures_in
from spiders_project.pages.generic.spelling.addresses import is_picture_name
from spiders_project.pages.generic.spelling.stems import bare_name
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


def is_json_feed(value: Json) -> bool:
    """Tell whether JSON is a feed of version 1 or 1.1."""
    return "jsonfeed.org/version" in str(at(value, "version"))


def read_json_feed(page: Page, scope: str | None = None) -> Reading:
    """Return what a feed shows, of items whose pages lie below ``scope``."""
    feed = json_of(page.text)
    cards: dict[str, Card] = {}
    pictures: dict[str, Picture] = {}
    for item in objects(at(feed, "items")):
        link = _address(page, item.get("url")) or _address(page, item.get("external_url"))
        if link and scope and not link.startswith(scope):
            continue
        found = list(_pictures(page, item))
        if link and len(found) == 1 and not is_picture_name(link):
            cards.setdefault(link, Card(link, "json-feed", found[0]))
        else:
            pictures |= {each.candidates[0].url: each for each in found}
    further = _address(page, at(feed, "next_url"))
    kinds = {Kind.LISTING} if cards or pictures else {Kind.NONE}
    return Reading(
        frozenset(kinds),
        tuple(cards.values()),
        tuple(pictures.values()),
        next_pages=(further,) if further and further != page.url else (),
        facts=Facts(title=first_text(at(feed, "title"))),
    )


def _address(page: Page, value: Json) -> str | None:
    return page.absolute(value) if isinstance(value, str) else None


def _pictures(page: Page, item: dict[str, Json]) -> Iterator[Picture]:
    """Yield the pictures of an item: its attachments, or its image, or those in its text."""
    groups: dict[str, list[Candidate]] = {}
    titles: dict[str, str | None] = {}
    for attached in objects(item.get("attachments")):
        url = _address(page, attached.get("url"))
        kind = str(attached.get("mime_type") or "")
        if url and (kind.startswith("image/") or (not kind and is_picture_name(url))):
            size = whole_number(attached.get("size_in_bytes"))
            groups.setdefault(bare_name(url), []).append(Candidate(url, Clue.FEED, size_bytes=size))
            titles.setdefault(bare_name(url), first_text(attached.get("title")))
    image = _address(page, item.get("image"))
    shown = pictures_in(item.get("content_html"), page)
    facts = _facts(item)
    if groups:
        for stem, group in groups.items():
            ordered = sorted(group, key=lambda each: -(each.size_bytes or 0))
            if len(groups) == 1 and image and image not in {each.url for each in ordered}:
                ordered.append(Candidate(image, Clue.FEED, is_preview=True))
            yield Picture(tuple(ordered), _titled(facts, titles[stem]))
    elif image:
        yield Picture(_with_shown(image, shown[0].candidates if shown else ()), facts)
    else:
        yield from (Picture(each.candidates, _titled(facts, each.text)) for each in shown)


def _with_shown(image: str, shown: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """Return the main image of an item with the versions that its text shows of it."""
    itself = Candidate(image, Clue.FEED)
    if not shown or bare_name(shown[0].url) != bare_name(image):
        return (itself,)
    return tuple({each.url: each for each in (*shown, itself)}.values())


def _titled(facts: Facts, title: str | None) -> Facts:
    return Facts(**{**vars(facts), "title": facts.title or title})


def _facts(item: dict[str, Json]) -> Facts:
    author = first(item.get("authors")) or first(item.get("author"))
    return Facts(
        title=first_text(item.get("title")),
        tags=words_in(entries(item.get("tags"))),
        author=first_text(author.get("name"), author.get("url")),
        published=date_of(item.get("date_published")),
        description=first_text(item.get("summary"), item.get("content_text")),
    )
