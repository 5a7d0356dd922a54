"""How long the event loop stands still while large pictures pour in: ours, and Scrapy's own."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from statistics import median

from benchmarks.arena import Load, open_arena
from benchmarks.contestants.contestant import Command, Contestant, Job
from benchmarks.contestants.projects import EVERYTHING, ours, stock
from benchmarks.errors import CannotMeasure
from benchmarks.heartbeat import FILE_VARIABLE
from benchmarks.processes import idle_pulse
from benchmarks.progress import Progress
from benchmarks.pulse import SECONDS_BETWEEN_BEATS
from benchmarks.table import table
from spiders_project import settings as project_settings

ALLOWED_MS = 20
_EXTENSION = "benchmarks.heartbeat.Heartbeat"
_OURS = "this project, everything on"
_STOCK = "Scrapy ImagesPipeline + thumbnail"
_IDLE = "an idle process beside them"


@dataclass(frozen=True)
class Beats:
    """How late the beats of one crawl were, in milliseconds."""

    lateness_ms: Sequence[float]

    def percentile(self, percent: float) -> float:
        """Return the lateness that so many of the beats do not exceed."""
        place = ceil(len(self.lateness_ms) * percent / 100)
        return sorted(self.lateness_ms)[max(0, place - 1)]


@dataclass(frozen=True)
class StallResult:
    """The crawls of all rounds."""

    load: Load
    rounds: Mapping[str, Sequence[Beats]]

    def markdown(self) -> str:
        """Return a table and what follows from it."""
        head = ["event loop late by, ms", "half of the time", "p99", "longest", "beats a crawl"]
        rows = [
            [
                name,
                f"{self._median(name, 50):.1f}",
                f"{self._median(name, 99):.1f}",
                f"{self._median(name, 100):.0f}",
                f"{median(len(beats.lateness_ms) for beats in rounds):,.0f}",
            ]
            for name, rounds in self.rounds.items()
        ]
        return f"{table(head, rows)}\n\n{self._sentence()}"

    def _median(self, name: str, percent: float) -> float:
        return median(beats.percentile(percent) for beats in self.rounds[name])

    def _sentence(self) -> str:
        late = self._median(_OURS, 99)
        verdict = "under" if late < ALLOWED_MS else "NOT under"
        times = len(self.rounds[_OURS])
        return (
            f"{self.load.count:,} pictures of {self.load.pictures.name}, medians of {times} "
            f"crawls: the p99 of this project is {late:.1f} ms, {verdict} the {ALLOWED_MS} ms that "
            f"are allowed, where an idle process has {self._median(_IDLE, 99):.1f} ms. A beat is "
            f"due every {1000 * SECONDS_BETWEEN_BEATS:.0f} ms; each counts."
        )


def measure_stall(load: Load, rounds: int, cache: Path) -> StallResult:
    """Crawl with both in turn, so many rounds; raises CannotMeasure."""
    file, idle = cache / "heartbeat.json", cache / "pulse.json"
    contestants = [
        Contestant("ours", _OURS, lambda job: _with_heartbeat(_ours(job), file)),
        Contestant(
            "images",
            _STOCK,
            lambda job: _with_heartbeat(_stock(job), file),
            may_lose_bytes=True,
        ),
    ]
    beats: dict[str, list[Beats]] = {name: [] for name in (_OURS, _STOCK, _IDLE)}
    with open_arena(cache) as arena:
        arena.prepare(load)
        for number in range(rounds):
            for each in contestants:
                progress = Progress(f"stall, round {number + 1} of {rounds}, {each.name}")
                with idle_pulse(idle):
                    arena.run(load, each)
                beats[each.name].append(_taken(file))
                beats[_IDLE].append(_taken(idle))
                progress.end(
                    f"p99 {beats[each.name][-1].percentile(99):.1f} ms, of an idle process "
                    f"{beats[_IDLE][-1].percentile(99):.1f} ms"
                )
    return StallResult(load, beats)


def _taken(file: Path) -> Beats:
    beats = json.loads(file.read_text())
    file.unlink()
    if not beats:
        raise CannotMeasure("a crawl was over before the first beat of its event loop")
    return Beats(beats)


def _ours(job: Job) -> Command:
    extensions = {**project_settings.EXTENSIONS, _EXTENSION: 999}
    return ours({**EVERYTHING, "EXTENSIONS": json.dumps(extensions)}, job)


def _stock(job: Job) -> Command:
    return stock("images", job, {"EXTENSIONS": json.dumps({_EXTENSION: 999})})


def _with_heartbeat(command: Command, file: Path) -> Command:
    return Command(command.words, {**command.environment, FILE_VARIABLE: str(file)})
