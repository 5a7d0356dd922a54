"""What a download costs with each handler: CPU seconds of Scrapy's process per 1,000 requests.

python -m benchmarks.handlers           a quarter of an hour
python -m benchmarks.handlers --rounds 1
"""

import argparse
import contextlib
import subprocess
import sys
from collections.abc import Iterator
from statistics import median

from benchmarks.errors import CannotMeasure
from benchmarks.handler_crawl import HANDLERS, LOOPS
from benchmarks.machine import machine
from benchmarks.processes import PROJECT
from benchmarks.table import table

_REQUESTS = {3_000: 2000, 50_000: 1500, 1_000_000: 300}
"""How many of each size, in bytes: some seconds of work."""
_NAMES = {
    "none": "no download: Scrapy's own work",
    "twisted": "HTTP11DownloadHandler (Twisted)",
    "aiohttp": "AiohttpDownloadHandler",
    "curl": "CurlHandler, body in memory",
    "curl-file": "CurlHandler, body to a file",
}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.handlers", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="the median counts; %(default)s")
    rounds = parser.parse_args().rounds
    try:
        with _running_bodies() as url:
            measured = _measured(url, rounds)
    except CannotMeasure as error:
        sys.exit(f"benchmarks: {error}")
    print(f"{_markdown(measured)}\n\n{machine()}")


@contextlib.contextmanager
def _running_bodies() -> Iterator[str]:
    words = [sys.executable, "-m", "benchmarks.bodies"]
    with subprocess.Popen(words, cwd=PROJECT, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - our own module
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


def _measured(url: str, rounds: int) -> dict[tuple[str, str, int], float]:
    """Measure everything in turn, and that again, so that all see the same hours."""
    keys = [(name, loop, size) for size in _REQUESTS for loop in LOOPS for name in HANDLERS]
    results: dict[tuple[str, str, int], list[float]] = {key: [] for key in keys}
    for number in range(rounds):
        print(f"round {number + 1} of {rounds}", file=sys.stderr)
        for key in keys:
            results[key].append(_cpu_seconds(url, *key))
    return {key: median(values) for key, values in results.items()}


def _cpu_seconds(url: str, handler: str, loop: str, size_bytes: int) -> float:
    words = [handler, loop, url, str(size_bytes), str(_REQUESTS[size_bytes])]
    run = subprocess.run(  # noqa: S603 - our own module
        [sys.executable, "-m", "benchmarks.handler_crawl", *words],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    try:
        return float(run.stdout)
    except ValueError:
        lines = run.stderr.strip().splitlines() or ["it said nothing"]
        raise CannotMeasure(f"{handler} on {loop}: {lines[-1]}") from None


def _markdown(measured: dict[tuple[str, str, int], float]) -> str:
    columns = [(loop, size) for size in _REQUESTS for loop in LOOPS]
    head = ["handler", *(f"{_words(size)}, {loop}" for loop, size in columns)]
    rows = []
    for handler, name in _NAMES.items():
        cells = (f"{measured[handler, loop, size]:.2f}" for loop, size in columns)
        rows.append([name, *cells])
    return table(head, rows)


def _words(size_bytes: int) -> str:
    return f"{size_bytes // 1000} KB" if size_bytes < 1_000_000 else f"{size_bytes // 10**6} MB"


if __name__ == "__main__":
    main()
