"""The numbers that a display shows: one moment of a crawl, as its statistics tell it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from spiders_project import counters
from spiders_project.outcomes import Outcome

_FILTERED = "dupefilter/filtered"
_SURE_AFTER_SECONDS = 5
"""A rate of fewer seconds says nothing of the time left."""


@dataclass(frozen=True)
class Pages:
    """Pages that were read, and that are still to be read."""

    listings: int = 0
    has_more_listings: bool = True
    details: int = 0
    details_asked: int = 0
    failed: int = 0

    @property
    def details_open(self) -> int:
        """Detail pages that were asked for and not answered so far, or failed."""
        return max(0, self.details_asked - self.details)

    @classmethod
    def of(cls, stats: Mapping[str, Any]) -> "Pages":
        """Count by the statistics of a crawl."""
        asked, read, failed, absent = (
            stats.get(name, 0)
            for name in (
                counters.LISTINGS_ASKED,
                counters.LISTINGS_READ,
                counters.LISTINGS_FAILED,
                counters.LISTINGS_ABSENT,
            )
        )
        lost_details = stats.get(counters.DETAILS_FAILED, 0)
        # A detail page of two categories is asked for twice, and the duplicate filter drops one.
        gone = lost_details + stats.get(_FILTERED, 0)
        return cls(
            listings=read,
            # More answers than questions: the others were asked by an earlier run.
            has_more_listings=not asked or asked != read + failed + absent,
            details=stats.get(counters.DETAILS_READ, 0),
            details_asked=stats.get(counters.DETAILS_ASKED, 0) - gone,
            failed=failed + lost_details,
        )


@dataclass(frozen=True)
class Pictures:
    """Pictures that were found, and what became of them."""

    found: int = 0
    outcomes: Mapping[Outcome, int] = field(default_factory=dict)
    reasons: Mapping[Outcome, Mapping[str, int]] = field(default_factory=dict)

    @property
    def done(self) -> int:
        """Pictures whose outcome is known."""
        return sum(self.outcomes.values())

    @classmethod
    def of(cls, stats: Mapping[str, Any]) -> "Pictures":
        """Count by the statistics of a crawl."""
        counts = {each: stats.get(counters.pictures_with(each), 0) for each in Outcome}
        outcomes = {outcome: count for outcome, count in counts.items() if count}
        reasons = {each: counts_below(counters.pictures_with(each, ""), stats) for each in outcomes}
        return cls(stats.get(counters.PICTURES_FOUND, 0), outcomes, reasons)


@dataclass(frozen=True)
class Rates:
    """How fast it goes, over the last seconds."""

    bytes_per_second: float = 0.0
    pictures_per_second: float = 0.0


@dataclass(frozen=True)
class Figures:
    """One moment of a crawl."""

    subject: str = ""
    """The spider and its site."""
    state: str = ""
    """Empty while all runs as it should, else a few words."""
    seconds: float = 0.0
    pages: Pages = Pages()
    pictures: Pictures = Pictures()
    rates: Rates = Rates()
    responses: int = 0
    """Answers of any kind, for spiders that know neither listings nor details."""
    received_bytes: int = 0
    requests: int = 0
    """Requests in the downloader, of pages and of pictures."""
    asked_again: Mapping[str, int] = field(default_factory=dict)
    """Requests that were repeated, by the reason."""
    held: Mapping[str, float] = field(default_factory=dict)
    """Origins (scheme, host and port) held back, with the seconds left."""

    @property
    def total(self) -> tuple[str, int]:
        """How many pictures there will be: ``of at least``, ``of about`` or ``of``, and a number.

        At least one for each detail page while there are more listings; then
        as many for each as there were so far; and the number found when all
        detail pages are read.
        """
        pages, found = self.pages, self.pictures.found
        # The pictures of a page are found a moment after it was read.
        least = max(found, pages.details) + pages.details_open
        if pages.has_more_listings:
            return "of at least", least
        if not pages.details_open:
            return "of", found
        if 0 < found <= pages.details:
            return "of", least
        mean = found / pages.details if pages.details else 1.0
        return "of about", found + round(pages.details_open * mean)

    @property
    def seconds_left(self) -> float | None:
        """The time that the pictures left take at the present rate; None where nobody knows."""
        words, total = self.total
        rate = self.rates.pictures_per_second
        if words == "of at least" or not rate or self.seconds < _SURE_AFTER_SECONDS:
            return None
        return max(0, total - self.pictures.done) / rate


def counts_below(start: str, stats: Mapping[str, Any]) -> dict[str, int]:
    """Return the statistics whose names begin so, by the rest of their names."""
    names = sorted(name for name in stats if name.startswith(start))
    return {name.removeprefix(start): stats[name] for name in names}
