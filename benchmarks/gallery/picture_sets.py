"""Sets of JPEGs as cameras and web sites make them, the same bytes on every machine and day."""

import io
import os
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from PIL import Image

_QUALITY = 88
_COARSEST_CELLS = 3
_OCTAVES = 5
_FIELD_SHRINK = 8
_SPARE_GRAIN = 256
"""Rows and columns of grain beyond the picture, so that each takes another window of it."""

Numbers = NDArray[np.float32]


class Pictures(Protocol):
    """Files that a gallery can be made of."""

    @property
    def name(self) -> str:
        """Return the name of their folder."""

    def file_name(self, number: int) -> str:
        """Return the name of a file; numbers begin at 1."""

    def make(self, folder: Path, count: int) -> list[Path]:
        """Return so many files of a folder; those that are missing are made."""


@dataclass(frozen=True)
class PictureSet:
    """Pictures of one size."""

    name: str
    width: int
    height: int
    grain: int
    """Strength of the texture in sixteenths, which is what fills the bytes."""
    usual_count: int
    """Pictures of a benchmark whose start-up is not to matter."""

    def jpeg(self, number: int) -> bytes:
        """Return a picture that no other number has."""
        return _jpeg(self._pixels(number))

    def file_name(self, number: int) -> str:
        """Return the name of the file of a picture."""
        return f"{number:06}.jpg"

    def make(self, folder: Path, count: int) -> list[Path]:
        """Return the files of so many pictures; those that are missing are made, on all cores."""
        folder.mkdir(parents=True, exist_ok=True)
        files = [folder / self.file_name(number) for number in range(1, count + 1)]
        missing = [number for number, file in enumerate(files, 1) if not file.exists()]
        if missing:
            with ProcessPoolExecutor(os.cpu_count()) as pool:
                places = [files[number - 1] for number in missing]
                for _ in pool.map(self._write, missing, places, chunksize=4):
                    pass
        return files

    def _write(self, number: int, file: Path) -> None:
        unfinished = file.with_suffix(".part")
        unfinished.write_bytes(self.jpeg(number))
        unfinished.replace(file)

    def _pixels(self, number: int) -> NDArray[np.uint8]:
        """Return smooth fields of colour with grain that is stronger here and weaker there."""
        chance = np.random.default_rng([self.width, self.height, number])
        field = self._enlarged(_clouds(chance, self.width, self.height, channels=3))
        roughness = self._enlarged(_clouds(chance, self.width, self.height, channels=1))
        top, left = chance.integers(0, _SPARE_GRAIN, 2)
        grain = _grain(self.width, self.height)
        window = grain[top : top + self.height, left : left + self.width]
        texture = (window * roughness[..., 0].astype(np.int16)) >> 8
        texture = (texture * self.grain) >> 4
        pixels = field.astype(np.int16) + texture[..., None]
        return pixels.clip(0, 255).astype(np.uint8)

    def _enlarged(self, field: NDArray[np.uint8]) -> NDArray[np.uint8]:
        picture = Image.fromarray(field.squeeze())
        enlarged = picture.resize((self.width, self.height), Image.Resampling.BICUBIC)
        return np.asarray(enlarged).reshape(self.height, self.width, -1)


SETS = {
    each.name: each
    for each in (
        PictureSet("50KB", 800, 500, grain=3, usual_count=2000),
        PictureSet("500KB", 1920, 1080, grain=13, usual_count=1000),
        PictureSet("3MB", 3840, 2160, grain=25, usual_count=200),
    )
}


def _clouds(
    chance: np.random.Generator, width: int, height: int, *, channels: int
) -> NDArray[np.uint8]:
    """Return a sum of ever finer and weaker fields, as photographs have it (1/f)."""
    columns, rows = width // _FIELD_SHRINK, height // _FIELD_SHRINK
    total = np.zeros((rows, columns, channels), np.float32)
    for octave in range(_OCTAVES):
        cells = _COARSEST_CELLS * 2**octave
        knots = chance.random((cells, cells * 2, channels), np.float32)
        for channel in range(channels):
            layer = Image.fromarray(knots[..., channel])
            smooth = layer.resize((columns, rows), Image.Resampling.BICUBIC)
            total[..., channel] += np.asarray(smooth) / 1.7**octave
    lowest, highest = total.min(), total.max()
    scaled: NDArray[np.uint8] = ((total - lowest) / (highest - lowest) * 255).astype(np.uint8)
    return scaled


@cache
def _grain(width: int, height: int) -> NDArray[np.int16]:
    """Return grain of two sizes, larger than a picture, for windows to be cut from."""
    chance = np.random.default_rng(width)
    rows, columns = height + _SPARE_GRAIN, width + _SPARE_GRAIN
    fine = chance.integers(-16, 17, (rows, columns), np.int16)
    coarse = chance.integers(-24, 25, (rows // 2 + 1, columns // 2 + 1), np.int16)
    grain: NDArray[np.int16] = fine + coarse.repeat(2, 0).repeat(2, 1)[:rows, :columns]
    return grain


def _jpeg(pixels: NDArray[np.uint8]) -> bytes:
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "JPEG", quality=_QUALITY)
    return file.getvalue()
