"""Versions of a picture compared by their first bytes."""

from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from spiders_project.pages.generic.originals import Probed, best_of, dimensions_of
from spiders_project.pages.generic.values import Candidate, Clue


def picture(picture_format: str, size: tuple[int, int] = (317, 211), **options: Any) -> bytes:
    file = BytesIO()
    Image.new("RGB", size, (120, 40, 90)).save(file, picture_format, **options)
    return file.getvalue()


@pytest.mark.parametrize(
    ("picture_format", "options"),
    [
        ("JPEG", {}),
        ("JPEG", {"progressive": True}),
        ("JPEG", {"comment": b"x" * 60_000}),
        ("JPEG", {"exif": b"Exif\0\0" + b"y" * 50_000, "icc_profile": b"z" * 2000}),
        ("PNG", {}),
        ("GIF", {}),
        ("BMP", {}),
        ("TIFF", {}),
        ("TIFF", {"big_tiff": False, "compression": "tiff_lzw"}),
        ("WEBP", {}),
        ("WEBP", {"lossless": True}),
        ("WEBP", {"exif": b"Exif\0\0II*\0\x08\0\0\0\0\0\0\0\0\0"}),
        ("AVIF", {}),
        ("JPEG2000", {}),
    ],
)
def test_reads_format_and_size_of_the_beginning(
    picture_format: str, options: dict[str, Any]
) -> None:
    data = picture(picture_format, **options)
    assert dimensions_of(data[: 64 * 1024]) == (picture_format, 317, 211)


@pytest.mark.parametrize(
    "picture_format", ["JPEG", "PNG", "GIF", "BMP", "TIFF", "WEBP", "AVIF", "JPEG2000"]
)
def test_every_cut_is_read_or_not_known(picture_format: str) -> None:
    data = picture(picture_format)
    for length in range(min(len(data), 700)):
        found = dimensions_of(data[:length])
        assert found is None or found[0] == picture_format


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<!doctype html>",
        b"\xff\xd8\xff" + b"\xff" * 100,
        b"BM",
        b"II*\0" + b"\xff" * 50,
        b"RIFF0000WEBPVP8Q",
        b"\0\0\0\x18ftypmp42" + b"\0" * 64,
        b"\0\0\0\x18ftypavif" + b"ispe" * 30,
    ],
)
def test_what_is_no_picture_has_no_size(data: bytes) -> None:
    found = dimensions_of(data)
    assert found is None or found[0] == "AVIF"


def probed(
    width: int,
    height: int,
    size_bytes: int | None = None,
    kind: str = "JPEG",
    clue: Clue = Clue.LINK,
) -> Probed:
    url = f"https://example.org/{clue}-{width}-{size_bytes}.{kind.lower()}"
    return Probed(Candidate(url, clue), kind, width, height, size_bytes)


BEST = {
    "more pixels": [probed(4000, 3000), probed(1600, 1200), probed(400, 300)],
    "of a size PNG before JPEG": [probed(800, 600, 60_000, "PNG"), probed(800, 600, 90_000)],
    "of a size JPEG before WebP": [probed(800, 600, 60_000), probed(800, 600, 90_000, "WEBP")],
    "not the enlarged one": [probed(2000, 1500, 900_000), probed(4000, 3000, 500_000)],
    "a larger file of few bytes in a tighter format": [
        probed(4000, 3000, 500_000, "AVIF"),
        probed(2000, 1500, 900_000),
    ],
    "not the crop for sharing, although it has more pixels": [
        probed(800, 533, clue=Clue.SHOWN),
        probed(1200, 630, clue=Clue.META),
    ],
    "the picture behind a square preview": [
        probed(4000, 3000, clue=Clue.NAME),
        probed(150, 150, clue=Clue.SHOWN),
    ],
    "turned": [probed(3000, 4000), probed(400, 300, clue=Clue.SHOWN)],
    "rounding": [probed(4000, 2667, clue=Clue.NAME), probed(150, 100, clue=Clue.SHOWN)],
    "lengths that nobody told": [probed(4000, 3000), probed(1600, 1200, 10**6)],
}


@pytest.mark.parametrize("versions", BEST.values(), ids=BEST)
def test_the_largest_true_version_wins(versions: list[Probed]) -> None:
    assert best_of(versions) is versions[0]
    assert best_of(versions[::-1]) is versions[0]


@pytest.mark.parametrize("size_bytes", [None, 60_000, 90_000])
def test_of_equals_the_first_wins(size_bytes: int | None) -> None:
    # A copy that was packed again may be the longer one.
    versions = [probed(800, 600, 70_000, clue=Clue.DATA), probed(800, 600, size_bytes)]
    assert best_of(versions) is versions[0]
    assert best_of(versions[::-1]) is versions[1]


def test_of_none_none_wins() -> None:
    assert best_of([]) is None
