"""Pages, cards and walks: where a run that updates may stop."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from spiders_project.catalogue.failures import Failure, known_failures, record_failure
from spiders_project.catalogue.pages import (
    ReadPage,
    Walk,
    list_cards,
    reach_end,
    read_page,
    record_page,
    settled_cards,
    touch_page,
)
from spiders_project.catalogue.runs import end_run, resume_run
from tests.catalogue import ended_run, new_run, open_catalogue, transaction

CARDS = ["http://demo/1.html", "http://demo/2.html"]
PAGE = ReadPage(
    CARDS[0], "detail", "demo", "birds", {"title": "日の出", "tags": []}, "r1", '"e"', "Mon"
)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_catalogue(tmp_path / "catalogue.db")
    yield engine
    engine.dispose()


def _walk(engine: Engine, run: str, cards: list[str], *, to_the_end: bool = True) -> None:
    with transaction(engine) as connection:
        list_cards(connection, Walk("demo", "birds"), cards, run)
        if to_the_end:
            reach_end(connection, Walk("demo", "birds"), run)


def _settled(engine: Engine, cards: list[str], category: str = "birds") -> set[str]:
    with transaction(engine) as connection:
        return settled_cards(connection, Walk("demo", category), cards)


def test_a_page_is_remembered_as_it_was_read(engine: Engine) -> None:
    with transaction(engine) as connection:
        record_page(connection, PAGE, "run")
        page = read_page(connection, PAGE.address)
        assert read_page(connection, "http://demo/never.html") is None
    assert page is not None
    assert (page.facts, page.etag, page.last_modified) == (PAGE.facts, '"e"', "Mon")
    assert (page.run, page.revision) == ("run", "r1")


def test_a_page_read_again_has_the_new_facts_only(engine: Engine) -> None:
    with transaction(engine) as connection:
        record_page(connection, PAGE, "run")
        record_page(connection, ReadPage(PAGE.address, "detail", "demo", "birds", {}), "later")
        page = read_page(connection, PAGE.address)
    assert page is not None
    assert (page.facts, page.etag, page.run) == ({}, None, "later")


def test_a_page_that_was_read_or_has_not_changed_is_no_failure(engine: Engine) -> None:
    failure = Failure(PAGE.address, "detail", "failed", "http-503")
    with transaction(engine) as connection:
        record_failure(connection, failure, "run")
        record_page(connection, PAGE, "run")
        assert known_failures(connection, [PAGE.address]) == {}
        record_failure(connection, failure, "run")
        touch_page(connection, PAGE.address, "later")
        page = read_page(connection, PAGE.address)
        assert known_failures(connection, [PAGE.address]) == {}
    assert page is not None
    assert (page.run, page.facts) == ("later", PAGE.facts)


def test_cards_of_a_complete_run_are_settled(engine: Engine) -> None:
    _walk(engine, ended_run(engine, 0), CARDS)
    assert _settled(engine, [*CARDS, "http://demo/new.html"]) == set(CARDS)


def test_cards_of_another_category_are_not_settled(engine: Engine) -> None:
    _walk(engine, ended_run(engine, 0), CARDS)
    assert _settled(engine, CARDS, "cats") == set()


@pytest.mark.parametrize("status", [1, 2, 3])
def test_cards_of_a_run_that_ended_badly_are_not_settled(engine: Engine, status: int) -> None:
    _walk(engine, ended_run(engine, status), CARDS)
    assert _settled(engine, CARDS) == set()


def test_cards_of_a_run_that_is_at_work_are_not_settled(engine: Engine) -> None:
    _walk(engine, new_run(engine), CARDS)
    assert _settled(engine, CARDS) == set()


def test_cards_of_a_run_that_never_came_to_the_end_are_not_settled(engine: Engine) -> None:
    _walk(engine, ended_run(engine, 0), CARDS, to_the_end=False)
    assert _settled(engine, CARDS) == set()


def test_cards_of_a_resumed_run_are_settled_when_it_ends_well(engine: Engine) -> None:
    run = ended_run(engine, 0)
    _walk(engine, run, CARDS)
    with transaction(engine) as connection:
        assert resume_run(connection, run)
    assert _settled(engine, CARDS) == set()
    with transaction(engine) as connection:
        end_run(connection, run, "finished", 0)
    assert _settled(engine, CARDS) == set(CARDS)


def test_a_run_that_fails_later_does_not_unsettle_what_was_settled(engine: Engine) -> None:
    _walk(engine, ended_run(engine, 0), CARDS)
    _walk(engine, ended_run(engine, 1), [*CARDS, "http://demo/new.html"])
    assert _settled(engine, [*CARDS, "http://demo/new.html"]) == set(CARDS)


def test_a_complete_run_settles_what_a_failed_one_had_listed(engine: Engine) -> None:
    _walk(engine, ended_run(engine, 1), CARDS)
    _walk(engine, ended_run(engine, 0), CARDS)
    assert _settled(engine, CARDS) == set(CARDS)


def test_many_cards_can_be_looked_up_at_once(engine: Engine) -> None:
    cards = [f"http://demo/{number}.html" for number in range(2_500)]
    _walk(engine, ended_run(engine, 0), cards)
    assert _settled(engine, cards) == set(cards)


def test_a_run_that_is_not_known_cannot_be_resumed(engine: Engine) -> None:
    with transaction(engine) as connection:
        assert not resume_run(connection, "0" * 32)
