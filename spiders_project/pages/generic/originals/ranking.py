"""Puts the addresses at which a picture may lie in order: the largest true version first."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from spiders_project.pages.generic.originals.names import GUESS
from spiders_project.pages.generic.originals.wording import is_original_wording
from spiders_project.pages.generic.spelling.addresses import (
    Nature,
    is_ornament,
    spelling_of,
)
from spiders_project.pages.generic.spelling.services import SERVICES
from spiders_project.pages.generic.spelling.sizes import (
    FOLDER_WORDS,
    FULL,
    LARGE,
    ORIGINAL,
    SCALED,
    SMALL,
    size_of_label,
    width_in,
)
from spiders_project.pages.generic.spelling.stems import read_stem
from spiders_project.pages.generic.values import Candidate, Clue

_GIVEN = frozenset([Clue.FEED, Clue.MANIFEST, Clue.INDEX, Clue.API])
_OFFERED = frozenset([Clue.LINK, Clue.LIGHTBOX, Clue.SCRIPT, Clue.DATA, Clue.JSON_LD])
_SHARED = frozenset([Clue.META])
_TRUST = (
    *(Clue.DOWNLOAD, Clue.MANIFEST, Clue.API, Clue.LINK, Clue.LIGHTBOX, Clue.DATA, Clue.SCRIPT),
)
"""Which clue of one address says most of it."""
_BY_SERVERS = frozenset(["webp", "avif"])
_SHARE_SHAPES = (1.87, 1.95)
"""Width by height of pictures that were cropped for sharing: 1200x630 and its like."""
_LARGEST_SHARED = 1600
_FILE = re.compile(r"file(?:_?(?:url|path|name))?|source|download", re.IGNORECASE)
_MARK = "~"
_UNKNOWN_OFFERED = 50_000
_UNKNOWN_SHOWN = 10

_DOWNLOAD, _SAID, _SIZED, _SEEN, _NAMED, _ASKED, _SMALL, _GUESSED = range(8, 0, -1)


@dataclass(frozen=True)
class _Rank:
    candidate: Candidate
    level: int
    width: int
    """Pixels as claimed; an estimate where nothing is."""
    is_known: bool
    at: int

    @property
    def order(self) -> tuple[int, int, bool, bool, int]:
        made_by_server = spelling_of(self.candidate.url).ending in _BY_SERVERS
        # What is small already may be there twice in one size: as it came, and packed again.
        is_no_file = _FILE.fullmatch(self.candidate.label) is None
        return -self.level, -self.width, made_by_server, is_no_file, self.at


def ranked(candidates: Iterable[Candidate]) -> tuple[tuple[Candidate, ...], bool]:
    """Return candidates in order, each address once, and whether a look at their bytes is needed.

    What a site calls a download or the original comes first, then what it links or says is large,
    then what it shows. A NAME that nobody links comes before previews only, a mere guess behind
    the best of them, so that the first three are what to look at where there is a doubt.
    """
    merged = _merged(candidates)
    shared = _shared_words(merged)
    merged = _without_cut_names(merged, shared)
    ranks = sorted(
        (_rank(candidate, at, shared) for at, candidate in enumerate(merged)),
        key=lambda rank: rank.order,
    )
    _put_guesses_forward(ranks)
    return tuple(rank.candidate for rank in ranks), _is_doubtful(ranks, shared)


def _put_guesses_forward(ranks: list[_Rank]) -> None:
    """Put guesses behind the best preview, before its smaller copies."""
    guesses = [rank for rank in ranks if rank.level == _GUESSED]
    small = next((at for at, rank in enumerate(ranks) if rank.level == _SMALL), None)
    if guesses and small is not None:
        ranks[:] = [rank for rank in ranks if rank.level != _GUESSED]
        ranks[small + 1 : small + 1] = guesses


def _merged(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return each address once, with all that is known of it, without stand-ins."""
    best: dict[str, Candidate] = {}
    for one in candidates:
        spelling = spelling_of(one.url)
        is_blank = spelling.is_blank and one.clue not in (Clue.LINK, Clue.DOWNLOAD)
        if is_blank or spelling.nature is Nature.OTHER:
            continue
        other = best.get(one.url)
        best[one.url] = one if other is None else _together(other, one)
    return _without_ornaments(list(best.values()))


def _without_ornaments(candidates: list[Candidate]) -> list[Candidate]:
    """Leave out logos and the like where there is a file that is none."""
    ornaments = {one.url for one in candidates if is_ornament(one.url)}
    if not ornaments or all(
        one.url in ornaments or spelling_of(one.url).nature is not Nature.FILE for one in candidates
    ):
        return candidates
    return [one for one in candidates if one.url not in ornaments or one.clue in _OFFERED]


def _together(one: Candidate, other: Candidate) -> Candidate:
    first, second = sorted((one, other), key=_rough_order)
    if first.width is None and second.width is not None and second.clue not in _SHARED:
        return replace(first, width=second.width, height=second.height)
    return first


def _rough_order(one: Candidate) -> tuple[bool, int]:
    at = _TRUST.index(one.clue) if one.clue in _TRUST else len(_TRUST) + (one.clue is Clue.NAME)
    return one.is_preview and one.clue is not Clue.DOWNLOAD, at


def _shared_words(candidates: Sequence[Candidate]) -> frozenset[str]:
    """Return the folders and marks that all candidates have, and that therefore tell no size."""
    spellings = [spelling_of(each.url) for each in candidates if each.clue is not Clue.NAME]
    if len(spellings) < 2:
        return frozenset()
    words = [
        frozenset(map(str.lower, each.folders)) | frozenset(_marks_of(each.stem))
        for each in spellings
    ]
    return frozenset.intersection(*words)


