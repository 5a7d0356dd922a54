"""Takes the size out of the name of a picture: ``photo_small-300x200`` is ``photo``."""

import re
from dataclasses import dataclass
from functools import lru_cache

from spiders_project.pages.generic.spelling.addresses import name_of, path_of, stem_of
from spiders_project.pages.generic.spelling.sizes import USUAL_WIDTHS, is_small, is_small_folder

_END_WORDS = (
    "thumbnails?|thumbs?|tn|tns|th|tb|normal|small|sm|mini|tiny|square|sq|previews?|prev|low|lowres|lores|lq|lqip|blur"
    "|medium|med|mid|md|resized?|rescaled|scaled|web|display|slide|reduced|large|lg|big|xl|xxl|xs"
    "|xlarge|huge|hd|full|fullsize|full-size|fullres|hires|high|highres|hi-res|original|orig|raw"
    "|max|poster|cover|crop|cropped|缩略图|小图|中图|大图|原图|retina|uhd|4k|2k"
)
_END = re.compile(
    rf"(?:[-_.~ ]+(?:{_END_WORDS})"
    r"|[-_.~ ]+(?:\d{2,5}x\d{2,5}|x\d{2,5}|\d{2,5}x)(?:[-_]?(?:c|crop|fit|fill|q\d+|\d))?"
    r"|[-_.~ ]+(?:\d{2,5}(?:w|h|px|p)|[wh]_?\d{2,5}|q\d{2})"
    r"|@[23](?:\.\d)?x|[-_][23]x"
    r"|_hu_?[0-9a-f]{6,}[\w.]*"
    r"|-e\d{10,13}"
    r"|_[stmlo](?![^\W_]))$",
    re.IGNORECASE,
)
_ADJECTIVES = (
    "normal|small|tiny|square|low|medium|mid|large|big|huge|full|high|raw|max|original|cover|poster|web"
    "|display|slide|mini"
)
"""Titles begin with them, too: ``low-tide`` is no smaller ``tide``, which ``low_tide`` may be."""
_START = re.compile(
    rf"^\.?(?:(?!(?:{_ADJECTIVES})[-.~ ])(?:{_END_WORDS}|[stml])[-_.]+"
    r"|\d{2,4}px-|\d{2,4}x\d{2,4}[-_]|lossy-page\d+-)(?=.)",
    re.IGNORECASE,
)
_BARE = re.compile(r"[-_.](\d{3,4})$")
_FLICKR = re.compile(r"(?<=\d{6}_[0-9a-f]{10})_[sqtmnwzcbhko0-9]k?$")
_CAMERA = re.compile(
    r"^(?:img|dsc|dscn|dscf|pict?|picture|photo|image|p|pxl|gopr|cimg|sam|scan|page|mvi|wallpaper"
    r"|foto|bild|untitled|file|slide|frame)?[-_ ]*$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Stem:
    """The name of a picture file, and what of it tells the size."""

    bare: str
    """What is left: the same for all sizes of a picture."""
    marks: tuple[str, ...]
    """What was taken off, in lower case."""
    bare_number: str = ""
    """A number at the end that may be a size, or may count pictures."""

    @property
    def without_number(self) -> str:
        """The bare name without the number at its end that may be a size; cameras count so, too."""
        shorter = self.bare.removesuffix(self.bare_number)
        return self.bare if is_camera_name(shorter) else shorter


@lru_cache(maxsize=16384)
def read_stem(stem: str) -> Stem:
    """Return a name without the words and numbers that tell a size.

    Nothing is taken off where nothing would be left but digits of a size or the like.
    """
    marks: list[str] = []
    if (found := _FLICKR.search(stem)) is not None:
        marks.append(found[0].lower())
        stem = stem[: found.start()]
    for _ in range(4):
        found = _END.search(stem)
        if found is not None and found.start():
            marks.append(found[0].lower())
            stem = stem[: found.start()]
            continue
        found = _START.match(stem)
        if found is None:
            break
        marks.append(found[0].lower())
        stem = stem[found.end() :]
    number = _BARE.search(stem)
    may_be_size = number is not None and int(number[1]) in USUAL_WIDTHS
    return Stem(stem, tuple(marks), number[0] if number is not None and may_be_size else "")


def is_camera_name(stem: str) -> bool:
    """Return whether a name tells pictures apart by its number alone."""
    return bool(_CAMERA.match(stem))


@lru_cache(maxsize=16384)
def bare_name(link: str) -> str:
    """Return the name of a picture without ending and size words: the same for all its sizes."""
    name = name_of(link)
    return stem_of(read_stem(stem_of(name)).without_number).casefold()


@lru_cache(maxsize=16384)
def looks_small(link: str) -> bool:
    """Return whether a link speaks of a small version, by the name of the file or its folders."""
    *folders, name = path_of(link).split("/")
    marks = (mark.strip("-_.@~ ") for mark in read_stem(stem_of(name)).marks)
    return any(map(is_small, marks)) or any(map(is_small_folder, folders[-4:]))
