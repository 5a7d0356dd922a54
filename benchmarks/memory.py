"""Memory of a crawl against the number of pictures: ours, and a plain Scrapy project beside it."""

import json
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.chart import Chart, Line
from benchmarks.errors import CannotMeasure
from benchmarks.processes import Crawl, Ended, running_crawl, running_site
from benchmarks.progress import Progress
from benchmarks.table import table

OURS, PEER = "this project", "plain Scrapy"
_MILESTONES = (1_000, 10_000, 50_000)
_ALLOWED_MB = 30
_SECONDS_BETWEEN_SAMPLES = 0.5
_HASTE = {
    "DOWNLOAD_DELAY": 0,
    "CONCURRENT_REQUESTS": 16,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
}
"""The same for both: no politeness towards this machine."""

StartCrawl = Callable[[str, int, Path], AbstractContextManager[Crawl]]
"""Starts a crawl of the site at an address, of so many pictures, into a folder."""


@dataclass(frozen=True)
class Course:
    """How the memory of a crawl went."""

    name: str
    samples: Sequence[tuple[int, float]]
    """Pictures that had been served, and resident memory in MB at that moment."""
    ended: Ended

    @property
    def while_serving(self) -> Sequence[tuple[int, float]]:
        """The samples from the first picture on."""
        return [sample for sample in self.samples if sample[0]] or self.samples[-1:]

    def rss_mb(self, pictures: int) -> float:
        """Return the memory at the first sample with so many pictures, or the last one."""
        after = (rss for served, rss in self.samples if served >= pictures)
        return next(after, self.samples[-1][1])


@dataclass(frozen=True)
class MemoryResult:
    """The courses of both crawls."""

    pictures: int
    courses: Sequence[Course]

    def markdown(self) -> str:
        """Return a table and what follows from it."""
        milestones = _milestones(self.pictures)
        words = [f"after {number:,}" for number in milestones]
        rows = [
            [
                course.name,
                *(f"{course.rss_mb(number):.0f}" for number in milestones),
                f"{self._growth_mb(course):+.1f}",
                f"{course.ended.peak_mb:.0f}",
                f"{self.pictures / course.ended.wall_seconds:.0f}",
                f"{1000 * course.ended.cpu_seconds / self.pictures:.1f}",
            ]
            for course in self.courses
        ]
        since = f"{words[-1].removeprefix('after ')} against {self._first:,}"
        head = ["MB resident", *words, since, "peak", "pictures/s", "CPU s per 1,000"]
        return f"{table(head, rows)}\n\n{self._sentence()}"

    def chart(self) -> str:
        """Return the courses as an SVG picture."""
        title = f"Memory of a crawl of {self.pictures:,} tiny pictures"
        lines = [Line(course.name, course.while_serving) for course in self.courses]
        return Chart(title, "pictures served", "MB", lines).svg()

    @property
    def _first(self) -> int:
        """The milestone that growth is counted from: 10,000, or the first of a small run."""
        milestones = _milestones(self.pictures)
        return 10_000 if 10_000 in milestones[:-1] else milestones[0]

    def _growth_mb(self, course: Course) -> float:
        return course.rss_mb(self.pictures) - course.rss_mb(self._first)

    def _sentence(self) -> str:
        ours, peer = (self._growth_mb(course) for course in self.courses)
        more = self.pictures - self._first
        verdict = "within" if ours <= _ALLOWED_MB else "more than"
        bar = f", {verdict} the {_ALLOWED_MB} MB that are allowed"
        full_size = self.pictures == 100_000
        final = self.courses[0].rss_mb(self.pictures) / self.courses[1].rss_mb(self.pictures)
        return (
            f"From {self._first:,} to {self.pictures:,} pictures this project grew by "
            f"{ours:.1f} MB{bar if full_size else ''} ({1e6 * ours / more:.0f} bytes a picture), "
            f"plain Scrapy by {peer:.1f} MB ({1e6 * peer / more:.0f} bytes a picture); at the end "
            f"this project had {final:.2f} times the memory of plain Scrapy."
        )


def measure_memory(pictures: int, port: int = 0) -> MemoryResult:
    """Crawl the site with both; raises CannotMeasure."""
    if not Path("/proc/self/status").exists():
        raise CannotMeasure("the memory of a process is read from /proc, which only Linux has")
    crawls: tuple[tuple[str, StartCrawl], ...] = ((OURS, _ours), (PEER, _peer))
    return MemoryResult(pictures, [_course(name, start, pictures, port) for name, start in crawls])


def _milestones(pictures: int) -> list[int]:
    earlier = [number for number in _MILESTONES if number < pictures]
    return [*(earlier or [pictures // 2]), pictures]


def _ours(url: str, pictures: int, folder: Path) -> AbstractContextManager[Crawl]:
    words = ["wallpapers", "-a", "site=moyublog", "-a", f"category={pictures}"]
    own = {
        "SITE_ROOTS": json.dumps({"moyublog": url}),
        "OUTPUT_DIR": folder,
        "PROGRESS_ENABLED": False,
    }
    return running_crawl(words, _HASTE | own, folder)


def _peer(url: str, pictures: int, folder: Path) -> AbstractContextManager[Crawl]:
    words = ["pictures", "-a", f"first={url}/hdwallpapers/{pictures}/index.html"]
    feed = json.dumps({str(folder / "pictures.json"): {"format": "json"}})
    own = {"FILES_STORE": folder / "files", "FEEDS": feed, "LOG_FILE": folder / "crawl.log"}
    project = {"SCRAPY_SETTINGS_MODULE": "benchmarks.peer.settings"}
    return running_crawl(words, _HASTE | own, folder, project)


def _course(name: str, start: StartCrawl, pictures: int, port: int) -> Course:
    progress = Progress(f"memory, {name}")
    samples: list[tuple[int, float]] = []
    with running_site(port) as site, TemporaryDirectory(prefix="benchmark-") as temporary:
        folder = Path(temporary)
        with start(site.url, pictures, folder) as crawl:
            while (ended := crawl.ended()) is None:
                served, rss_mb = site.served("pictures"), crawl.rss_mb()
                if rss_mb is not None:
                    samples.append((served, rss_mb))
                progress.show(served, pictures)
                time.sleep(_SECONDS_BETWEEN_SAMPLES)
        _check_stored(name, folder, pictures)
    progress.end(f"{ended.wall_seconds:.0f} s, {ended.peak_mb:.0f} MB at most")
    return Course(name, samples, ended)


def _check_stored(name: str, folder: Path, pictures: int) -> None:
    stored = sum(1 for _ in folder.rglob("*.png"))
    if stored != pictures:
        raise CannotMeasure(f"{name} stored {stored:,} of {pictures:,} pictures")
