"""What the spelling of an address tells: a picture file, its folder, one size of several."""

import re
from functools import lru_cache
from urllib.parse import unquote, urlsplit

_ENDINGS = "jpe?g|jpe|jfif|pjpeg|png|gif|webp|avif|jxl|tiff?|bmp|jp2|heic|heif"
_PICTURE = re.compile(rf"\.(?:{_ENDINGS})$", re.IGNORECASE)
_OTHER_FILE = re.compile(
    r"\.(?:html?|php|aspx?|jsp|json|xml|js|mjs|css|txt|md|pdf|zip|gz|mp[34]|m4[av]|webm|mov|avi|ogg"
    r"|ogv|wav|svgz?|ico|woff2?|ttf|rss|atom|exe|csv|vtt|m3u8)$",
    re.IGNORECASE,
)
_SIZE_WORDS = (
    "thumbs?|thumbnails?|tn|small|sm|mini|tiny|square|sq|preview|prev|medium|med|md|mid|large|lg|big"
    "|full|fullsize|full-size|original|originals|orig|hires|hd|scaled|web|icon|cover|low|xs|xl|xxl"
)
_SIZE_NUMBER = r"\d{2,5}x\d{0,5}|x\d{2,5}|[wh]\d{2,5}|\d{2,5}(?:px|w)|\d+(?:\.\d+)?x|e\d{9,}"
_SIZE_AT_END = re.compile(rf"(?:[-_.@ ]+(?:{_SIZE_WORDS}|{_SIZE_NUMBER}))+$", re.IGNORECASE)
_SIZE_AT_START = re.compile(rf"^(?:(?:{_SIZE_WORDS}|{_SIZE_NUMBER})[-_.@ ]+)+", re.IGNORECASE)
_SMALL = re.compile(
    r"thumb|^tn$|^t$|small|mini|tiny|square|preview|placeholder|blur|lqip|icon|cover|poster|avatar"
    r"|medium|low|lazy|150|240|320",
    re.IGNORECASE,
)
_SMALL_FOLDER = re.compile(
    r"^[._@]*(?:thumb(?:nail)?s?|tn|th|t|small|minis?|previews?|eadir|square|cache|resized|icons?)[._]*"
    r"(?:\d+(?:x\d+)?)?$",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def path_of(link: str) -> str:
    """Return the path of a link, absolute or not, decoded; "" where it has none."""
    try:
        return unquote(urlsplit(link.strip()).path)
    except ValueError:
        return ""


def name_of(link: str) -> str:
    """Return the last part of the path of a link, a folder's as well, decoded."""
    return path_of(link).rstrip("/").rpartition("/")[2]


def looks_like_picture(link: str) -> bool:
    """Tell whether a link, absolute or not, ends like a picture file."""
    return bool(_PICTURE.search(path_of(link)))


def looks_like_other_file(link: str) -> bool:
    """Tell whether a link ends like a file that is no picture."""
    return bool(_OTHER_FILE.search(path_of(link)))


def stem_of(link: str) -> str:
    """Return the name without ending and size words: the same for all sizes of a picture."""
    stem = _PICTURE.sub("", name_of(link))
    return (_SIZE_AT_START.sub("", _SIZE_AT_END.sub("", stem)) or stem).casefold()


def is_small_word(word: str) -> bool:
    """Tell whether a key or a part of a path speaks of a small version."""
    return bool(_SMALL.search(word))


def is_small_folder(name: str) -> bool:
    """Tell whether a folder of this name holds small versions of what lies beside it."""
    return bool(_SMALL_FOLDER.match(name))


def looks_small(link: str) -> bool:
    """Tell whether an address speaks of a small version, by its name or its folder."""
    *folders, name = path_of(link).split("/")
    stem = _PICTURE.sub("", name)
    affixes = stem.casefold().replace(stem_of(link), " ")
    return is_small_word(affixes.strip("-_. ")) or any(
        is_small_folder(folder) for folder in folders[-2:]
    )


def folder_of(url: str) -> str:
    """Return an address up to its last slash, without query."""
    return url.partition("#")[0].partition("?")[0].rpartition("/")[0] + "/"
