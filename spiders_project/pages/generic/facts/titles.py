"""Decides which of a page's headings names its picture, and which names the site or the album."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from spiders_project.pages.generic.facts.evidence import Evidence, Voice
from spiders_project.pages.generic.facts.labels import split_label
from spiders_project.pages.generic.facts.roles import Role
from spiders_project.pages.generic.facts.settle import LONGEST_TITLE, norm
from spiders_project.pages.generic.texts import clean
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
_TWO = 2
_SHORTEST_HOST = 4
_HARD_END = re.compile(r"(?:\||::|»|｜)\s*[^|:»｜]+$")
_PAGE_NUMBER = re.compile(
    r"[\s,(|\-–—]+(?:page|seite|página|pagina|strona|strana|sida|side|страница)\s+\d+(?:\s*(?:of|/)\s*\d+)?\)?$"
    r"|[\s_\-（(]*第\s*\d+\s*[页頁][)）]?$",
    re.IGNORECASE,
)


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
    candidates = [
        Evidence(each.role, each.voice, _cut(each.text, each.voice, naming)) for each in candidates
    ]
    voices: defaultdict[str, set[Voice]] = defaultdict(set)
    for each in candidates:
        voices[norm(each.text)].add(each.voice)
    in_head = {norm(part) for part in parts}

    def points(each: Evidence) -> int:
        name = norm(each.text)
        return (
            _POINTS[each.voice]
            + len(voices[name])
            + _IN_HEAD * (name in in_head)
            + _AT_PICTURE * (name in naming.at_pictures)
            + _ABOVE * (name in naming.above)
        )

    return sorted(candidates, key=points, reverse=True)


def parts_of(title: str) -> list[str]:
    """Return what a title consists of, such as the picture, the album and the site."""
    pattern = _TIGHT_SEPARATOR if _CJK.search(title) else _SEPARATOR
    return [part.strip() for part in pattern.split(title[:1000]) if part and part.strip()]


def _cut(title: str, voice: Voice, naming: Naming) -> str:
    """Return a title without the names of site and albums, and without the number of the page."""
    title = _PAGE_NUMBER.sub("", title) or title
    announced = split_label(title)
    if announced and announced[1] and announced[0] in (Role.CATEGORY, Role.TAG, Role.TITLE):
        title = announced[1]
    if voice not in (Voice.HEAD, Voice.META, Voice.HEADING):
        return title
    parts = parts_of(title)
    while len(parts) > 1:
        if norm(parts[-1]) in naming.above:
            title, parts = title[: title.rfind(parts[-1])], parts[:-1]
        elif norm(parts[0]) in naming.above:
            title, parts = title[title.find(parts[0]) + len(parts[0]) :], parts[1:]
        else:
            break
        title = title.strip(" \t|-–—·•:/~»«›‹｜_")
    return title


def site_in_head(naming: Naming) -> str | None:
    """Return the part of a title element that names the site, where one looks so.

    Usually it is the last; the first, where that is known or looks more like a site.
    """
    parts = parts_of(naming.head)
    if len(parts) < _TWO:
        return None
    first, last = parts[0], parts[-1]
    for is_site in (_is_above, _is_in_host, _sounds_like_site):
        for part in (last, first):
            if is_site(part, naming):
                return part
    return last if _HARD_END.search(naming.head) and norm(last) not in naming.at_pictures else None


def _is_above(part: str, naming: Naming) -> bool:
    return norm(part) in naming.above


def _is_in_host(part: str, naming: Naming) -> bool:
    letters = re.sub(r"\W", "", part).casefold()
    host = host_of(naming.url).replace("-", "").replace(".", "")
    return len(letters) >= _SHORTEST_HOST and letters in host


def _sounds_like_site(part: str, naming: Naming) -> bool:
    return norm(part) not in naming.at_pictures and bool(_SITE_WORD.search(part))
