"""What the spelling of an address lets one expect: a picture file, a page, or something else."""

import re
from enum import Enum
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from spiders_project.pages.generic.lazy import is_placeholder
from spiders_project.urls import PICTURE_ENDINGS


def word_set(words: str) -> frozenset[str]:
    """Return the words of a text."""
    return frozenset(words.split())


_PAGES = word_set("html htm shtml xhtml")
_SCRIPTS = word_set("php asp aspx jsp")
_OTHERS = word_set(
    "zip rar 7z tar gz tgz pdf mp4 webm mov avi mkv m4v mp3 ogg wav exe apk dmg msi iso css js mjs"
    " json xml rss atom txt svg ico woff woff2 ttf doc docx xls xlsx ppt torrent psd ai eps"
    " md ogv m4a svgz csv vtt m3u8"
)
_PARTS = re.compile(r"https?://[^/?#]+([^?#]*)(?:\?([^#]*))?", re.IGNORECASE)
_ENDING = re.compile(r"\.([a-z0-9]{2,5})(?:[!:@~][\w.:-]*)?$", re.IGNORECASE)
_WIKI_PAGE = re.compile(r"[^/:.]{2,20}:[^/]+\.\w{2,5}$")
_ORNAMENTS = re.compile(
    r"(?:^|[^a-z])(?:logo|avatar|gravatar|icon|favicon|sprite|button|btn|emoji|badge|banner"
    r"|captcha|qrcode|arrow|spinner|watermark)s?(?:[^a-z]|$)",
    re.IGNORECASE,
)


class Nature(Enum):
    """What an address looks like; only an answer tells what it is."""

    FILE = "file"
    MAYBE = "maybe"
    PAGE = "page"
    OTHER = "other"
    """An archive, a video, a style sheet: never the picture."""


class Spelling(NamedTuple):
    """An address taken apart, its path without percent signs."""

    nature: Nature
    folders: tuple[str, ...]
    name: str
    """Behind the last slash."""
    stem: str
    """The name without the endings of pictures."""
    ending: str
    """Of the name, in lower case; "" without one."""
    query: str
    is_blank: bool
    """Whether it is a stand-in for a picture that is yet to come."""


_NONE = Spelling(Nature.OTHER, (), "", "", "", "", is_blank=True)


# A page has some thousand addresses, and each question is asked of all of them.
@lru_cache(maxsize=16384)
def spelling_of(url: str) -> Spelling:
    """Return an address taken apart; of what is no web address, the nature is OTHER."""
    parts = _PARTS.match(url)
    if parts is None:
        return _NONE
    path, query = parts[1], parts[2] or ""
    path = unquote(path) if "%" in path else path
    *folders, name = path.split("/")
    ending = ending_of(name)
    nature = _nature(path, name, ending, query)
    stem = stem_of(name)
    return Spelling(nature, tuple(folders), name, stem, ending, query, is_placeholder(path))


def _nature(path: str, name: str, ending: str, query: str) -> Nature:
    if ending in PICTURE_ENDINGS:
        return Nature.PAGE if _WIKI_PAGE.match(name) or "/blob/" in path else Nature.FILE
    if ending in _PAGES or (not name and not query):
        return Nature.PAGE
    return Nature.OTHER if ending in _OTHERS else Nature.MAYBE


def ending_of(name: str) -> str:
    """Return the ending of a file name in lower case, "" without one.

    What picture services write behind it (``.jpg!small``, ``.jpg:large``, ``.jpg@300w``) is none.
    """
    plain = name.rpartition(".")[2]
    if plain.isalnum() and plain.isascii():
        return plain.lower() if 2 <= len(plain) <= 5 and len(plain) < len(name) else ""
    found = _ENDING.search(name, max(0, len(name) - 60))
    return found[1].lower() if found else ""


def stem_of(name: str) -> str:
    """Return the name of a file without the ending of a picture, or several."""
    while (ending := ending_of(name)) in PICTURE_ENDINGS:
        name = name[: name.lower().rindex("." + ending)]
    return name


def is_picture_name(text: str) -> bool:
    """Return whether a name or a link, absolute or not, ends as names of picture files do."""
    return ending_of(text.partition("?")[0].partition("#")[0]) in PICTURE_ENDINGS


def nature_of(url: str) -> Nature:
    """Return what an address looks like."""
    return spelling_of(url).nature


@lru_cache(maxsize=16384)
def is_ornament(url: str) -> bool:
    """Return whether the name of a file is that of a logo, an avatar, a button."""
    return bool(_ORNAMENTS.search(spelling_of(url).name))


def is_file(url: str) -> bool:
    """Return whether an address looks like that of a picture file, a drawing too."""
    spelling = spelling_of(url)
    return spelling.nature is Nature.FILE or spelling.ending == "svg"


def is_other_file(link: str) -> bool:
    """Return whether a link, absolute or not, ends like a page or a file that is no picture."""
    ending = ending_of(name_of(link))
    return ending in _PAGES or ending in _SCRIPTS or ending in _OTHERS


@lru_cache(maxsize=16384)
def path_of(link: str) -> str:
    """Return the path of a link, absolute or not, decoded; "" where it has none."""
    try:
        return unquote(urlsplit(link.strip()).path)
    except ValueError:
        return ""


def name_of(link: str) -> str:
    """Return the last part of the path of a link, a folder's as well, decoded."""
    return path_of(link).rstrip("/").rpartition("/")[2]


def folder_of(url: str) -> str:
    """Return an address up to its last slash, without query."""
    return url.partition("#")[0].partition("?")[0].rpartition("/")[0] + "/"
