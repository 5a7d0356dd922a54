"""Puts a catalogue that was made anew in the place of a damaged one, over a kill at any instant."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from spiders_project.errors import CannotStart

_BESIDE = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a database that is open, or was when its process was killed."""


@contextmanager
def alone_with(file: Path, patience_seconds: float) -> Iterator[None]:
    """Let one process at a time rebuild a catalogue; raises CannotStart where one does for long.

    The lock is a transaction of an empty database of its own, so a kill lifts it. Its file
    stays: where it was removed, whoever waits for it would not see who comes next.
    """
    lock = file.with_name(f"{file.name}.rebuilding.lock")
    with closing(sqlite3.connect(lock, timeout=patience_seconds, isolation_level=None)) as holder:
        try:
            holder.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            why = str(error)
            if "locked" in why:
                why = "another process is at it; wait until that has ended, then try again"
            raise CannotStart(
                f"the catalogue {file} is damaged and cannot be rebuilt: {why}"
            ) from None
        yield


def copy_aside(file: Path) -> Path:
    """Copy a damaged catalogue, and what was not in its main file yet; return the copy.

    Its name has the time of the damaged file's last change, so that one copy stays
    however often a rebuild is killed.
    """
    changed_at = datetime.fromtimestamp(file.stat().st_mtime, UTC)
    aside = file.with_name(f"{file.name}.damaged-{changed_at:%Y%m%dT%H%M%S}")
    for ending in ("", "-wal"):
        with suppress(FileNotFoundError):
            shutil.copy2(f"{file}{ending}", f"{aside}{ending}")
    return aside


def new_file(file: Path) -> Path:
    """Return where the new catalogue is to be made; what a killed process left is removed."""
    new = file.with_name(f"{file.name}.rebuilding")
    for ending in ("", *_BESIDE):
        Path(f"{new}{ending}").unlink(missing_ok=True)
    return new


def take_its_place(new: Path, file: Path) -> None:
    """Put the new catalogue, which is whole and closed, in the place of the damaged one."""
    new.replace(_whole(file))
    finish(file)


def is_unfinished(file: Path) -> bool:
    """Tell whether a process was killed when the new catalogue was whole and not in its place."""
    return _whole(file).exists()


def finish(file: Path) -> None:
    """Give a whole new catalogue its name."""
    # SQLite would take what lies beside the damaged file for a part of the new one.
    for ending in _BESIDE:
        Path(f"{file}{ending}").unlink(missing_ok=True)
    _whole(file).replace(file)


def _whole(file: Path) -> Path:
    return file.with_name(f"{file.name}.rebuilt")
