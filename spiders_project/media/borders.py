"""Finds plain borders around a picture: frames, and the bars above and below a film."""

import numpy as np
import numpy.typing as npt
from PIL import Image

_WIDEST = 0.25
"""Share of the height or width that a border on one side has at most."""
_BLACK, _WHITE = 24, 232
"""Grey levels: other borders are rare, and the heads of web pages are like them."""
_PLAIN = 12
"""Grey levels that the pixels of a border are off its colour at most."""
_STEP = 18
"""Grey levels by which most pixels along the edge of a picture differ from its border."""
_MOST = 0.7
_DEPTH = 0.04
"""Share of the height or width that it does so: the line around a card is no picture."""

Plane = npt.NDArray[np.uint8]


def without_borders(image: Image.Image) -> Image.Image:
    """Return what lies inside the borders of a picture, L or RGB; the whole where it has none.

    A dark sky is no border, nor is the white around a thing: they do not end along a line.
    """
    grey = np.asarray(image if image.mode == "L" else image.convert("L"))
    top, bottom = _border(grey), _border(grey[::-1])
    left, right = _border(grey.T), _border(grey.T[::-1])
    if not (top or bottom or left or right):
        return image
    return image.crop((left, top, image.width - right, image.height - bottom))


def _border(lines: Plane) -> int:
    """Return how many lines at the beginning are border."""
    darkest, lightest = int(lines[0].min()), int(lines[0].max())
    if lightest - darkest > _PLAIN or (lightest > _BLACK and darkest < _WHITE):
        return 0
    colour = (darkest + lightest) // 2
    outer = lines[: int(len(lines) * _WIDEST) + 1]
    is_border = (outer.max(axis=1) <= colour + _PLAIN) & (outer.min(axis=1) >= colour - _PLAIN)
    count = int(is_border.argmin())
    if is_border[count]:  # no end in sight
        return 0
    # The line where a border ends is a mixture of both.
    picture = lines[count + 1 : count + 2 + int(len(lines) * _DEPTH)].astype(np.int16)
    is_other = np.abs(picture - colour) >= _STEP
    return count + 1 if (is_other.mean(axis=1) >= _MOST).all() else 0
