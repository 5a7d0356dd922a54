"""How fast pictures of three sizes are fetched: ours, Scrapy's own pipelines, other tools."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from benchmarks.arena import Arena, Load, Run, open_arena
from benchmarks.bar_chart import BarChart, Panel
from benchmarks.bars import BARS
from benchmarks.contestants.contestant import Contestant
from benchmarks.errors import CannotMeasure
from benchmarks.progress import Progress
from benchmarks.table import table

OURS = "ours"


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
        """Return a table, and what the server took meanwhile."""
        head = [
            f"{self.load.pictures.name}, {self.load.count:,} pictures",
            *("pictures/s", "CPU s per 1,000", "peak MB", "identical", "start-up s"),
            *("wall, ours to it", "without start-up"),
        ]
        rows = table(head, [self._row(runs) for runs in self.runs.values()])
        served = [run.server_cpu_seconds for runs in self.runs.values() for run in runs.whole]
        server = 1000 * max(served, default=0) / self.load.count
        return f"{rows}\n\nThe server took {server:.2f} s of CPU per 1,000 pictures at most."

    def speed(self, key: str) -> float | None:
        """Return pictures a second; None where it was not measured."""
        runs = self.runs[key]
        return None if runs.problem else self.load.count / median(runs.wall_seconds())

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
        # With few pictures the start-up may be all that there is.
        return [mine / its for mine, its in pairs if mine > 0 and its > 0]

    def _row(self, runs: Runs) -> list[str]:
        key, count = runs.contestant.key, self.load.count
        if runs.problem:
            return [f"{runs.contestant.name}: {runs.problem}", *["-"] * 7]
        cpu = median(run.ended.cpu_seconds for run in runs.whole)
        return [
            runs.contestant.name,
            f"{self.speed(key):.0f}",
            f"{1000 * cpu / count:.2f}",
            f"{median(run.ended.peak_mb for run in runs.whole):.0f}",
            f"{100 * min(run.identical for run in runs.whole) / count:.0f}%",
            f"{median(run.ended.wall_seconds for run in runs.start_up):.1f}",
            "1" if key == OURS else _spread(self.ratios(OURS, key)),
            "1" if key == OURS else _spread(self.ratios(OURS, key, without_start_up=True)),
        ]


@dataclass(frozen=True)
class ThroughputResult:
    """All contestants with all loads."""

    loads: Sequence[LoadResult]
    rounds: int

    def markdown(self) -> str:
        """Return the tables and the verdict on each bar."""
        tables = [result.markdown() for result in self.loads]
        rounds = "One round." if self.rounds == 1 else f"Medians of {self.rounds} rounds."
        return "\n\n".join([*tables, rounds, *self._verdicts()])

    def chart(self) -> str:
        """Return the speeds as an SVG picture."""
        names = [runs.contestant.name for runs in self.loads[0].runs.values()]
        panels = [
            Panel(result.load.pictures.name, [result.speed(key) for key in result.runs])
            for result in self.loads
        ]
        return BarChart("Pictures a second", names, panels).svg()

    def _verdicts(self) -> list[str]:
        by_size = {result.load.pictures.name: result for result in self.loads}
        rows = [
            [
                f"{bar.size}: {by_size[bar.size].runs[bar.key].contestant.name}",
                by_size[bar.size].runs[bar.other].contestant.name,
                bar.verdict(by_size[bar.size].ratios(bar.key, bar.other)),
            ]
            for bar in BARS
            if bar.size in by_size and {bar.key, bar.other} <= by_size[bar.size].runs.keys()
        ]
        return [table(["wall time of", "in times of that of", "verdict"], rows)] if rows else []


def _spread(values: Sequence[float]) -> str:
    """Return the median, with the least and the most."""
    if not values:
        return "-"
    return f"{median(values):.2f} ({min(values):.2f} to {max(values):.2f})"


def measure_throughput(
    loads: Sequence[Load], contestants: Sequence[Contestant], rounds: int, cache: Path
) -> ThroughputResult:
    """Let the contestants run in turn, so many rounds with each load; raises CannotMeasure."""
    results = []
    with open_arena(cache) as arena:
        for load in loads:
            arena.prepare(load)
            runs = {each.key: Runs(each) for each in contestants}
            for number in range(rounds):
                for each in runs.values():
                    if each.problem is None:
                        _round(arena, load, each, f"round {number + 1} of {rounds}")
            results.append(LoadResult(load, runs))
    return ThroughputResult(results, rounds)


def _round(arena: Arena, load: Load, runs: Runs, which: str) -> None:
    progress = Progress(f"{load.pictures.name}, {which}, {runs.contestant.name}")
    try:
        runs.start_up.append(arena.run(Load(load.pictures, 1), runs.contestant))
        run = arena.run(load, runs.contestant)
    except CannotMeasure as error:
        runs.problem = str(error)
        progress.end(runs.problem)
        return
    runs.whole.append(run)
    progress.end(
        f"{load.count / run.ended.wall_seconds:.0f} pictures/s, "
        f"{1000 * run.ended.cpu_seconds / load.count:.2f} s of CPU per 1,000, "
        f"{run.ended.peak_mb:.0f} MB"
    )
