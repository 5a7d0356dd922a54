"""Puts the addresses at which a picture may lie in order: the largest true version first."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from spiders_project.pages.generic.originals.addresses import (
    Nature,
    ending_of,
    is_blank,
    is_ornament,
    nature_of,
)
from spiders_project.pages.generic.originals.names import GUESS
from spiders_project.pages.generic.originals.sizes import (
    FOLDER_WORDS,
    FULL,
    LARGE,
    ORIGINAL,
    SMALL,
    size_of_label,
    stem_of,
    width_in,
)
from spiders_project.pages.generic.originals.stems import read_stem
from spiders_project.pages.generic.originals.wording import is_original_wording
from spiders_project.pages.generic.values import Candidate, Clue

_GIVEN = frozenset([Clue.FEED, Clue.MANIFEST, Clue.INDEX, Clue.API])
_OFFERED = frozenset([Clue.LINK, Clue.LIGHTBOX, Clue.SCRIPT, Clue.DATA, Clue.JSON_LD])
_SHARED = frozenset([Clue.META])
_BY_SERVERS = frozenset(["webp", "avif"])
_SHARE_SHAPES = (1.87, 1.95)
"""Width by height of pictures that were cropped for sharing: 1200x630 and its like."""
_LARGEST_SHARED = 1600
_UNKNOWN_OFFERED = 50_000
_UNKNOWN_SHOWN = 10

_DOWNLOAD, _SAID, _SIZED, _SEEN, _NAMED, _ASKED, _SMALL = range(7, 0, -1)


@dataclass(frozen=True)
class _Rank:
    candidate: Candidate
    level: int
    width: int
    """Pixels as claimed; an estimate where nothing is."""
    is_known: bool
    at: int

    @property
    def order(self) -> tuple[int, int, int, int]:
        made_by_server = ending_of(_name(self.candidate.url)) in _BY_SERVERS
        return -self.level, -self.width, int(made_by_server), self.at


def ranked(candidates: Iterable[Candidate]) -> tuple[tuple[Candidate, ...], bool]:
    """Return candidates in order, each address once, and whether a look at their bytes is needed.

    What a site calls a download or the original comes first, then what it links or says is large,
    then what it shows; a NAME that nobody links comes before previews only, and never alone
    decides: a picture whose best address is doubtful is one whose first few should be looked at.
    """
    merged = _merged(candidates)
    shared = _shared_folders(merged)
    ranks = sorted(
        (_rank(candidate, at, shared) for at, candidate in enumerate(merged)),
        key=lambda rank: rank.order,
    )
    return tuple(rank.candidate for rank in ranks), _is_doubtful(ranks)


def _merged(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return each address once, with all that is known of it, without stand-ins."""
    best: dict[str, Candidate] = {}
    for one in candidates:
        if is_blank(one.url) and one.clue not in (Clue.LINK, Clue.DOWNLOAD):
            continue
        if nature_of(one.url) is Nature.OTHER:
            continue
        other = best.get(one.url)
        best[one.url] = one if other is None else _together(other, one)
    kept = [one for one in best.values() if one.clue in _OFFERED or not is_ornament(one.url)]
    return kept or list(best.values())


def _together(one: Candidate, other: Candidate) -> Candidate:
    first, second = sorted((one, other), key=_rough_order)
    if first.width is None and second.width is not None and second.clue not in _SHARED:
        return replace(first, width=second.width, height=second.height)
    return first


def _rough_order(one: Candidate) -> tuple[bool, int]:
    order = (
        Clue.DOWNLOAD,
        Clue.MANIFEST,
        Clue.API,
        Clue.LINK,
        Clue.LIGHTBOX,
        Clue.DATA,
        Clue.SCRIPT,
    )
    at = order.index(one.clue) if one.clue in order else len(order) + (one.clue is Clue.NAME)
    return one.is_preview and one.clue is not Clue.DOWNLOAD, at


def _shared_folders(candidates: Sequence[Candidate]) -> frozenset[str]:
    """Return the folders that all candidates lie in, and that therefore tell no size."""
    if len(candidates) < 2:
        return frozenset()
    folders = [frozenset(_path(one.url).lower().split("/")[:-1]) for one in candidates]
    return frozenset.intersection(*folders)


def _rank(one: Candidate, at: int, shared: frozenset[str]) -> _Rank:
    level, width, is_known = _level(one, shared)
    return _Rank(one, level, width, is_known, at)


def _level(one: Candidate, shared: frozenset[str]) -> tuple[int, int, bool]:
    nature = nature_of(one.url)
    named = width_in(one.url) if nature is not Nature.PAGE else None
    width = one.width or named
    if one.clue is Clue.DOWNLOAD:
        return _download_level(one, nature, width)
    if nature is Nature.PAGE:
        return 0, 0, False
    if one.clue is Clue.NAME:
        return (_ASKED if one.label.startswith(GUESS) else _NAMED), 0, False
    said = _said(one)
    spelled = size_of_name(one.url, shared)
    is_shown_small = one.is_preview and not (one.clue is Clue.SRCSET and (width or 0) >= SMALL)
    if is_shown_small or (said is not None and said < SMALL):
        return _SMALL, width or said or 0, bool(width)
    if one.clue in _GIVEN or (said or 0) >= FULL:
        return _SAID, max(said or 0, spelled or 0, width or 0), True
    return _other_level(one, nature, width, spelled or said)


