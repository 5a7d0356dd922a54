"""Which beats of the event loop were late."""

import asyncio
import json
import time
from pathlib import Path

import pytest

from benchmarks.processes import idle_pulse
from benchmarks.pulse import Pulse, late_beats
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


async def _stall(pulse: Pulse) -> None:
    pulse.begin()
    await asyncio.sleep(0.02)
    time.sleep(0.1)  # noqa: ASYNC251 - this is what is to be noticed
    await asyncio.sleep(0.02)


def test_notices_a_stall_of_the_loop(tmp_path: Path) -> None:
    pulse, file = Pulse(), tmp_path / "pulse.json"
    asyncio.run(_stall(pulse))
    pulse.end(file)
    assert max(json.loads(file.read_text())) > 90
    assert len([late for late in pulse.lateness_ms if late > 20]) >= 14


def test_a_process_with_nothing_to_do_beats_until_it_is_stopped(tmp_path: Path) -> None:
    file = tmp_path / "pulse.json"
    with idle_pulse(file):
        time.sleep(0.2)
    assert len(json.loads(file.read_text())) > 10
