"""Opens the catalogue, or says in one sentence why it cannot be used."""

import os
import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, func, inspect, select
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, OperationalError
from sqlalchemy.pool import NullPool

from spiders_project.catalogue import migrations, schema
from spiders_project.errors import CannotStart, WrongInput

_PATIENCE_SECONDS = 15.0
"""How long a transaction of another program is waited for."""

_READER_CACHE_KIB = 2048

_CHECKED_BYTES = 64 * 1024 * 1024
"""A catalogue up to this size is checked page by page whenever it is opened, a larger one
where a run has not come to its end."""


class CatalogueDamaged(Exception):
    """The file of the catalogue cannot be read as a database any more."""


def parse_url(text: str) -> URL:
    """Return the address of a catalogue; raises WrongInput for one that cannot be used."""
    try:
        url = make_url(text)
    except ArgumentError:
        raise WrongInput(
            f"CATALOGUE_URL={text} is no address such as sqlite:////home/me/catalogue.db"
        ) from None
    is_file = url.database and not url.database.startswith((":memory:", "file:"))
    if url.drivername not in ("sqlite", "sqlite+pysqlite") or not is_file:
        raise WrongInput(
            f"CATALOGUE_URL={text}: only files of SQLite are supported so far, "
            "such as sqlite:////home/me/catalogue.db"
        )
    return url


def file_of(url: URL) -> Path:
    """Return the file that an address of SQLite names."""
    assert url.database
    return Path(url.database)


def open_database(url: URL, *, patience_seconds: float = _PATIENCE_SECONDS) -> Engine:
    """Open a catalogue, made or migrated where that is needed.

    Raises CannotStart with a sentence where it is locked, read-only, of a newer
    version or somebody else's; CatalogueDamaged where it is no database any more.
    """
    file = file_of(url)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _cannot(file, f"its folder cannot be made: {error.strerror}") from None
    if file.exists() and not os.access(file, os.R_OK | os.W_OK):
        raise _cannot(file, "it is read-only; make it writable or set CATALOGUE_URL")
    engine = _engine(url, patience_seconds)
    try:
        with engine.connect() as connection:
            _check_pages(connection, file)
            _prepare(connection, file)
    except (CannotStart, CatalogueDamaged):
        engine.dispose()
        raise
    except UnicodeDecodeError:
        # SQLite quotes the damaged schema, which is no text any more.
        engine.dispose()
        raise CatalogueDamaged(f"{file}: its schema is no text") from None
    except DatabaseError as error:
        engine.dispose()
        raise _explained(file, error) from None
    return engine


def open_reader(engine: Engine) -> Connection:
    """Return a connection for looks at single rows, with a small cache: the writer has a large one.

    Nothing is begun on it, so that each look sees what is committed.
    """
    connection = engine.connect()
    connection.connection.cursor().execute(f"PRAGMA cache_size=-{_READER_CACHE_KIB}")
    return connection


def damage_in(error: BaseException) -> bool:
    """Tell whether an error of the database says that its file is damaged."""
    text = str(getattr(error, "orig", error))
    return any(words in text for words in ("not a database", "malformed", "unsupported file"))


def _engine(url: URL, patience_seconds: float) -> Engine:
    engine = create_engine(url, poolclass=NullPool, connect_args={"timeout": patience_seconds})

    @event.listens_for(engine, "connect")
    def _configure(connection: sqlite3.Connection, _record: Any) -> None:
        # Python's driver would begin transactions when it thinks fit.
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode=WAL")
        # FULL: what was reported as committed is there after a power cut, too.
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA cache_size=-4096")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _check_pages(connection: Connection, file: Path) -> None:
    with connection.begin():
        ended = not inspect(connection).has_table(schema.version.name) or not connection.scalar(
            select(func.count()).where(schema.runs.c.ended_at.is_(None))
        )
        if ended and file.stat().st_size > _CHECKED_BYTES:
            return
        found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
    if found != "ok":
        raise CatalogueDamaged(f"{file}: {' '.join(str(found).split())}")


def _prepare(connection: Connection, file: Path) -> None:
    """Make the tables, or lead those of an older version to this one."""
    with connection.begin():
        names = inspect(connection).get_table_names()
        if not names:
            schema.metadata.create_all(connection)
            connection.execute(schema.version.insert().values(version=schema.VERSION))
            return
        if schema.version.name not in names:
            raise _cannot(file, "it is a database of another program; set CATALOGUE_URL")
        found = connection.scalar(select(func.max(schema.version.c.version)))
    if found is None:
        raise CatalogueDamaged(f"{file}: it does not say its version")
    if found > schema.VERSION:
        raise _cannot(
            file,
            f"it was written by a newer version of this project (schema {found}, known here: "
            f"{schema.VERSION}); update the project",
        )
    if found < schema.VERSION:
        migrations.migrate(connection, file, found)


def _cannot(file: Path, why: str) -> CannotStart:
    return CannotStart(f"the catalogue {file} cannot be used: {why}")


def _explained(file: Path, error: DatabaseError) -> Exception:
    """Return what an error of the database means to a person."""
    text = str(error.orig)
    if damage_in(error):
        return CatalogueDamaged(f"{file}: {text}")
    if isinstance(error, OperationalError) and "locked" in text:
        return _cannot(
            file, "another program has locked it; end that program or wait, then try again"
        )
    if "readonly" in text or "read-only" in text:
        return _cannot(file, "it, or its folder, is read-only; make it writable")
    return _cannot(file, text)