def _said(one: Candidate) -> int | None:
    """Return what the label says of the size; that of a SHOWN picture is the lazy loader's."""
    return (
        size_of_label(one.label) if one.label and one.clue not in (Clue.SHOWN, Clue.META) else None
    )


def _download_level(one: Candidate, nature: Nature, width: int | None) -> tuple[int, int, bool]:
    if nature is Nature.PAGE:
        return 0, 1, False
    size = size_of_label(one.label)
    if is_original_wording(one.label):
        return _DOWNLOAD, ORIGINAL, True
    if size is not None and size < LARGE and size != ORIGINAL:
        return _SIZED, width or size, True
    return _DOWNLOAD, width or FULL, bool(width)


def _other_level(
    one: Candidate, nature: Nature, width: int | None, words: int | None
) -> tuple[int, int, bool]:
    if one.clue is Clue.META:
        return _shared_level(one, words)
    if one.clue is Clue.LINK and nature is Nature.MAYBE:
        return _ASKED, 1, False
    is_offered = one.clue in _OFFERED and (bool(one.label) or one.clue is not Clue.DATA)
    if (words or 0) >= FULL:
        return (_SAID if is_offered else _SIZED), max(words or 0, width or 0), True
    is_small = words is not None and words < SMALL and not (is_offered and one.width)
    if is_small and one.clue is not Clue.SRCSET:
        return _SMALL, width or words or 0, bool(width)
    if is_offered or one.clue is Clue.SRCSET:
        # What is offered and called large may be larger than any size that is known.
        unknown = _UNKNOWN_OFFERED if is_offered else _UNKNOWN_SHOWN
        return _SIZED, width or unknown + (words or 0), bool(width)
    if width:
        return (_SIZED if width >= LARGE else _SEEN), width, True
    return _SEEN, words or _UNKNOWN_SHOWN, False


def _shared_level(one: Candidate, words: int | None) -> tuple[int, int, bool]:
    """Return the level of what a page offers for sharing, which often is a crop."""
    if one.width and one.height:
        shape = one.width / one.height
        if _SHARE_SHAPES[0] < shape < _SHARE_SHAPES[1] and one.width <= _LARGEST_SHARED:
            return _SMALL, SMALL, True
    if words is not None and words < SMALL:
        return _SMALL, words, False
    return _SEEN, words or _UNKNOWN_SHOWN - 1, False


@lru_cache(maxsize=8192)
def size_of_name(url: str, shared: frozenset[str] = frozenset()) -> int | None:
    """Return what the words in the name of a file and in its last folders say of its size."""
    *folders, name = _path(url).split("/")
    stem = stem_of(name)
    read = read_stem(stem)
    sizes = [size_of_label(mark.strip("-_. ~")) for mark in read.marks]
    for folder in folders[-4:]:
        word = folder.lower().strip("_.")
        if word in FOLDER_WORDS and folder.lower() not in shared:
            sizes.append(size_of_label(word))
    if name.lower() in FOLDER_WORDS and "." not in name:
        sizes.append(size_of_label(name.lower()))
    known = [size for size in sizes if size is not None]
    if not known:
        return None
    return min(known) if min(known) < LARGE else max(known)


def _is_doubtful(ranks: Sequence[_Rank]) -> bool:
    """Return whether the clues leave open which one is the largest, and bytes would tell."""
    if len(ranks) < 2:
        return False
    first, second = ranks[0], ranks[1]
    if first.level == _DOWNLOAD or (first.level == _SAID and first.width >= FULL):
        return False
    if first.level <= _NAMED:
        return any(rank.candidate.clue is Clue.NAME for rank in ranks) and _is_worth_asking(ranks)
    if _marks(first.candidate.url) and any(_is_safe_name(rank) for rank in ranks):
        return True
    if first.is_known or second.is_known or first.level != second.level:
        return False
    return first.width == second.width or {first.candidate.clue, second.candidate.clue} >= _SHARED


def _is_worth_asking(ranks: Sequence[_Rank]) -> bool:
    """Return whether a preview's other names are all there is: no link leads anywhere."""
    is_asked_anyway = any(r.candidate.clue is Clue.LINK and r.level == _ASKED for r in ranks)
    return not is_asked_anyway


def _is_safe_name(rank: _Rank) -> bool:
    one = rank.candidate
    return one.clue is Clue.NAME and not one.label.startswith(GUESS)


def _marks(url: str) -> bool:
    """Return whether an address says of itself that it is one size of several."""
    if width_in(url) is not None or size_of_name(url) is not None:
        size = size_of_name(url)
        return size is None or size < FULL
    return bool(re.search(r"/_next/image|/cdn-cgi/image|timthumb|/unsafe/|/_ipx/|[?&]url=", url))


def _path(url: str) -> str:
    try:
        return unquote(urlsplit(url).path)
    except ValueError:
        return ""


def _name(url: str) -> str:
    return _path(url).rpartition("/")[2]
