"""How long a look-up takes among a million pictures, and how much memory they need."""

import time
import tracemalloc
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.table import table
from spiders_project.media.likeness import LikenessIndex

_LOOK_UPS = 1000
_PART = 10_000
_SLICE_BYTES = 4


@dataclass(frozen=True)
class LookUps:
    """Seconds of each look-up, by the clock and of this thread's CPU."""

    pictures: int
    bytes_each: float
    fill_seconds: float
    wall: Sequence[float]
    cpu: Sequence[float]

    def markdown(self) -> str:
        """Return the table."""
        rows = [
            [name, *(f"{1000 * np.percentile(seconds, share):.2f}" for share in (50, 99, 100))]
            for name, seconds in (("by the clock", self.wall), ("CPU", self.cpu))
        ]
        return (
            f"{table(['a look-up, ms', 'median', 'p99', 'longest of 1,000'], rows)}\n\n"
            f"{self.pictures:,} fingerprints, {self.bytes_each:.1f} bytes each "
            f"({self.pictures * self.bytes_each / 1e6:.0f} MB), taken in within "
            f"{self.fill_seconds:.1f} s."
        )


def measure_lookups(fingerprints: Sequence[str], pictures: int = 1_000_000) -> LookUps:
    """Look for made-up pictures among made-up pictures, all as rich in detail as real ones.

    Each is put together of eighths of real fingerprints, so that as many bits are set as there.
    """
    random = np.random.default_rng(11)
    rows = np.frombuffer(bytes.fromhex("".join(fingerprints)), dtype=np.uint8)
    rows = rows.reshape(len(fingerprints), -1, _SLICE_BYTES)
    slices = np.arange(rows.shape[1])

    def mixed(count: int) -> list[str]:
        chosen = random.integers(0, len(rows), (count, len(slices)))
        return [bytes(row).hex() for row in rows[chosen, slices].reshape(count, -1)]

    parts = [mixed(_PART) for _ in range(pictures // _PART)]
    index, fill_seconds, bytes_each = _filled(parts)
    wall, cpu = [], []
    for sought in mixed(_LOOK_UPS):
        began, cpu_began = time.perf_counter(), time.thread_time()
        index.closest(sought)
        wall.append(time.perf_counter() - began)
        cpu.append(time.thread_time() - cpu_began)
    return LookUps(len(index), bytes_each, fill_seconds, wall, cpu)


def _filled(parts: Sequence[list[str]]) -> tuple[LikenessIndex, float, float]:
    tracemalloc.start()
    index, began = LikenessIndex(), time.perf_counter()
    for number, part in enumerate(parts):
        index.extend(range(number * _PART, number * _PART + len(part)), part)
    seconds = time.perf_counter() - began
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return index, seconds, held / len(index)
