"""Where contestants run: picture sets, pages, and the process that serves them to one at a time."""

import contextlib
import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.contestants.contestant import Contestant, Job
from benchmarks.errors import CannotMeasure
from benchmarks.gallery.pages import listings_of, picture_addresses, write_pages
from benchmarks.gallery.picture_sets import Pictures
from benchmarks.processes import Ended, RunningSite, costs_of, running_gallery

Dress = Callable[[Sequence[str]], Sequence[str]]
"""Changes the words of a command, such as to run it under a profiler."""


@dataclass(frozen=True)
class Load:
    """So many pictures of a set."""

    pictures: Pictures
    count: int


@dataclass(frozen=True)
class Run:
    """One run of one contestant."""

    ended: Ended
    server_cpu_seconds: float
    identical: int
    """Originals that lie on the disk as they were served, byte for byte."""


class Arena:
    """Lets one contestant after the other fetch the same pictures."""

    def __init__(self, cache: Path, site: RunningSite) -> None:
        self._cache = cache
        self._site = site
        self._originals: dict[Load, set[bytes]] = {}

    def prepare(self, load: Load) -> None:
        """Make the pictures, and bring them into memory."""
        files = load.pictures.make(self._cache / "pictures" / load.pictures.name, load.count)
        self._originals[load] = {_digest(file) for file in files}

    def run(self, load: Load, contestant: Contestant, dress: Dress = list) -> Run:
        """Run a contestant; raises CannotMeasure."""
        if load not in self._originals:
            self.prepare(load)
        with TemporaryDirectory(prefix="run-", dir=self._cache) as temporary:
            folder = Path(temporary)
            command = contestant.command(self._job(load, folder / "out"))
            # What others have left to be written must not slow this one.
            os.sync()
            before = self._site.cpu_seconds()
            words = dress(command.words)
            ended = costs_of(contestant.name, words, folder, command.environment)
            server = self._site.cpu_seconds() - before
            identical = self._identical(load, folder / "out")
        if identical != load.count and not contestant.may_lose_bytes:
            raise CannotMeasure(f"stored {identical:,} of {load.count:,} pictures as they are")
        return Run(ended, server, identical)

    def _job(self, load: Load, folder: Path) -> Job:
        folder.mkdir()
        category = write_pages(self._cache, load.pictures, load.count)
        addresses = picture_addresses(self._site.url, load.pictures, load.count)
        return Job(self._site.url, category, listings_of(load.count), addresses, folder)

    def _identical(self, load: Load, folder: Path) -> int:
        found = {_digest(file) for file in folder.rglob("*") if file.is_file()}
        return len(self._originals[load] & found)


@contextlib.contextmanager
def open_arena(cache: Path) -> Iterator[Arena]:
    """Serve what lies in the cache, and what will; raises CannotMeasure."""
    cache.mkdir(parents=True, exist_ok=True)
    with running_gallery(cache) as site:
        yield Arena(cache, site)


def _digest(file: Path) -> bytes:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").digest()
