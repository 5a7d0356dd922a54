"""What a gallery really offers: of each known picture the largest version that it mentions."""

import html
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from benchmarks.galleries.explore import Found, targets
from benchmarks.galleries.known import Known
from benchmarks.galleries.pictures import Album
from benchmarks.galleries.recognition import Copy, Seen, look_at

_PAGE = re.compile("html|json|xml")
_SEVERAL = 3
_SEPARATORS = re.compile(r"[\s_\-]+")


@dataclass(frozen=True)
class Offer:
    """The original of one picture."""

    number: int
    """Of the known picture."""
    sha256: str
    also: Sequence[str]
    """Other files of the same size, such as AVIF beside JPEG: each is as good."""
    url: str
    """Below the address of the gallery."""
    width: int
    height: int
    titles: Sequence[str]
    """What it may be called: as the gallery calls it, or as its own metadata do."""


@dataclass(frozen=True)
class Truth:
    """What the gallery offers."""

    offers: tuple[Offer, ...]
    pages: int
    """Pages that show pictures: listings and details."""
    resized: int
    """Pictures whose original was not among what the gallery publishes."""


def find_truth(starts: Sequence[str], album: Album, *, by_files: bool) -> Truth:
    """Look at everything that a gallery mentions; raises CannotMeasure without any picture.

    ``by_files`` tells that it calls pictures by the names of their files.
    """
    return truth_of(look_at(starts, album), album, by_files=by_files)


def truth_of(seen: Seen, album: Album, *, by_files: bool) -> Truth:
    """Return what a gallery offers of whom all has been seen."""
    copies, pages = seen.copies, seen.texts
    ranked: dict[Known, list[Copy]] = {}
    for copy in sorted(copies.values(), key=lambda each: each.rank(album), reverse=True):
        ranked.setdefault(copy.picture, []).append(copy)
    words = "" if by_files else _plain(" ".join(_text(page) for page in pages))
    best = [ranked[known] for known in sorted(ranked, key=lambda known: known.number)]
    offers = tuple(_offer(own, words, album) for own in best)
    resized = sum(album.sha256[own[0].picture] != own[0].sha256 for own in best)
    return Truth(offers, _pages_with_pictures(pages, copies), resized)


def read_truth(file: Path) -> Truth:
    """Return what was found when the gallery was built."""
    data = json.loads(file.read_text(encoding="utf-8"))
    offers = tuple(Offer(**each) for each in data["offers"])
    return Truth(offers, data["pages"], data["resized"])


def write_truth(truth: Truth, file: Path) -> None:
    """Keep it beside the gallery."""
    file.write_text(json.dumps(asdict(truth), indent=1, ensure_ascii=False), encoding="utf-8")


def same_words(one: str, other: str) -> bool:
    """Tell whether one title is in another, whatever separates their words."""
    return _plain(one) in _plain(other)


def _offer(copies: Sequence[Copy], words: str, album: Album) -> Offer:
    """Return the first of the copies of a picture, and its equals."""
    copy, *others = copies
    known = copy.picture
    *its_rank, _ = copy.rank(album)
    equals = {each.sha256 for each in others if [*each.rank(album)][:-1] == its_rank}
    stem = unquote(copy.url).rsplit("/", 1)[-1].rsplit(".", 1)[0]
    names = (known.title, known.path.stem, known.plain_path.stem)
    shown = next((name for name in names if _plain(name) in words), stem)
    below = urlsplit(copy.url)._replace(scheme="", netloc="").geturl()
    also, titles = sorted(equals - {copy.sha256}), sorted({shown, known.title})
    width, height = copy.size
    return Offer(known.number, copy.sha256, also, below, width, height, titles)


def _pages_with_pictures(pages: Sequence[Found], copies: Mapping[str, Copy]) -> int:
    """Return how many pages and data files mention a picture, or several pages that do.

    The first counts always; the same page at two addresses is one.
    """
    first, *others = [page for page in pages if _PAGE.search(page.kind)]
    names = {unquote(url).rsplit("/", 1)[-1] for url in copies}
    showing = {page.url for page in others if _mentions(page, names)}
    leading = {
        page.url
        for page in others
        if "html" in page.kind and len(showing & set(targets(page, page.url))) >= _SEVERAL
    }
    counted = {page.body for page in others if page.url in showing | leading}
    return len(counted | {first.body})


def _mentions(page: Found, names: set[str]) -> bool:
    text = unquote(_text(page))
    return any(name in text for name in names)


def _text(page: Found) -> str:
    return html.unescape(page.body.decode("utf-8", "replace"))


def _plain(text: str) -> str:
    return _SEPARATORS.sub(" ", text).casefold().strip()
