"""The closed lists are words that fit into statistics, feeds and file names."""

import re
from enum import StrEnum

import pytest

from spiders_project.counters import pictures_with
from spiders_project.outcomes import Outcome, Reason, http_reason


@pytest.mark.parametrize("word", [*Outcome, *Reason])
def test_word_is_lower_case_with_dashes(word: StrEnum) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", word)
    assert word == word.name.lower().replace("_", "-")


def test_outcomes_are_the_closed_list() -> None:
    words = "downloaded unchanged duplicate similar refused failed gone"
    assert set(Outcome) == set(words.split())


def test_http_reason_has_the_status() -> None:
    assert http_reason(404) == "http-404"


def test_statistics_are_named_by_outcome_and_reason() -> None:
    assert pictures_with(Outcome.DOWNLOADED) == "pictures/downloaded"
    assert pictures_with(Outcome.FAILED, http_reason(500)) == "pictures/failed/http-500"
    assert pictures_with(Outcome.REFUSED, Reason.TOO_SMALL) == "pictures/refused/too-small"
