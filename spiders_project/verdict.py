"""Judges a finished crawl by its statistics: did it do what was asked, and if not, why not."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from spiders_project import counters
from spiders_project.errors import ExitStatus
from spiders_project.outcomes import Outcome, Reason

_FINISHED = "finished"
_START_FAILED = "start_error"
_SIGNAL = "shutdown"
_STOPPED_WHY = {
    _SIGNAL: "by a signal",
    "disk-reserve": "before the disk is full (DISK_RESERVE)",
}
_FEED_NOT_STORED = "feedexport/failed_count/"
_STORED = (Outcome.DOWNLOADED, Outcome.UNCHANGED, Outcome.DUPLICATE, Outcome.SIMILAR)
# A person who asks for large pictures has got what was asked when all were small.
_REFUSED_AS_ASKED = (
    Reason.TOO_SMALL,
    Reason.TOO_LARGE,
    Reason.WRONG_ASPECT,
    Reason.OPT_OUT,
    Reason.FORGOTTEN,
)


@dataclass(frozen=True)
class Verdict:
    """The exit status of a crawl and the sentence that explains it, empty where all is well."""

    status: ExitStatus
    sentence: str = ""


def judge(stats: Mapping[str, Any], finish_reason: str | None) -> Verdict:
    """Return the verdict on a crawl that ended with ``finish_reason``."""
    return (
        _machine(stats)
        or _stopped(finish_reason or _SIGNAL)
        or _crashed(stats, finish_reason)
        or _listings(stats)
        or _details(stats)
        or _pictures(stats)
        or Verdict(ExitStatus.DONE)
    )


def _could_not(sentence: str) -> Verdict:
    return Verdict(ExitStatus.COULD_NOT, sentence)


def _machine(stats: Mapping[str, Any]) -> Verdict | None:
    if problem := stats.get(counters.STORAGE_PROBLEM):
        return _could_not(
            f"a picture could not be stored: {problem}; make room or name another place "
            "(OUTPUT_DIR, IMAGES_STORE), then run the same command again"
        )
    if problem := stats.get(counters.FEED_PROBLEM):
        return _could_not(f"the feed could not be written: {problem}; the pictures are stored")
    if problem := stats.get(counters.BROWSER_PROBLEM):
        return _could_not(f"the browser could not be started: {problem}; the log has the details")
    if errors := stats.get(counters.ITEM_ERRORS):
        return _could_not(f"{errors} items were lost to errors in item pipelines; see the log")
    if any(name.startswith(_FEED_NOT_STORED) for name in stats):
        return _could_not("a feed could not be stored; the log has the details")
    return None


def _stopped(finish_reason: str) -> Verdict | None:
    if finish_reason in (_FINISHED, _START_FAILED):
        return None
    why = _STOPPED_WHY.get(finish_reason, f"({finish_reason})")
    return Verdict(
        ExitStatus.STOPPED,
        f"stopped early {why}: what is stored stays, the feed is left as it was; "
        "run the same command again to complete it",
    )


def _crashed(stats: Mapping[str, Any], finish_reason: str | None) -> Verdict | None:
    crashes = stats.get("spider_exceptions/count", 0)
    if not crashes and finish_reason != _START_FAILED:
        return None
    return _could_not(
        f"{crashes or 'some'} pages could not be read because the spider or the site file "
        "raised an error; the log has the details"
    )


def _listings(stats: Mapping[str, Any]) -> Verdict | None:
    read, failed = stats.get(counters.LISTINGS_READ, 0), stats.get(counters.LISTINGS_FAILED, 0)
    forbidden = stats.get(counters.LISTINGS_FORBIDDEN, 0)
    first = stats.get(counters.LISTING_FAILURE)
    if not read and failed and failed == forbidden:
        return _could_not(f"robots.txt forbids all that was asked for, first {first}")
    if not read and failed:
        return _could_not(f"no listing could be read: {first}")
    if failed > forbidden:
        return _could_not(
            f"{failed - forbidden} of {read + failed} listings could not be read, first {first}; "
            "what was found is stored, the feed is left as it was"
        )
    if read and not stats.get(counters.CARDS_FOUND):
        return _could_not(
            "no pictures were found on any listing: the category may be empty or not exist, "
            "or the layout of the site has changed"
        )
    return None


def _details(stats: Mapping[str, Any]) -> Verdict | None:
    read, failed = stats.get(counters.DETAILS_READ, 0), stats.get(counters.DETAILS_FAILED, 0)
    if failed > read:
        return _could_not(
            f"{failed} of {read + failed} detail pages could not be read, "
            f"first {stats[counters.DETAIL_FAILURE]}"
        )
    if stats.get(counters.DETAILS_READ) and not stats.get(counters.PICTURES_FOUND):
        return _could_not(
            "no picture was found on any detail page: the layout of the site may have changed"
        )
    return None


def _pictures(stats: Mapping[str, Any]) -> Verdict | None:
    found = stats.get(counters.PICTURES_FOUND, 0)
    if any(stats.get(counters.pictures_with(outcome)) for outcome in _STORED):
        return None
    if stats.get(counters.PICTURES_PLANNED):
        return None
    as_asked = sum(
        stats.get(counters.pictures_with(Outcome.REFUSED, reason), 0)
        for reason in _REFUSED_AS_ASKED
    )
    if found <= as_asked:
        return None
    return _could_not(f"none of the {found} pictures found could be stored; the log tells why")
