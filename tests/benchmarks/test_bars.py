"""What the benchmarks say of a ratio."""

import pytest

from benchmarks.bars import BARS, Bar

BAR = Bar("ours", "images", "50KB", 0.20, goal=0.15)


@pytest.mark.parametrize(
    ("ratios", "says"),
    [
        ([0.15], "0.150, goal reached (0.20, goal 0.15)"),
        ([0.151], "0.151, reached (0.20, goal 0.15)"),
        ([0.2], "0.200, reached (0.20, goal 0.15)"),
        ([0.201], "0.201, NOT reached (0.20, goal 0.15)"),
        ([0.1, 0.9, 0.18], "0.180, reached (0.20, goal 0.15)"),
        ([], "not measured (0.20, goal 0.15)"),
    ],
)
def test_judges_the_median_of_the_rounds(ratios: list[float], says: str) -> None:
    assert BAR.verdict(ratios) == says


def test_judges_a_bar_without_a_goal() -> None:
    assert Bar("fetch", "files", "3MB", 0.65).verdict([0.3]) == "0.300, reached (0.65)"


def test_holds_every_bar_at_every_size() -> None:
    assert len(BARS) == 12
    assert {bar.size for bar in BARS} == {"50KB", "500KB", "3MB"}
