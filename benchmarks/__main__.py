"""Runs the benchmarks and prints their tables.

python -m benchmarks                  all of them, three quarters of an hour
python -m benchmarks memory --pictures 20000
python -m benchmarks frontier --repeat 5
"""

import argparse
import sys

from benchmarks.errors import CannotMeasure
from benchmarks.frontier import Work, measure_frontier
from benchmarks.machine import machine
from benchmarks.memory import measure_memory
from benchmarks.page import DOCS, insert

_NAMES = ("memory", "frontier")


def main() -> None:
    """Run what the command line asks for; a sentence on stderr where that is not possible."""
    given = _arguments()
    try:
        for name in given.names or _NAMES:
            text = _memory(given) if name == "memory" else _frontier(given)
            text = f"{text}\n\n{machine()}"
            print(f"\n{text}\n", flush=True)
            if given.write:
                insert(name, text)
    except CannotMeasure as error:
        sys.exit(f"benchmarks: {error}")
    except KeyboardInterrupt:
        sys.exit("benchmarks: stopped")


def _memory(given: argparse.Namespace) -> str:
    result = measure_memory(given.pictures, given.port)
    if given.write:
        (DOCS / "images" / "memory.svg").write_text(result.chart(), encoding="utf-8")
    return result.markdown()


def _frontier(given: argparse.Namespace) -> str:
    results = [
        measure_frontier(Work(given.pages, follow), given.repeat, given.port)
        for follow in given.follow
    ]
    return "\n\n".join(result.markdown() for result in results)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description="Measures memory and CPU of crawls."
    )
    add = parser.add_argument
    add("names", nargs="*", metavar="NAME", help=f"{' or '.join(_NAMES)}; both if none is named")
    add("--pictures", type=_count, default=100_000, help="of memory; %(default)s")
    add("--pages", type=_count, default=20_000, help="of each crawl of frontier; %(default)s")
    add("--repeat", type=_count, default=3, help="rounds of frontier; %(default)s")
    add(
        "--follow",
        nargs="+",
        choices=("cards", "all"),
        default=["cards", "all"],
        help="links that frontier requests: each page once, or known ones again, too; both",
    )
    add("--port", type=int, default=0, help="of the site; 0, the default, takes a free one")
    add("--write", action="store_true", help="put the results into docs/performance.md")
    given = parser.parse_args()
    if unknown := set(given.names) - set(_NAMES):
        parser.error(f"there is no benchmark {unknown.pop()}; there are {' and '.join(_NAMES)}")
    return given


def _count(text: str) -> int:
    if not (text.isdecimal() and int(text)):
        raise argparse.ArgumentTypeError(f"{text} is no whole number above 0")
    return int(text)


if __name__ == "__main__":
    main()
