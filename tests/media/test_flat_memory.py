"""Memory of a process that looks at many pictures, whole and broken ones."""

import subprocess
import sys
from pathlib import Path

import pytest

WATCH = """
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from spiders_project.media.inspect import PictureRefused, inspect_picture
from tests.media.samples import SAMPLES
bodies = [sample.body for sample in SAMPLES.values()]
bodies += [body[: len(body) * 2 // 3] for body in bodies]
bodies += [body[: len(body) // 2] + bytes(30) + body[len(body) // 2 + 30 :] for body in bodies]
def look(numbers):
    for number in numbers:
        try:
            inspect_picture(bodies[number % len(bodies)], boxes={"grid": (24, 24)})
        except PictureRefused:
            pass
def resident_mb():
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024
with ThreadPoolExecutor(2) as pool:
    list(pool.map(look, [range(2_000), range(2_000)]))
    before = resident_mb()
    list(pool.map(look, [range(10_000), range(10_000)]))
print(resident_mb() - before)
"""


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")
def test_memory_stays_where_it_is_over_twenty_thousand_pictures() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", WATCH], capture_output=True, text=True, check=True
    )
    assert float(ended.stdout) < 8
    assert ended.stderr == ""
