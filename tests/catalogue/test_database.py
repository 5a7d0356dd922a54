"""Opening a catalogue: made, led to this version, or one sentence why not."""

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, select

from spiders_project.catalogue.database import CatalogueDamaged, parse_url
from spiders_project.catalogue.migrations import migrate
from spiders_project.catalogue.schema import VERSION, pages
from spiders_project.errors import CannotStart, WrongInput
from tests.catalogue import new_run, open_catalogue, transaction
from tests.conftest import PROJECT

TABLES = {"pictures", "names", "places", "pages", "failures", "runs", "listed", "walks"}
STEPS = {
    VERSION: ["ALTER TABLE pages ADD COLUMN mood TEXT", "UPDATE pages SET mood = 'fine'"],
    VERSION + 1: ["UPDATE pages SET mood = mood || ' indeed'"],
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "below" / "catalogue.db"


@pytest.fixture
def made(file: Path) -> Path:
    """A catalogue with a few hundred rows, all of them in the main file."""
    engine = open_catalogue(file)
    with transaction(engine) as connection:
        for number in range(300):
            _add_page(connection, number)
    engine.dispose()
    with closing(sqlite3.connect(file)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return file


def _add_page(connection: Connection, number: int) -> None:
    facts = {"kind": "detail", "revision": "r", "facts": "{}", "run": "one", "read_at": "now"}
    connection.execute(pages.insert().values(address=f"http://demo/{number}", **facts))


def _rows(file: Path, query: str) -> list[Any]:
    with closing(sqlite3.connect(file)) as database:
        return database.execute(query).fetchall()


def _why_not(file: Path, patience_seconds: float = 0.1) -> str:
    with pytest.raises(CannotStart) as error:
        open_catalogue(file, patience_seconds)
    sentence = str(error.value)
    assert sentence.startswith(f"the catalogue {file} cannot be used: ")
    assert "\n" not in sentence
    return sentence


def test_a_new_catalogue_has_its_folder_and_tables(file: Path) -> None:
    open_catalogue(file).dispose()
    names = {name for (name,) in _rows(file, "SELECT name FROM sqlite_master WHERE type='table'")}
    assert names == TABLES | {"catalogue_version"}
    assert _rows(file, "SELECT version FROM catalogue_version") == [(VERSION,)]
    assert _rows(file, "PRAGMA journal_mode") == [("wal",)]


def test_opening_again_changes_nothing(made: Path) -> None:
    before = _rows(made, "SELECT * FROM pages")
    open_catalogue(made).dispose()
    assert _rows(made, "SELECT * FROM pages") == before


def test_an_empty_file_becomes_a_catalogue(file: Path) -> None:
    file.parent.mkdir()
    file.touch()
    open_catalogue(file).dispose()
    assert _rows(file, "SELECT version FROM catalogue_version") == [(VERSION,)]


def test_many_at_once_make_one_catalogue(file: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        engines = list(threads.map(lambda _: open_catalogue(file, 20), range(16)))
    for engine in engines:
        engine.dispose()
    assert _rows(file, "SELECT version FROM catalogue_version") == [(VERSION,)]


@pytest.mark.parametrize("mode", ["IMMEDIATE", "EXCLUSIVE"])
def test_a_lock_that_does_not_end_is_one_sentence(made: Path, mode: str) -> None:
    with closing(sqlite3.connect(made, isolation_level=None)) as other:
        other.execute(f"BEGIN {mode}")
        assert "another program has locked it" in _why_not(made)
    open_catalogue(made).dispose()


def test_a_catalogue_that_another_run_has_open_can_be_opened(made: Path) -> None:
    first = open_catalogue(made)
    run = new_run(first)
    with first.connect() as connection:
        connection.execute(select(pages)).all()
        connection.commit()
        second = open_catalogue(made)
        assert run != new_run(second)
        second.dispose()
    first.dispose()


def test_a_newer_version_is_left_alone(made: Path) -> None:
    with closing(sqlite3.connect(made)) as database, database:
        database.execute("UPDATE catalogue_version SET version = 99")
    sentence = _why_not(made)
    assert "a newer version of this project (schema 99, known here: 1)" in sentence
    assert "update the project" in sentence
    assert _rows(made, "SELECT version FROM catalogue_version") == [(99,)]


@pytest.mark.parametrize("table", ["bookmarks (id)", "runs (id)", "pictures (sha256)"])
def test_a_database_of_another_program_is_left_alone(file: Path, table: str) -> None:
    file.parent.mkdir()
    with closing(sqlite3.connect(file)) as database, database:
        database.execute(f"CREATE TABLE {table}")
    assert "it is a database of another program; set CATALOGUE_URL" in _why_not(file)
    assert len(_rows(file, "SELECT * FROM sqlite_master")) == 1


def test_a_folder_in_its_place_is_one_sentence(file: Path) -> None:
    file.mkdir(parents=True)
    assert str(file) in _why_not(file)
    assert file.is_dir()


def test_a_file_in_place_of_its_folder_is_one_sentence(file: Path) -> None:
    file.parent.write_text("no folder")
    assert "its folder cannot be made" in _why_not(file)


def _open_without_privilege(file: Path) -> str:
    """Open a catalogue in a process that file permissions bind, as root's do not; say why not."""
    code = (
        "import sys; from tests.catalogue import open_catalogue\n"
        "from pathlib import Path\n"
        "from spiders_project.errors import CannotStart\n"
        "try: open_catalogue(Path(sys.argv[1]))\n"
        "except CannotStart as error: print(error)"
    )
    command = [sys.executable, "-c", code, str(file)]
    if os.geteuid() == 0:
        if not shutil.which("setpriv"):
            pytest.skip("permissions do not bind root, and there is no setpriv")
        rights = "-dac_override,-dac_read_search"
        command = ["setpriv", f"--inh-caps={rights}", f"--bounding-set={rights}", *command]
    done = subprocess.run(command, capture_output=True, text=True, cwd=PROJECT, check=False)
    if done.stderr.startswith("setpriv:"):
        pytest.skip(done.stderr)
    assert done.stderr == ""
    return done.stdout.strip()


@pytest.mark.parametrize(("of_file", "of_folder"), [(0o444, 0o755), (0o666, 0o555)])
def test_a_read_only_catalogue_is_one_sentence(made: Path, of_file: int, of_folder: int) -> None:
    for beside in made.parent.glob("*-*"):
        beside.unlink()
    made.chmod(of_file)
    made.parent.chmod(of_folder)
    sentence = _open_without_privilege(made)
    made.parent.chmod(0o755)
    assert sentence.startswith(f"the catalogue {made} cannot be used: ")
    assert "read-only" in sentence
    assert "\n" not in sentence


def _cut(file: Path) -> None:
    with file.open("r+b") as opened:
        opened.truncate(file.stat().st_size // 2)


def _overwrite(file: Path) -> None:
    with file.open("r+b") as opened:
        opened.seek(4096 * 2)
        opened.write(b"\xa5" * (file.stat().st_size - 4096 * 4))


def _replace(file: Path) -> None:
    file.write_bytes(b"<html>no database at all</html>" * 500)


def _lose_the_version(file: Path) -> None:
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("DELETE FROM catalogue_version")


@pytest.mark.parametrize("damage", [_cut, _overwrite, _replace, _lose_the_version])
def test_damage_is_found_when_it_is_opened(made: Path, damage: Any) -> None:
    damage(made)
    with pytest.raises(CatalogueDamaged, match=str(made)):
        open_catalogue(made)


def _migrate(file: Path, steps: Any = STEPS, wanted: int = VERSION + 2) -> Path:
    engine = open_catalogue(file)
    try:
        with engine.connect() as connection:
            return migrate(connection, file, VERSION, steps, wanted)
    finally:
        engine.dispose()


def test_an_older_version_is_led_step_by_step_with_a_copy_of_before(made: Path) -> None:
    before = _rows(made, "SELECT * FROM pages")

    copy = _migrate(made)

    assert set(_rows(made, "SELECT mood FROM pages")) == {("fine indeed",)}
    assert _rows(made, "SELECT version FROM catalogue_version") == [(VERSION + 2,)]
    assert copy.name == f"catalogue.db.v{VERSION}"
    assert _rows(copy, "SELECT * FROM pages") == before
    assert _rows(copy, "SELECT version FROM catalogue_version") == [(VERSION,)]
    assert _rows(copy, "PRAGMA integrity_check") == [("ok",)]


def test_a_step_that_fails_leaves_the_old_version_whole(made: Path) -> None:
    before = _rows(made, "SELECT * FROM pages")
    with pytest.raises(Exception, match="no such table: nowhere"):
        _migrate(made, STEPS | {VERSION + 1: ["DELETE FROM pages", "DELETE FROM nowhere"]})
    assert _rows(made, "SELECT * FROM pages") == before
    assert _rows(made, "SELECT version FROM catalogue_version") == [(VERSION,)]
    _migrate(made)
    assert _rows(made, "SELECT version FROM catalogue_version") == [(VERSION + 2,)]


def test_a_kill_in_the_middle_leaves_the_old_version_whole(made: Path) -> None:
    code = f"""
import os, signal
from pathlib import Path
from tests.catalogue import open_catalogue
from spiders_project.catalogue.migrations import migrate
class Steps(dict):
    def __getitem__(self, version):
        if version == {VERSION + 1}:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().__getitem__(version)
engine = open_catalogue(Path({str(made)!r}))
with engine.connect() as connection:
    migrate(connection, Path({str(made)!r}), {VERSION}, Steps({STEPS!r}), {VERSION + 2})
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, check=False)
    assert done.returncode == -9
    columns = {row[1] for row in _rows(made, "PRAGMA table_info(pages)")}
    assert "mood" not in columns
    _migrate(made)
    assert set(_rows(made, "SELECT mood FROM pages")) == {("fine indeed",)}


def test_two_who_lead_it_at_once_do_it_once(made: Path) -> None:
    all_have_seen_the_old_one = threading.Barrier(4)

    def lead(_: int) -> Path:
        engine = open_catalogue(made, 20)
        all_have_seen_the_old_one.wait(20)
        with engine.connect() as connection:
            copy = migrate(connection, made, VERSION, STEPS, VERSION + 2)
        engine.dispose()
        return copy

    with ThreadPoolExecutor(4) as threads:
        copies = set(threads.map(lead, range(4)))
    assert set(_rows(made, "SELECT mood FROM pages")) == {("fine indeed",)}
    (copy,) = copies
    assert _rows(copy, "SELECT version FROM catalogue_version") == [(VERSION,)]


@pytest.mark.parametrize(
    "text",
    [
        "catalogue.db",
        "postgresql://localhost/pictures",
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite:///file:catalogue.db?mode=ro&uri=true",
        "sqlite+aiosqlite:////tmp/catalogue.db",
    ],
)
def test_an_address_that_cannot_be_used_is_the_persons_mistake(text: str) -> None:
    with pytest.raises(WrongInput, match=r"CATALOGUE_URL=.* such as sqlite:////home/me"):
        parse_url(text)
