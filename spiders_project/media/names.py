"""Gives every picture a path of its own, the same one from run to run."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from threading import Lock
from typing import Protocol

from spiders_project.media.paths import clash_key, marked_path

_UNREAD = "not read yet"


class NameSource(Protocol):
    """What lies in the store already, from earlier runs or by other hands."""

    def names(self, folder: str) -> Iterable[str]:
        """Return the names in a folder."""
        ...

    def sha256_of(self, path: str) -> str:
        """Return the sha256 of a stored file."""
        ...


@dataclass(frozen=True)
class Claim:
    """A path in the store, and whether the same bytes lie there already."""

    path: str
    is_stored: bool


@dataclass
class _Holder:
    path: str
    sha256: str


class NameBook:
    """Hands out paths so that two pictures never share one; usable from several threads.

    The first picture with a title gets it bare; another one with other bytes gets
    `` [8 hex of sha256]`` behind it. Names are compared after NFC and casefold, so
    that a collection can be copied to any system. What lies on disk keeps its name:
    the same bytes find it again, other bytes leave it alone.
    """

    def __init__(self, source: NameSource) -> None:
        self._source = source
        self._holders: dict[str, _Holder] = {}
        self._folders: set[str] = set()
        self._lock = Lock()

    def claim(self, path: str, sha256: str) -> Claim:
        """Return the path for these bytes; may raise OSError where the store cannot be read."""
        with self._lock:
            self._read_folder(str(PurePosixPath(path).parent))
            for candidate in _candidates(path, sha256):
                holder = self._holders.get(clash_key(candidate))
                if holder is None:
                    self._holders[clash_key(candidate)] = _Holder(candidate, sha256)
                    return Claim(candidate, is_stored=False)
                if holder.sha256 == _UNREAD:
                    holder.sha256 = self._source.sha256_of(holder.path)
                if holder.sha256 == sha256:
                    return Claim(holder.path, is_stored=True)
        raise AssertionError("a path marked with the whole sha256 is taken by other bytes")

    def give_back(self, path: str) -> None:
        """Forget a claim whose file could not be written."""
        with self._lock:
            self._holders.pop(clash_key(path), None)

    def found_on_disk(self, path: str) -> None:
        """Note that somebody else stored a file at a path that had been free."""
        with self._lock:
            self._holders[clash_key(path)] = _Holder(path, _UNREAD)

    def _read_folder(self, folder: str) -> None:
        if folder in self._folders:
            return
        for name in self._source.names(folder):
            path = str(PurePosixPath(folder, name))
            self._holders.setdefault(clash_key(path), _Holder(path, _UNREAD))
        self._folders.add(folder)


def _candidates(path: str, sha256: str) -> Iterator[str]:
    yield path
    yield marked_path(path, sha256)
    yield marked_path(path, sha256, digits=len(sha256))
