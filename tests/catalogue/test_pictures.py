"""Pictures, their names and places: what one run tells the next."""

import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, select, update

from spiders_project.catalogue.failures import Failure, known_failures, record_failure
from spiders_project.catalogue.picture import Claim, Place
from spiders_project.catalogue.pictures import (
    claim,
    finish,
    give_back,
    give_name,
    is_repeated,
    known_pictures,
    note_missing,
    put_place,
)
from spiders_project.catalogue.schema import (
    FORGOTTEN,
    MISSING,
    STORED,
    WRITING,
    names,
    pictures,
    places,
)
from spiders_project.outcomes import Outcome
from tests.catalogue import (
    dead_run,
    new_run,
    nothing_lies_there,
    open_catalogue,
    picture,
    store_row,
    transaction,
)

PAGE = Place("http://demo/1.html", "http://demo/1.jpg", "demo", "birds", "Dawn")
OTHER = Place("http://demo/2.html", "http://demo/2.jpg", "demo", "birds", "Dusk")


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_catalogue(tmp_path / "catalogue.db")
    yield engine
    engine.dispose()


@pytest.fixture
def run(engine: Engine) -> str:
    return new_run(engine)


def _claim(engine: Engine, text: str, wished: str, run: str) -> Claim:
    with transaction(engine) as connection:
        return claim(connection, picture(text), wished, run, nothing_lies_there)


def _set_state(engine: Engine, text: str, state: str) -> None:
    with transaction(engine) as connection:
        connection.execute(
            update(pictures).where(pictures.c.sha256 == picture(text).sha256).values(state=state)
        )


def _outcome(connection: Connection, place: Place, text: str, run: str) -> Outcome:
    return put_place(connection, place, picture(text).sha256, run)


def test_bytes_are_stored_once_and_later_places_are_duplicates(engine: Engine, run: str) -> None:
    path, outcome = store_row(engine, "red", PAGE, run)
    again = _claim(engine, "red", "demo/another.jpg", run)

    assert outcome is Outcome.DOWNLOADED
    assert (again.path, again.state) == (path, STORED)
    with transaction(engine) as connection:
        assert _outcome(connection, OTHER, "red", run) is Outcome.DUPLICATE
        assert is_repeated(connection, OTHER)
        assert not is_repeated(connection, PAGE)


def test_a_place_of_an_earlier_run_is_unchanged_and_stays_a_duplicate(
    engine: Engine, run: str
) -> None:
    store_row(engine, "red", PAGE, run)
    with transaction(engine) as connection:
        _outcome(connection, OTHER, "red", run)
    later = new_run(engine)

    with transaction(engine) as connection:
        outcomes = [_outcome(connection, place, "red", later) for place in (OTHER, PAGE)]
        repeated = [is_repeated(connection, place) for place in (OTHER, PAGE)]

    assert outcomes == [Outcome.UNCHANGED, Outcome.UNCHANGED]
    assert repeated == [True, False]


def test_the_same_place_twice_in_one_run_says_the_same_twice(engine: Engine, run: str) -> None:
    store_row(engine, "red", PAGE, run)
    with transaction(engine) as connection:
        assert _outcome(connection, PAGE, "red", run) is Outcome.DOWNLOADED
        assert _outcome(connection, OTHER, "red", run) is Outcome.DUPLICATE
        assert _outcome(connection, OTHER, "red", run) is Outcome.DUPLICATE


def test_a_place_takes_facts_that_have_changed(engine: Engine, run: str) -> None:
    store_row(engine, "red", PAGE, run)
    changed = Place(PAGE.page, PAGE.address, "demo", "cats", "New title", ["noai"])
    with transaction(engine) as connection:
        _outcome(connection, changed, "red", new_run_of(connection))
        row = connection.execute(select(places)).one()
        known = known_pictures(connection, [PAGE.address])[PAGE.address]
    assert (row.title, row.category, row.run) == ("New title", "cats", run)
    assert known.opt_outs == ["noai"]


def new_run_of(connection: Connection) -> str:
    return "0" * 32


def test_other_bytes_at_a_known_place_take_its_row(engine: Engine, run: str) -> None:
    store_row(engine, "red", PAGE, run)
    _, outcome = store_row(engine, "blue", PAGE, new_run(engine), "demo/b.jpg")
    with transaction(engine) as connection:
        known = known_pictures(connection, [PAGE.address])
    assert outcome is Outcome.DOWNLOADED
    assert known[PAGE.address].picture.sha256 == picture("blue").sha256


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("demo/Dawn.jpg", "demo/dawn.jpg"),
        ("demo/Straße.jpg", "demo/STRASSE.jpg"),
        (unicodedata.normalize("NFC", "demo/é.jpg"), unicodedata.normalize("NFD", "demo/é.jpg")),
    ],
    ids=["case", "sharp s", "accents"],
)
def test_names_that_are_one_file_somewhere_are_told_apart(
    engine: Engine, run: str, first: str, second: str
) -> None:
    assert _claim(engine, "red", first, run).path == first
    marked = _claim(engine, "blue", second, run).path
    mark = f" [{picture('blue').sha256[:8]}].jpg"
    assert marked == second.removesuffix(".jpg") + mark


