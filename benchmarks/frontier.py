"""CPU of a crawl with our frontier against Scrapy's queues, pages and settings being the same."""

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.errors import CannotMeasure
from benchmarks.processes import Ended, RunningSite, running_crawl, running_site
from benchmarks.progress import Progress
from benchmarks.table import table
from spiders_project import settings as project_settings

OURS, MEMORY, DISK = "our frontier", "Scrapy's memory queue", "Scrapy's disk queue (JOBDIR)"
ALLOWED_RATIO = 1.15
_SECONDS_BETWEEN_LOOKS = 0.25
_SAME_FOR_ALL: Mapping[str, object] = {
    "SPIDER_MODULES": "benchmarks.link_spider",
    "ITEM_PIPELINES": "{}",
    "PROGRESS_ENABLED": False,
    "DOWNLOAD_DELAY": 0,
    "CONCURRENT_REQUESTS": 16,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
}
_SCRAPYS = {
    "SCHEDULER": "scrapy.core.scheduler.Scheduler",
    "STATS_CLASS": "scrapy.statscollectors.MemoryStatsCollector",
    # All but the one that belongs to our frontier, and does nothing for others.
    "SPIDER_MIDDLEWARES": json.dumps(
        {
            name: place
            for name, place in project_settings.SPIDER_MIDDLEWARES.items()
            if ".frontier." not in name
        }
    ),
}


@dataclass(frozen=True)
class Work:
    """What one crawl does."""

    pages: int
    follow: str
    """``cards``: each page is requested once; ``all``: its links to known pages, too."""


@dataclass
class Costs:
    """The crawls with one frontier, in the order of the rounds."""

    whole: list[Ended] = field(default_factory=list)
    start_up: list[Ended] = field(default_factory=list)
    """The same crawl of a single page."""

    def cpu_seconds(self, *, without_start_up: bool = False) -> list[float]:
        """Return what each round cost."""
        idle = median(ended.cpu_seconds for ended in self.start_up) if without_start_up else 0
        return [ended.cpu_seconds - idle for ended in self.whole]


@dataclass(frozen=True)
class FrontierResult:
    """The costs of all frontiers for the same work."""

    work: Work
    costs: Mapping[str, Costs]

    def markdown(self) -> str:
        """Return a table and what follows from it."""
        head = ["frontier", "CPU s", "of which start-up", "pages/s", "peak MB", "CPU, times memory"]
        rows = [self._row(name, costs) for name, costs in self.costs.items()]
        return f"{table(head, rows)}\n\n{self._sentence()}"

    def _row(self, name: str, costs: Costs) -> list[str]:
        return [
            name,
            f"{median(costs.cpu_seconds()):.1f}",
            f"{median(ended.cpu_seconds for ended in costs.start_up):.1f}",
            f"{self.work.pages / median(ended.wall_seconds for ended in costs.whole):.0f}",
            f"{median(ended.peak_mb for ended in costs.whole):.0f}",
            "1" if name == MEMORY else spread(self._ratios(name)),
        ]

    def _ratios(self, name: str, *, without_start_up: bool = False) -> list[float]:
        """Return the ratio to Scrapy's memory queue in each round."""
        pairs = zip(
            self.costs[name].cpu_seconds(without_start_up=without_start_up),
            self.costs[MEMORY].cpu_seconds(without_start_up=without_start_up),
            strict=True,
        )
        return [one / other for one, other in pairs]

    def _sentence(self) -> str:
        ratios, net = self._ratios(OURS), self._ratios(OURS, without_start_up=True)
        verdict = "within" if median(ratios) <= ALLOWED_RATIO else "more than"
        follow = "each requested once" if self.work.follow == "cards" else "all links requested"
        return (
            f"{self.work.pages:,} pages, {follow}, {len(ratios)} rounds: our frontier takes "
            f"{spread(ratios)} times the CPU of Scrapy's memory queue, {verdict} the "
            f"{ALLOWED_RATIO} that are allowed; {spread(net)} times without the start-up."
        )


def spread(values: Sequence[float]) -> str:
    """Return the median, with the least and the most."""
    return f"{median(values):.2f} ({min(values):.2f} to {max(values):.2f})"


def measure_frontier(work: Work, rounds: int, port: int = 0) -> FrontierResult:
    """Crawl the same pages with each frontier in turn, so many rounds; raises CannotMeasure."""
    costs = {name: Costs() for name in (OURS, MEMORY, DISK)}
    with running_site(port) as site:
        for number in range(rounds):
            # Whoever comes later may find the machine warmer.
            order = list(costs) if number % 2 == 0 else list(reversed(costs))
            for name in order:
                what = f"frontier, round {number + 1} of {rounds}, {name}"
                costs[name].start_up.append(_crawl(name, Work(1, work.follow), site, what))
                costs[name].whole.append(_crawl(name, work, site, what))
    return FrontierResult(work, costs)


def _crawl(name: str, work: Work, site: RunningSite, what: str) -> Ended:
    progress = Progress(what)
    served_before = site.served("pages")
    first = f"{site.url}/links/{work.pages}/index_1.html"
    words = ["small-pages", "-a", f"first={first}", "-a", f"follow={work.follow}"]
    with TemporaryDirectory(prefix="benchmark-") as temporary:
        folder = Path(temporary)
        with running_crawl(words, _settings(name, folder), folder) as crawl:
            while (ended := crawl.ended()) is None:
                progress.show(site.served("pages") - served_before, work.pages)
                time.sleep(_SECONDS_BETWEEN_LOOKS)
        _check_items(name, folder, work.pages)
    progress.end(f"{work.pages:,} pages, {ended.cpu_seconds:.1f} s of CPU")
    return ended


def _settings(name: str, folder: Path) -> dict[str, object]:
    settings = {**_SAME_FOR_ALL, "OUTPUT_DIR": folder}
    if name != OURS:
        settings |= _SCRAPYS
    if name == DISK:
        settings["JOBDIR"] = folder / "job"
    return settings


def _check_items(name: str, folder: Path, pages: int) -> None:
    feed = folder / "small-pages.json"
    items = len(json.loads(feed.read_text())) if feed.exists() else 0
    if items != pages:
        raise CannotMeasure(f"with {name} a crawl of {pages:,} pages gave {items:,} items")
