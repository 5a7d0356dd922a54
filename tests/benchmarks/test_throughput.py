"""Contestants run, and what is said of them."""

import shutil
import sys
from pathlib import Path

import pytest

from benchmarks.arena import Load, Run
from benchmarks.contestants.contestant import Command, Contestant, Job
from benchmarks.errors import CannotMeasure
from benchmarks.gallery.picture_sets import SETS
from benchmarks.processes import Ended, costs_of
from benchmarks.throughput import LoadResult, Runs, measure_throughput

LOAD = Load(SETS["50KB"], 3)

# What a contestant does, in five lines: the addresses come behind the folder.
FETCH = """
import pathlib, sys, urllib.request
for number, address in enumerate(sys.argv[2:]):
    body = urllib.request.urlopen(address).read()
    pathlib.Path(sys.argv[1], f"{number}.jpg").write_bytes(body)
"""


def python(program: str, job: Job, addresses: slice = slice(None)) -> Command:
    return Command([sys.executable, "-c", program, str(job.folder), *job.addresses[addresses]])


def test_tells_what_each_contestant_did(tmp_path: Path) -> None:
    contestants = [
        Contestant("whole", "a whole one", lambda job: python(FETCH, job)),
        Contestant("loser", "a loser", lambda job: python(FETCH, job, slice(1))),
        Contestant("breaker", "a breaker", lambda job: python("raise SystemExit('no')", job)),
        Contestant("missing", "a missing one", _missing),
    ]
    text = measure_throughput([LOAD], contestants, 2, tmp_path).markdown()
    rows = {row.split("|")[1].strip(): row for row in text.splitlines() if row.startswith("|")}
    assert "100%" in rows["a whole one"]
    assert "a loser: stored 1 of 3 pictures as they are" in rows
    assert "a breaker: a breaker ended with status 1: no" in rows
    assert "a missing one: is not installed" in rows
    assert not list(tmp_path.glob("run-*"))


def test_counts_the_share_of_originals_that_are_kept(tmp_path: Path) -> None:
    lossy = Contestant(
        "lossy", "a lossy one", lambda job: python(FETCH, job, slice(1)), may_lose_bytes=True
    )
    text = measure_throughput([LOAD], [lossy], 1, tmp_path).markdown()
    assert " 33% " in text


def test_ratios_are_those_of_each_round() -> None:
    result = LoadResult(LOAD, {"ours": runs("ours", [2, 6], 1), "other": runs("other", [4, 8], 2)})
    assert result.ratios("ours", "other") == [0.5, 0.75]
    assert result.ratios("ours", "other", without_start_up=True) == [0.5, pytest.approx(5 / 6)]


def test_there_is_no_ratio_to_what_was_not_measured() -> None:
    broken = runs("other", [4], 1)
    broken.problem = "could not be installed"
    result = LoadResult(LOAD, {"ours": runs("ours", [2], 1), "other": broken})
    assert result.ratios("ours", "other") == []
    assert result.ratios("ours", "nobody") == []


def test_the_peak_of_a_command_is_its_own(tmp_path: Path) -> None:
    ballast = b"1" * 200_000_000
    program = shutil.which("true")
    assert program is not None
    ended = costs_of("true", [program], tmp_path, {})
    assert len(ballast) == 200_000_000
    assert ended.peak_mb < 50


def test_a_command_is_measured_with_the_processes_that_it_waits_for(tmp_path: Path) -> None:
    child = "b = bytearray(100_000_000); sum(range(10_000_000))"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    ended = costs_of("parent", [sys.executable, "-c", parent], tmp_path, {})
    assert ended.peak_mb > 100
    assert ended.cpu_seconds > 0.1


def _missing(job: Job) -> Command:
    raise CannotMeasure("is not installed")


def runs(key: str, wall_seconds: list[float], start_up: float) -> Runs:
    def run(seconds: float) -> Run:
        return Run(Ended(1.0, seconds, 50.0), 0.1, 3)

    contestant = Contestant(key, key, lambda job: python("", job))
    return Runs(contestant, [run(seconds) for seconds in wall_seconds], [run(start_up)])
