"""What counts as damage, and what is merely odd."""

import random
import struct
from collections.abc import Iterator

import pytest
import pyvips  # type: ignore[import-untyped]
from PIL import Image

from spiders_project.media.inspect import PictureRefused, inspect_picture
from spiders_project.outcomes import Reason
from tests.media.samples import SAMPLES, drawing, encoded, encoded_frames

SIZE = (300, 200)
JPEG = encoded(drawing(size=SIZE), "JPEG")


def is_accepted(body: bytes) -> bool:
    try:
        inspect_picture(body)
    except PictureRefused as refusal:
        return refusal.reason not in (Reason.DAMAGED, Reason.TRUNCATED)
    return True


def noise() -> Image.Image:
    return Image.frombytes("RGB", SIZE, random.Random(2).randbytes(SIZE[0] * SIZE[1] * 3))


def changed(body: bytes, length: int) -> Iterator[bytes]:
    """Yield a picture with other bytes at a hundred places between its third and its last tenth."""
    chance = random.Random(5)
    first, last = len(body) // 3, len(body) * 9 // 10
    for at in range(first, last, max(1, (last - first) // 100)):
        yield body[:at] + chance.randbytes(length) + body[at + length :]


def refused_share(body: bytes, length: int) -> float:
    bodies = list(changed(body, length))
    return sum(not is_accepted(one) for one in bodies) / len(bodies)


def moving(picture_format: str) -> bytes:
    frames = [drawing(size=SIZE).rotate(angle) for angle in (0, 90, 180)]
    return encoded_frames(frames, picture_format)


PROVED = {
    "png": encoded(noise(), "PNG"),
    "png animated": moving("PNG"),
    "avif": encoded(noise(), "AVIF"),
    "tiff deflate": encoded(noise(), "TIFF", compression="tiff_adobe_deflate"),
}


@pytest.mark.parametrize("body", PROVED.values(), ids=PROVED)
@pytest.mark.parametrize("length", [1, 64])
def test_every_change_is_noticed(body: bytes, length: int) -> None:
    assert refused_share(body, length) > 0.97  # a random byte may be the one that was there


MOSTLY_PROVED = {
    "jpeg": JPEG,
    "jpeg progressive": encoded(drawing(size=SIZE), "JPEG", progressive=True),
    "jpeg with restarts": encoded(drawing(size=SIZE), "JPEG", restart_marker_blocks=4),
    "gif": encoded(drawing("P", size=SIZE), "GIF"),
    "webp lossless": encoded(drawing(size=SIZE), "WEBP", lossless=True),
}


@pytest.mark.parametrize("body", MOSTLY_PROVED.values(), ids=MOSTLY_PROVED)
def test_most_long_damage_is_noticed(body: bytes) -> None:
    assert refused_share(body, 64) > 0.8


@pytest.mark.parametrize("hole", [512, 4096])
@pytest.mark.parametrize("is_progressive", [False, True])
def test_hole_in_a_jpeg_is_noticed(hole: int, is_progressive: bool) -> None:
    body = encoded(noise(), "JPEG", progressive=is_progressive)
    middle = len(body) // 2
    assert not is_accepted(body[:middle] + body[middle + hole :])
    assert not is_accepted(body[:middle] + bytes(hole) + body[middle + hole :])


# --- odd, and whole -----------------------------------------------------------


def behind(marker: bytes, body: bytes, inserted: bytes) -> bytes:
    """Return a JPEG with bytes behind the segment of a marker."""
    at = body.index(marker)
    end = at + 2 + int.from_bytes(body[at + 2 : at + 4])
    return body[:end] + inserted + body[end:]


def with_spectrum(body: bytes, spectrum: bytes) -> bytes:
    """Return a JPEG whose scan names other waves than the 64 that it holds."""
    at = body.index(b"\xff\xda")
    end = at + 2 + int.from_bytes(body[at + 2 : at + 4])
    return body[: end - 3] + spectrum + body[end:]


def sampled(mode: str) -> bytes:
    return encoded(drawing(size=SIZE), "JPEG", subsampling=mode)


def icc_in_wrong_order() -> bytes:
    """Return a JPEG with a piece 7 of 2 of a colour profile."""
    piece = b"ICC_PROFILE\0\x07\x02" + bytes(40)
    return behind(b"\xff\xe0", JPEG, b"\xff\xe2" + struct.pack(">H", len(piece) + 2) + piece)


ODD = {
    "revision of JFIF": JPEG.replace(b"JFIF\0\x01\x01", b"JFIF\0\x03\x07"),
    "without JFIF": JPEG[:2] + JPEG[JPEG.index(b"\xff\xdb") :],
    "bytes between segments": behind(b"\xff\xe0", JPEG, b"stray"),
    "waves of the scan": with_spectrum(JPEG, b"\0\0\0"),
    "zeros before the end": JPEG[:-2] + bytes(20) + JPEG[-2:],
    "ones before the end": JPEG[:-2] + b"\xff" * 20 + JPEG[-2:],
    "two bytes before the end": JPEG[:-2] + b"\x12\x34" + JPEG[-2:],
    "profile in pieces that lack": icc_in_wrong_order(),
    "sampled 4:4:4": sampled("4:4:4"),
    "sampled 4:2:2": sampled("4:2:2"),
    "without colour transform": encoded(drawing(size=SIZE), "JPEG", keep_rgb=True),
    "one pixel": encoded(Image.new("RGB", (1, 1)), "JPEG"),
    "thin": encoded(Image.new("L", (3000, 1)), "JPEG"),
    "png interlaced": pyvips.Image.black(64, 48).pngsave_buffer(interlace=True),
    "png of one bit": encoded(drawing("1"), "PNG"),
    "avif of ten bits": pyvips.Image.black(64, 48, bands=3).heifsave_buffer(
        compression="av1", bitdepth=10
    ),
    "tiff in tiles": pyvips.Image.black(640, 480, bands=3).tiffsave_buffer(
        tile=True, pyramid=True, compression="jpeg"
    ),
    "big tiff": pyvips.Image.black(64, 48, bands=3).tiffsave_buffer(bigtiff=True),
    "tiff of fractions": encoded(drawing("F"), "TIFF"),
    "tiff of Lab colours": encoded(Image.new("LAB", (64, 48)), "TIFF"),
    "tiff by Zstandard": encoded(drawing(), "TIFF", compression="zstd"),
}


@pytest.mark.parametrize("body", ODD.values(), ids=ODD)
def test_odd_picture_is_kept(body: bytes) -> None:
    picture = inspect_picture(body, boxes={"small": (16, 16)})
    assert picture.thumbnails["small"]
    assert picture.trailing_bytes == 0


@pytest.mark.parametrize("axis", [0, 1])
def test_sampling_in_four_is_kept(axis: int) -> None:
    """4:1:1, and 4:4:0 as mirrored cameras write it: sampling factors changed in the header."""
    body = bytearray(encoded(drawing(size=(64, 64)), "JPEG", subsampling="4:2:2"))
    frame = body.index(b"\xff\xc0")
    body[frame + 11] = 0x21 if axis == 0 else 0x12
    assert is_accepted(bytes(body))


def test_many_stray_bytes_in_a_jpeg_are_damage() -> None:
    assert not is_accepted(
        JPEG[:-2] + random.Random(3).randbytes(40).replace(b"\xff", b"") + JPEG[-2:]
    )


def test_gain_map_is_proved_too() -> None:
    body = bytearray(SAMPLES["jpeg with gain map"].body)
    second = body.index(b"\xff\xd9\xff\xd8") + 2
    middle = (body.index(b"\xff\xda", second) + len(body)) // 2
    body[middle : middle + 20] = bytes(20)
    assert not is_accepted(bytes(body))
