"""What the table in docs/pictures.md says of cut and damaged pictures is what happens."""

import random
from io import BytesIO
from typing import Any

import numpy as np
import pytest
from PIL import Image

from spiders_project.media.inspect import PictureRefused, inspect_picture
from spiders_project.outcomes import Reason

_TRIES = 8
_ZEROS = 2_000
_NOTICED, _NOT_NOTICED = True, False


def _photo() -> Image.Image:
    chance = np.random.default_rng(1)
    ground = Image.fromarray(chance.integers(0, 255, (9, 16, 3), dtype=np.uint8))
    smooth = np.asarray(ground.resize((640, 400)), dtype=np.float64)
    pixels = smooth + chance.normal(0, 8, (400, 640, 1))
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


_ENCODINGS: dict[str, tuple[str, dict[str, Any], bool]] = {
    "jpeg": ("JPEG", {}, _NOTICED),
    "jpeg progressive": ("JPEG", {"progressive": True}, _NOTICED),
    "png": ("PNG", {}, _NOTICED),
    "webp": ("WEBP", {}, _NOT_NOTICED),
    "webp lossless": ("WEBP", {"lossless": True}, _NOT_NOTICED),
    "avif": ("AVIF", {}, _NOTICED),
    "tiff deflate": ("TIFF", {"compression": "tiff_adobe_deflate"}, _NOTICED),
    "tiff lzw": ("TIFF", {"compression": "tiff_lzw"}, _NOTICED),
    "tiff jpeg": ("TIFF", {"compression": "jpeg"}, _NOTICED),
    "tiff plain": ("TIFF", {}, _NOT_NOTICED),
    "bmp": ("BMP", {}, _NOT_NOTICED),
    "jpeg 2000": ("JPEG2000", {}, _NOT_NOTICED),
}
every_encoding = pytest.mark.parametrize("name", _ENCODINGS)


@pytest.fixture(scope="module")
def bodies() -> dict[str, bytes]:
    photo, made = _photo(), {}
    for name, (picture_format, options, _) in _ENCODINGS.items():
        buffer = BytesIO()
        photo.save(buffer, picture_format, **options)
        made[name] = buffer.getvalue()
    return made


def _reason(body: bytes) -> Reason | None:
    try:
        inspect_picture(body)
    except PictureRefused as refused:
        return refused.reason
    return None


@every_encoding
def test_a_cut_picture_is_refused_wherever_it_is_cut(bodies: dict[str, bytes], name: str) -> None:
    body, chance = bodies[name], random.Random(name)
    for _ in range(_TRIES):
        cut = body[: chance.randrange(len(body) // 10, len(body) - 1)]
        assert _reason(cut) in (Reason.TRUNCATED, Reason.DAMAGED)


@every_encoding
def test_damage_in_the_middle_is_noticed_where_it_can_be(
    bodies: dict[str, bytes], name: str
) -> None:
    body, chance = bodies[name], random.Random(name)
    is_noticed = _ENCODINGS[name][2]
    for _ in range(_TRIES):
        at = chance.randrange(len(body) // 10, len(body) - _ZEROS - 100)
        damaged = body[:at] + bytes(_ZEROS) + body[at + _ZEROS :]
        assert (_reason(damaged) is not None) is is_noticed


@every_encoding
def test_bytes_behind_the_end_are_counted(bodies: dict[str, bytes], name: str) -> None:
    assert inspect_picture(bodies[name]).trailing_bytes == 0
    assert inspect_picture(bodies[name] + b"film" * 100).trailing_bytes == 400
