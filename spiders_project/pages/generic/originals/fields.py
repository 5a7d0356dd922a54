"""What the keys of an object say: which hold a picture, its size, its title, something else."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from html import unescape

from spiders_project.pages.generic.loose import pixels, plain
from spiders_project.pages.generic.originals.literals import Value
from spiders_project.pages.generic.spelling.addresses import is_picture_name, word_set
from spiders_project.pages.generic.spelling.sizes import (
    is_small,
    pair_in,
    size_of_label,
    words_of,
)

TITLES = ("title", "caption", "name", "headline", "subhtml", "label", "alt", "text")
DESCRIPTIONS = ("description", "desc", "summary", "alt_description", "caption")
ASIDE = word_set("opts options meta info attributes exif data properties node fields")
"""Objects in which what describes the picture stands apart from its address."""
_PICTURES = word_set(
    "src url image img picture photo pic file href path filename link media content display asset"
    " uri srcset download imageurl imgurl picurl photourl hover objurl middleurl source"
)
_IMAGES = _PICTURES - word_set("url href path link file content media asset uri filename")
_FOREIGN = word_set(
    "author user owner avatar logo icon icons related recommended recommendations similar ad ads"
    " sponsor profile emoji social nav menu breadcrumb breadcrumbs comments comment favicon"
    " publisher photographer seo opengraph twitter background sprite loader spinner placeholder"
    " marker previous prev next advertisement banner blurhash theme i18n locale"
)
_INNER = word_set(
    "urls sizes src srcset source sources image img file media url links _links variants renditions"
    " versions formats thumbnails resources resolutions derivatives assets size_variants attributes"
    " image_versions2 images files photo picture"
)
_PLURAL = word_set("images files media assets")
_BASE = re.compile(
    r"^(?:items?|images?|img|photos?|pictures?|gallery|thumbs?)?_?(?:base|root)_?(?:url|path|dir|uri)?$"
    r"|^(?:image|img|photo|picture)s?_?(?:path|dir|url_?prefix|prefix|folder)$",
    re.IGNORECASE,
)
_FOLDERS = word_set("path dir folder directory album_path")
_WHOLE = re.compile(r"[a-z]+:|/", re.IGNORECASE)
_LABELS = ("label", "size", "type", "name", "format", "rel", "variant", "kind")
_NAMES = ("id", "slug", "_id", "uuid", "photoId", "photo_id", "key", "code")
_LONGEST = 2000


def looks_like_address(text: str) -> bool:
    """Return whether a text can be an address at all: what most texts are not."""
    return 3 < len(text) <= _LONGEST and ("." in text or "/" in text)


def may_be_picture(text: str, key: str, has_size: bool) -> bool:
    """Return whether a text under a key is the address of a picture.

    Without the ending of a picture, key and size have to say so.
    """
    if not looks_like_address(text) or text.startswith(("data:", "blob:", "#", "<")):
        return False
    if any(mark in text for mark in "\n\\`"):
        return False
    if is_picture_name(text):
        return len(text) < 400 or " " not in text
    if not text.startswith(("http://", "https://", "/")) or " " in text or len(text) < 8:
        return False
    words = _IMAGES if not has_size else _PICTURES
    return bool(words.intersection(words_of(key))) or tells_size(key)


@lru_cache
def tells_size(key: str) -> bool:
    """Return whether a key is called like a size: ``large``, ``url_o``, ``1920x1080``."""
    return size_of_label(key) is not None or pair_in(key) is not None


@lru_cache
def is_of_picture(key: str) -> bool:
    """Return whether a key is called like that of a picture's address."""
    return tells_size(key) or bool(_PICTURES.intersection(words_of(key)))


def is_embedded(value: Value) -> bool:
    """Return whether a text holds values of its own."""
    return isinstance(value, str) and (
        len(value) > _LONGEST or value.startswith(("{", "[")) or '{"' in value
    )


@lru_cache
def is_foreign(key: str) -> bool:
    """Return whether what stands under a key is foreign to the gallery, as its authors are."""
    words = words_of(key)
    return bool(_FOREIGN.intersection(words[-1:] + words[:1]))


