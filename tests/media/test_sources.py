"""Pictures in files: looked at as those in memory are, whatever their size, in several threads."""

import random
import subprocess
import sys
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from struct import pack

import pytest
from PIL import Image

from spiders_project.media.inspect import Checks, Inspection, PictureRefused, inspect_picture
from spiders_project.media.source import Source
from spiders_project.outcomes import Reason
from tests.media.looks import far, pixel, thumbnail_of
from tests.media.samples import SAMPLES, Sample, drawing, encoded, encoded_frames

every_sample = pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES)
BOX = {"small": (16, 16)}
MIB = 1 << 20
FILM = pack(">I", 24) + b"ftypmp42" + bytes(12) + b"a film of three seconds " * (17 * MIB // 24)
"""Makes of every picture a file that is not read into memory whole."""


def own_trailing_bytes(sample: Sample) -> int:
    """Return how many bytes a sample itself has behind its end: a second picture."""
    return inspect_picture(sample.body).trailing_bytes


def without_bytes(picture: Inspection) -> Inspection:
    """Return what does not depend on how many bytes were appended."""
    return replace(picture, sha256="", md5="", size_bytes=0, trailing_bytes=0)


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "picture"
    yield path
    path.unlink(missing_ok=True)


# --- files -------------------------------------------------------------------


@every_sample
def test_file_is_looked_at_as_its_bytes_are(sample: Sample, file: Path) -> None:
    file.write_bytes(sample.body)
    assert inspect_picture(file, boxes=BOX) == inspect_picture(sample.body, boxes=BOX)


@every_sample
def test_picture_before_a_long_film_is_looked_at_as_alone(sample: Sample, file: Path) -> None:
    file.write_bytes(sample.body + FILM)
    picture = inspect_picture(file, boxes=BOX)
    assert without_bytes(picture) == without_bytes(inspect_picture(sample.body, boxes=BOX))
    assert picture.trailing_bytes == own_trailing_bytes(sample) + len(FILM)
    assert picture.size_bytes == len(sample.body) + len(FILM)


@pytest.mark.parametrize("name", ["jpeg", "png", "gif", "tiff lzw", "jpeg 2000 tiles"])
def test_file_with_a_hole_before_a_long_film_is_refused(name: str, file: Path) -> None:
    body = SAMPLES[name].body
    file.write_bytes(body[: len(body) // 2] + FILM)
    with pytest.raises(PictureRefused):
        inspect_picture(file)


@pytest.mark.parametrize("content", [b"", b"<html>" + b" " * 17 * MIB, bytes(17 * MIB)])
def test_file_that_is_no_picture_is_refused(content: bytes, file: Path) -> None:
    file.write_bytes(content)
    with pytest.raises(PictureRefused) as refusal:
        inspect_picture(file)
    assert refusal.value.reason is (Reason.NOT_AN_IMAGE if content else Reason.EMPTY)


def test_file_that_is_not_there_is_the_systems_error(file: Path) -> None:
    with pytest.raises(FileNotFoundError):
        inspect_picture(file)
    with pytest.raises(OSError, match="directory"):
        inspect_picture(file.parent)


def test_source_closes_its_file(file: Path) -> None:
    file.write_bytes(FILM)
    with Source(file) as source:
        assert source.read(len(FILM) - 2, 9) == FILM[-2:]
    with pytest.raises(ValueError, match="closed"):
        source.read(0, 1)


# --- what is behind the end --------------------------------------------------


@every_sample
@pytest.mark.parametrize("appended", [b"\0", b"\r\n", FILM[:5000], b"\xff\xd9" * 3, b"IEND" * 9])
def test_counts_the_bytes_behind_the_end(sample: Sample, appended: bytes) -> None:
    picture = inspect_picture(sample.body + appended)
    assert picture.trailing_bytes == own_trailing_bytes(sample) + len(appended)


def test_pictures_that_a_camera_appends_are_behind_the_end() -> None:
    first = encoded(drawing(), "JPEG")
    body = encoded_frames([drawing(), drawing(size=(20, 15))], "MPO")
    assert len(first) < len(body)
    assert inspect_picture(body).trailing_bytes == len(body) - body.index(b"\xff\xd9") - 2


def test_index_of_appended_pictures_without_them_is_no_cut() -> None:
    body = encoded_frames([drawing(), drawing(size=(20, 15))], "MPO")
    end = body.index(b"\xff\xd9") + 2
    assert inspect_picture(body[:end]).trailing_bytes == 0
    with pytest.raises(PictureRefused) as refusal:
        inspect_picture(body[:-1])
    assert refusal.value.reason is Reason.TRUNCATED


@pytest.mark.parametrize("name", ["avif", "jpeg 2000"])
def test_film_in_a_box_of_its_own_is_behind_the_end(name: str) -> None:
    body, film = SAMPLES[name].body, FILM[:3000]
    assert inspect_picture(body + pack(">I", 3008) + b"mpvd" + film).trailing_bytes == 3008


@pytest.mark.parametrize("name", ["avif", "jpeg 2000"])
def test_box_of_an_unknown_kind_belongs_to_the_picture(name: str) -> None:
    body = SAMPLES[name].body
    assert inspect_picture(body + pack(">I", 20) + b"abcd" + bytes(12)).trailing_bytes == 0


# --- huge pictures -----------------------------------------------------------


def noise(width: int, height: int) -> Image.Image:
    return Image.frombytes("RGB", (width, height), random.Random(1).randbytes(width * height * 3))


@pytest.fixture(scope="module")
def huge_jpeg() -> bytes:
    """A JPEG of more than 16 MiB, of whose two halves the upper one is red."""
    picture = noise(4000, 4000)
    picture.paste("red", (0, 0, 4000, 2000))
    body = encoded(picture, "JPEG", quality=100, subsampling=0)
    assert len(body) > 17 * MIB
    return body


def test_jpeg_too_large_for_memory_is_proved(huge_jpeg: bytes, file: Path) -> None:
    quirk = b"\xff\xe1\0\x0aExif\0\0MM\0*\0\0\0\x08\0\0\0"  # longer than it says
    file.write_bytes(huge_jpeg[:2] + quirk + huge_jpeg[2:])
    picture = inspect_picture(file, boxes=BOX)
    assert (picture.width, picture.height, picture.trailing_bytes) == (4000, 4000, 0)
    assert far(pixel(thumbnail_of(picture), 0.5, 0.2), (255, 0, 0)) < 8
    assert far(pixel(thumbnail_of(picture), 0.5, 0.8), (127, 127, 127)) < 24


@pytest.mark.parametrize(
    ("start", "length", "reason"),
    [(0.8, 2000, Reason.DAMAGED), (0.9, 10**9, Reason.TRUNCATED)],
    ids=["hole", "cut"],
)
def test_jpeg_too_large_for_memory_is_refused_when_it_is_not_whole(
    huge_jpeg: bytes, file: Path, start: float, length: int, reason: Reason
) -> None:
    at = int(start * len(huge_jpeg))
    hole = bytes(length) if length < len(huge_jpeg) else b""
    file.write_bytes(huge_jpeg[:at] + hole + huge_jpeg[at + length :])
    with pytest.raises(PictureRefused) as refusal:
        inspect_picture(file, boxes=BOX)
    assert refusal.value.reason is reason


def write_noise_png(file: Path, width: int, height: int) -> None:
    """Write a PNG that cannot be packed, row by row."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return pack(">I", len(data)) + kind + data + pack(">I", zlib.crc32(kind + data))

    rows = random.Random(1).randbytes(1000 + width * 3)
    packer = zlib.compressobj(0)
    with file.open("wb") as target:
        target.write(b"\x89PNG\r\n\x1a\n")
        target.write(chunk(b"IHDR", pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)))
        for row in range(height):
            start = row * 7 % 1000
            target.write(chunk(b"IDAT", packer.compress(b"\0" + rows[start : start + width * 3])))
        target.write(chunk(b"IDAT", packer.flush()) + chunk(b"IEND", b""))


PEAK = """
import sys
from pathlib import Path
from spiders_project.media.inspect import inspect_picture
def peak_mb():
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024
small, large = map(Path, sys.argv[1:])
inspect_picture(small, boxes={"grid": (480, 480)})
before = peak_mb()
picture = inspect_picture(large, boxes={"grid": (480, 480)})
print(picture.width, picture.height, peak_mb() - before)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="peak memory is in /proc")
def test_memory_does_not_grow_with_a_picture(file: Path, tmp_path: Path) -> None:
    small = tmp_path / "small.png"
    write_noise_png(small, 800, 500)
    write_noise_png(file, 7000, 5000)
    assert file.stat().st_size > 100 * MIB
    ended = subprocess.run(
        [sys.executable, "-c", PEAK, small, file], capture_output=True, text=True, check=True
    )
    width, height, grown_mb = ended.stdout.split()
    assert (width, height) == ("7000", "5000")
    assert float(grown_mb) < 60


# --- only the header ---------------------------------------------------------


@every_sample
def test_header_alone_tells_format_and_size_and_makes_nothing(sample: Sample) -> None:
    whole = inspect_picture(sample.body, boxes=BOX)
    picture = inspect_picture(sample.body, boxes=BOX, checks=Checks.HEADER)
    expected = replace(whole, thumbnails={}, fingerprint=None, colours=(), trailing_bytes=0)
    assert picture == expected


def test_header_alone_accepts_what_is_damaged_behind_it() -> None:
    body = bytearray(encoded(drawing(size=(200, 200)), "PNG"))
    middle = len(body) // 2
    body[middle : middle + 40] = bytes(40)
    assert inspect_picture(bytes(body), checks=Checks.HEADER).width == 200


# --- threads -----------------------------------------------------------------


def test_threads_do_not_disturb_each_other() -> None:
    bodies = [sample.body for sample in SAMPLES.values()]
    bodies += [body[: len(body) * 2 // 3] for body in bodies]

    def look(body: bytes) -> tuple[object, object]:
        try:
            return inspect_picture(body, boxes=BOX), None
        except PictureRefused as refused:
            return None, refused.reason

    expected = [look(body) for body in bodies]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(look, bodies * 6))
    assert found == expected * 6
