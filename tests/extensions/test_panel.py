"""How the figures look."""

from dataclasses import replace

import pytest

from spiders_project.extensions.progress.figures import Figures, Pages, Pictures, Rates
from spiders_project.extensions.progress.panel import panel, plain_line
from spiders_project.outcomes import Outcome

BUSY = Figures(
    subject="wallpapers · demo",
    seconds=72.9,
    pages=Pages(listings=12, details=140, details_asked=148, failed=2),
    pictures=Pictures(
        found=140,
        outcomes={
            Outcome.DOWNLOADED: 101,
            Outcome.DUPLICATE: 2,
            Outcome.REFUSED: 3,
            Outcome.FAILED: 1,
        },
        reasons={
            Outcome.REFUSED: {"not-an-image": 1, "too-small": 2},
            Outcome.FAILED: {"http-404": 1},
        },
    ),
    rates=Rates(bytes_per_second=8_300_000, pictures_per_second=10.31),
    received_bytes=41_200_000,
    requests=12,
    asked_again={"http-503": 2, "timeout": 3},
    held={"http://cdn.example.org:8080": 3.2, "https://img.example.org": 200},
)


def lines(figures: Figures, width: int) -> list[str]:
    return [line.plain for line in panel(figures, width)]


def test_panel_shows_everything() -> None:
    assert lines(BUSY, 80) == [
        "",
        "  wallpapers · demo   1:12",
        "  pictures    ━━━━━━━━━━━━━━━━━━────────   107 of at least 148   10.3/s",
        "  pages       12 listings   140 details   2 failed",
        "  received    41.2 MB   8.3 MB/s   12 in flight",
        "  stored      101   duplicate 2",
        "  refused     3   too-small 2   not-an-image 1",
        "  failed      1   http-404 1",
        "  asked again 5   timeout 3   http-503 2",
        "  held back   img.example.org 3 min 20 s   cdn.example.org:8080 4 s",
    ]


def test_panel_is_short_while_there_is_nothing_to_tell() -> None:
    assert lines(Figures(subject="movies", responses=3), 80) == [
        "",
        "  movies   0:00",
        "  pages       3 responses",
        "  received    0 bytes   0 bytes/s   0 in flight",
    ]


@pytest.mark.parametrize("width", [20, 40, 80, 200])
def test_lines_fit_the_terminal(width: int) -> None:
    held = {f"host{number}.example.org": 5.0 for number in range(30)}
    assert all(line.cell_len < width for line in panel(replace(BUSY, held=held), width))


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(3, "10 s"), (41, "50 s"), (61, "2 min"), (3599, "1 h"), (3700, "1 h 10 min")],
)
def test_time_left_is_coarse(seconds: int, words: str) -> None:
    # One picture a second, and so many left.
    figures = Figures(
        subject="wallpapers",
        seconds=3723,
        pages=Pages(has_more_listings=False),
        pictures=Pictures(found=seconds + 1, outcomes={Outcome.DOWNLOADED: 1}),
        rates=Rates(pictures_per_second=1),
    )
    assert lines(figures, 80)[1] == f"  wallpapers   1:02:03   about {words} left"


def test_state_takes_the_place_of_the_time_left() -> None:
    assert lines(replace(BUSY, state="paused"), 80)[1] == "  wallpapers · demo   1:12   paused"


def test_slow_rate_is_told_in_minutes() -> None:
    slow = replace(BUSY, rates=Rates(pictures_per_second=0.21))
    assert lines(slow, 80)[2].endswith("   13/min")


def test_plain_line_is_one_line() -> None:
    assert plain_line(BUSY) == (
        "  1 min 12 s  listings 12  details 140  pages failed 2  pictures 107 of at least 148  "
        "41.2 MB  refused 3  failed 1  asked again 5  "
        "held back img.example.org 3 min 20 s  held back cdn.example.org:8080 4 s"
    )
