"""Two pictures of half a gigabyte: a photograph with a film behind it, and a PNG of noise."""

import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.gallery.picture_sets import SETS
from benchmarks.tiny_picture import PNG_SIGNATURE, png_chunk

_FILM_BYTES = 500_000_000
_PIECE_BYTES = 1_000_000
_SIDE = 13_000


@dataclass(frozen=True)
class LargeFile:
    """A single file, made of pieces."""

    name: str
    ending: str
    label: str
    pieces: Callable[[], Iterator[bytes]]

    def file_name(self, number: int) -> str:
        """Return the name of the file, which is the only one."""
        return f"{number:06}{self.ending}"

    def make(self, folder: Path, count: int) -> list[Path]:
        """Return the file; it is made if it is missing."""
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / self.file_name(1)
        if not file.exists():
            unfinished = file.with_suffix(".part")
            with unfinished.open("wb") as opened:
                opened.writelines(self.pieces())
            unfinished.replace(file)
        return [file]


def _motion_photo() -> Iterator[bytes]:
    """Yield a whole JPEG, and behind its end a film as phones append it (ISO/IEC 14496-12, 4.2)."""
    yield SETS["3MB"].jpeg(1)
    kind = b"ftypisom\0\0\2\0isomiso2mp41"
    yield struct.pack(">I", 4 + len(kind)) + kind
    # A size of 1 says that a size of 64 bits follows.
    yield struct.pack(">I4sQ", 1, b"mdat", 16 + _FILM_BYTES)
    chance = np.random.default_rng(500)
    for _ in range(_FILM_BYTES // _PIECE_BYTES):
        yield chance.bytes(_PIECE_BYTES)


def _noise() -> Iterator[bytes]:
    """Yield a PNG whose rows cannot be compressed."""
    yield PNG_SIGNATURE
    eight_bit_rgb = struct.pack(">IIBBBBB", _SIDE, _SIDE, 8, 2, 0, 0, 0)
    yield png_chunk(b"IHDR", eight_bit_rgb)
    chance, packer = np.random.default_rng(13), zlib.compressobj(0)
    for _ in range(_SIDE):
        if packed := packer.compress(b"\0" + chance.bytes(3 * _SIDE)):
            yield png_chunk(b"IDAT", packed)
    yield png_chunk(b"IDAT", packer.flush())
    yield png_chunk(b"IEND", b"")


MOTION_PHOTO = LargeFile("motion-photo", ".jpg", "JPEG, film of 500 MB behind it", _motion_photo)
NOISE = LargeFile("noise", ".png", f"PNG of {_SIDE:,} x {_SIDE:,}", _noise)