def test_names_stay_in_whatever_order_pictures_come_again(engine: Engine, run: str) -> None:
    first = {text: _claim(engine, text, "demo/a.jpg", run).path for text in ("red", "blue")}
    with transaction(engine) as connection:
        for text in first:
            give_back(connection, picture(text).sha256)

    later = new_run(engine)
    again = {text: _claim(engine, text, "demo/a.jpg", later).path for text in ("blue", "red")}

    assert again == first
    assert len(set(first.values())) == 2


def test_a_renamed_picture_comes_back_under_its_last_name(engine: Engine, run: str) -> None:
    store_row(engine, "red", PAGE, run, "demo/z.jpg")
    sha256 = picture("red").sha256
    with transaction(engine) as connection:
        give_name(connection, "mine/a.jpg", sha256)
        connection.execute(update(pictures).values(path="mine/a.jpg", state=MISSING))
    assert _claim(engine, "red", "demo/z.jpg", new_run(engine)).path == "mine/a.jpg"


def test_a_name_on_which_a_stranger_lies_is_not_taken(engine: Engine, run: str) -> None:
    taken = {"demo/a.jpg", f"demo/a [{picture('red').sha256[:8]}].jpg"}
    with transaction(engine) as connection:
        claimed = claim(
            connection, picture("red"), "demo/a.jpg", run, lambda path, _: path not in taken
        )
    assert claimed.path == f"demo/a [{picture('red').sha256}].jpg"


def test_the_same_bytes_that_lie_there_already_keep_their_path(engine: Engine, run: str) -> None:
    with transaction(engine) as connection:
        claimed = claim(connection, picture("red"), "demo/a.jpg", run, lambda *_: None)
    assert claimed == Claim("demo/a.jpg", None, None)


def test_a_missing_picture_is_fetched_again_under_its_old_name(engine: Engine, run: str) -> None:
    path, _ = store_row(engine, "red", PAGE, run)
    with transaction(engine) as connection:
        note_missing(connection, picture("red").sha256)
        assert known_pictures(connection, [PAGE.address]) == {}

    again, outcome = store_row(engine, "red", PAGE, new_run(engine), "demo/new title.jpg")

    assert (again, outcome) == (path, Outcome.DOWNLOADED)


def test_a_claim_of_a_living_run_is_waited_for(engine: Engine, run: str) -> None:
    path = _claim(engine, "red", "demo/a.jpg", run).path
    assert _claim(engine, "red", "demo/b.jpg", new_run(engine)) == Claim(path, None, WRITING)


def test_a_claim_of_a_dead_run_is_taken_over_with_its_name(engine: Engine) -> None:
    path = _claim(engine, "red", "demo/a.jpg", dead_run(engine)).path
    assert _claim(engine, "red", "demo/b.jpg", new_run(engine)) == Claim(path, None, None)


def test_giving_back_does_not_touch_what_is_stored(engine: Engine, run: str) -> None:
    store_row(engine, "red", PAGE, run)
    with transaction(engine) as connection:
        give_back(connection, picture("red").sha256)
        assert PAGE.address in known_pictures(connection, [PAGE.address])


def test_a_forgotten_picture_is_known_at_every_address(engine: Engine, run: str) -> None:
    path, _ = store_row(engine, "red", PAGE, run)
    _set_state(engine, "red", FORGOTTEN)
    assert _claim(engine, "red", "demo/other.jpg", new_run(engine)).state == FORGOTTEN
    with transaction(engine) as connection:
        known = known_pictures(connection, [PAGE.address])
        holder = connection.execute(select(names).where(names.c.path == path)).one()
    assert known[PAGE.address].state == FORGOTTEN
    assert holder.sha256 == picture("red").sha256


def test_a_stored_picture_is_no_failure_any_more(engine: Engine, run: str) -> None:
    with transaction(engine) as connection:
        lost = Failure(PAGE.address, "picture", "failed", "http-503")
        record_failure(connection, lost, run)
    store_row(engine, "red", PAGE, run)
    with transaction(engine) as connection:
        assert known_failures(connection, [PAGE.address]) == {}


def test_thousands_of_addresses_can_be_looked_up_at_once(engine: Engine, run: str) -> None:
    store_row(engine, "red", PAGE, run)
    addresses = [f"http://demo/{number}.jpg" for number in range(300_000)]
    with transaction(engine) as connection:
        assert set(known_pictures(connection, addresses)) == {PAGE.address}
        assert known_failures(connection, addresses) == {}


def test_what_is_not_committed_leaves_no_claim(engine: Engine, run: str) -> None:
    with engine.connect() as connection, connection.begin() as begun:
        claim(connection, picture("red"), "demo/a.jpg", run, nothing_lies_there)
        finish(connection, picture("red").sha256, None, PAGE, run)
        begun.rollback()
    assert _claim(engine, "blue", "demo/a.jpg", run).path == "demo/a.jpg"
