"""Which beats of the event loop were late."""

import pytest

from benchmarks.heartbeat import late_beats
from benchmarks.stall import Beats


def test_a_beat_in_time_is_one_beat() -> None:
    assert list(late_beats(due=10.0, now=10.001)) == pytest.approx([1.0])


def test_a_stall_makes_every_beat_late_that_was_due_meanwhile() -> None:
    assert list(late_beats(due=10.0, now=10.022)) == pytest.approx([22, 17, 12, 7, 2])


def test_no_beat_is_early() -> None:
    assert list(late_beats(due=10.0, now=9.9999)) == [0.0]


def test_percentiles_are_beats_that_happened() -> None:
    beats = Beats([*range(99), 700])
    assert (beats.percentile(50), beats.percentile(99), beats.percentile(100)) == (49, 98, 700)


def test_a_percentile_of_one_beat_is_that_beat() -> None:
    assert Beats([3.0]).percentile(99) == 3.0
