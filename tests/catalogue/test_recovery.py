"""After a kill: what was written whole is adopted, the rest is cleared away."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, update

from spiders_project.catalogue.pictures import claim
from spiders_project.catalogue.recovery import recover
from spiders_project.catalogue.runs import dead_runs
from spiders_project.catalogue.schema import STORED, WRITING, pictures, runs
from spiders_project.media.store import FolderStore, Shelves, part_of
from tests.catalogue import (
    dead_process,
    dead_run,
    ended_run,
    new_run,
    open_catalogue,
    picture,
    transaction,
)

PATH, THUMBNAIL = "demo/a.jpg", "grid/demo/a.jpg.jpg"


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_catalogue(tmp_path / "catalogue.db")
    yield engine
    engine.dispose()


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "images")


@pytest.fixture
def thumbs(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "thumbs")


def _claim(engine: Engine, store: FolderStore, run: str) -> None:
    with transaction(engine) as connection:
        claimed = claim(connection, picture("red"), PATH, run, store.is_free)
    assert claimed.path == PATH


def _recover(engine: Engine, run: str, store: FolderStore, thumbs: FolderStore) -> None:
    with transaction(engine) as connection:
        shelves = Shelves(store, thumbs, {"grid": (480, 480)})
        recover(connection, run, shelves, store.incoming)


def _states(engine: Engine) -> dict[str, tuple[str, str | None]]:
    with transaction(engine) as connection:
        rows = connection.execute(select(pictures))
        return {row.path: (row.state, row.thumbnail) for row in rows}


def test_a_whole_file_of_a_dead_run_is_adopted(
    engine: Engine, store: FolderStore, thumbs: FolderStore
) -> None:
    _claim(engine, store, dead_run(engine))
    store.add(PATH, b"red")
    thumbs.replace(THUMBNAIL, b"small")
    (store.root / part_of(PATH)).write_bytes(b"r")

    _recover(engine, new_run(engine), store, thumbs)

    assert _states(engine) == {PATH: (STORED, THUMBNAIL)}
    assert [path.name for path in store.root.rglob("*") if path.is_file()] == ["a.jpg"]


@pytest.mark.parametrize("there", [None, b"re", b"rod"], ids=["nothing", "cut", "other bytes"])
def test_what_is_not_whole_is_given_back_and_its_traces_are_removed(
    engine: Engine, store: FolderStore, thumbs: FolderStore, there: bytes | None
) -> None:
    _claim(engine, store, dead_run(engine))
    part = store.root / part_of(PATH)
    part.parent.mkdir(parents=True)
    part.write_bytes(b"r")
    thumbs.replace(THUMBNAIL, b"small")
    (thumbs.root / part_of(THUMBNAIL)).write_bytes(b"s")
    if there is not None:
        store.add(PATH, there)

    _recover(engine, new_run(engine), store, thumbs)

    assert _states(engine) == {}
    assert not part.exists()
    assert not any(path.is_file() for path in thumbs.root.rglob("*"))
    # Bytes of somebody else under the final name are not ours to remove.
    assert (store.root / PATH).exists() == (there is not None)


def test_what_a_living_run_writes_is_left_alone(
    engine: Engine, store: FolderStore, thumbs: FolderStore
) -> None:
    _claim(engine, store, new_run(engine))
    part = store.root / part_of(PATH)
    part.parent.mkdir(parents=True)
    part.write_bytes(b"r")

    _recover(engine, new_run(engine), store, thumbs)

    assert _states(engine)[PATH][0] == WRITING
    assert part.exists()


def test_a_run_that_goes_on_recovers_its_own_pictures(
    engine: Engine, store: FolderStore, thumbs: FolderStore
) -> None:
    run = new_run(engine)
    _claim(engine, store, run)
    store.add(PATH, b"red")
    _recover(engine, run, store, thumbs)
    assert _states(engine)[PATH][0] == STORED


def test_pictures_of_an_ended_run_are_recovered(
    engine: Engine, store: FolderStore, thumbs: FolderStore
) -> None:
    _claim(engine, store, ended_run(engine, 3))
    _recover(engine, new_run(engine), store, thumbs)
    assert _states(engine) == {}


def test_without_the_files_a_picture_is_stored_again(engine: Engine, store: FolderStore) -> None:
    _claim(engine, store, dead_run(engine))
    with transaction(engine) as connection:
        recover(connection, new_run_in(engine), None, store.incoming)
    assert _states(engine) == {}


def new_run_in(engine: Engine) -> str:
    return hashlib.md5(str(engine.url).encode()).hexdigest()


def test_recovering_twice_is_recovering_once(
    engine: Engine, store: FolderStore, thumbs: FolderStore
) -> None:
    _claim(engine, store, dead_run(engine))
    store.add(PATH, b"red")
    for _ in range(2):
        _recover(engine, new_run(engine), store, thumbs)
    assert _states(engine)[PATH][0] == STORED


def test_a_silent_run_of_another_machine_has_died(engine: Engine) -> None:
    run, silent = new_run(engine), new_run(engine)
    with transaction(engine) as connection:
        connection.execute(update(runs).values(host="elsewhere", pid=dead_process()))
        long_ago = {"heartbeat_at": "2020-01-01T00:00:00+00:00"}
        connection.execute(update(runs).where(runs.c.run == silent).values(**long_ago))
        assert dead_runs(connection) == [silent]
    assert run != silent


def test_a_silent_run_whose_process_number_was_given_again_has_died(engine: Engine) -> None:
    killed = new_run(engine)
    with transaction(engine) as connection:
        connection.execute(update(runs).values(heartbeat_at="2020-01-01T00:00:00+00:00"))
        assert dead_runs(connection) == [killed]
