"""What the spelling of an address lets one expect: a picture file, a page, or something else."""

import re
from enum import Enum
from functools import lru_cache
from urllib.parse import unquote_plus, urlsplit


def word_set(words: str) -> frozenset[str]:
    """Return the words of a text."""
    return frozenset(words.split())


ENDINGS = word_set("jpg jpeg jpe jfif pjpeg png gif webp avif bmp tif tiff jxl jp2 heic heif")
"""How the names of picture files end."""
_PAGES = word_set("html htm shtml xhtml")
_OTHERS = word_set(
    "zip rar 7z tar gz tgz pdf mp4 webm mov avi mkv m4v mp3 ogg wav exe apk dmg msi iso css js mjs"
    " json xml rss atom txt svg ico woff woff2 ttf doc docx xls xlsx ppt torrent psd ai eps"
)
_ENDING = re.compile(r"\.([a-z0-9]{2,5})(?:[!:@~][\w.:-]*)?$", re.IGNORECASE)
_WIKI_PAGE = re.compile(r"^[^/:.]{2,20}:[^/]+\.\w{2,5}$")
_BLANKS = re.compile(
    r"(?:^|[^a-z0-9])(?:blank|spacer|pixel|placeholder|loading|loader|lazy(?:load)?|transparent"
    r"|grey|gray|dummy|clear|empty|trans|1x1|noimage|no[-_]?image|no[-_]?photo|nopic)"
    r"(?:[^a-z0-9][\w-]*)?\.(?:gif|png|jpe?g|svg|webp)$",
    re.IGNORECASE,
)
_ORNAMENTS = re.compile(
    r"(?:^|[^a-z])(?:logo|avatar|gravatar|icon|icons|favicon|sprite|button|btn|emoji|badge|banner"
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


def ending_of(name: str) -> str:
    """Return the ending of a file name in lower case, "" without one.

    What picture services write behind it (``.jpg!small``, ``.jpg:large``, ``.jpg@300w``) is none.
    """
    found = _ENDING.search(name)
    return found[1].lower() if found else ""


def is_picture_name(text: str) -> bool:
    """Return whether a text ends as names of picture files do."""
    return ending_of(text.partition("?")[0].partition("#")[0]) in ENDINGS


@lru_cache(maxsize=4096)
def nature_of(url: str) -> Nature:
    """Return what an address looks like."""
    parts = _split(url)
    if parts is None:
        return Nature.OTHER
    path, query = parts
    name = path.rpartition("/")[2]
    ending = ending_of(name)
    if ending in ENDINGS:
        is_page = _WIKI_PAGE.match(unquote_plus(name)) or "/blob/" in path
        return Nature.PAGE if is_page else Nature.FILE
    if ending in _PAGES or (not name and not query):
        return Nature.PAGE
    return Nature.OTHER if ending in _OTHERS else Nature.MAYBE


@lru_cache(maxsize=4096)
def is_blank(url: str) -> bool:
    """Return whether an address is that of a stand-in for a picture that is yet to come."""
    parts = _split(url)
    return parts is None or bool(_BLANKS.search(parts[0].rpartition("/")[2]))


@lru_cache(maxsize=4096)
def is_ornament(url: str) -> bool:
    """Return whether the name of a file is that of a logo, an avatar, a button."""
    parts = _split(url)
    return parts is not None and bool(_ORNAMENTS.search(parts[0].rpartition("/")[2]))


def _split(url: str) -> tuple[str, str] | None:
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return (parts.path, parts.query) if parts.scheme != "data" else None
