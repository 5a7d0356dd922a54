"""Which of two pictures that are alike is the one to use."""

from collections.abc import Mapping
from typing import Protocol, TypeVar

_RANKS: Mapping[str, int] = {"PNG": 3, "TIFF": 3, "BMP": 3, "WEBP": 1, "AVIF": 1, "GIF": 0}
_OTHER_RANK = 2


class Version(Protocol):
    """What is known of a picture file."""

    @property
    def width(self) -> int:
        """Pixels as displayed."""

    @property
    def height(self) -> int:
        """Pixels as displayed."""

    @property
    def format(self) -> str:
        """As an Inspection names it, such as JPEG."""

    @property
    def size_bytes(self) -> int:
        """Length of the file."""

    @property
    def sha256(self) -> str:
        """Hex digits of the hash of its bytes."""


V = TypeVar("V", bound=Version)


def recommended(one: V, other: V) -> V:
    """Return the one to use, whichever of the two is named first.

    More pixels come first. Of equally many: PNG, TIFF and BMP lose nothing; JPEG is what cameras
    and editors write; WebP and AVIF are mostly made of one of those by a server, which loses
    something; GIF has 256 colours. Then more bytes, which are less compression; then the lower
    sha256, so that it is always the same one.
    """
    return min(one, other, key=_order)


def _order(version: Version) -> tuple[int, int, int, str]:
    rank = _RANKS.get(version.format, _OTHER_RANK)
    return -version.width * version.height, -rank, -version.size_bytes, version.sha256