@lru_cache
def is_inner(key: str) -> bool:
    """Return whether what stands under a key belongs to the picture of the object around it."""
    return key.lower() in _INNER or tells_size(key)


def is_list_of_sizes(key: str) -> bool:
    """Return whether the list under a key is one of sizes where it may be."""
    return key.lower() in _INNER - _PLURAL


def base_of(value: Mapping[str, Value], base: str) -> str:
    """Return where the relative addresses below an object start from, as its keys tell."""
    for key, text in value.items():
        if not isinstance(text, str) or not _may_be_base(key):
            continue
        if len(text) > 500 or is_picture_name(text):
            continue
        if key.lower() not in _FOLDERS or _holds_bare_name(value):
            return text if _WHOLE.match(text) or not base else f"{base.rstrip('/')}/{text}"
    return base


@lru_cache
def _may_be_base(key: str) -> bool:
    return bool(_BASE.match(key)) or key.lower() in _FOLDERS


def with_base(link: str, base: str) -> str:
    """Return a link as it stands below a base."""
    link = unescape(link) if "&" in link else link
    return link if not base or _WHOLE.match(link) else f"{base.rstrip('/')}/{link}"


def _holds_bare_name(value: Mapping[str, Value]) -> bool:
    return any(
        isinstance(text, str) and len(text) < 200 and "/" not in text and is_picture_name(text)
        for text in value.values()
    )


def size_in(value: Mapping[str, Value], key: str) -> tuple[int | None, int | None]:
    """Return the size that an object tells of the address under a key: of url_o, width_o."""
    if pair := pair_in(key):
        return pair
    for width_key, height_key in _size_keys(key):
        if width := pixels(value.get(width_key)):
            return width, pixels(value.get(height_key))
    return None, None


@lru_cache
def _size_keys(key: str) -> tuple[tuple[str, str], ...]:
    return tuple(_possible_size_keys(key))


def _possible_size_keys(key: str) -> Iterator[tuple[str, str]]:
    if suffix := re.search(r"[_-]([a-z]{1,2})$", key):
        yield f"width_{suffix[1]}", f"height_{suffix[1]}"
    stem = re.sub(r"(?i)(?:[-_]?(?:src|url|uri|path|href|link))$", "", key)
    yield f"{stem}_width", f"{stem}_height"
    yield f"{stem}Width", f"{stem}Height"
    if not is_small(key):
        yield "width", "height"
        yield "w", "h"


def label_of(value: Value) -> str:
    """Return the size word by which an object is called, "" without one."""
    if isinstance(value, dict):
        for key in _LABELS:
            text = value.get(key)
            if isinstance(text, str) and len(words_of(text)) <= 2 and tells_size(text):
                return text
    return ""


def texts_of(value: Mapping[str, Value]) -> dict[str, str]:
    """Return what describes a picture, by the key in lower case."""
    texts = {}
    for key, held in value.items():
        name = key.lower()
        if name in TITLES or name in DESCRIPTIONS:
            text = _text_inside(held) if isinstance(held, dict) else held
            clean = plain(text) if isinstance(text, str) else ""
            if clean and not clean.startswith("http"):
                texts[name] = clean
    return texts


def _text_inside(value: dict[str, Value]) -> Value:
    """Return the text of WordPress' and Flickr's objects, or the English one."""
    return next((value[key] for key in ("rendered", "_content", "en") if value.get(key)), None)


def text_in(texts: Mapping[str, str], keys: Iterable[str]) -> str | None:
    """Return the first text under one of the keys."""
    return next((texts[key] for key in keys if texts.get(key)), None)


def title_in(values: list[Value]) -> str:
    """Return the first text of a list that is no address."""
    for value in values:
        clean = plain(value) if isinstance(value, str) and not is_picture_name(value) else ""
        if clean and not clean.startswith(("http", "/")) and not clean.isdecimal():
            return clean
    return ""


def names_of(value: Mapping[str, Value]) -> set[str]:
    """Return how a site calls the picture of an object: its id, its slug."""
    names = (value.get(key) for key in _NAMES)
    return {str(name) for name in names if isinstance(name, (str, int)) and name}
