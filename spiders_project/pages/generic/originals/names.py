"""What the original of a preview may be called, and whether two names are sizes of one picture."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import SplitResult, quote, unquote

from spiders_project.pages.generic.originals.addresses import (
    ENDINGS,
    ending_of,
    is_picture_name,
    word_set,
)
from spiders_project.pages.generic.originals.services import rewritten
from spiders_project.pages.generic.originals.sizes import FOLDER_WORDS, stem_of
from spiders_project.pages.generic.originals.stems import Stem, is_camera_name, read_stem
from spiders_project.pages.generic.values import Candidate, Clue
from spiders_project.urls import split_web_address

GUESS = "guess"
"""Begins the label of a name that other sites have, while nothing on this one points to it."""
_MOST = 8
_CONTAINERS = word_set(
    "images image img imgs pics pic pictures photos photo files file media uploads upload static"
    " assets content data albums album gallery galleries wp-content sites default styles public"
    " large_images full_images"
)
_SIZE_FOLDER = re.compile(r"^(?:\d{2,4}x\d{2,4}|[wsh]?_?\d{2,4}(?:px|w)?|[a-z]{1,3}_[\w,:.]+)$")
_DERIVED = frozenset(["webp", "avif"])
_CALLED: dict[str, tuple[str, ...]] = {
    "small": ("large", "original"),
    "medium": ("large", "original"),
    "large": ("original",),
    "thumb": ("full", "large", "image", "original"),
    "thumbs": ("images", "full", "originals", "photos", "large"),
    "thumbnail": ("image", "full", "original"),
    "thumbnails": ("images", "originals", "photos"),
    "preview": ("original", "full"),
    "previews": ("originals", "images"),
    "resized": ("original", "originals"),
    "web": ("original", "full"),
    "mini": ("large", "full"),
    "t": ("o", "l"),
    "s": ("o", "l"),
    "m": ("o", "l"),
}
"""What stands in the place of a size word elsewhere."""


def variants_of_name(url: str) -> tuple[Candidate, ...]:
    """Return the addresses at which the original of a preview may lie, the likeliest first.

    Nobody links them. Their ``label`` says the rule that made them; it begins with GUESS where
    only habit speaks for it.
    """
    found: dict[str, str] = {}
    for rule, made in rewrites_of(url):
        found.setdefault(made, rule)
    found.pop(url, None)
    return tuple(Candidate(made, Clue.NAME, label=rule) for made, rule in found.items())[:_MOST]


def rewrites_of(url: str) -> Iterator[tuple[str, str]]:
    """Yield the name of each rule that fits an address, and what it makes of it."""
    yield from rewritten(url)
    parts = split_web_address(url)
    if parts is None or len(parts.path) > 1000:
        return
    *folders, name = parts.path.split("/")
    ending = ending_of(name)
    if ending not in ENDINGS:
        yield from _other_words(parts, folders, name)
        return
    yield from _other_names(parts, folders, name)
    yield from _other_folders(parts, folders, name)


def _other_names(parts: SplitResult, folders: list[str], name: str) -> Iterator[tuple[str, str]]:
    stem = unquote(stem_of(name))
    read = read_stem(stem)
    ending = _ending(name)
    if read.marks:
        bare = read.bare if is_picture_name(read.bare) else read.bare + ending
        yield "bare name", _address(parts, folders, _quoted(bare))
    elif ending != name[len(stem_of(name)) :]:
        yield "bare ending", _address(parts, folders, stem_of(name) + ending)
    if read.bare_number and not is_camera_name(read.bare.removesuffix(read.bare_number)):
        bare = read.bare.removesuffix(read.bare_number)
        yield "bare number", _address(parts, folders, _quoted(bare) + ending)
    if len(read.marks) == 1 and (word := read.marks[0].strip("-_. ~")) in _CALLED:
        for other in _CALLED[word][:2]:
            renamed = re.sub(rf"(?i)(?<![a-z0-9]){word}(?![a-z0-9])", other, stem)
            yield f"{GUESS} {word} {other}", _address(parts, folders, _quoted(renamed) + ending)


def _ending(name: str) -> str:
    """Return the ending that the original of this name has: of ``a.jpg.webp`` it is .jpg."""
    return "." + name[len(stem_of(name)) :].split(".")[1]


def _other_folders(parts: SplitResult, folders: list[str], name: str) -> Iterator[tuple[str, str]]:
    at = next((i for i in range(len(folders) - 1, 0, -1) if _is_size_folder(folders[i])), None)
    if at is None:
        return
    word = folders[at].lower()
    read = read_stem(unquote(stem_of(name)))
    bare = _quoted(read.bare) + _ending(name)
    for called in dict.fromkeys([name, bare]):
        yield (
            f"no folder {word} {called == name}",
            _address(parts, folders[:at] + folders[at + 1 :], called),
        )
    for other in _CALLED.get(word.strip("_."), ()):
        renamed = [*folders[:at], other, *folders[at + 1 :]]
        yield f"{GUESS} folder {word} {other}", _address(parts, renamed, bare)


def _other_words(parts: SplitResult, folders: list[str], name: str) -> Iterator[tuple[str, str]]:
    """Of addresses that end in a word: ``/photo/12/small``, ``?id=12&size=small``."""
    if name.lower() in _CALLED:
        for other in ("original", *_CALLED[name.lower()]):
            yield f"{GUESS} word {other}", _address(parts, folders, other)
    found = re.search(
        r"(?:^|&)(?:size|type|version|variant|format|style)=([a-z]+)(?=&|$)", parts.query
    )
    if found is not None and found[1] in _CALLED:
        for other in ("original", *_CALLED[found[1]]):
            query = parts.query[: found.start(1)] + other + parts.query[found.end(1) :]
            yield f"{GUESS} query {other}", parts._replace(query=query).geturl()


def _is_size_folder(folder: str) -> bool:
    word = folder.lower().strip("_.")
    return word in FOLDER_WORDS or bool(re.fullmatch(r"\d{2,4}x\d{2,4}|[ws]\d{2,4}", word))


def _quoted(name: str) -> str:
    return quote(name, safe="!$&'()*+,;=:@~")


def _address(parts: SplitResult, folders: list[str], name: str) -> str:
    return parts._replace(path="/".join([*folders, name])).geturl()


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
        inner = next((m for rule, m in rewritten(url) if rule != "raw_of_code_site"), None)
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
    is_file = ending in ENDINGS
    stem = read_stem(stem_of(name))
    if is_picture_name(stem.bare):
        stem = replace(stem, bare=stem_of(stem.bare))
    marked = is_rewritten or bool(stem.marks)
    marked = marked or any(len(f) > 1 and _is_size_folder(f) for f in folders)
    return _Identity(
        parts.netloc, kept, stem, ending if is_file else "", "" if is_file else parts.query, marked
    )


def _is_size_or_container(folder: str) -> bool:
    return (
        _is_size_folder(folder) or folder.lower() in _CONTAINERS or bool(_SIZE_FOLDER.match(folder))
    )


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
