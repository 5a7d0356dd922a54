"""The embedded store of the frontier: one SQLite file for each job."""

import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from spiders_project.frontier.store import FrontierDamaged, FrontierInUse, StoredRequest

_VERSION = 1
_LOCK_PATIENCE_SECONDS = 1.0
_WRITES_IN_ONE_TRANSACTION = 500
_ITEMS_AT_ONCE = 200
_LOOK_AHEAD = 50
_ORIGINS_COMPARED = 64

_TABLES = """
CREATE TABLE requests (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    priority INTEGER NOT NULL,
    origin TEXT NOT NULL,
    leased INTEGER NOT NULL DEFAULT 0,
    body TEXT NOT NULL
);
CREATE INDEX pending ON requests (priority DESC, number) WHERE leased = 0;
CREATE INDEX pending_of_origin ON requests (origin, priority DESC, number) WHERE leased = 0;
CREATE TABLE seen (fingerprint BLOB PRIMARY KEY, number INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE items (number INTEGER PRIMARY KEY, item TEXT NOT NULL);
CREATE TABLE counts (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE notes (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE job (run TEXT NOT NULL, started INTEGER NOT NULL);
INSERT INTO job VALUES ('', 0);
"""

_ADD = "INSERT INTO requests (priority, origin, body) VALUES (?, ?, ?)"
_SEE = "INSERT OR IGNORE INTO seen VALUES (?, ?)"
_SEEN_BY = "SELECT number FROM seen WHERE fingerprint = ?"
_FIRST = (
    "SELECT number, priority, origin, body FROM requests WHERE leased = 0 "
    "ORDER BY priority DESC, number LIMIT ?"
)
_ORIGINS_AFTER = (
    "SELECT min(origin) FROM requests INDEXED BY pending_of_origin WHERE leased = 0 AND origin > ?"
)
_FIRST_OF_ORIGIN = (
    "SELECT number, priority, origin, body FROM requests INDEXED BY pending_of_origin "
    "WHERE leased = 0 AND origin = ? ORDER BY priority DESC, number LIMIT ?"
)
_LEASE = "UPDATE requests SET leased = 1 WHERE number = ?"
_FORGET = "DELETE FROM requests WHERE number = ?"
_KEEP_ITEM = "INSERT INTO items (item) VALUES (?)"
_ADD_COUNT = (
    "INSERT INTO counts VALUES (?, ?) "
    "ON CONFLICT (name) DO UPDATE SET value = value + excluded.value"
)
_ADD_NOTE = "INSERT OR IGNORE INTO notes VALUES (?, ?)"
_ITEMS_AFTER = "SELECT number, item FROM items WHERE number > ? ORDER BY number LIMIT ?"


