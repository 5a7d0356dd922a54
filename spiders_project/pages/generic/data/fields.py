"""What the keys of an object say: which hold a picture, its size, its title, something else."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from spiders_project.pages.generic.data.literals import Value
from spiders_project.pages.generic.data.places import Prefix
from spiders_project.pages.generic.loose import pixels, plain
from spiders_project.pages.generic.spelling.addresses import (
    is_other_file,
    is_picture_name,
    word_set,
)
from spiders_project.pages.generic.spelling.sizes import (
    is_small,
    pair_in,
    size_of_label,
    words_of,
)
from spiders_project.pages.generic.spelling.stems import bare_name
from spiders_project.pages.generic.values import Candidate

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
_DIGITS = re.compile(r"\d+")
_NEAR = re.compile(r"base|prefix|root|path|dir|folder", re.IGNORECASE)
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


def told_of(value: Mapping[str, Value]) -> dict[str, Value]:
    """Return what an object says beside its addresses; the name of a size is no title."""
    return {
        key: held
        for key, held in value.items()
        if not (key in _LABELS and isinstance(held, str) and tells_size(held))
    }


def captions_in(values: list[Value]) -> dict[str, Value]:
    """Return title and description from a row of texts: what is no address."""
    words = (plain(value) for value in values if isinstance(value, str) and not _is_link(value))
    texts = [text for text in words if text and not text.isdecimal()]
    return dict(zip(("title", "description"), texts, strict=False))


def _is_link(text: str) -> bool:
    return is_picture_name(text) or is_other_file(text) or text.startswith(("http", "/"))


def names_of(value: Mapping[str, Value]) -> frozenset[str]:
    """Return how a site calls the picture of an object: its id, its slug."""
    names = (value.get(key) for key in _NAMES)
    return frozenset(str(name) for name in names if isinstance(name, (str, int)) and name)


def is_video(value: Mapping[str, Value]) -> bool:
    """Tell whether an object speaks of a film: what it shows is no more than its poster."""
    kinds = (value.get(name) for name in ("type", "media_type", "mediaType", "mime", "mime_type"))
    return any(isinstance(kind, str) and kind.lower().startswith("video") for kind in kinds)


def are_numbered(candidates: list[Candidate]) -> bool:
    """Tell whether keys count pictures: ``image1``, ``image2``."""
    labels = [one.label for one in candidates if not is_small(one.label)]
    bare = {_DIGITS.sub("", label) for label in labels}
    is_counted = 1 < len(set(labels)) == len(labels) and len(bare) == 1
    if not is_counted or any(map(tells_size, labels)):
        return False
    return len({bare_name(one.url) for one in candidates}) == len(candidates)


def is_near(prefix: Prefix) -> bool:
    """Tell whether a prefix says where the names beside it start from, not only those below."""
    return bool(_NEAR.search(prefix.key))
