"""The pictures in a piece of HTML inside of a feed, and the larger ones that they link."""

import re
from dataclasses import dataclass

from lxml import etree
from lxml import html as lxml_html

from spiders_project.pages.generic.loose import plain, whole_number
from spiders_project.pages.generic.sources.once import once
from spiders_project.pages.generic.spelling.addresses import (
    is_other_file,
    is_picture_name,
)
from spiders_project.pages.generic.values import Candidate, Clue
from spiders_project.pages.page import Page

_LONGEST = 500_000
_SRCSET = re.compile(r"(\S+)\s+(\d{1,6})w(?:,|\s|$)")
_SMILEYS = re.compile(r"smil|emoji|feedburner|pixel|tracking|stat\.|gravatar|/ads?/", re.IGNORECASE)


@dataclass(frozen=True)
class Shown:
    """A picture as a piece of HTML shows it."""

    candidates: tuple[Candidate, ...]
    text: str | None
    page: str | None
    """Where it links to, unless that is a file."""


def pictures_in(markup: str | None, page: Page) -> list[Shown]:
    """Return the pictures in a piece of HTML; links in it start from the page."""
    if not markup or "<img" not in markup.lower():
        return []
    try:
        root = lxml_html.fragment_fromstring(markup[:_LONGEST], create_parent="div")
    except (etree.LxmlError, ValueError):
        return []
    found = (_shown(image, page) for image in root.iter("img"))
    return [shown for shown in found if shown is not None]


def _shown(image: lxml_html.HtmlElement, page: Page) -> Shown | None:
    width, height = whole_number(image.get("width")), whole_number(image.get("height"))
    src = page.absolute(image.get("data-src") or image.get("src") or "")
    if src is None or (width or 99) < 16 or (height or 99) < 16 or _SMILEYS.search(src):
        return None
    parent = next(image.iterancestors("a"), None)
    link = page.absolute(parent.get("href") or "") if parent is not None else None
    found = [Candidate(link, Clue.FEED)] if link and is_picture_name(link) else []
    widest = sorted(_SRCSET.findall(image.get("srcset") or ""), key=lambda each: -int(each[1]))
    found += [
        Candidate(url, Clue.FEED, int(wide))
        for each, wide in widest[:4]
        if (url := page.absolute(each))
    ]
    found.append(Candidate(src, Clue.FEED, width, height, is_preview=bool(found or link)))
    is_page = bool(link) and not is_picture_name(link or "")
    is_page = is_page and (not is_other_file(link or "") or "htm" in (link or ""))
    return Shown(
        once(found),
        plain(image.get("alt") or image.get("title")),
        link if is_page else None,
    )
