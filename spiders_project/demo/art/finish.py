"""The last step of every picture: light becomes pixels, with grain so that no gradient bands."""

from __future__ import annotations

from functools import cache

import numpy as np
from PIL import Image

from .colour import Field

_TILE = 512
_BLOCK = 32


@cache
def _grain(seed: int) -> Field:
    rng = np.random.Generator(np.random.PCG64(seed))
    noise = rng.random((_TILE, _TILE), dtype=np.float32) + rng.random(
        (_TILE, _TILE), dtype=np.float32
    )
    return noise - 1


def develop(planes: Field, grain: float = 1.2) -> Image.Image:
    """Turn three planes of light (or four, the last one being opacity) into an image."""
    height, width = planes.shape[1:]
    noise = np.tile(_grain(5) * np.float32(grain), (1, -(-width // _TILE)))[:, :width]
    noise += np.float32(0.5)
    pixels = np.empty((height, width, len(planes)), dtype=np.uint8)
    for top in range(0, height, _BLOCK):
        rows = slice(top, min(height, top + _BLOCK))
        grains = noise[top % _TILE : top % _TILE + rows.stop - top]
        for index, plane in enumerate(planes):
            level = plane[rows] * np.float32(255)
            level += grains if index < 3 else np.float32(0.5)
            pixels[rows, :, index] = np.clip(level, 0, 255, out=level)
    return Image.fromarray(pixels)
