"""Decides which of a page's headings names its picture, and which names the site or the album."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from spiders_project.pages.generic.facts.evidence import Evidence, Voice
from spiders_project.pages.generic.facts.settle import LONGEST_TITLE, norm
from spiders_project.pages.generic.facts.texts import clean
from spiders_project.urls import host_of

_SEPARATOR = re.compile(r"\s+[|\-–—·•:/~]\s+|\s*(?:::|»|«|\||›|‹|｜|_)\s*|\s+[:]\s*")
_TIGHT_SEPARATOR = re.compile(r"\s*[-_–—|]\s*")
# Words that sites and albums are called by, and pictures are not.
_SITE_WORD = re.compile(
    r"\b(?:galler(?:y|ies)|gal[eé]rie|galleria|galer[ií]a|galerij|galeria|album|photos?|pictures|fotos|bilder"
    r"|images?|wallpapers?|photography|fotografie|photoblog|portfolio|website|blog|home ?page)\b"
    r"|相册|图库|壁纸|图片|摄影|网$|站$|写真館|アルバム|ギャラリー|갤러리|фото|галерея|альбом",
    re.IGNORECASE,
)
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_POINTS = {
    Voice.DATA: 10,
    Voice.LABEL: 9,
    Voice.HEADING: 7,
    Voice.MARK: 6,
    Voice.META: 6,
    Voice.CAPTION: 5,
    Voice.HEAD: 5,
    Voice.ATTRIBUTE: 4,
    Voice.ALT: 3,
    Voice.SUBHEADING: 3,
    Voice.WORDS: 1,
    Voice.NAME: 0,
}
_IN_HEAD, _AT_PICTURE, _ABOVE = 2, 4, -6


@dataclass
class Naming:
    """The names that a page uses."""

    head: str = ""
    """The title element."""
    above: set[str] = field(default_factory=set)
    """What the site and the albums above are called, as `norm` gives it."""
    at_pictures: set[str] = field(default_factory=set)
    """Alternative texts and captions of its pictures, likewise."""
    url: str = ""


def ranked_titles(titles: Iterable[Evidence], naming: Naming) -> list[Evidence]:
    """Return titles, the likeliest name of what the page is about first."""
    parts = parts_of(naming.head)
    candidates = [
        Evidence(each.role, each.voice, text)
        for each in titles
        if (text := clean(each.text, LONGEST_TITLE))
    ]
    candidates = [Evidence(each.role, each.voice, _cut(each, naming)) for each in candidates]
    in_head = {norm(part) for part in parts}

    def points(each: Evidence) -> int:
        name = norm(each.text)
        return (
            _POINTS[each.voice]
            + _IN_HEAD * (name in in_head)
            + _AT_PICTURE * (name in naming.at_pictures)
            + _ABOVE * (name in naming.above)
        )

    return sorted(candidates, key=points, reverse=True)


def parts_of(title: str) -> list[str]:
    """Return what a title consists of, such as the picture, the album and the site."""
    pattern = _TIGHT_SEPARATOR if _CJK.search(title) else _SEPARATOR
    return [part.strip() for part in pattern.split(title[:1000]) if part and part.strip()]


def _cut(each: Evidence, naming: Naming) -> str:
    """Return a title without the name of the site at its end or its beginning."""
    if each.voice not in (Voice.HEAD, Voice.META, Voice.HEADING):
        return each.text
    return without_site(each.text, naming, is_head=each.voice is Voice.HEAD)


def without_site(title: str, naming: Naming, *, is_head: bool) -> str:
    """Cut the names of what is above from a title; a name that only looks like one from a head."""
    parts = parts_of(title)
    while len(parts) > 1:
        last, first = norm(parts[-1]), norm(parts[0])
        rest = title[: title.rfind(parts[-1])]
        looks_like_site = is_head and _looks_like_site(parts[-1], title, naming.url)
        if last in naming.above or looks_like_site:
            title, parts = rest, parts[:-1]
        elif first in naming.above:
            title, parts = title[title.find(parts[0]) + len(parts[0]) :], parts[1:]
        else:
            break
        title = title.strip(" \t|-–—·•:/~»«›‹｜_")
    return title


def _looks_like_site(part: str, title: str, url: str) -> bool:
    """Tell whether the last part of a title is the name of a site that nothing else names."""
    if re.search(r"\s*(?:\||::|»|｜)\s*" + re.escape(part) + r"\s*$", title):
        return True
    letters = re.sub(r"\W", "", part).casefold()
    host = host_of(url).replace("-", "").replace(".", "")
    return (len(letters) > 3 and letters in host) or bool(_SITE_WORD.search(part))
