"""What the original of a preview may be called."""

import re
from collections.abc import Iterator
from urllib.parse import SplitResult, quote, unquote

from spiders_project.pages.generic.spelling.addresses import ending_of, is_picture_name, stem_of
from spiders_project.pages.generic.spelling.services import LOOSE, rewritten
from spiders_project.pages.generic.spelling.sizes import (
    LARGE,
    SCALED,
    is_size_folder,
    size_of_label,
)
from spiders_project.pages.generic.spelling.stems import read_stem
from spiders_project.pages.generic.values import Candidate, Clue
from spiders_project.urls import PICTURE_ENDINGS, split_web_address

GUESS = "guess"
"""Begins the label of a name that other sites have, while nothing on this one points to it."""
_MOST = 8
_CALLED: dict[str, tuple[str, ...]] = {
    "small": ("large", "original"),
    "medium": ("large", "original"),
    "large": ("original",),
    "thumb": ("full", "large", "image", "original"),
    "thumbs": ("images", "full", "originals", "photos", "albums"),
    "cache": ("albums", "originals"),
    "resizes": ("albums", "originals"),
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
    services = list(rewritten(url))
    yield from services
    if any(rule not in LOOSE for rule, _ in services):
        return
    parts = split_web_address(url)
    if parts is None or len(parts.path) > 1000:
        return
    *folders, name = parts.path.split("/")
    ending = ending_of(name)
    if ending not in PICTURE_ENDINGS:
        yield from _other_words(parts, folders, name)
        return
    yield from _other_names(parts, folders, name)
    yield from _other_folders(parts, folders, name)


def _other_names(parts: SplitResult, folders: list[str], name: str) -> Iterator[tuple[str, str]]:
    stem = unquote(stem_of(name))
    read = read_stem(stem)
    ending = _ending(name)
    if read.marks:
        rule = "bare name" if all(map(_is_of_preview, read.marks)) else f"{GUESS} bare name"
        bare = read.bare if is_picture_name(read.bare) else read.bare + ending
        yield rule, _address(parts, folders, _quoted(bare))
    elif ending != name[len(stem_of(name)) :]:
        yield "bare ending", _address(parts, folders, stem_of(name) + ending)
    if (bare := read.without_number) != read.bare:
        yield "bare number", _address(parts, folders, _quoted(bare) + ending)
    if len(read.marks) == 1 and (word := read.marks[0].strip("-_. ~")) in _CALLED:
        for other in _CALLED[word][:2]:
            renamed = re.sub(rf"(?i)(?<![a-z0-9]){word}(?![a-z0-9])", other, stem)
            yield f"{GUESS} {word} {other}", _address(parts, folders, _quoted(renamed) + ending)


def _is_of_preview(mark: str) -> bool:
    """Return whether what was taken off a name is what programs add to those of smaller copies."""
    size = size_of_label(mark.strip("-_. ~"))
    return mark[:1] != "@" and (size is None or size < LARGE or size == SCALED)


def _ending(name: str) -> str:
    """Return the ending that the original of this name has: of ``a.jpg.webp`` it is .jpg."""
    return "." + name[len(stem_of(name)) :].split(".")[1]


def _other_folders(parts: SplitResult, folders: list[str], name: str) -> Iterator[tuple[str, str]]:
    at = next((i for i in range(len(folders) - 1, 0, -1) if is_size_folder(folders[i])), None)
    if at is None:
        return
    word = folders[at].lower()
    read = read_stem(unquote(stem_of(name)))
    bare = _quoted(read.without_number) + _ending(name)
    guess = "" if _is_of_preview(word) else f"{GUESS} "
    for called in dict.fromkeys([name, bare]):
        rule = f"{guess}no folder {word}{' or mark' if called != name else ''}"
        yield rule, _address(parts, folders[:at] + folders[at + 1 :], called)
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


def _quoted(name: str) -> str:
    return quote(name, safe="!$&'()*+,;=:@~")


def _address(parts: SplitResult, folders: list[str], name: str) -> str:
    return parts._replace(path="/".join([*folders, name])).geturl()
