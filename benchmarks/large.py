"""What a file of half a gigabyte does to the memory of a crawl: ours, and a stock one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from benchmarks.arena import Arena, Load, Run, open_arena
from benchmarks.contestants.contestant import Contestant
from benchmarks.contestants.projects import EVERYTHING, ours, stock
from benchmarks.errors import CannotMeasure
from benchmarks.gallery.large_files import MOTION_PHOTO, NOISE, LargeFile
from benchmarks.gallery.picture_sets import SETS
from benchmarks.progress import Progress
from benchmarks.table import table

_ROOM = {"DOWNLOAD_MAXSIZE": 1024**3}
_CONTESTANTS = (
    Contestant("ours", "this project", lambda job: ours({**EVERYTHING, **_ROOM}, job)),
    Contestant("files", "Scrapy FilesPipeline", lambda job: stock("files", job, _ROOM)),
)
_SMALL = Load(SETS["50KB"], 1)


@dataclass
class LargeRuns:
    """The crawls of one contestant, in the order of the rounds."""

    small: list[Run] = field(default_factory=list)
    large: dict[str, list[Run]] = field(default_factory=dict)
    """By the name of the file."""
    problems: dict[str, str] = field(default_factory=dict)
    """Why a file could not be measured, by its name."""

    def growth_mb(self, name: str) -> float:
        """Return how much more memory a large file took than the small one."""
        small = median(run.ended.peak_mb for run in self.small)
        return median(run.ended.peak_mb for run in self.large[name]) - small


@dataclass(frozen=True)
class LargeResult:
    """All contestants with all files."""

    files: Sequence[LargeFile]
    runs: Mapping[str, LargeRuns]

    def markdown(self) -> str:
        """Return a table."""
        head = ["peak MB resident", "small picture", "large file", "difference", "s", "CPU s"]
        rows = [
            self._row(name, runs, file) for file in self.files for name, runs in self.runs.items()
        ]
        return table(head, rows)

    def _row(self, name: str, runs: LargeRuns, file: LargeFile) -> list[str]:
        if problem := runs.problems.get(file.name):
            return [f"{name}, {file.label}: {problem}", *["-"] * 5]
        large = runs.large[file.name]
        return [
            f"{name}, {file.label}",
            f"{median(run.ended.peak_mb for run in runs.small):.0f}",
            f"{median(run.ended.peak_mb for run in large):.0f}",
            f"{runs.growth_mb(file.name):+.0f}",
            f"{median(run.ended.wall_seconds for run in large):.1f}",
            f"{median(run.ended.cpu_seconds for run in large):.1f}",
        ]


def measure_large(rounds: int, cache: Path) -> LargeResult:
    """Crawl a small picture and each large file with both, so many rounds."""
    files = (MOTION_PHOTO, NOISE)
    runs = {each.name: LargeRuns() for each in _CONTESTANTS}
    with open_arena(cache) as arena:
        for number in range(rounds):
            for each in _CONTESTANTS:
                runs[each.name].small.append(arena.run(_SMALL, each))
                for file in files:
                    which = f"large, round {number + 1} of {rounds}, {each.name}, {file.label}"
                    _crawl(arena, file, each, runs[each.name], which)
    return LargeResult(files, runs)


def _crawl(
    arena: Arena, file: LargeFile, contestant: Contestant, runs: LargeRuns, which: str
) -> None:
    progress = Progress(which)
    try:
        run = arena.run(Load(file, 1), contestant)
    except CannotMeasure as error:
        runs.problems[file.name] = str(error)
        progress.end(str(error))
    else:
        runs.large.setdefault(file.name, []).append(run)
        progress.end(f"{run.ended.peak_mb:.0f} MB at most, {run.ended.wall_seconds:.1f} s")
