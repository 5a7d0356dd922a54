"""The perceptual fingerprint of a picture: bits that stay when it is encoded anew or resized."""

import math
from functools import cache

import numpy as np
import numpy.typing as npt
from PIL import Image

from spiders_project.media.borders import without_borders

COARSE_BITS, STRUCTURE_BITS, COLOUR_BITS, SHAPE_BITS = 64, 216, 32, 8
"""The parts of a fingerprint in their order; the coarse bits are the first of the structure's."""

_LONGEST = 192
_SIDE = 32
_WAVES = 25
_FINE_STEP = 3
_COARSE_LEVEL, _FINE_LEVEL, _COLOUR_LEVEL = 8, 4, 20
"""What counts as a crest or a trough, in units of an orthonormal DCT of 32x32 grey levels."""
_TINTS = (8 * _SIDE, 24 * _SIDE)
"""The same for the mean: 8 and 24 grey levels off grey."""
_COLOUR_WAVES = 6
_FEWEST = 24
"""A picture that sets fewer bits of structure has no fingerprint."""
_STEPS_PER_OCTAVE = 32

# Cosines and pixels are whole numbers, and their sums stay below 2**53: exact on every machine.
_COSINE_SCALE = 4096
_LUMA_SCALE = 1000
_UNIT = _COSINE_SCALE**2 * (_SIDE // 2) * _LUMA_SCALE

Numbers = npt.NDArray[np.float64]
Bits = npt.NDArray[np.bool_]
Places = tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]


def fingerprint(image: Image.Image) -> str | None:
    """Return 256 bits as 64 hex digits, or None for a flat picture, which is like many others.

    ``image`` is upright, L or RGB, 32 pixels or more on each side; it may be small, and how it
    was made so does not matter. Plain borders are left out. The bits, from the first one:

    - 64 + 64: crests and troughs of the 64 slowest waves of the luma (a DCT);
    - 88: crests of every third of the 264 waves that follow;
    - 32: how far red and blue are from the luma, and where (mean and 6 waves of each);
    - 8: width against height, 32 steps a doubling.
    """
    image = without_borders(_reduced(image))
    waves = _waves(image)
    structure = _structure(waves[0])
    if structure.sum() < _FEWEST:
        return None
    bits = np.concatenate((structure, _colour(waves[1]), _colour(waves[2])))
    return np.packbits(bits).tobytes().hex() + f"{_shape(*image.size):02x}"


def _reduced(image: Image.Image) -> Image.Image:
    factor = min(max(image.size) // _LONGEST, min(image.size) // _SIDE)
    return image.reduce(factor) if factor > 1 else image


def _waves(image: Image.Image) -> Numbers:
    """Return how much of each wave, down and across, is in luma, red - luma and blue - luma."""
    small = image.convert("RGB").resize((_SIDE, _SIDE), Image.Resampling.BILINEAR, reducing_gap=2.0)
    red, green, blue = np.asarray(small, dtype=np.float64).transpose(2, 0, 1)
    luma = 299 * red + 587 * green + 114 * blue
    planes = np.stack((luma, _LUMA_SCALE * red - luma, _LUMA_SCALE * blue - luma))
    waves: Numbers = _cosines() @ planes @ _cosines().T / _UNIT
    return waves


def _structure(waves: Numbers) -> Bits:
    slow, quick = _places(0, COARSE_BITS), _places(COARSE_BITS, _WAVES * _WAVES)
    coarse = waves[slow]
    fine = waves[quick][::_FINE_STEP][: STRUCTURE_BITS - 2 * COARSE_BITS]
    return np.concatenate(
        (coarse > _COARSE_LEVEL, coarse < -_COARSE_LEVEL, fine > _FINE_LEVEL),
    )


def _colour(waves: Numbers) -> Bits:
    slow, mean = waves[_places(0, _COLOUR_WAVES)], waves[0, 0]
    tints = [mean > _TINTS[0], mean > _TINTS[1], mean < -_TINTS[0], mean < -_TINTS[1]]
    return np.concatenate((tints, slow > _COLOUR_LEVEL, slow < -_COLOUR_LEVEL))


def _shape(width: int, height: int) -> int:
    steps = round(math.log2(width / height) * _STEPS_PER_OCTAVE)
    return min(max(steps + 128, 0), 255)


@cache
def _cosines() -> Numbers:
    """Return the rows of a DCT-II: the constant, then ever quicker waves."""
    places = (2 * np.arange(_SIDE) + 1) * np.pi / (2 * _SIDE)
    rows = np.cos(np.outer(np.arange(_WAVES), places))
    rows[0] /= math.sqrt(2)
    whole: Numbers = np.rint(rows * _COSINE_SCALE)
    return whole


@cache
def _places(first: int, last: int) -> Places:
    """Return the numbers, down and across, of the waves from the slowest on, without the mean."""
    pairs = ((down, across) for down in range(_WAVES) for across in range(_WAVES))
    waves = sorted(pairs, key=lambda pair: (sum(pair), pair))[1:][first:last]
    down, across = zip(*waves, strict=True)
    return np.array(down, dtype=np.intp), np.array(across, dtype=np.intp)
