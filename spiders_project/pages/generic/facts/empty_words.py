"""Tells texts that name a picture from file names, numbers and words of the gallery's buttons."""

import re
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from spiders_project.pages.generic.facts.button_words import ACTIONS, KINDS, OTHER_PICTURES
from spiders_project.urls import PICTURE_ENDINGS

_ENDINGS = f"(?:{'|'.join(sorted(PICTURE_ENDINGS))}|svg|raw|cr2|nef|dng)"
_FILE_NAME = re.compile(rf"^[^\n]{{1,200}}\.{_ENDINGS}$", re.IGNORECASE)
_ENDING = re.compile(rf"\.(?:{_ENDINGS}|html?|php|aspx?)$", re.IGNORECASE)
_EMPTY = KINDS | ACTIONS
_NUMBERED = re.compile(
    rf"^(?:{'|'.join(map(re.escape, sorted(KINDS, key=len, reverse=True)))})?\s*"
    r"(?:no\.?|nr\.?|n[°º]|#|№|第)?\s*[\(\[]?\d{1,6}[\)\]]?\s*[张張枚]?"
    r"(?:\s*(?:of|/|von|sur|de|di|van|z|из|共|\||-|–)\s*\d{1,6}\s*[张張枚]?)?$",
    re.IGNORECASE,
)
_MEASURE = re.compile(
    r"\d[\d.,]*\s*(?:x|px|pixels?|[kmg]i?b|bytes|mp|views?|hits?|visits?|likes?|comments?"
    r"|downloads?|photos?|images?|pictures?|bilder|fotos|张|张图片|次|人气)?(?![^\W\d_])",
    re.IGNORECASE,
)
_LONGEST = 200
_DIGIT = re.compile(r"\d")
_MOST_SPACES = 12
_CAMERA = re.compile(
    r"^(?:img|dsc|dscn|dscf|pict?|p|_?mg|gopr|dji|pxl|mvi|imag|image|photo|sam|cimg|wp"
    r"|screenshot|scan|hpim|kif|stp|100)?[ _-]?\d{3,14}(?:[ _-]\d{1,9}){0,4}(?:[ _-]?[a-z]{1,3})?$",
    re.IGNORECASE,
)
_DIGEST = re.compile(
    r"^(?:(?=[0-9a-f]*\d[a-f])[0-9a-f]{10,}|(?=\D*\d)[0-9a-f]{12,}|[0-9a-f]{8}-[0-9a-f-]{27}"
    r"|(?=(?:\D*\d){3})[A-Za-z0-9]{20,})$"
)
_INVITATION = re.compile(
    r"(?:please )?(?:click|tap|press|klicken|cliquez|haga clic|clicca|点击|點擊)\b.{0,60}"
    r"(?:enlarge|larger|zoom|full|big|view|open|vergrößern|agrandir|ampliar|ingrandire|放大|查看|大图)"
    r".{0,20}$"
)
_ROW = frozenset(
    {"prev", "previous", "next", "up", "back", "first", "last", "home", "index", "top"}
)
# MediaWiki calls its files so.
_NAMESPACE = re.compile(
    r"^(?:file|image|datei|bild|fichier|archivo|imagen|ficheiro|bestand|plik|файл|文件|ファイル):",
    re.IGNORECASE,
)
_SIZE_WORDS = re.compile(
    r"[\s_-](?:thumb|thumbnail|small|medium|large|big|full|original|orig|preview|mini|scaled|hd"
    r"|sq|tn|[tsmlb]|\d{2,5}x\d{0,5}|w\d{2,5}|\d{3,5}px|\d{3,5}w)$"
    r"|^(?:thumb|thumbnail|tn|small|medium|preview|mini|t)[_-]+",
    re.IGNORECASE,
)


def is_file_name(text: str) -> bool:
    """Tell whether a text is the name of a picture file."""
    return "." in text and bool(_FILE_NAME.match(text)) and text.count(" ") <= _MOST_SPACES


def is_empty(text: str) -> bool:
    """Tell whether a text says nothing of its own: a number, a button, a size, a file name."""
    return len(text) <= _LONGEST and _is_empty(text)


# A card says the same in its title, its alternative text and its heading.
@lru_cache(maxsize=256)
def _is_empty(text: str) -> bool:
    bare = text.strip(" \t.…:»«›‹→←↑↓▶◀-–—_*|[]()<>!#").casefold()
    if _INVITATION.match(bare) or _is_of_buttons(bare):
        return True
    if bare in _EMPTY or "://" in bare or is_file_name(bare) or OTHER_PICTURES.fullmatch(bare):
        return True
    if not _DIGIT.search(bare):
        return not any(map(str.isalpha, bare))
    return (
        not any(map(str.isalpha, _MEASURE.sub("", bare)))
        or bool(_NUMBERED.match(bare))
        or bool(_CAMERA.match(bare) or _DIGEST.match(text.strip()))
    )


def _is_of_buttons(bare: str) -> bool:
    """Tell whether a text is a row of buttons: ``prev · next · up``."""
    words = re.findall(r"[^\W\d_]+", bare)
    is_row = len(words) > 1 and all(len(word) == 1 or word in _ROW for word in words)
    return is_row and any(word in _ROW for word in words)


def title_in_name(name: str) -> str | None:
    """Return what the name of a file, or the address of one, says: its words, without its ending.

    The names that cameras give stay as they are; numbers and digests say nothing.
    """
    name = _last_part(name) if "://" in name else name.strip().rpartition("/")[2]
    name = _NAMESPACE.sub("", name)
    stem = _ENDING.sub("", _ENDING.sub("", name[:_LONGEST]))
    for _ in range(3):
        stem = _SIZE_WORDS.sub("", stem) or stem
    if not any(map(str.isalpha, stem)) or (_DIGEST.match(stem) and not _CAMERA.match(stem)):
        return None
    if _CAMERA.match(stem):
        return stem
    return " ".join(stem.replace("_", " ").replace("-", " ").replace("+", " ").split()) or None


def is_numbered(text: str) -> bool:
    """Tell whether a text is what any picture is called, and a number, such as ``Photo 3``."""
    return len(text) <= _LONGEST and bool(_NUMBERED.match(text)) and any(map(str.isalpha, text))


def is_camera_name(text: str) -> bool:
    """Tell whether a text is a name that a camera gives, such as ``DSC_0042``."""
    return bool(_CAMERA.match(text)) and any(map(str.isalpha, text))


def _last_part(address: str) -> str:
    try:
        path = urlsplit(address).path
    except ValueError:
        return ""
    return unquote(path.rstrip("/").rpartition("/")[2], errors="ignore")
