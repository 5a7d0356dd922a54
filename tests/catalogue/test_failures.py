"""Failures: counted once for each run, and tried again when there is a chance."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from spiders_project.catalogue.clock import after, now
from spiders_project.catalogue.failures import (
    Failure,
    KnownFailure,
    all_failures,
    forget_failure,
    known_failures,
    next_try_at,
    record_failure,
)
from tests.catalogue import open_catalogue, transaction

START = "2026-11-22T08:00:00+00:00"
DAY = 24


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_catalogue(tmp_path / "catalogue.db")
    yield engine
    engine.dispose()


def _record(engine: Engine, failure: Failure, *runs: str) -> KnownFailure:
    with transaction(engine) as connection:
        for run in runs:
            record_failure(connection, failure, run)
        return known_failures(connection, [failure.address])[failure.address]


@pytest.mark.parametrize(
    ("outcome", "reason", "hours"),
    [
        ("failed", "http-503", [0, 0, 0, DAY, 2 * DAY, 4 * DAY]),
        ("failed", "connection-lost", [0, 0, 0, DAY]),
        ("failed", "truncated", [0, 0, 0, DAY]),
        ("failed", "http-404", [DAY, 2 * DAY, 4 * DAY, 8 * DAY, 16 * DAY, 30 * DAY, 30 * DAY]),
        ("refused", "decompression-bomb", [DAY, 2 * DAY]),
        ("gone", "http-410", [30 * DAY, 30 * DAY]),
    ],
)
def test_time_of_the_next_try(outcome: str, reason: str, hours: list[float]) -> None:
    waits = [next_try_at(outcome, reason, count, START) for count in range(1, len(hours) + 1)]
    assert waits == [after(START, hours=each) for each in hours]


def test_the_wait_never_grows_beyond_a_month() -> None:
    assert next_try_at("failed", "http-404", 5_000, START) == after(START, days=30)


def test_one_run_counts_once_however_often_it_tried(engine: Engine) -> None:
    failure = Failure("http://demo/1.jpg", "picture", "failed", "http-503")
    assert _record(engine, failure, "one", "one", "one").count == 1
    known = _record(engine, failure, "two", "three", "three")
    assert (known.count, known.run) == (3, "three")
    assert known.is_due(now())


def test_the_last_reason_counts(engine: Engine) -> None:
    address = "http://demo/1.jpg"
    _record(engine, Failure(address, "picture", "failed", "http-503"), "one")
    known = _record(engine, Failure(address, "picture", "gone", "http-410"), "two")
    assert (known.failure.reason, known.count) == ("http-410", 2)
    assert not known.is_due(now())
    assert "failed in 2 runs" in known.words


def test_facts_come_back_as_they_were(engine: Engine) -> None:
    failure = Failure(
        "http://demo/1.jpg",
        *("picture", "refused", "too-small", "http://demo/1.html", "demo", "birds"),
        facts={"width": 160, "opt_outs": ["noai"]},
    )
    assert _record(engine, failure, "one").failure == failure


def test_what_was_had_at_last_is_no_failure(engine: Engine) -> None:
    failure = Failure("http://demo/1.jpg", "picture", "failed", "http-503")
    _record(engine, failure, "one")
    with transaction(engine) as connection:
        forget_failure(connection, failure.address)
        assert known_failures(connection, [failure.address]) == {}
    assert _record(engine, failure, "two").count == 1


def test_failures_of_other_sites_and_categories_are_left_out(engine: Engine) -> None:
    for number, (site, category) in enumerate(
        [("demo", "birds"), ("demo", "cats"), ("moyublog", "birds"), ("demo", "dogs")]
    ):
        lost = Failure(f"http://demo/{number}", "detail", "failed", "http-503", None, site)
        _record(engine, Failure(**vars(lost) | {"category": category}), "one")
    with transaction(engine) as connection:
        known = all_failures(connection, "demo", ("birds", "dogs"))
        assert all_failures(connection, "demo", ()) == []
    assert [each.failure.address for each in known] == ["http://demo/0", "http://demo/3"]


def test_a_time_beyond_the_calendar_is_its_end() -> None:
    assert after(START, days=10_000_000) > after(START, days=2_000_000)
