"""How many bytes lie behind the end of a picture."""

import struct

import pytest
from PIL import Image

from spiders_project.media.inspect import Checks, inspect_picture
from tests.media.samples import SAMPLES, Sample, drawing, encoded, encoded_frames

FILM = struct.pack(">I4s8s", 16, b"ftyp", b"mp42\0\0\0\0") + b"a film of three seconds " * 200
GAIN_MAP = "jpeg with gain map"

plain_samples = {
    # The second picture of these lies behind the end of the first one.
    name: sample
    for name, sample in SAMPLES.items()
    if name != GAIN_MAP
}


@pytest.mark.parametrize("sample", plain_samples.values(), ids=plain_samples)
def test_nothing_lies_behind_a_plain_picture(sample: Sample) -> None:
    assert inspect_picture(sample.body).trailing_bytes == 0


@pytest.mark.parametrize("sample", plain_samples.values(), ids=plain_samples)
def test_counts_the_bytes_of_a_film(sample: Sample) -> None:
    assert inspect_picture(sample.body + FILM).trailing_bytes == len(FILM)


def test_film_that_ends_like_a_jpeg_is_counted_too() -> None:
    body = encoded(drawing(), "JPEG")
    assert inspect_picture(body + FILM + b"\xff\xd9").trailing_bytes == len(FILM) + 2


def test_counts_the_pictures_that_a_camera_has_appended() -> None:
    body = SAMPLES[GAIN_MAP].body
    second = body.index(b"\xff\xd9\xff\xd8") + 2
    assert inspect_picture(body).trailing_bytes == len(body) - second


def test_progressive_jpeg_ends_behind_its_last_scan() -> None:
    body = encoded(drawing(size=(300, 200)), "JPEG", progressive=True)
    assert inspect_picture(body + FILM).trailing_bytes == len(FILM)


def test_bytes_behind_the_end_are_not_counted_where_only_the_header_is_read() -> None:
    body = encoded(drawing(), "JPEG") + FILM
    assert inspect_picture(body, checks=Checks.HEADER).trailing_bytes == 0


def test_index_that_points_at_a_film_is_an_old_one() -> None:
    """Programs rewrite a photo, drop the pictures behind it, and keep the index of them."""
    body = encoded_frames([drawing(), drawing(size=(20, 15))], "MPO")
    second = body.index(b"\xff\xd9\xff\xd8") + 2
    assert inspect_picture(body[:second] + FILM).trailing_bytes == len(FILM)
    assert inspect_picture(body[:second]).trailing_bytes == 0


def test_end_of_an_exif_thumbnail_is_not_the_end_of_the_picture() -> None:
    thumbnail = encoded(drawing(size=(16, 12)), "JPEG")
    exif = Image.Exif()
    exif[0x010E] = "hill"
    body = encoded(drawing(), "JPEG", exif=exif.tobytes() + thumbnail)
    assert inspect_picture(body + FILM).trailing_bytes == len(FILM)
