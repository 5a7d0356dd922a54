"""From the statistics of a crawl to its exit status and its sentence."""

from typing import Any

import pytest

from spiders_project import counters
from spiders_project.errors import ExitStatus
from spiders_project.outcomes import Outcome, Reason, http_reason
from spiders_project.verdict import judge

DOWNLOADED = counters.pictures_with(Outcome.DOWNLOADED)
UNCHANGED = counters.pictures_with(Outcome.UNCHANGED)
DUPLICATE = counters.pictures_with(Outcome.DUPLICATE)
SIMILAR = counters.pictures_with(Outcome.SIMILAR)
FAILED = counters.pictures_with(Outcome.FAILED)
NOT_FOUND = counters.pictures_with(Outcome.FAILED, http_reason(404))
REFUSED = counters.pictures_with(Outcome.REFUSED)
TOO_SMALL = counters.pictures_with(Outcome.REFUSED, Reason.TOO_SMALL)
TOO_LARGE = counters.pictures_with(Outcome.REFUSED, Reason.TOO_LARGE)

GOOD: dict[str, Any] = {
    counters.LISTINGS_READ: 3,
    counters.CARDS_FOUND: 60,
    counters.DETAILS_READ: 60,
    counters.PICTURES_FOUND: 60,
    DOWNLOADED: 60,
}


def good(**changes: Any) -> dict[str, Any]:
    """Return the statistics of a good crawl with some changed, by the names in ``counters``."""
    return GOOD | {getattr(counters, name): value for name, value in changes.items()}


def good_until_pictures(**pictures: int) -> dict[str, Any]:
    stats = {name: value for name, value in GOOD.items() if name != DOWNLOADED}
    return stats | {globals()[name]: count for name, count in pictures.items()}


@pytest.mark.parametrize(
    "stats",
    [
        GOOD,
        good(DETAILS_FAILED=2, DETAIL_FAILURE="https://a.org/1.html (http-404)"),
        good(LISTINGS_FAILED=1, LISTINGS_FORBIDDEN=1, LISTING_FAILURE="https://a.org/x (robots)"),
        good_until_pictures(DOWNLOADED=1, FAILED=59, NOT_FOUND=59),
        good_until_pictures(UNCHANGED=60),
        good_until_pictures(DUPLICATE=60),
        good_until_pictures(SIMILAR=60),
        good_until_pictures(REFUSED=60, TOO_SMALL=60),
        good_until_pictures(REFUSED=60, TOO_SMALL=50, TOO_LARGE=10),
        {},
    ],
    ids=[
        "all downloaded",
        "some details failed",
        "some listings forbidden",
        "one of sixty",
        "nothing new",
        "all duplicates",
        "all similar",
        "all smaller than asked for",
        "all smaller or larger than asked for",
        "nothing to do",
    ],
)
def test_run_that_did_what_was_asked_is_done_without_a_word(stats: dict[str, Any]) -> None:
    verdict = judge(stats, "finished")
    assert verdict.status is ExitStatus.DONE
    assert verdict.sentence == ""


LOST_LISTING = "https://a.org/sea/index.html (dns)"


