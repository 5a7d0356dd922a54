"""The embedded store of the frontier: one SQLite file for each job."""

import errno
import sqlite3
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from heapq import heapify, heappop, heappush, heapreplace
from pathlib import Path

from spiders_project.frontier.store import FrontierDamaged, FrontierInUse, StoredRequest

_VERSION = 1
_LOCK_PATIENCE_SECONDS = 1.0
_WRITES_IN_ONE_TRANSACTION = 500
_ITEMS_AT_ONCE = 200

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
_ORIGINS = """
WITH RECURSIVE each(origin) AS (
    SELECT min(origin) FROM requests WHERE leased = 0
    UNION ALL
    SELECT (SELECT min(origin) FROM requests WHERE leased = 0 AND origin > each.origin)
    FROM each WHERE origin IS NOT NULL
)
SELECT origin FROM each WHERE origin IS NOT NULL
"""
_FIRST_OF_ORIGIN = (
    "SELECT number, priority, origin, body FROM requests INDEXED BY pending_of_origin "
    "WHERE leased = 0 AND origin = ? ORDER BY priority DESC, number LIMIT 1"
)
_LEASE = "UPDATE requests SET leased = 1 WHERE number = ?"
_GIVE_BACK = "UPDATE requests SET leased = 0 WHERE number = ?"
_FORGET = "DELETE FROM requests WHERE number = ?"
_KEEP_ITEM = "INSERT INTO items (item) VALUES (?)"
_ADD_COUNT = (
    "INSERT INTO counts VALUES (?, ?) "
    "ON CONFLICT (name) DO UPDATE SET value = value + excluded.value"
)
_ADD_NOTE = "INSERT OR IGNORE INTO notes VALUES (?, ?)"
_ITEMS_AFTER = "SELECT number, item FROM items WHERE number > ? ORDER BY number LIMIT ?"


_Row = tuple[int, int, str, str]
_Place = tuple[int, int]


class SqliteStore:
    """A frontier in a file; every method may raise ``sqlite3.Error``, such as for a full disk.

    After such an error what was said since the last commit is taken back, and
    every further word is refused: open the file again.

    Nothing is synced: a kill of the process loses nothing that was committed,
    and after a power cut the file may be damaged. Then it is thrown away, and
    the catalogue, which is synced, knows what need not be done again.
    """

    def __init__(self, path: Path) -> None:
        """Open a file or make it; raises FrontierInUse, FrontierDamaged, OSError."""
        self._path = path
        self._is_broken = False
        self._writes = 0
        self._heads: _Heads | None = None
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._open()
        except sqlite3.Error as error:
            raise _why_not_opened(error, path) from None

    def _open(self) -> None:
        self._connection = sqlite3.connect(
            self._path, timeout=_LOCK_PATIENCE_SECONDS, isolation_level=None
        )
        try:
            self._prepare()
        except BaseException:
            self._connection.close()
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
            raise FrontierDamaged(f"{self._path}: it is of version {version}, not {_VERSION}")
        else:
            self._check()
            execute("UPDATE requests SET leased = 0 WHERE leased = 1")
            execute("COMMIT")
        job = execute("SELECT run, started FROM job").fetchone()
        if job is None:
            raise FrontierDamaged(f"{self._path}: it does not say whose it is")
        self.run, self.started = job
        self._pending: int = execute("SELECT count(*) FROM requests").fetchone()[0]
        self._leased = 0

    def _check(self) -> None:
        # A power cut leaves old pages among new ones. The quick check does not see that an index
        # lacks a row, which would then never be handed out.
        found = self._connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
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
        if from_start:
            self._write("UPDATE job SET started = started + 1")
            self.started += 1
        if fingerprint is not None and self._seen_by(fingerprint) is not None:
            return None
        number = self._write(_ADD, (priority, origin, body)).lastrowid
        assert number is not None
        if fingerprint is not None:
            self._write(_SEE, (fingerprint, number))
        if self._heads is not None:
            self._heads.note((-priority, number), origin)
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
            leased = list(self._lease_others(count, without_origins))
        else:
            self._heads = None
            leased = self._connection.execute(_FIRST, (count,)).fetchall()
            for row in leased:
                self._write(_LEASE, (row[0],))
        self._pending -= len(leased)
        self._leased += len(leased)
        return [StoredRequest(*row) for row in leased]

    def _lease_others(self, count: int, without_origins: Collection[str]) -> Iterator[_Row]:
        """Merge the queues of the other origins; those of one held back may be a million."""
        execute = self._connection.execute
        if self._heads is None:
            self._heads = _Heads(origin for (origin,) in execute(_ORIGINS))

        def first_of(origin: str) -> _Row | None:
            row: _Row | None = execute(_FIRST_OF_ORIGIN, (origin,)).fetchone()
            return row

        for _ in range(count):
            row = self._heads.first(first_of, without_origins)
            if row is None:
                return
            self._write(_LEASE, (row[0],))
            yield row

    def give_back(self, number: int) -> None:
        """Make a request that was handed out pending again."""
        self._write(_GIVE_BACK, (number,))
        self._heads = None
        self._leased -= 1
        self._pending += 1

    def done(
        self,
        number: int,
        items: Sequence[str],
        counts: Mapping[str, int],
        notes: Mapping[str, str],
    ) -> None:
        """Forget a request and keep what it has led to, all or nothing."""
        self._write(_FORGET, (number,))
        self._write_each(_KEEP_ITEM, ((item,) for item in items))
        self._write_each(_ADD_COUNT, counts.items())
        self._write_each(_ADD_NOTE, notes.items())
        self._leased -= 1
        self._commit_if_large()

    def items(self) -> Iterator[str]:
        """Return the items that are kept, oldest first."""
        last = 0
        while rows := self._connection.execute(_ITEMS_AFTER, (last, _ITEMS_AT_ONCE)).fetchall():
            last = rows[-1][0]
            for _, item in rows:
                yield item

    def counts(self) -> dict[str, int]:
        """Return the counts that are kept."""
        return dict(self._connection.execute("SELECT name, value FROM counts"))

    def notes(self) -> dict[str, str]:
        """Return the notes that are kept."""
        return dict(self._connection.execute("SELECT name, value FROM notes"))

    def commit(self) -> None:
        """Make durable what was said so far."""
        if self._connection.in_transaction:
            try:
                self._connection.execute("COMMIT")
            except sqlite3.Error:
                self.abandon()
                raise
            self._writes = 0

    def abandon(self) -> None:
        """Take back what was said since the last commit, and refuse every further word."""
        self._is_broken = True
        if self._connection.in_transaction:
            with suppress(sqlite3.Error):
                self._connection.execute("ROLLBACK")

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

    def _write(self, statement: str, values: Sequence[object] = ()) -> sqlite3.Cursor:
        if self._is_broken:
            raise sqlite3.OperationalError("an earlier word was lost, this one would not be true")
        try:
            if not self._connection.in_transaction:
                self._connection.execute("BEGIN IMMEDIATE")
            self._writes += 1
            return self._connection.execute(statement, values)
        except sqlite3.Error:
            self.abandon()
            raise

    def _write_each(self, statement: str, rows: Iterable[Sequence[object]]) -> None:
        for values in rows:
            self._write(statement, values)

    def _commit_if_large(self) -> None:
        if self._writes >= _WRITES_IN_ONE_TRANSACTION:
            self.commit()


