"""The pictures of one entry of a feed: Media RSS, enclosures, and what its text shows."""

from collections.abc import Iterator, Sequence

from lxml import etree

from spiders_project.pages.generic.loose import whole_number
from spiders_project.pages.generic.sources.html_pictures import pictures_in
from spiders_project.pages.generic.sources.once import once
from spiders_project.pages.generic.sources.xml import Element, child_text, children, tag_of
from spiders_project.pages.generic.spelling.addresses import is_other_file, is_picture_name
from spiders_project.pages.generic.spelling.stems import bare_name
from spiders_project.pages.generic.values import Candidate, Clue
from spiders_project.pages.page import Page

_TEXTS = ("content:encoded", "content", "description", "summary")


def media_of(entry: Element, page: Page) -> list[tuple[tuple[Candidate, ...], Element]]:
    """Return the pictures of an entry, each with the element that tells of it.

    The contents of a ``media:group`` are versions of one thing (Media RSS
    1.5.1); outside of one, those with one name are, which many writers forget.
    Thumbnails belong to the only picture.
    """
    groups = [list(_contents(group, page)) for group in children(entry, "media:group")]
    holders = list(children(entry, "media:group"))
    for content, element in _single(entry, page):
        alike = next(
            (g for g in groups if g and bare_name(g[0].url) == bare_name(content.url)), None
        )
        if alike is None:
            groups.append([content])
            holders.append(element)
        else:
            alike.append(content)
    found = [(group, holder) for group, holder in zip(groups, holders, strict=True) if group]
    if not found:
        return _shown(entry, page)
    if len(found) == 1:
        found[0][0].extend(_thumbnails(entry, page))
    return [(_ordered(group), holder) for group, holder in found]


def _single(entry: Element, page: Page) -> Iterator[tuple[Candidate, Element]]:
    for element in entry:
        tag = tag_of(element)
        if tag == "media:content" and (content := _content(element, page)):
            yield content, element
        elif (tag == "enclosure" or (tag == "link" and element.get("rel") == "enclosure")) and (
            content := _enclosure(element, page)
        ):
            yield content, entry


def _contents(group: Element, page: Page) -> Iterator[Candidate]:
    for element in children(group, "media:content"):
        if content := _content(element, page):
            yield content
    yield from _thumbnails(group, page)


def _content(element: Element, page: Page) -> Candidate | None:
    media = element.get("medium") or (element.get("type") or "").partition("/")[0]
    url = page.absolute(element.get("url") or "")
    if url is None or media not in ("image", "") or is_other_file(url):
        return None
    return Candidate(
        url,
        Clue.FEED,
        whole_number(element.get("width")),
        whole_number(element.get("height")),
        is_preview=element.get("expression") == "sample",
        size_bytes=whole_number(element.get("fileSize")),
    )


def _enclosure(element: Element, page: Page) -> Candidate | None:
    """Read ``enclosure url=`` of RSS and ``link rel=enclosure href=`` of Atom."""
    url = page.absolute(element.get("url") or element.get("href") or "")
    kind = element.get("type") or ""
    if url is None or not (kind.startswith("image/") or is_picture_name(url)):
        return None
    return Candidate(url, Clue.FEED, size_bytes=whole_number(element.get("length")))


def _thumbnails(holder: Element, page: Page) -> Iterator[Candidate]:
    within = [holder, *children(holder, "media:content")]
    for element in (each for part in within for each in children(part, "media:thumbnail")):
        if url := page.absolute(element.get("url") or element.text or ""):
            width, height = (whole_number(element.get(name)) for name in ("width", "height"))
            yield Candidate(url, Clue.FEED, width, height, is_preview=True)


def _ordered(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Return each address once, the largest first; what claims no size keeps its place."""
    unknown = max((each.width or 0 for each in candidates if not each.is_preview), default=0)

    def smallness(each: Candidate) -> tuple[bool, int, int]:
        return each.is_preview, -(each.width or unknown), -(each.size_bytes or 0)

    return tuple(sorted(once(candidates), key=smallness))


def _shown(entry: Element, page: Page) -> list[tuple[tuple[Candidate, ...], Element]]:
    """Return the pictures in the text of an entry, or else its thumbnail."""
    for tag in _TEXTS:
        if shown := pictures_in(_markup(entry, tag), page):
            return [(each.candidates, entry) for each in shown]
    image = child_text(entry, "image", "itunes:image")
    url = page.absolute(image) if image else None
    small = [*_thumbnails(entry, page), *([Candidate(url, Clue.FEED)] if url else [])]
    return [(tuple(small), entry)] if small else []


def _markup(entry: Element, tag: str) -> str | None:
    for child in children(entry, tag):
        if child.get("type") == "xhtml" and len(child):
            return str(etree.tostring(child[0], encoding="unicode", method="html"))
    return child_text(entry, tag)
