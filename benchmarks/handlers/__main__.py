"""Crawls the same bodies with each handler in turn, and prints a table.

python -m benchmarks.handlers --rounds 3
"""

import argparse
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median

from benchmarks.errors import CannotMeasure
from benchmarks.handlers.crawl import HANDLERS, LOOPS
from benchmarks.machine import machine
from benchmarks.processes import PROJECT
from benchmarks.progress import Progress
from benchmarks.table import table

_SIZES = {"a page, 3 KB": (3_000, 2_000), "50 KB": (50_000, 2_000), "1 MB": (1_000_000, 400)}
"""Bytes of a body and number of requests."""
_NAMES = {
    "twisted": "Scrapy's, on Twisted",
    "aiohttp": "Scrapy's, on aiohttp",
    "curl": "ours, on libcurl",
    "curl-file": "ours, to a file",
    "none": "none at all",
}


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.handlers")
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    costs: defaultdict[tuple[str, str, str], list[float]] = defaultdict(list)
    try:
        with _serving() as url:
            for number in range(rounds):
                progress = Progress(f"handlers, round {number + 1} of {rounds}")
                for each in _combinations():
                    costs[each].append(_cost(url, *each))
                progress.end("done")
    except CannotMeasure as error:
        sys.exit(f"benchmarks: {error}")
    rows = [
        [_NAMES[handler], loop, *(f"{median(costs[handler, loop, size]):.2f}" for size in _SIZES)]
        for handler in HANDLERS
        for loop in LOOPS
    ]
    print(f"CPU seconds for 1,000 requests, 16 at once, median of {rounds}\n")
    print(table(["handler", "event loop", *_SIZES], rows))
    print(f"\n{machine()}")


def _combinations() -> Iterator[tuple[str, str, str]]:
    for size in _SIZES:
        for handler in HANDLERS:
            for loop in LOOPS:
                yield handler, loop, size


def _cost(url: str, handler: str, loop: str, size: str) -> float:
    size_bytes, requests = _SIZES[size]
    words = ["-m", "benchmarks.handlers.crawl", handler, loop, url, str(size_bytes), str(requests)]
    done = subprocess.run(  # noqa: S603 - our own module
        [sys.executable, *words], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise CannotMeasure(f"{_NAMES[handler]}: {done.stderr.strip().splitlines()[-1]}")
    return float(done.stdout)


@contextmanager
def _serving() -> Iterator[str]:
    with subprocess.Popen(
        [sys.executable, "-m", "benchmarks.handlers.bodies"],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        text=True,
    ) as server:
        assert server.stdout is not None
        try:
            yield server.stdout.readline().strip()
        finally:
            server.terminate()


if __name__ == "__main__":
    main()
