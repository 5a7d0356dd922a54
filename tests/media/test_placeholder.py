"""The same bytes under many titles are a placeholder; a popular picture is not."""

import pytest

from spiders_project.media.placeholder import DIFFERENT_TITLES, is_placeholder


@pytest.mark.parametrize(
    ("titles", "places"),
    [(5, 5), (5, 9), (40, 40), (300, 310), (1000, 1999)],
)
def test_many_titles_make_a_placeholder(titles: int, places: int) -> None:
    assert is_placeholder(titles, places)


@pytest.mark.parametrize(
    ("titles", "places"),
    [(0, 0), (1, 1), (4, 4), (1, 500), (4, 500), (5, 10), (5, 500), (30, 200)],
)
def test_few_titles_or_many_repetitions_make_none(titles: int, places: int) -> None:
    assert not is_placeholder(titles, places)


@pytest.mark.parametrize("threshold", [2, 3, 20])
def test_threshold_may_be_another(threshold: int) -> None:
    assert is_placeholder(threshold, threshold, threshold)
    assert not is_placeholder(threshold - 1, threshold - 1, threshold)


def test_threshold_is_five_titles() -> None:
    assert DIFFERENT_TITLES == 5