def _marks_of(stem: str) -> list[str]:
    """Return the size words of a name, each told from a folder of the same name."""
    return [_MARK + mark.strip("-_. ~") for mark in read_stem(stem).marks]


def _without_cut_names(candidates: list[Candidate], shared: frozenset[str]) -> list[Candidate]:
    """Leave out names that lack a word which belongs to the picture: ``low`` of ``low-tide``."""
    if not any(word.startswith(_MARK) for word in shared):
        return candidates
    stems = {spelling_of(each.url).stem for each in candidates if each.clue is not Clue.NAME}
    return [
        each
        for each in candidates
        if each.clue is not Clue.NAME or spelling_of(each.url).stem in stems
    ]


def _rank(one: Candidate, at: int, shared: frozenset[str]) -> _Rank:
    level, width, is_known = _level(one, shared)
    return _Rank(one, level, width, is_known, at)


def _level(one: Candidate, shared: frozenset[str]) -> tuple[int, int, bool]:
    nature = spelling_of(one.url).nature
    named = width_in(one.url) if nature is not Nature.PAGE else None
    width = one.width or named
    if one.clue is Clue.DOWNLOAD:
        return _download_level(one, nature, width)
    if nature is Nature.PAGE:
        return 0, 0, False
    if one.clue is Clue.NAME:
        return (_GUESSED if one.label.startswith(GUESS) else _NAMED), 0, False
    said = _said(one)
    spelled = size_of_name(one.url, shared)
    is_shown_small = one.is_preview and not (one.clue is Clue.SRCSET and (width or 0) >= SMALL)
    if is_shown_small or (said is not None and said < SMALL):
        return _SMALL, width or said or 0, bool(width)
    is_denied = named is not None or (spelled is not None and spelled < LARGE)
    if one.clue in _GIVEN or ((said or 0) >= FULL and not is_denied):
        return _SAID, max(said or 0, spelled or 0, width or 0), True
    return _other_level(one, nature, width, spelled or (None if is_denied else said))


def _said(one: Candidate) -> int | None:
    """Return what the label says of the size."""
    is_told = one.label and one.clue not in (Clue.SHOWN, Clue.META)
    return size_of_label(one.label) if is_told else None


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
    unknown = _UNKNOWN_SHOWN + (one.clue is Clue.DATA)
    level = _SIZED if (width or 0) >= LARGE else _SEEN
    return level, width or words or unknown, bool(width)


def _shared_level(one: Candidate, words: int | None) -> tuple[int, int, bool]:
    """Return the level of what a page offers for sharing, which often is a crop."""
    if one.width and one.height:
        shape = one.width / one.height
        if _SHARE_SHAPES[0] < shape < _SHARE_SHAPES[1] and one.width <= _LARGEST_SHARED:
            return _SMALL, SMALL, True
    if words is not None and words < SMALL:
        return _SMALL, words, False
    return _SEEN, words or _UNKNOWN_SHOWN - 1, False


@lru_cache(maxsize=16384)
def size_of_name(url: str, shared: frozenset[str] = frozenset()) -> int | None:
    """Return what the words in the name of a file and in its last folders say of its size."""
    spelling = spelling_of(url)
    marks = (mark for mark in _marks_of(spelling.stem) if mark not in shared)
    words = [mark.removeprefix(_MARK) for mark in marks]
    folders = [folder.lower() for folder in spelling.folders[-4:]]
    if "." not in spelling.name:
        folders.append(spelling.name.lower())
    words += [f.strip("_.") for f in folders if f.strip("_.") in FOLDER_WORDS and f not in shared]
    known = [size for word in words if (size := size_of_label(word)) is not None]
    if not known:
        return None
    return min(known) if min(known) < LARGE else max(known)


def _is_doubtful(ranks: Sequence[_Rank], shared: frozenset[str]) -> bool:
    """Return whether the clues leave open which one is the largest, and bytes would tell."""
    if len(ranks) < 2:
        return False
    first, second = ranks[0], ranks[1]
    if first.level == _DOWNLOAD or (first.level == _SAID and first.width >= FULL):
        return False
    names = [rank.candidate.label for rank in ranks if rank.candidate.clue is Clue.NAME]
    if first.level <= _NAMED:
        # A link around it will be followed, and its page knows better.
        is_linked = any(r.candidate.clue is Clue.LINK and r.level in (_ASKED, 0) for r in ranks)
        return not is_linked and bool(names)
    is_size = _is_called_a_size(first, shared) and not all(n.startswith(GUESS) for n in names)
    if is_size or SERVICES.intersection(names):
        return True
    return first.level == second.level and _is_a_draw(first, second)


def _is_a_draw(first: _Rank, second: _Rank) -> bool:
    """Return whether nothing known tells the larger of two."""
    clues = {first.candidate.clue, second.candidate.clue}
    if first.is_known or second.is_known or clues == {Clue.SRCSET}:
        return False
    return first.width == second.width or clues >= _SHARED


def _is_called_a_size(rank: _Rank, shared: frozenset[str]) -> bool:
    """Return whether an address says of itself that it is one size of several."""
    url = rank.candidate.url
    words, width = size_of_name(url, shared), width_in(url)
    if rank.candidate.clue in _OFFERED and (width or words or 0) >= LARGE:
        return words == SCALED
    return width is not None or (words is not None and words < FULL)
