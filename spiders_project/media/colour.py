"""Colours of small pictures: converted to those of screens, and the dominant ones named."""

from collections.abc import Iterable
from functools import lru_cache
from io import BytesIO
from math import dist

import numpy as np
from PIL import Image, ImageCms

_SIDE = 36
_MOST_COLOURS = 5
_CELLS, _MOST_CELLS = 512, 32
"""Of the cells of the colour cube, those with most pixels are looked at."""
_ALIKE = 56.0
"""Distance in 0..441 below which two cells are one colour."""
_LEAST_SHARE = 0.01
_LONGEST_PROFILE_BYTES = 4 << 20
_MODES = {"RGB": "RGB", "CMYK": "CMYK"}
"""Pillow's modes by the colour spaces of profiles."""

Cell = tuple[float, float, float, float]
"""Number of pixels, and the sums of their red, green and blue."""


def in_srgb(image: Image.Image, icc: bytes | None) -> Image.Image:
    """Return a picture (L, RGB or CMYK) as L or RGB in the colours of the web.

    A profile that is broken, or made for other pixels than these, is ignored.
    """
    if icc and len(icc) <= _LONGEST_PROFILE_BYTES:
        transform = _transform(icc, image.mode)
        if transform is not None:
            return transform.apply(image)
    return image if image.mode in ("L", "RGB") else image.convert("RGB")


@lru_cache(maxsize=8)
def _transform(icc: bytes, mode: str) -> ImageCms.ImageCmsTransform | None:
    """Return the way from a profile to sRGB; None where there is none, or none is needed."""
    try:
        profile = ImageCms.ImageCmsProfile(BytesIO(icc))
        name = (profile.profile.profile_description or "").lower()
        is_srgb = "srgb" in name and "linear" not in name
        if is_srgb or _MODES.get(profile.profile.xcolor_space.strip()) != mode:
            return None
        return ImageCms.buildTransform(profile, ImageCms.createProfile("sRGB"), mode, "RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return None


def dominant_colours(image: Image.Image) -> tuple[str, ...]:
    """Return up to five colours as ``#rrggbb``, the one with the largest share first."""
    small = image.reduce(max(1, min(image.size) // _SIDE))
    pixels = np.asarray(small if small.mode == "RGB" else small.convert("RGB")).reshape(-1, 3)
    red, green, blue = pixels.T
    cells = (red >> 5).astype(np.intp) << 6 | (green >> 5) << 3 | blue >> 5
    counts = np.bincount(cells, minlength=_CELLS)
    largest = np.argsort(-counts, kind="stable")[:_MOST_CELLS]
    sums = (np.bincount(cells, band, _CELLS)[largest].tolist() for band in (red, green, blue))
    colours = _merged(zip(counts[largest].tolist(), *sums, strict=True))
    enough = [colour for colour in colours if colour[0] >= _LEAST_SHARE * len(pixels)]
    enough.sort(key=lambda colour: -colour[0])
    return tuple(
        "#" + bytes(round(total / count) for total in totals).hex()
        for count, *totals in enough[:_MOST_COLOURS]
    )


def _merged(cells: Iterable[Cell]) -> list[Cell]:
    """Return the colours that are not alike: a cell belongs to the largest one that it is like."""
    colours: list[tuple[Cell, Cell]] = []
    for count, red, green, blue in cells:
        if not count:
            break
        seed = count, red / count, green / count, blue / count
        for at, (other, (total, reds, greens, blues)) in enumerate(colours):
            if dist(seed[1:], other[1:]) < _ALIKE:
                colours[at] = other, (total + count, reds + red, greens + green, blues + blue)
                break
        else:
            colours.append((seed, (count, red, green, blue)))
    return [sums for _, sums in colours]