class SqliteStore:
    """A frontier in a file; every method may raise ``sqlite3.Error``, such as for a full disk.

    Nothing is synced: a kill of the process loses nothing that was committed,
    and after a power cut the file may be damaged. Then it is thrown away, and
    the catalogue, which is synced, knows what need not be done again.
    """

    def __init__(self, path: Path) -> None:
        """Open a file or make it; raises FrontierInUse, FrontierDamaged, OSError."""
        self._path = path
        self._is_writing = False
        self._writes = 0
        path.parent.mkdir(parents=True, exist_ok=True)
        self._connection = sqlite3.connect(
            path, timeout=_LOCK_PATIENCE_SECONDS, isolation_level=None
        )
        try:
            self._prepare()
        except BaseException as error:
            self._connection.close()
            if isinstance(error, sqlite3.OperationalError) and "locked" in str(error):
                raise FrontierInUse(str(path)) from None
            if isinstance(error, sqlite3.DatabaseError) and _is_damage(error):
                raise FrontierDamaged(f"{path}: {error}") from None
            raise

    def _prepare(self) -> None:
        execute = self._connection.execute
        # The lock is kept until the process ends, however it ends.
        execute("PRAGMA locking_mode=EXCLUSIVE")
        execute("PRAGMA journal_mode=WAL")
        execute("PRAGMA synchronous=OFF")
        execute("PRAGMA wal_autocheckpoint=4000")
        execute("BEGIN IMMEDIATE")
        version = execute("PRAGMA user_version").fetchone()[0]
        if not version and not execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            execute("COMMIT")
            self._connection.executescript(
                f"BEGIN; {_TABLES} PRAGMA user_version = {_VERSION}; COMMIT;"
            )
        elif version != _VERSION:
            raise FrontierDamaged(f"{self._path}: it is of another version ({version})")
        else:
            self._check()
            execute("UPDATE requests SET leased = 0 WHERE leased = 1")
            execute("COMMIT")
        self.run, self.started = execute("SELECT run, started FROM job").fetchone()
        self._pending: int = execute("SELECT count(*) FROM requests").fetchone()[0]
        self._leased = 0

    def _check(self) -> None:
        found = self._connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        if found != "ok":
            raise FrontierDamaged(f"{self._path}: {found}")

    @property
    def pending(self) -> int:
        """How many requests are neither leased nor done."""
        return self._pending

    @property
    def leased(self) -> int:
        """How many requests were handed out and are not done."""
        return self._leased

    def begin(self, run: str) -> None:
        """Note, durably, the run that the frontier belongs to."""
        self._write("UPDATE job SET run = ?", (run,))
        self.commit()
        self.run = run

    def add(
        self,
        fingerprint: bytes | None,
        priority: int,
        origin: str,
        body: str,
        *,
        from_start: bool = False,
    ) -> int | None:
        """Store a pending request; return its number, None where its fingerprint is known."""
        self._begin_writing()
        if from_start:
            self._write("UPDATE job SET started = started + 1")
            self.started += 1
        if fingerprint is not None and self._seen_by(fingerprint) is not None:
            return None
        number = self._write(_ADD, (priority, origin, body)).lastrowid
        assert number is not None
        if fingerprint is not None:
            self._write(_SEE, (fingerprint, number))
        self._pending += 1
        self._commit_if_large()
        return number

    def owns(self, fingerprint: bytes, number: int) -> bool:
        """Tell whether a request may go on to where a redirect leads it."""
        if self._write(_SEE, (fingerprint, number)).rowcount:
            return True
        return self._seen_by(fingerprint) == number

    def _seen_by(self, fingerprint: bytes) -> int | None:
        row = self._connection.execute(_SEEN_BY, (fingerprint,)).fetchone()
        return int(row[0]) if row else None

    def lease(self, count: int, without_origins: Collection[str] = ()) -> list[StoredRequest]:
        """Hand out requests: the highest priority first, then the oldest; of no origin named."""
        if without_origins:
            rows = self._first_of_others(count, without_origins)
        else:
            rows = self._connection.execute(_FIRST, (count,)).fetchall()
        for row in rows:
            self._write(_LEASE, (row[0],))
        self._pending -= len(rows)
        self._leased += len(rows)
        return [StoredRequest(*row) for row in rows]

    def _first_of_others(
        self, count: int, without_origins: Collection[str]
    ) -> list[tuple[int, int, str, str]]:
        """Look at the first requests of each origin where those held back may be a million."""
        first = self._connection.execute(_FIRST, (count + _LOOK_AHEAD,))
        rows = [row for row in first if row[2] not in without_origins]
        if rows:
            return rows[:count]
        origin = self._connection.execute(_ORIGINS_AFTER, ("",)).fetchone()[0]
        while origin is not None and len(rows) < _ORIGINS_COMPARED * count:
            if origin not in without_origins:
                rows += self._connection.execute(_FIRST_OF_ORIGIN, (origin, count)).fetchall()
            origin = self._connection.execute(_ORIGINS_AFTER, (origin,)).fetchone()[0]
        rows.sort(key=lambda row: (-row[1], row[0]))
        return rows[:count]

    def done(
        self,
        number: int,
        items: Sequence[str],
        counts: Mapping[str, int],
        notes: Mapping[str, str],
    ) -> None:
        """Forget a request and keep what it has led to, all or nothing."""
        self._write(_FORGET, (number,))
        self._connection.executemany(_KEEP_ITEM, [(item,) for item in items])
        self._connection.executemany(_ADD_COUNT, counts.items())
        self._connection.executemany(_ADD_NOTE, notes.items())
        self._leased -= 1
        self._commit_if_large()

    def items(self) -> Iterator[str]:
        """Return the items that are kept, oldest first."""
        last = 0
        while rows := self._connection.execute(_ITEMS_AFTER, (last, _ITEMS_AT_ONCE)).fetchall():
            for last, item in rows:  # noqa: B007 - the next page begins behind it
                yield item

    def counts(self) -> dict[str, int]:
        """Return the counts that are kept."""
        return dict(self._connection.execute("SELECT name, value FROM counts"))

    def notes(self) -> dict[str, str]:
        """Return the notes that are kept."""
        return dict(self._connection.execute("SELECT name, value FROM notes"))

    def commit(self) -> None:
        """Make durable what was said so far."""
        if self._is_writing:
            self._connection.execute("COMMIT")
            self._is_writing = False
            self._writes = 0

    def abandon(self) -> None:
        """Take back what was said since the last commit, after an error of the disk."""
        if self._is_writing and self._connection.in_transaction:
            self._connection.execute("ROLLBACK")
        self._is_writing = False

    def close(self) -> None:
        """Commit and close; what is leased will be pending again."""
        try:
            self.commit()
        finally:
            self._connection.close()

    def delete(self) -> None:
        """Close, and remove the file, those beside it and the folder if it is empty then."""
        self._connection.close()
        remove_files(self._path)

    def _begin_writing(self) -> None:
        if not self._is_writing:
            self._connection.execute("BEGIN IMMEDIATE")
            self._is_writing = True

    def _write(self, statement: str, values: Sequence[object] = ()) -> sqlite3.Cursor:
        self._begin_writing()
        self._writes += 1
        return self._connection.execute(statement, values)

    def _commit_if_large(self) -> None:
        if self._writes >= _WRITES_IN_ONE_TRANSACTION:
            self.commit()


def remove_files(path: Path) -> None:
    """Remove a frontier whose store is not open, and its folder if that is empty then."""
    for name in (f"{path.name}-wal", f"{path.name}-shm", path.name):
        path.with_name(name).unlink(missing_ok=True)
    with suppress(OSError):
        path.parent.rmdir()


def _is_damage(error: sqlite3.DatabaseError) -> bool:
    return any(words in str(error) for words in ("not a database", "malformed", "no such table"))
