"""Pictures in files, however large."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from spiders_project.media.inspect import Checks, PictureRefused, inspect_picture
from spiders_project.media.source import Source
from spiders_project.outcomes import Reason
from tests.media.samples import SAMPLES, Sample, drawing, encoded

BOXES = {"small": (16, 16)}
MEGABYTE = 1 << 20

LOOK_AT_ONE = """
import resource, sys
from pathlib import Path
from spiders_project.media.inspect import inspect_picture
from tests.media.samples import drawing, encoded

def peak():
    kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return kilobytes >> (20 if sys.platform == "darwin" else 10)

for picture_format in ("JPEG", "PNG", "TIFF"):
    inspect_picture(encoded(drawing(), picture_format), boxes={"small": (64, 64)})
before = peak()
picture = inspect_picture(Path(sys.argv[1]), boxes={"small": (64, 64)})
print(peak() - before, picture.width, picture.trailing_bytes)
"""


def growth_megabytes(path: Path) -> tuple[int, int, int]:
    """Return how much memory a process takes for a picture; its width, and what lies behind it."""
    run = subprocess.run(
        [sys.executable, "-c", LOOK_AT_ONE, str(path)], capture_output=True, text=True, check=True
    )
    growth, width, trailing = map(int, run.stdout.split())
    return growth, width, trailing


def noise(width: int, height: int) -> Image.Image:
    pixels = np.random.default_rng(1).integers(0, 256, (height, width, 3), dtype=np.uint8)
    return Image.fromarray(pixels)


@pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES)
def test_file_and_bytes_are_the_same_to_it(sample: Sample, tmp_path: Path) -> None:
    path = tmp_path / "picture"
    path.write_bytes(sample.body)
    assert inspect_picture(path, boxes=BOXES) == inspect_picture(sample.body, boxes=BOXES)


@pytest.mark.parametrize("checks", Checks)
def test_missing_file_is_no_refusal(checks: Checks, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        inspect_picture(tmp_path / "nothing", checks=checks)


def test_empty_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "empty"
    path.touch()
    with pytest.raises(PictureRefused) as refusal:
        inspect_picture(path)
    assert refusal.value.reason is Reason.EMPTY


@pytest.mark.parametrize("picture_format", ["JPEG", "PNG", "TIFF", "BMP"])
def test_large_file_is_proved_as_small_ones_are(picture_format: str, tmp_path: Path) -> None:
    path = tmp_path / "large"
    body = encoded(noise(3000, 2500), picture_format, quality=98)
    path.write_bytes(body)
    with Source(path) as source:
        is_read_at_once = source.body is not None
    assert is_read_at_once == (len(body) <= 16 * MEGABYTE)
    assert inspect_picture(path, boxes=BOXES) == inspect_picture(body, boxes=BOXES)
    path.write_bytes(body[: len(body) * 2 // 3])
    with pytest.raises(PictureRefused) as refusal:
        inspect_picture(path)
    assert refusal.value.reason is Reason.TRUNCATED


def test_memory_does_not_grow_with_a_png(tmp_path: Path) -> None:
    path = tmp_path / "large.png"
    noise(6000, 4000).save(path, compress_level=0)
    assert path.stat().st_size > 60 * MEGABYTE
    growth, width, _ = growth_megabytes(path)
    assert width == 6000
    assert growth < 40


def test_memory_does_not_grow_with_the_film_behind_a_jpeg(tmp_path: Path) -> None:
    path = tmp_path / "motion.jpg"
    body = encoded(drawing(size=(800, 500)), "JPEG")
    path.write_bytes(body)
    with path.open("r+b") as file:
        file.truncate(len(body) + 500 * MEGABYTE)  # zeros, which take no room on the disk
    growth, width, trailing = growth_megabytes(path)
    assert (width, trailing) == (800, 500 * MEGABYTE)
    assert growth < 20