@pytest.mark.parametrize(
    ("stats", "words"),
    [
        (
            {counters.LISTINGS_FAILED: 1, counters.LISTING_FAILURE: LOST_LISTING},
            ["no listing could be read", LOST_LISTING],
        ),
        (
            {
                counters.LISTINGS_FAILED: 2,
                counters.LISTINGS_FORBIDDEN: 2,
                counters.LISTING_FAILURE: LOST_LISTING,
            },
            ["robots.txt forbids all", LOST_LISTING],
        ),
        (
            {
                counters.LISTINGS_FAILED: 2,
                counters.LISTINGS_FORBIDDEN: 1,
                counters.LISTING_FAILURE: LOST_LISTING,
            },
            ["no listing could be read"],
        ),
        (
            good(LISTINGS_FAILED=1, LISTING_FAILURE=LOST_LISTING),
            ["1 of 4 listings could not be read", LOST_LISTING, "feed is left as it was"],
        ),
        (
            good(LISTINGS_FAILED=3, LISTINGS_FORBIDDEN=1, LISTING_FAILURE=LOST_LISTING),
            ["2 of 6 listings"],
        ),
        ({counters.LISTINGS_READ: 1}, ["no pictures were found on any listing", "layout"]),
        ({counters.LISTINGS_READ: 1, counters.CARDS_FOUND: 0}, ["found on any listing"]),
        (
            {
                counters.LISTINGS_READ: 1,
                counters.CARDS_FOUND: 5,
                counters.DETAILS_FAILED: 5,
                counters.DETAIL_FAILURE: "https://a.org/1.html (http-500)",
            },
            ["5 of 5 detail pages", "https://a.org/1.html (http-500)"],
        ),
        (
            {
                counters.LISTINGS_READ: 1,
                counters.CARDS_FOUND: 5,
                counters.DETAILS_READ: 5,
                counters.PICTURES_FOUND: 0,
            },
            ["no picture was found on any detail page", "layout"],
        ),
        (good_until_pictures(FAILED=60, NOT_FOUND=60), ["none of the 60 pictures"]),
        (
            good_until_pictures(FAILED=1, NOT_FOUND=1, REFUSED=59, TOO_SMALL=59),
            ["none of the 60 pictures"],
        ),
        (GOOD | {"spider_exceptions/count": 2}, ["2 pages could not be read", "the log"]),
        (
            good(STORAGE_PROBLEM="[Errno 28] No space left on device"),
            ["No space left on device", "OUTPUT_DIR"],
        ),
        (
            good(FEED_PROBLEM="[Errno 28] No space left on device"),
            ["feed could not be written", "No space left on device", "pictures are stored"],
        ),
        (GOOD | {"feedexport/failed_count/S3FeedStorage": 1}, ["feed could not be stored"]),
    ],
    ids=[
        "no listing",
        "all forbidden",
        "forbidden and lost",
        "a listing lost",
        "listings lost and forbidden",
        "no cards",
        "no cards counted",
        "no detail",
        "no picture",
        "no picture stored",
        "one lost, others too small",
        "spider errors",
        "disk full",
        "disk full for the feed",
        "feed not stored",
    ],
)  # fmt: skip
def test_run_that_could_not_says_why(stats: dict[str, Any], words: list[str]) -> None:
    verdict = judge(stats, "finished")
    assert verdict.status is ExitStatus.COULD_NOT
    for word in words:
        assert word in verdict.sentence
    assert "\n" not in verdict.sentence


@pytest.mark.parametrize(
    ("finish_reason", "words"),
    [
        ("shutdown", "by a signal"),
        (None, "by a signal"),
        ("closespider_itemcount", "(closespider_itemcount)"),
        ("memusage_exceeded", "(memusage_exceeded)"),
    ],
)
@pytest.mark.parametrize("stats", [GOOD, {}, {counters.LISTINGS_FAILED: 1}])
def test_run_that_was_stopped_can_go_on(
    stats: dict[str, Any], finish_reason: str | None, words: str
) -> None:
    verdict = judge(stats, finish_reason)
    assert verdict.status is ExitStatus.STOPPED
    assert words in verdict.sentence
    assert "run the same command again" in verdict.sentence


def test_storage_problem_is_told_rather_than_the_stop_that_it_caused() -> None:
    verdict = judge(good(STORAGE_PROBLEM="Permission denied"), "storage-failed")
    assert verdict.status is ExitStatus.COULD_NOT
    assert "Permission denied" in verdict.sentence


@pytest.mark.parametrize("stats", [{}, {"spider_exceptions/count": 1}, GOOD])
def test_start_that_failed_is_no_success(stats: dict[str, Any]) -> None:
    verdict = judge(stats, "start_error")
    assert verdict.status is ExitStatus.COULD_NOT
    assert "the log has the details" in verdict.sentence
