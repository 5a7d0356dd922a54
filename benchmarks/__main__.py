"""Runs the benchmarks and prints their tables.

python -m benchmarks                  all of them
python -m benchmarks memory --pictures 20000
python -m benchmarks frontier --rounds 5
python -m benchmarks throughput --only ours files --sizes 50KB=500 --rounds 1
python -m benchmarks throughput --only ours --sizes 50KB --profile py-spy
python -m benchmarks stall --sizes 3MB=50
python -m benchmarks large --rounds 1
"""

import argparse
import sys

from benchmarks.errors import CannotMeasure
from benchmarks.frontier import Work, measure_frontier
from benchmarks.large import measure_large
from benchmarks.machine import machine
from benchmarks.memory import measure_memory
from benchmarks.options import parse_options
from benchmarks.page import DOCS, insert
from benchmarks.profiles import profile
from benchmarks.stall import measure_stall
from benchmarks.throughput import measure_throughput


def main() -> None:
    """Run what the command line asks for; a sentence on stderr where that is not possible."""
    given = parse_options()
    try:
        for name in given.names:
            text = f"{_BENCHMARKS[name](given)}\n\n{machine()}"
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
        measure_frontier(Work(given.pages, follow), given.rounds, given.port)
        for follow in given.follow
    ]
    return "\n\n".join(result.markdown() for result in results)


def _throughput(given: argparse.Namespace) -> str:
    if given.profile:
        contestants = given.contestants
        texts = (profile(load, contestants, given.profile, given.cache) for load in given.sizes)
        return "\n\n".join(texts)
    result = measure_throughput(given.sizes, given.contestants, given.rounds, given.cache)
    if given.write:
        (DOCS / "images" / "throughput.svg").write_text(result.chart(), encoding="utf-8")
    return result.markdown()


def _stall(given: argparse.Namespace) -> str:
    return measure_stall(given.sizes[-1], given.rounds, given.cache).markdown()


def _large(given: argparse.Namespace) -> str:
    return measure_large(given.rounds, given.cache).markdown()


_BENCHMARKS = {
    "memory": _memory,
    "frontier": _frontier,
    "throughput": _throughput,
    "stall": _stall,
    "large": _large,
}


if __name__ == "__main__":
    main()
