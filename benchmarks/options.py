"""What the command line of the benchmarks says."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from benchmarks.arena import Load
from benchmarks.contestants.projects import PROJECTS
from benchmarks.contestants.tools import tools
from benchmarks.gallery.picture_sets import SETS
from benchmarks.processes import PROJECT
from benchmarks.profiles import TOOLS

NAMES = ("memory", "frontier", "throughput", "stall", "large")
_KEYS = [each.key for each in (*PROJECTS, *tools(Path()))]


def parse_options(words: Sequence[str] | None = None) -> argparse.Namespace:
    """Return the options; ends the program with a sentence where they make no sense."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description="Measures memory, CPU and speed of crawls."
    )
    add = parser.add_argument
    add("names", nargs="*", metavar="NAME", help=f"{', '.join(NAMES)}; all if none is named")
    add("--rounds", "--repeat", type=_count, default=3, help="of all but memory; %(default)s")
    add("--write", action="store_true", help="put the results into docs/performance.md")
    add("--port", type=int, default=0, help="of the site; 0, the default, takes a free one")
    add("--cache", type=Path, default=PROJECT / ".benchmarks", help="folder of what is made once")
    _add_memory_and_frontier(parser)
    _add_throughput(parser)
    given = parser.parse_args(words)
    if unknown := set(given.names) - set(NAMES):
        parser.error(f"there is no benchmark {unknown.pop()}; there are {', '.join(NAMES)}")
    if given.profile and given.write:
        parser.error("--profile takes no figures that --write could put anywhere")
    given.names = given.names or (["throughput"] if given.profile else list(NAMES))
    given.cache = given.cache.resolve()
    keys = given.only or (_KEYS[:1] if given.profile else _KEYS)
    everybody = (*PROJECTS, *tools(given.cache))
    given.contestants = [each for each in everybody if each.key in keys]
    return given


def _add_memory_and_frontier(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument_group("memory and frontier").add_argument
    add("--pictures", type=_count, default=100_000, help="of memory; %(default)s")
    add("--pages", type=_count, default=20_000, help="of each crawl of frontier; %(default)s")
    add(
        "--follow",
        nargs="+",
        choices=("cards", "all"),
        default=["cards", "all"],
        help="links that frontier requests: each page once, or known ones again, too; both",
    )


def _add_throughput(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument_group("throughput and stall").add_argument
    usual = [f"{each.name}={each.usual_count}" for each in SETS.values()]
    add(
        "--sizes",
        nargs="+",
        type=_load,
        metavar="SIZE[=COUNT]",
        default=[_load(word) for word in usual],
        help=f"pictures to fetch, stall only the last of them; {' '.join(usual)}",
    )
    add(
        "--only",
        nargs="+",
        choices=_KEYS,
        metavar="KEY",
        help=f"contestants: {' '.join(_KEYS)}; all",
    )
    add(
        "--profile",
        nargs="?",
        choices=TOOLS,
        const=TOOLS[0],
        help="run this project, or those of --only, once under a profiler instead of measuring",
    )


def _count(text: str) -> int:
    if not (text.isdecimal() and int(text)):
        raise argparse.ArgumentTypeError(f"{text} is no whole number above 0")
    return int(text)


def _load(text: str) -> Load:
    name, _, count = text.partition("=")
    if name not in SETS:
        raise argparse.ArgumentTypeError(f"there is no size {name}; there are {', '.join(SETS)}")
    return Load(SETS[name], _count(count) if count else SETS[name].usual_count)
