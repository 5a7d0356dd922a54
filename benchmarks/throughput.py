"""How fast pictures of three sizes are fetched: ours, Scrapy's own pipelines, other tools."""

import hashlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.contestants.contestant import Command, Contestant, Job
from benchmarks.errors import CannotMeasure
from benchmarks.gallery.pages import picture_addresses, write_pages
from benchmarks.gallery.picture_sets import PictureSet
from benchmarks.processes import Ended, RunningSite, running_command, running_gallery
from benchmarks.progress import Progress
from benchmarks.table import table

OURS = "ours"


@dataclass(frozen=True)
class Load:
    """So many pictures of a set."""

    pictures: PictureSet
    count: int


@dataclass(frozen=True)
class Run:
    """One run of one contestant."""

    ended: Ended
    server_cpu_seconds: float
    stored: int
    """Files that hold the very bytes of an original, each original counted once."""


@dataclass
class Runs:
    """The runs of one contestant, in the order of the rounds."""

    contestant: Contestant
    whole: list[Run] = field(default_factory=list)
    start_up: list[Run] = field(default_factory=list)
    """The same with a single picture."""
    problem: str | None = None
    """Why it could not be measured."""

    def wall_seconds(self, *, without_start_up: bool = False) -> list[float]:
        """Return how long each round took."""
        idle = median(run.ended.wall_seconds for run in self.start_up) if without_start_up else 0
        return [run.ended.wall_seconds - idle for run in self.whole]


@dataclass(frozen=True)
class LoadResult:
    """All contestants with one load."""

    load: Load
    runs: Mapping[str, Runs]

    def markdown(self) -> str:
        """Return a table."""
        head = [
            f"{self.load.pictures.name}, {self.load.count:,} pictures",
            *("pictures/s", "CPU s per 1,000", "peak MB", "identical", "server CPU s per 1,000"),
            *("wall, ours to it", "without start-up"),
        ]
        return table(head, [self._row(runs) for runs in self.runs.values()])

    def ratios(self, key: str, other: str, *, without_start_up: bool = False) -> list[float]:
        """Return the ratio of wall times of each round; empty where one was not measured."""
        one, two = self.runs.get(key), self.runs.get(other)
        if one is None or two is None or one.problem or two.problem:
            return []
        pairs = zip(
            one.wall_seconds(without_start_up=without_start_up),
            two.wall_seconds(without_start_up=without_start_up),
            strict=True,
        )
        return [mine / its for mine, its in pairs]

    def _row(self, runs: Runs) -> list[str]:
        key, count = runs.contestant.key, self.load.count
        if runs.problem:
            return [f"{runs.contestant.name}: {runs.problem}", *["-"] * 7]
        cpu = median(run.ended.cpu_seconds for run in runs.whole)
        server = median(run.server_cpu_seconds for run in runs.whole)
        return [
            runs.contestant.name,
            f"{count / median(runs.wall_seconds()):.0f}",
            f"{1000 * cpu / count:.2f}",
            f"{median(run.ended.peak_mb for run in runs.whole):.0f}",
            f"{100 * min(run.stored for run in runs.whole) / count:.0f}%",
            f"{1000 * server / count:.2f}",
            "1" if key == OURS else spread(self.ratios(OURS, key)),
            "1" if key == OURS else spread(self.ratios(OURS, key, without_start_up=True)),
        ]


def spread(values: Sequence[float]) -> str:
    """Return the median, with the least and the most."""
    if not values:
        return "-"
    return f"{median(values):.2f} ({min(values):.2f} to {max(values):.2f})"


class Arena:
    """Where contestants are measured: picture sets, pages, and the process that serves them."""

    def __init__(self, cache: Path, site: RunningSite) -> None:
        self._cache = cache
        self._site = site
        self._originals: dict[str, set[bytes]] = {}

    def measure(self, load: Load, contestants: Sequence[Contestant], rounds: int) -> LoadResult:
        """Let the contestants run in turn, so many rounds."""
        runs = {each.key: Runs(each) for each in contestants}
        self.prepare(load)
        for number in range(rounds):
            for each in runs.values():
                if each.problem is None:
                    self._round(load, each, f"round {number + 1} of {rounds}")
        return LoadResult(load, runs)

    def _round(self, load: Load, runs: Runs, which: str) -> None:
        progress = Progress(f"{load.pictures.name}, {which}, {runs.contestant.name}")
        try:
            runs.start_up.append(self.run(Load(load.pictures, 1), runs.contestant))
            run = self.run(load, runs.contestant)
        except CannotMeasure as error:
            runs.problem = str(error)
            progress.end(runs.problem)
        else:
            runs.whole.append(run)
            speed = load.count / run.ended.wall_seconds
            progress.end(
                f"{speed:.0f} pictures/s, {1000 * run.ended.cpu_seconds / load.count:.2f} s of "
                f"CPU per 1,000, {run.ended.peak_mb:.0f} MB"
            )

    def prepare(self, load: Load) -> None:
        """Make the pictures, and bring them into memory."""
        files = load.pictures.make(self._cache / "pictures" / load.pictures.name, load.count)
        for file in files:
            file.read_bytes()  # into the page cache
        self._originals[load.pictures.name] = {_digest(file) for file in files}

    def run(self, load: Load, contestant: Contestant) -> Run:
        """Run a contestant; raises CannotMeasure."""
        with TemporaryDirectory(prefix="run-", dir=self._cache) as temporary:
            folder = Path(temporary)
            command = contestant.command(self.job(load, folder / "out"))
            # What others have left to be written must not slow this one.
            os.sync()
            before = self._site.cpu_seconds()
            ended = _run(contestant.name, command, folder)
            server = self._site.cpu_seconds() - before
            stored = self._identical(load, folder / "out")
        if stored != load.count and not contestant.may_lose_bytes:
            raise CannotMeasure(f"it stored {stored:,} of {load.count:,} pictures as they are")
        return Run(ended, server, stored)

    def job(self, load: Load, folder: Path) -> Job:
        """Return what is to be fetched into a folder, which is made."""
        folder.mkdir()
        category = write_pages(self._cache, load.pictures, load.count)
        addresses = picture_addresses(self._site.url, load.pictures, load.count)
        return Job(self._site.url, category, addresses, folder)

    def _identical(self, load: Load, folder: Path) -> int:
        originals = self._originals[load.pictures.name]
        found = {_digest(file) for file in folder.rglob("*") if file.is_file()}
        return len(originals & found)


def _digest(file: Path) -> bytes:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").digest()


def _run(name: str, command: Command, folder: Path) -> Ended:
    with running_command(name, command.words, folder, command.environment) as running:
        return running.wait()


def measure_throughput(
    loads: Sequence[Load], contestants: Sequence[Contestant], rounds: int, cache: Path
) -> list[LoadResult]:
    """Measure all contestants with each load in turn; raises CannotMeasure."""
    cache.mkdir(parents=True, exist_ok=True)
    with running_gallery(cache) as site:
        arena = Arena(cache, site)
        return [arena.measure(load, contestants, rounds) for load in loads]
