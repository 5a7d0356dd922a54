"""Of two pictures that are alike the larger one is recommended, and always the same one."""

from dataclasses import dataclass

import pytest

from spiders_project.media.preference import recommended


@dataclass(frozen=True)
class File:
    """A picture in the middle, unless told otherwise."""

    width: int = 1920
    height: int = 1080
    format: str = "JPEG"
    size_bytes: int = 500_000
    sha256: str = "5" * 64


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (File(3840, 2160), File(1920, 1080)),
        (File(3840, 2160, size_bytes=90_000), File(1920, 1080, "PNG", 4_000_000)),
        (File(1920, 1200), File(1920, 1080)),
        (File(1080, 1921), File(1920, 1080)),
        (File(format="PNG", size_bytes=10_000), File(format="JPEG")),
        (File(format="TIFF"), File(format="JPEG")),
        (File(format="BMP"), File(format="WEBP")),
        (File(format="JPEG", size_bytes=100_000), File(format="WEBP")),
        (File(format="JPEG"), File(format="AVIF")),
        (File(format="JPEG2000"), File(format="WEBP")),
        (File(format="WEBP"), File(format="GIF")),
        (File(size_bytes=500_001), File(size_bytes=500_000)),
        (File(format="PNG", size_bytes=9), File(format="BMP", size_bytes=8)),
        (File(sha256="1" * 64), File(sha256="2" * 64)),
    ],
)
def test_recommends(better: File, worse: File) -> None:
    assert recommended(better, worse) is better
    assert recommended(worse, better) is better
