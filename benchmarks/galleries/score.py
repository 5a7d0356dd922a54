"""Runs a crawler against a gallery and compares what it stored with what the gallery offers."""

import hashlib
import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.errors import CannotMeasure
from benchmarks.galleries.crawlers import Crawler
from benchmarks.galleries.server import Served, Visit
from benchmarks.galleries.truth import Offer, Truth, same_words
from benchmarks.processes import PROJECT

_SECONDS = 240


@dataclass(frozen=True)
class Spent:
    """Requests of one crawl."""

    pages: int
    pictures: int
    wrong: int
    """Answered with anything but a page or a picture, those for robots.txt among them."""

    @property
    def total(self) -> int:
        """Return all of them."""
        return self.pages + self.pictures + self.wrong


@dataclass(frozen=True)
class Score:
    """What came of one crawl."""

    recall: float
    """Share of the originals that were stored, byte for byte."""
    precision: float
    """Share of what was stored that is an original."""
    titles: float | None
    """Share of the originals that are called what the gallery calls them; None without a feed."""
    spent: Spent
    problem: str | None = None
    """The last line of what it said where it ended with another status than 0."""


def allowed_requests(truth: Truth) -> int:
    """Return what a polite crawl may spend: pages, downloads, and some probes."""
    count = len(truth.offers)
    return truth.pages + count + max(10, count // 10)


def measure(crawler: Crawler, served: Served, start: str, truth: Truth, folder: Path) -> Score:
    """Crawl a gallery that is being served; raises CannotMeasure where nothing can be started."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    served.visits.clear()
    problem = _run(crawler.command(served.url + start, folder))
    spent = _spent(served.visits)
    stored = {hashlib.sha256(file.read_bytes()).hexdigest() for file in crawler.pictures(folder)}
    kept = [offer for offer in truth.offers if stored & {offer.sha256, *offer.also}]
    titles = crawler.titles(folder)
    named = [offer for offer in kept if _is_named(offer, titles)]
    return Score(
        recall=len(kept) / len(truth.offers),
        precision=len(kept) / len(stored) if stored else 0.0,
        titles=len(named) / len(truth.offers) if titles else None,
        spent=spent,
        problem=problem,
    )


def _is_named(offer: Offer, titles: Mapping[str, str]) -> bool:
    given = [titles.get(each, "") for each in (offer.sha256, *offer.also)]
    return any(same_words(good, title) for good in offer.titles for title in given)


def _run(words: Sequence[str]) -> str | None:
    """Return what went wrong, if anything."""
    try:
        ended = subprocess.run(  # noqa: S603 - our own words
            words,
            cwd=PROJECT,
            env=os.environ | {"no_proxy": "*"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
            timeout=_SECONDS,
        )
    except subprocess.TimeoutExpired:
        return f"took longer than {_SECONDS} seconds"
    except OSError as error:
        raise CannotMeasure(f"could not be started: {error.strerror}") from None
    lines = ended.stderr.strip().splitlines() or ["it said nothing"]
    return f"status {ended.returncode}: {lines[-1]}" if ended.returncode else None


def _spent(visits: Sequence[Visit]) -> Spent:
    kinds = [_kind(visit) for visit in visits]
    return Spent(*(kinds.count(kind) for kind in ("page", "picture", "wrong")))


def _kind(visit: Visit) -> str:
    if visit.method == "GET" and visit.status in (200, 206, 304):
        if visit.kind.startswith("image/"):
            return "picture"
        if visit.kind in ("text/html", "application/xhtml+xml"):
            return "page"
    return "wrong"
