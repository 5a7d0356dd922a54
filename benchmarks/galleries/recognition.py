"""Looks at all that a gallery mentions, and finds the known pictures among its files."""

import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from benchmarks.errors import CannotMeasure
from benchmarks.galleries.explore import Found, explore
from benchmarks.galleries.known import KNOWN, Known
from benchmarks.galleries.pictures import Album

_SIDE = 16
_NEAR = 9.0
"""Mean distance of two prints, of 255, up to which they are the same picture."""
_SAME_SHAPE = 0.04


@dataclass(frozen=True)
class Copy:
    """A version of a known picture."""

    picture: Known
    url: str
    sha256: str
    size: tuple[int, int]

    def rank(self, album: Album) -> tuple[bool, bool, int, str]:
        """Return what makes it the original among the versions of its picture, if anything."""
        # Some software publishes enlarged copies beside those of the true size.
        is_exact = album.sha256[self.picture] == self.sha256
        is_true_size = self.size == self.picture.size
        return is_exact, is_true_size, self.size[0] * self.size[1], self.sha256


@dataclass(frozen=True)
class Seen:
    """All that a gallery mentions."""

    texts: Sequence[Found]
    """Pages, scripts and data, the first page first."""
    copies: Mapping[str, Copy]
    """Files that show a known picture, by address."""


def look_at(starts: Sequence[str], album: Album) -> Seen:
    """Follow every address of a gallery; raises CannotMeasure where no picture is known."""
    prints = _prints(album)
    copies: dict[str, Copy] = {}
    texts: list[Found] = []
    for found in explore(starts):
        if found.kind.startswith("image/"):
            copy = _recognise(found, prints)
            if copy:
                copies[found.url] = copy
        else:
            texts.append(found)
    if not copies:
        raise CannotMeasure("mentions none of the known pictures")
    return Seen(texts, copies)


def _recognise(found: Found, prints: Mapping[Known, NDArray[np.float32]]) -> Copy | None:
    try:
        image = Image.open(io.BytesIO(found.body))
        width, height = image.size
        mark = _print(image)
    except (OSError, ValueError):
        return None
    near = {known: float(np.abs(mark - other).mean()) for known, other in prints.items()}
    known = min(near, key=near.__getitem__)
    shape = width / height / (known.size[0] / known.size[1])
    if near[known] > _NEAR or abs(shape - 1) > _SAME_SHAPE:
        return None
    return Copy(known, found.url, hashlib.sha256(found.body).hexdigest(), (width, height))


def _prints(album: Album) -> dict[Known, NDArray[np.float32]]:
    return {known: _print(Image.open(album.folder / known.path)) for known in KNOWN}


def _print(image: Image.Image) -> NDArray[np.float32]:
    image.draft("RGB", (_SIDE * 8, _SIDE * 8))
    # By way of an alpha channel, since palettes may have one.
    small = image.convert("RGBA").convert("RGB").resize((_SIDE, _SIDE), Image.Resampling.BOX)
    return np.asarray(small, np.float32)
