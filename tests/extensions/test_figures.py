"""The figures of a moment, from the statistics of a crawl."""

from typing import Any

import pytest

from spiders_project.extensions.progress.figures import Figures, Pages, Pictures, Rates
from spiders_project.extensions.progress.gauge import Meter
from spiders_project.outcomes import Outcome


def figures(stats: dict[str, Any], **others: Any) -> Figures:
    return Figures(pages=Pages.of(stats), pictures=Pictures.of(stats), **others)


@pytest.mark.parametrize(
    ("stats", "words", "total"),
    [
        pytest.param({}, "of at least", 0, id="nothing-known"),
        pytest.param(
            {"listings/asked": 2, "listings/read": 1, "details/asked": 12},
            *("of at least", 12),
            id="a-listing-is-still-open",
        ),
        pytest.param(
            {"listings/asked": 1, "listings/read": 1, "details/asked": 12, "details/read": 0},
            *("of about", 12),
            id="no-detail-page-was-read-yet",
        ),
        pytest.param(
            {
                "listings/asked": 1,
                "listings/read": 1,
                "details/asked": 12,
                "details/read": 4,
                "pictures/found": 4,
            },
            *("of", 12),
            id="one-picture-on-each-detail-page",
        ),
        pytest.param(
            {
                "listings/asked": 1,
                "listings/read": 1,
                "details/asked": 12,
                "details/read": 4,
                "pictures/found": 40,
            },
            *("of about", 120),
            id="sets-of-pictures",
        ),
        pytest.param(
            {
                "listings/asked": 3,
                "listings/read": 1,
                "listings/failed": 1,
                "listings/absent": 1,
                "details/asked": 12,
                "details/read": 9,
                "details/failed": 2,
                "dupefilter/filtered": 1,
                "pictures/found": 30,
            },
            *("of", 30),
            id="every-page-has-had-its-answer",
        ),
        pytest.param(
            {"listings/asked": 1, "listings/read": 4, "details/read": 30, "pictures/found": 30},
            *("of at least", 30),
            id="questions-of-an-earlier-run",
        ),
    ],
)
def test_total_says_how_sure_it_is(stats: dict[str, Any], words: str, total: int) -> None:
    assert figures(stats).total == (words, total)


def test_counts_outcomes_and_reasons() -> None:
    pictures = Pictures.of(
        {
            "pictures/found": 9,
            "pictures/bytes": 1000,
            "pictures/downloaded": 4,
            "pictures/refused": 3,
            "pictures/refused/truncated": 1,
            "pictures/refused/too-small": 2,
        }
    )

    assert pictures.done == 7
    assert pictures.outcomes == {Outcome.DOWNLOADED: 4, Outcome.REFUSED: 3}
    assert pictures.reasons[Outcome.REFUSED] == {"too-small": 2, "truncated": 1}


KNOWN = {
    "listings/asked": 1,
    "listings/read": 1,
    "details/asked": 30,
    "details/read": 30,
    "pictures/found": 30,
    "pictures/downloaded": 10,
}


def test_tells_the_time_left_by_the_present_rate() -> None:
    assert figures(KNOWN, seconds=20, rates=Rates(pictures_per_second=0.5)).seconds_left == 40


@pytest.mark.parametrize(
    ("stats", "seconds", "rate"),
    [
        pytest.param(KNOWN, 20, 0.0, id="nothing-moves"),
        pytest.param(KNOWN, 2, 0.5, id="too-early"),
        pytest.param({**KNOWN, "listings/asked": 2}, 20, 0.5, id="more-listings"),
    ],
)
def test_does_not_guess_the_time_left(stats: dict[str, Any], seconds: float, rate: float) -> None:
    moment = figures(stats, seconds=seconds, rates=Rates(pictures_per_second=rate))
    assert moment.seconds_left is None


def test_rate_is_that_of_the_last_seconds() -> None:
    meter = Meter(window_seconds=5)

    assert meter.rate(0, 0) == 0
    assert [meter.rate(second, 10 * second) for second in range(1, 10)] == [10] * 9
    assert [meter.rate(second, 90) for second in range(10, 15)] == [8, 6, 4, 2, 0]
