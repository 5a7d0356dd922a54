"""Colours as light: hexadecimal names read once, blends made in a perceptual space."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Field = NDArray[np.float32]

_TO_LMS = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_TO_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)
_FROM_LAB = np.linalg.inv(_TO_LAB)
_FROM_LMS = np.linalg.inv(_TO_LMS)
_LEVELS = 1024


def rgb(name: str) -> Field:
    """Return the red, green and blue of ``#rrggbb`` as three numbers from 0 to 1."""
    return np.array([int(name[i : i + 2], 16) / 255 for i in (1, 3, 5)], dtype=np.float32)


def mix(one: Field, other: Field, share: float) -> Field:
    """Blend two colours, ``share`` telling how much of the second one enters."""
    blend: Field = np.asarray(one + (other - one) * share, dtype=np.float32)
    return blend


def _to_oklab(colour: Field) -> NDArray[np.float64]:
    linear = np.where(colour <= 0.04045, colour / 12.92, ((colour + 0.055) / 1.055) ** 2.4)
    lab: NDArray[np.float64] = _TO_LAB @ np.cbrt(_TO_LMS @ linear.astype(np.float64))
    return lab


def _from_oklab(lab: NDArray[np.float64]) -> Field:
    linear = np.clip(_FROM_LMS @ (_FROM_LAB @ lab) ** 3, 0, 1)
    light = np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)
    return light.astype(np.float32)


def scale(colours: Sequence[Field], stops: Sequence[float] | None = None) -> Field:
    """Return a smooth scale of 1024 colours as an array of three rows."""
    places = np.linspace(0, 1, len(colours)) if stops is None else np.asarray(stops)
    labs = np.stack([_to_oklab(colour) for colour in colours])
    steps = np.linspace(0, 1, _LEVELS)
    return _from_oklab(np.stack([np.interp(steps, places, labs[:, i]) for i in range(3)]))


def ramp(colours: Sequence[Field], where: Field, stops: Sequence[float] | None = None) -> Field:
    """Colour a field of numbers from 0 to 1: three planes of the field's own shape."""
    index = np.clip(where * (_LEVELS - 1), 0, _LEVELS - 1).astype(np.int16)
    return np.stack([row.take(index) for row in scale(colours, stops)])
