"""Colours of small pictures: converted to those of screens, and the dominant ones named."""

from functools import lru_cache
from io import BytesIO

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageCms

_SIDE = 36
_MOST_COLOURS = 5
_MOST_CELLS = 64
"""Of 4,096 cells of the colour cube, those with most pixels are looked at."""
_ALIKE = 56.0
"""Distance in 0..441 below which two cells are one colour."""
_LEAST_SHARE = 0.01
_LONGEST_PROFILE_BYTES = 4 << 20
_MODES = {"RGB": "RGB", "CMYK": "CMYK"}
"""Pillow's modes by the colour spaces of profiles."""

Counts = npt.NDArray[np.intp]
Sums = npt.NDArray[np.float64]


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
    factor = max(1, min(image.size) // _SIDE)
    pixels = np.asarray(image.reduce(factor).convert("RGB")).reshape(-1, 3)
    cells = (pixels >> 4) @ np.array([256, 16, 1])
    counts = np.bincount(cells, minlength=4096)
    used = np.flatnonzero(counts)
    largest = used[np.argsort(-counts[used], kind="stable")[:_MOST_CELLS]]
    bands = [np.bincount(cells, pixels[:, band], minlength=4096)[largest] for band in range(3)]
    sums = np.stack(bands, axis=1).astype(np.float64)
    colours = _merged(sums, counts[largest].astype(np.intp))
    enough = [(mean, count) for mean, count in colours if count >= _LEAST_SHARE * len(pixels)]
    enough.sort(key=lambda colour: -colour[1])
    return tuple(
        "#" + bytes(np.rint(mean).astype(np.uint8)).hex() for mean, _ in enough[:_MOST_COLOURS]
    )


def _merged(sums: Sums, counts: Counts) -> list[tuple[Sums, float]]:
    """Return mean and number of pixels of the colours that are not alike.

    A cell belongs to the largest cell that it is like.
    """
    means = sums / counts[:, None]
    colours: list[tuple[Sums, float]] = []
    left = np.ones(len(counts), dtype=np.bool_)
    while left.any():
        seed = means[int(np.argmax(left))]
        alike = left & (np.square(means - seed).sum(axis=1) < _ALIKE**2)
        total = float(counts[alike].sum())
        colours.append((sums[alike].sum(axis=0) / total, total))
        left &= ~alike
    return colours
