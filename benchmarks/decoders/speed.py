"""Milliseconds of CPU to prove a picture, and how long other threads stand still meanwhile."""

import threading
import time
from collections.abc import Callable, Sequence
from statistics import median

from benchmarks.decoders.contestants import CONTESTANTS, Contestant, encoded
from benchmarks.gallery.picture_sets import SETS
from benchmarks.progress import Progress
from benchmarks.table import table

_KINDS: Sequence[tuple[str, str, dict[str, bool]]] = (
    ("JPEG", "JPEG", {}),
    ("JPEG, progressive", "JPEG", {"progressive": True}),
    ("PNG", "PNG", {}),
    ("WebP", "WEBP", {}),
    ("AVIF", "AVIF", {}),
)


def speed(rounds: int) -> str:
    """Return a table: each decoder on each kind of picture at three sizes, in turns."""
    progress = Progress("speed")
    rows, waits = [], []
    for label, picture_format, options in _KINDS:
        bodies = [_body(name, picture_format, options) for name in SETS]
        entrants = [each for each in CONTESTANTS if picture_format in each.formats]
        for number, contestant in enumerate(entrants):
            progress.show(number, len(entrants))
            figures = [_cpu_ms(contestant, body, rounds) for body in bodies]
            rows.append([f"{label}: {contestant.name}", *(f"{figure:.1f}" for figure in figures)])
            if label == "JPEG":
                waits.append([contestant.name, f"{_longest_wait_ms(contestant, bodies[-1]):.1f}"])
    progress.end("done")
    sizes = [f"{each.width}x{each.height}" for each in SETS.values()]
    return f"{table(['CPU ms', *sizes], rows)}\n\n" + table(
        ["JPEG of 3840x2160", "longest wait of another thread, ms"], waits
    )


def _body(name: str, picture_format: str, options: dict[str, bool]) -> bytes:
    body = SETS[name].jpeg(1)
    if picture_format == "JPEG" and not options:
        return body
    return encoded(body, picture_format, **options)


def _cpu_ms(contestant: Contestant, body: bytes, rounds: int) -> float:
    contestant.prove(body)
    # Small pictures are over before the clock has moved enough.
    times = max(1, 1_000_000 // len(body))
    figures = []
    for _ in range(rounds):
        start = time.process_time()
        for _ in range(times):
            contestant.prove(body)
        figures.append((time.process_time() - start) * 1000 / times)
    return median(figures)


def _longest_wait_ms(contestant: Contestant, body: bytes) -> float:
    """Return how long a thread that only looks at the clock had to wait, in the median of ten."""
    return median(_wait_ms(lambda: contestant.prove(body)) for _ in range(10))


def _wait_ms(work: Callable[[], object]) -> float:
    is_over = threading.Event()
    longest = 0.0

    def watch() -> None:
        nonlocal longest
        last = time.perf_counter()
        while not is_over.is_set():
            time.sleep(0)
            now = time.perf_counter()
            longest, last = max(longest, now - last), now

    watcher = threading.Thread(target=watch)
    watcher.start()
    work()
    is_over.set()
    watcher.join()
    return longest * 1000