class _Heads:
    """Where the queue of each origin begins: a place at or before its first pending request.

    A place is the negative priority and the number, so that the smallest goes first.
    """

    def __init__(self, origins: Iterable[str]) -> None:
        anywhere = (-sys.maxsize, 0)
        self._places: dict[str, _Place] = dict.fromkeys(origins, anywhere)
        self._heap = [(place, origin) for origin, place in self._places.items()]
        self._held: set[str] = set()
        heapify(self._heap)

    def note(self, place: _Place, origin: str) -> None:
        """Note a new request."""
        known = self._places.get(origin)
        if known is None or place < known:
            self._places[origin] = place
            if origin not in self._held:
                heappush(self._heap, (place, origin))

    def first(
        self, first_of: Callable[[str], _Row | None], without_origins: Collection[str]
    ) -> _Row | None:
        """Return the first pending request of all origins but those named."""
        for origin in self._held.difference(without_origins):
            self._held.remove(origin)
            heappush(self._heap, (self._places[origin], origin))
        while self._heap:
            place, origin = self._heap[0]
            if self._places.get(origin) != place:  # it has got an earlier one since
                heappop(self._heap)
            elif origin in without_origins:
                heappop(self._heap)
                self._held.add(origin)
            elif (row := first_of(origin)) is None:
                heappop(self._heap)
                del self._places[origin]
            elif (first := (-row[1], row[0])) == place:
                return row
            else:
                self._places[origin] = first
                heapreplace(self._heap, (first, origin))
        return None


def remove_files(path: Path) -> None:
    """Remove a frontier whose store is not open, and its folder if that is empty then."""
    # The file first: what is left of the others without it SQLite throws away.
    for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
        path.with_name(name).unlink(missing_ok=True)
    with suppress(OSError):
        path.parent.rmdir()


def _why_not_opened(error: sqlite3.Error, path: Path) -> Exception:
    code = error.sqlite_errorcode & 0xFF  # the upper bits tell details
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return FrontierInUse(str(path))
    if code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_ERROR):
        return FrontierDamaged(f"{path}: {error}")
    return OSError(errno.EIO, str(error), str(path))
