"""Where the time of a crawl goes: a run under cProfile or py-spy, saved and summed up."""

import io
import pstats
import re
import sys
from collections import Counter
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from benchmarks.arena import Load, open_arena
from benchmarks.contestants.contestant import Contestant
from benchmarks.errors import CannotMeasure
from benchmarks.table import table

TOOLS = ("cprofile", "py-spy")
"""cProfile sees every call of the main thread; py-spy samples who holds the interpreter's lock,
and disturbs less."""
_SAMPLES_PER_SECOND = 250
_LINES = 40


def profile(load: Load, contestants: Sequence[Contestant], tool: str, cache: Path) -> str:
    """Crawl once with each contestant that is a Python program; return what took the time."""
    folder = cache / "profiles"
    folder.mkdir(parents=True, exist_ok=True)
    texts = []
    with open_arena(cache) as arena:
        for contestant in contestants:
            file = folder / f"{contestant.key}-{load.pictures.name}.{_ENDINGS[tool]}"
            run = arena.run(load, contestant, partial(_under, tool, file))
            speed = f"{load.count / run.ended.wall_seconds:.0f} pictures/s under {tool}"
            texts.append(f"{contestant.name}, {load.pictures.name}: {speed}; {file}")
            texts.append(_SUMMARIES[tool](file))
    return "\n\n".join(texts)


def _under(tool: str, file: Path, words: Sequence[str]) -> list[str]:
    if words[0] != sys.executable:
        raise CannotMeasure(f"{words[0]} is no program of this environment to be profiled")
    if tool == "cprofile":
        return [words[0], "-m", "cProfile", "-o", str(file), *words[1:]]
    py_spy = Path(sys.executable).with_name("py-spy")
    if not py_spy.exists():
        raise CannotMeasure(f"{py_spy.name} is not installed beside {sys.executable}")
    # Who holds the interpreter's lock: a thread that waits takes nothing from the others.
    flags = ["--gil", "--format", "raw", "--rate", str(_SAMPLES_PER_SECOND), "--threads"]
    return [str(py_spy), "record", *flags, "--output", str(file), "--", *words]


def _calls(file: Path) -> str:
    text = io.StringIO()
    stats = pstats.Stats(str(file), stream=text).strip_dirs()
    stats.sort_stats("tottime").print_stats(_LINES)
    stats.sort_stats("cumulative").print_stats(_LINES)
    return text.getvalue().strip()


def _samples(file: Path) -> str:
    """Return the shares of functions in stacks, ``thread;outer;inner count`` on each line."""
    own: Counter[str] = Counter()
    total: Counter[str] = Counter()
    threads: Counter[str] = Counter()
    for line in file.read_text().splitlines():
        stack, _, count = line.rpartition(" ")
        thread, *frames = stack.split(";")
        # Without the line: "load (PIL/ImageFile.py:317)".
        names = [re.sub(r":\d+\)$", ")", frame) for frame in frames]
        threads[thread] += int(count)
        if names:
            own[names[-1]] += int(count)
        for name in set(names):
            total[name] += int(count)
    everything = max(1, threads.total())
    tables = [
        ("part", _parts(file)),
        ("thread", threads),
        ("function, itself", own),
        ("with what it calls", total),
    ]
    return "\n\n".join(
        table(
            [head, "% of samples"],
            [[name, f"{100 * n / everything:.1f}"] for name, n in counts.most_common(_LINES)],
        )
        for head, counts in tables
    )


# The innermost frame that one of these names says what a sample was spent on.
_PARTS = (
    ("importlib._bootstrap", "start-up: loading modules"),
    ("spiders_project/media/", "pictures: proof, thumbnail, hashes, file"),
    ("PIL/", "pictures: proof, thumbnail, hashes, file"),
    ("spiders_project/downloader/curl/", "network: libcurl and what it calls"),
    ("spiders_project/frontier/", "frontier: requests as JSON in SQLite"),
    ("spiders_project/catalogue/", "catalogue: SQLite"),
    ("sqlalchemy/", "catalogue: SQLite"),
    ("spiders_project/downloader/", "downloader middlewares of ours"),
    ("spiders_project/feeds/", "feed"),
    ("scrapy/exporters", "feed"),
    ("spiders_project/pages/", "pages: parsing and selectors"),
    ("parsel/", "pages: parsing and selectors"),
    ("spiders_project/spiders/", "spider and images pipeline"),
    ("spiders_project/pipelines/", "spider and images pipeline"),
    ("scrapy/downloadermiddlewares/", "Scrapy: downloader middlewares"),
    ("scrapy/", "Scrapy: engine, scraper, downloader, requests"),
    ("w3lib/", "Scrapy: engine, scraper, downloader, requests"),
    ("twisted/internet/asyncioreactor", "event loop, waiting for the network included"),
    ("twisted/", "Twisted: deferreds"),
    ("concurrent/futures/", "hand-over between threads"),
)


def _parts(file: Path) -> Counter[str]:
    """Return how many samples fell into each part of the program."""
    found: Counter[str] = Counter()
    for line in file.read_text().splitlines():
        stack, _, count = line.rpartition(" ")
        frames = stack.split(";")
        found[next(filter(None, map(_part, reversed(frames))), "other")] += int(count)
    return found


def _part(frame: str) -> str | None:
    return next((part for words, part in _PARTS if words in frame), None)


_ENDINGS = {"cprofile": "prof", "py-spy": "stacks"}
_SUMMARIES = {"cprofile": _calls, "py-spy": _samples}
