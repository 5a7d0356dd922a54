"""The words and numbers by which pages and names tell one size of a picture from another."""

import re
from functools import lru_cache
from itertools import pairwise

from spiders_project.pages.generic.spelling.addresses import (
    spelling_of,
    word_set,
)

ORIGINAL = 1_000_000
"""Stands for the size that cannot be surpassed."""
FULL = 100_000
LARGE = 1400
SCALED = 2560
"""What WordPress makes of larger uploads, which it keeps beside it."""
SMALL = 800
"""Sizes of words up to here are previews."""

_WORDS: dict[int, str] = {
    50: "lqip blur blurred blurhash placeholder lowsrc tiny micro",
    150: "t q thumb thumbs thumbnail thumbnails thumbnailurl thumburl thumbsrc tn tns th mini minis"
    " sq square srct msrc icon exthumbimage ngthumb poster cover smallest 缩略图 thumbnailer"
    " eadir",
    320: "n small sm smaller low lowres lores lofi lq xs s 小图 smallurl",
    400: "preview previews prev teaser card crop cropped",
    700: "z medium med md mid middle m resized resize resizes rescaled web display slide slides"
    " regular normal standard reduced cache cached sized 中图 mediumurl",
    LARGE: "large lg l big b bigger largeurl 大图 大圖",
    1920: "hd fhd xlarge xl xxl xxlarge huge larger largest extralarge h",
    SCALED: "scaled",
    2561: "retina 2k k",
    3840: "4k uhd 8k",
    FULL: "full fullsize fullsized fullres fullimage fullurl hires highres hi high hq hiresurl zoom"
    " max maximum maxres magnify 高清 hifi superzoom zoomimage",
    ORIGINAL: "original originals orig origs originalurl originalimage raw master"
    " masters download downloadurl downloads o contenturl 原图 原圖 原始 uncompressed untouched",
}
_WIDTHS = {word: width for width, words in _WORDS.items() for word in words.split()}
FOLDER_WORDS = frozenset(_WIDTHS) - word_set("icon cover poster card q n z h k download downloads")
_LETTERS = word_set("s m l b h k o t q n z")
_PLURALS = re.compile(r"^(?:\d{2,4}x\d{2,4}|[wsh]?\d{2,4}(?:px|w)?)$")
_TOKENS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[248][kK]\b|\d+|[^\W\d_a-zA-Z]+")
_SIZE_FOLDER = re.compile(r"^(?:\d{2,4}x\d{2,4}|[ws]\d{2,4})$")
_SIZE_BEHIND = re.compile(r"\d+(?:x\d+)?$")
_PAIR = re.compile(r"(?<!\d)(\d{2,5})\s?[x×*](\d{2,5})(?!\d)", re.IGNORECASE)
_WIDE = re.compile(
    r"(?:^|[^a-z0-9])w[_=:-]?(\d{2,5})(?![\d])|(?<!\d)(\d{2,5})(?:w|px|p)(?![a-z0-9])"
)
_QUERY_WIDTH = re.compile(
    r"(?:^|&)(?:w|width|imwidth|maxwidth|max-w|sz|size)=(\d{2,5})(?:&|$|w|px)"
)
USUAL_WIDTHS = frozenset(
    (
        *(100, 120, 128, 150, 160, 180, 200, 220, 240, 250, 256, 280, 300, 320, 350, 360, 375, 400),
        *(
            420,
            450,
            480,
            500,
            512,
            540,
            595,
            600,
            640,
            700,
            720,
            750,
            768,
            800,
            828,
            900,
            960,
            1000,
        ),
        *(1024, 1080, 1100, 1200, 1280, 1300, 1366, 1400, 1440, 1500, 1536, 1600, 1680, 1800, 1900),
        *(1920, 2000, 2048, 2160, 2400, 2500, 2560, 2880, 3000, 3200, 3840, 4000, 4096, 5120, 7680),
    )
)
"""Numbers that programs write behind names; all others are more likely those of pictures."""


def words_of(label: str) -> list[str]:
    """Return the words of a name such as ``data-origFile`` or ``url_o``, in lower case."""
    return [word.lower() for word in _TOKENS.findall(label[:200])]


@lru_cache(maxsize=4096)
def size_of_label(label: str) -> int | None:
    """Return what an attribute, a key or the words of a link say of a size, None if nothing.

    A letter counts only at the end, as in ``url_o``; of several words the smallest counts, since a
    large thumbnail is a thumbnail.
    """
    words = words_of(label)
    last = len(words) - 1
    joined = [a + b for a, b in pairwise(words)]
    sizes = [
        _WIDTHS[word]
        for at, word in enumerate(words)
        if word in _WIDTHS and (word not in _LETTERS or at == last)
    ]
    sizes += [_WIDTHS[pair] for pair in joined if pair in _WIDTHS]
    if not sizes:
        return None
    return min(sizes) if min(sizes) < LARGE else max(sizes)


@lru_cache(maxsize=4096)
def is_small(label: str) -> bool:
    """Return whether a key, a label or a part of a name is called like a preview."""
    size = size_of_label(label)
    if size is None and (pair := pair_in(label)):
        size = max(pair)
    return size is not None and size < SMALL


@lru_cache(maxsize=4096)
def pair_in(text: str) -> tuple[int, int] | None:
    """Return the width and height that a text such as ``1920 x 1080`` or ``1600-1067`` names."""
    found = _PAIR.search(text) or re.fullmatch(r"\s*(\d{2,5})[-,\s]+(\d{2,5})\s*", text[:40])
    return (int(found[1]), int(found[2])) if found else None


@lru_cache(maxsize=16384)
def width_in(url: str) -> int | None:
    """Return the width that an address names, in its query, its last folders or its name.

    A bare number at the end of a name is none: cameras count up to 1024, too.
    """
    spelling = spelling_of(url)
    if spelling.query and (query := _QUERY_WIDTH.search(spelling.query)):
        return int(query[1])
    folders = [f for f in spelling.folders[-2:] if _PLURALS.match(f) or f.startswith("w_")]
    for text in (spelling.stem, *folders):
        if pair := _PAIR.search(text):
            return int(pair[1])
        if wide := _WIDE.search(text.lower()):
            return int(wide[1] or wide[2])
    return None


def is_size_folder(folder: str) -> bool:
    """Return whether a folder is called like a size: ``thumbs``, ``300x200``, ``w300``."""
    word = folder.lower().strip("_.")
    return word in FOLDER_WORDS or bool(_SIZE_FOLDER.match(word))


def is_small_folder(folder: str) -> bool:
    """Return whether a folder of this name holds small versions of what lies beside it."""
    word = _SIZE_BEHIND.sub("", folder.lower().strip("._@")).strip("._")
    is_letter = len(word) == 1 and word != "t"
    return word in FOLDER_WORDS and _WIDTHS[word] < SMALL and not is_letter
