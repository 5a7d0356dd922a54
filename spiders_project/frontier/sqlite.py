"""The embedded store of the frontier: one SQLite file for each job."""

import errno
import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from spiders_project.frontier import sql
from spiders_project.frontier.queues import Heads
from spiders_project.frontier.recent import RecentFingerprints
from spiders_project.frontier.store import FrontierDamaged, FrontierInUse, StoredRequest

_LOCK_SECONDS = 1.0
_WRITES_IN_ONE_TRANSACTION = 500
_ITEMS_AT_ONCE = 200
_KNOWN_WITHOUT_A_LOOK = 16_384


class SqliteStore:
    """A frontier in a file; every method may raise ``sqlite3.Error``, such as for a full disk.

    After one, what was said since the last commit is taken back and the rest refused.
    Nothing is synced: a kill loses nothing that was committed; after a power cut the file
    may be damaged and is thrown away: the catalogue, which is synced, knows what is done.
    """

    def __init__(self, path: Path) -> None:
        """Open a file or make it; raises FrontierInUse, FrontierDamaged, OSError."""
        self._path = path
        self._is_broken = False
        self._writes = 0
        self._heads: Heads | None = None
        self._recent = RecentFingerprints(_KNOWN_WITHOUT_A_LOOK)
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._open()
        except sqlite3.Error as error:
            raise _why_not_opened(error, path) from None

    def _open(self) -> None:
        self._connection = sqlite3.connect(self._path, timeout=_LOCK_SECONDS, isolation_level=None)
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
                f"{sql.NEW} PRAGMA user_version = {sql.VERSION}; COMMIT;"
            )
        elif version != sql.VERSION:
            raise FrontierDamaged(f"{self._path}: it is of version {version}, not {sql.VERSION}")
        else:
            # After a power cut old pages lie among new ones. The quick check does not see that
            # an index lacks a row, which would then never be handed out.
            found = execute("PRAGMA integrity_check(1)").fetchone()[0]
            if found != "ok":
                raise FrontierDamaged(f"{self._path}: {found.splitlines()[-1]}")
            execute(sql.GIVE_BACK_ALL)
            execute("COMMIT")
        if (job := execute(sql.JOB).fetchone()) is None:
            raise FrontierDamaged(f"{self._path}: it does not say whose it is")
        self.run, self.started = job
        self._pending: int = execute(sql.COUNT_OF_REQUESTS).fetchone()[0]
        self._leased = 0

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
        self._write(sql.SET_RUN, (run,))
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
            self._write(sql.COUNT_START)
            self.started += 1
        if fingerprint is not None and self.knows(fingerprint):
            return None
        number = self._write(sql.ADD, (priority, origin, body)).lastrowid
        assert number is not None
        if fingerprint is not None:
            self._write(sql.SEE, (fingerprint, number))
            self._recent.add(fingerprint)
        if self._heads is not None:
            self._heads.note(number, priority, origin)
        self._pending += 1
        if self._writes >= _WRITES_IN_ONE_TRANSACTION:
            self.commit()
        return number

    def knows(self, fingerprint: bytes) -> bool:
        """Tell whether a request with this fingerprint was stored, or led there."""
        if fingerprint in self._recent:
            return True
        is_known = self._seen_by(fingerprint) is not None
        if is_known:
            self._recent.add(fingerprint)
        return is_known

    def owns(self, fingerprint: bytes, number: int) -> bool:
        """Tell whether a request may go on to where a redirect leads it."""
        if self._write(sql.SEE, (fingerprint, number)).rowcount:
            return True
        return self._seen_by(fingerprint) == number

    def _seen_by(self, fingerprint: bytes) -> int | None:
        row = self._connection.execute(sql.SEEN_BY, (fingerprint,)).fetchone()
        return int(row[0]) if row else None

    def lease(self, count: int, without_origins: Collection[str] = ()) -> list[StoredRequest]:
        """Hand out requests: the highest priority first, then the oldest; of no origin named."""
        if without_origins:
            leased = list(self._lease_others(count, without_origins))
        else:
            self._heads = None
            rows = self._connection.execute(sql.FIRST, (count,)).fetchall()
            leased = [StoredRequest(*row) for row in rows]
            for request in leased:
                self._write(sql.LEASE, (request.number,))
        self._pending -= len(leased)
        self._leased += len(leased)
        return leased

    def _lease_others(self, count: int, held: Collection[str]) -> Iterator[StoredRequest]:
        if self._heads is None:
            origins = self._connection.execute(sql.ORIGINS)
            self._heads = Heads((origin for (origin,) in origins), self._first_of)
        for _ in range(count):
            request = self._heads.first(held)
            if request is None:
                return
            self._write(sql.LEASE, (request.number,))
            yield request

    def _first_of(self, origin: str) -> StoredRequest | None:
        row = self._connection.execute(sql.FIRST_OF_ORIGIN, (origin,)).fetchone()
        return StoredRequest(*row) if row else None

    def give_back(self, number: int) -> None:
        """Make a request that was handed out pending again."""
        self._write(sql.GIVE_BACK, (number,))
        self._heads = None
        self._leased -= 1
        self._pending += 1

    def done(
        self, number: int, items: Sequence[str], counts: Mapping[str, int], notes: Mapping[str, str]
    ) -> None:
        """Forget a request and keep what it has led to, all or nothing; raises UnicodeError."""
        # Text that cannot be stored, such as half a surrogate pair, is refused before all else.
        "".join((*items, *counts, *notes, *notes.values())).encode()
        self._write(sql.FORGET, (number,))
        for item in items:
            self._write(sql.KEEP_ITEM, (item,))
        for count in counts.items():
            self._write(sql.ADD_COUNT, count)
        for note in notes.items():
            self._write(sql.ADD_NOTE, note)
        self._leased -= 1
        if self._writes >= _WRITES_IN_ONE_TRANSACTION:
            self.commit()

    def items(self) -> Iterator[str]:
        """Return the items that are kept, oldest first."""
        last = 0
        while rows := self._connection.execute(sql.ITEMS_AFTER, (last, _ITEMS_AT_ONCE)).fetchall():
            last = rows[-1][0]
            yield from (item for _, item in rows)

    def counts(self) -> dict[str, int]:
        """Return the counts that are kept."""
        return dict(self._connection.execute(sql.COUNTS))

    def notes(self) -> dict[str, str]:
        """Return the notes that are kept."""
        return dict(self._connection.execute(sql.NOTES))

    def commit(self) -> None:
        """Make durable what was said so far."""
        if self._connection.in_transaction and not self._is_broken:
            self._write("COMMIT")
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
