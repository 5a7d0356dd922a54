"""Tells whether two names are those of sizes of one picture."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import unquote

from spiders_project.pages.generic.spelling.addresses import (
    ending_of,
    is_picture_name,
    stem_of,
    word_set,
)
from spiders_project.pages.generic.spelling.services import RAW, rewritten
from spiders_project.pages.generic.spelling.sizes import FOLDER_WORDS, USUAL_WIDTHS, is_size_folder
from spiders_project.pages.generic.spelling.stems import Stem, is_camera_name, read_stem
from spiders_project.urls import PICTURE_ENDINGS, split_web_address

_CONTAINERS = word_set(
    "images image img imgs pics pic pictures photos photo files file media uploads upload static"
    " assets content data albums album gallery galleries wp-content sites default styles public"
    " large_images full_images"
)
_SIZE_FOLDER = re.compile(
    r"^(?:\d{2,4}x\d{2,4}|[wsh]_?\d{2,4}|\d{2,4}(?:px|w)|(?:[whq]_\d+|[cgf]_\w+)(?:,[a-z]+_[\w:.]+)*)$"
)
_YEARS = range(1900, 2040)
_DERIVED = frozenset(["webp", "avif"])


@dataclass(frozen=True)
class _Identity:
    host: str
    folders: tuple[str, ...]
    stem: Stem
    ending: str
    query: str
    is_marked: bool


def same_picture(url_a: str, url_b: str) -> bool:
    """Return whether two addresses look like sizes of one picture.

    Names decide: those that differ by words and numbers of size only, in folders that do, too. A
    number at the end counts as a size where it is a usual one and the name has more to it.
    """
    if url_a == url_b:
        return True
    a, b = _identity(url_a), _identity(url_b)
    if a is None or b is None or not _same_stem(a, b) or not _same_kind(a, b):
        return False
    if a.query != b.query:
        return False
    if a.folders == b.folders:
        return True
    is_part = _is_end_of(a.folders, b.folders) or _is_end_of(b.folders, a.folders)
    return (is_part and (a.is_marked or b.is_marked)) or _is_distinctive(a.stem.bare)


@lru_cache(maxsize=16384)
def _identity(url: str) -> _Identity | None:
    is_rewritten = False
    for _ in range(3):
        inner = next((m for rule, m in rewritten(url) if rule != RAW), None)
        if inner is None:
            break
        url, is_rewritten = inner, True
    parts = split_web_address(url)
    if parts is None:
        return None
    *folders, name = unquote(parts.path).split("/")
    if "." not in name and (name.lower() in FOLDER_WORDS) and folders:
        name, folders, is_rewritten = folders[-1], folders[:-1], True
    while len(folders) > 1 and name.isdigit() and folders[-1].isdigit() and "." not in name:
        name, folders, is_rewritten = folders[-1], folders[:-1], True
    kept = tuple(f for f in folders if f and not _is_size_or_container(f))
    ending = ending_of(name)
    is_file = ending in PICTURE_ENDINGS
    stem = read_stem(stem_of(name))
    if is_picture_name(stem.bare):
        stem = replace(stem, bare=stem_of(stem.bare))
    marked = is_rewritten or bool(stem.marks)
    marked = marked or any(len(f) > 1 and is_size_folder(f) for f in folders)
    return _Identity(
        parts.netloc, kept, stem, ending if is_file else "", "" if is_file else parts.query, marked
    )


def _is_size_or_container(folder: str) -> bool:
    if folder.isdecimal():
        return int(folder[:9]) in USUAL_WIDTHS and int(folder[:9]) not in _YEARS
    is_size = is_size_folder(folder) or bool(_SIZE_FOLDER.match(folder))
    return is_size or folder.lower() in _CONTAINERS


def _same_stem(a: _Identity, b: _Identity) -> bool:
    one, other = a.stem, b.stem
    if not one.bare and not a.query:
        return False
    if one.bare == other.bare:
        return True
    if not (one.bare_number or other.bare_number):
        return False
    shorter = one.bare.removesuffix(one.bare_number)
    if shorter != other.bare.removesuffix(other.bare_number) or is_camera_name(shorter):
        return False
    return not (one.bare_number and other.bare_number) or len(shorter) >= 8


def _same_kind(a: _Identity, b: _Identity) -> bool:
    kinds = {
        "jpg" if ending in ("jpeg", "jpe", "jfif") else ending for ending in (a.ending, b.ending)
    }
    return len(kinds) == 1 or bool(kinds & _DERIVED) or a.is_marked or b.is_marked


def _is_end_of(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    return long[len(long) - len(short) :] == short if len(short) < len(long) else False


def _is_distinctive(stem: str) -> bool:
    """Return whether a name is unlikely to occur twice, unlike IMG_0001 in each album."""
    if len(stem) >= 20:
        return True
    digits = sum(map(str.isdigit, stem))
    letters = sum(map(str.isalpha, stem))
    return len(stem) >= 12 and digits >= 4 and (letters >= 4 or digits >= 12)
