"""Seeded randomness with a shape: smooth fields, mountain profiles, and ways to bend them."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from PIL import Image

from .colour import Field

Rng = np.random.Generator


_BLOCK = 24
_LARGE = 300_000


def enlarge(field: Field, shape: tuple[int, int]) -> Field:
    """Resize a field to (height, width) with smooth interpolation."""
    image = Image.fromarray(np.ascontiguousarray(field))
    if shape[0] <= field.shape[0] or shape[0] * shape[1] < _LARGE:
        return np.asarray(image.resize((shape[1], shape[0]), Image.Resampling.BICUBIC))
    # Pillow hands large float images over slowly, so only the width is left to it.
    wide = np.asarray(image.resize((shape[1], field.shape[0]), Image.Resampling.BICUBIC))
    result = np.empty(shape, dtype=np.float32)
    for top, first, band in _bands(field.shape[0], shape[0]):
        target = result[top : top + band.shape[0]]
        np.matmul(band, wide[first : first + band.shape[1]], out=target)
    return result


@lru_cache(maxsize=64)
def _bands(rows: int, height: int) -> tuple[tuple[int, int, Field], ...]:
    """Return the matrices that make rows into more rows by cubic interpolation."""
    place = (np.arange(height) + 0.5) * (rows / height) - 0.5
    above = np.floor(place).astype(np.int64)
    part = place - above
    weights = (
        ((2 - part) * part - 1) * part / 2,
        ((3 * part - 5) * part * part + 2) / 2,
        ((4 - 3 * part) * part + 1) * part / 2,
        (part - 1) * part * part / 2,
    )
    bands = []
    for top in range(0, height, _BLOCK):
        size = min(height - top, _BLOCK)
        taps = [np.clip(above[top : top + size] + tap, 0, rows - 1) for tap in range(-1, 3)]
        first = int(taps[0].min())
        band = np.zeros((size, int(taps[3].max()) + 1 - first), dtype=np.float32)
        for tap, weight in zip(taps, weights, strict=True):
            np.add.at(band, (np.arange(size), tap - first), weight[top : top + size])
        bands.append((top, first, band))
    return tuple(bands)


def stretch(field: Field) -> Field:
    """Shift and scale a field so that it runs from 0 to 1."""
    low, high = float(field.min()), float(field.max())
    return (field - np.float32(low)) * np.float32(1 / max(high - low, 1e-6))


def fractal(
    rng: Rng,
    shape: tuple[int, int],
    cells: float = 4,
    octaves: int = 4,
    gain: float = 0.5,
    *,
    aspect: float = 1.0,
    ridged: bool = False,
) -> Field:
    """Return cloud-like noise from 0 to 1; ``aspect`` above 1 draws it out sideways."""
    height, width = shape
    finest = cells * 2 ** (octaves - 1) * 2.2
    shrink = max(1.0, max(shape) / max(finest, 64))
    work = (max(2, round(height / shrink)), max(2, round(width / shrink)))
    total = np.zeros(work, dtype=np.float32)
    for octave in range(octaves):
        across = cells * 2**octave * width / max(shape) / aspect
        down = cells * 2**octave * height / max(shape)
        grid = rng.random((round(down) + 3, round(across) + 3), dtype=np.float32)
        layer = enlarge(grid, work)
        total += np.float32(gain**octave) * (1 - abs(layer * 2 - 1) if ridged else layer)
    return stretch(total if work == shape else enlarge(total, shape))


def profile(
    rng: Rng,
    length: int,
    cells: float = 4,
    octaves: int = 6,
    gain: float = 0.5,
    *,
    ridged: bool = False,
) -> Field:
    """Return a skyline from 0 to 1; ``ridged`` gives peaks instead of rolling hills."""
    where = np.linspace(0, 1, length, dtype=np.float32)
    total = np.zeros(length, dtype=np.float32)
    for octave in range(octaves):
        count = cells * 2**octave
        knots = rng.random(int(count) + 4, dtype=np.float32)
        place = where * np.float32(count) + rng.random(dtype=np.float32)
        index = place.astype(np.int32)
        part = place - index
        if not ridged:
            part = part * part * (3 - 2 * part)
        total += np.float32(gain**octave) * (
            knots[index] + (knots[index + 1] - knots[index]) * part
        )
    return stretch(total)


def bend(field: Field, aside: Field, down: Field) -> Field:
    """Sample a field at displaced places (in pixels), its edges reaching on outside."""
    height, width = field.shape
    x = np.clip(np.arange(width, dtype=np.float32)[None, :] + aside, 0, width - 1.001)
    y = np.clip(np.arange(height, dtype=np.float32)[:, None] + down, 0, height - 1.001)
    left, top = x.astype(np.int32), y.astype(np.int32)
    part_x, part_y = x - left, y - top
    flat, corner = field.ravel(), top * width + left
    upper = flat[corner] * (1 - part_x) + flat[corner + 1] * part_x
    lower = flat[corner + width] * (1 - part_x) + flat[corner + width + 1] * part_x
    result: Field = np.asarray(upper * (1 - part_y) + lower * part_y, dtype=np.float32)
    return result


def smooth(edge_low: float, edge_high: float, field: Field) -> Field:
    """Return a soft threshold: 0 below the first edge, 1 above the second."""
    part = np.clip((field - np.float32(edge_low)) * np.float32(1 / (edge_high - edge_low)), 0, 1)
    result: Field = part * part * (3 - 2 * part)
    return result
