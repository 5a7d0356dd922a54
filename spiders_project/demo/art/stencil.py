"""Shapes with smooth edges: drawn at twice the size, then reduced to a mask."""

from __future__ import annotations

from collections.abc import Iterable

from PIL import Image, ImageDraw

Point = tuple[float, float]


class Stencil:
    """A mask to draw on in the sheet's own pixel coordinates."""

    def __init__(self, width: int, height: int) -> None:
        """Start empty: nothing drawn, nothing covered."""
        self._image = Image.new("L", (width * 2, height * 2))
        self._draw = ImageDraw.Draw(self._image)

    def polygon(self, points: Iterable[Point], value: int = 255) -> None:
        """Fill a closed outline."""
        self._draw.polygon([(x * 2, y * 2) for x, y in points], fill=value)

    def line(self, points: Iterable[Point], width: float = 1, value: int = 255) -> None:
        """Draw a line through points, its bends rounded."""
        path = [(x * 2, y * 2) for x, y in points]
        self._draw.line(path, fill=value, width=max(1, round(width * 2)), joint="curve")

    def ellipse(self, x: float, y: float, across: float, down: float, value: int = 255) -> None:
        """Fill an ellipse around its centre, given its two half axes."""
        box = ((x - across) * 2, (y - down) * 2, (x + across) * 2, (y + down) * 2)
        self._draw.ellipse(box, fill=value)

    def rectangle(
        self, left: float, top: float, right: float, bottom: float, value: int = 255
    ) -> None:
        """Fill an upright rectangle."""
        self._draw.rectangle((left * 2, top * 2, right * 2 - 1, bottom * 2 - 1), fill=value)

    def slice(
        self, x: float, y: float, radius: float, start: float, end: float, *, value: int = 255
    ) -> None:
        """Fill a slice of a disc between two angles in degrees, clockwise from the right."""
        box = ((x - radius) * 2, (y - radius) * 2, (x + radius) * 2, (y + radius) * 2)
        self._draw.pieslice(box, start, end, fill=value)

    def cut(self, margin: int = 0) -> tuple[Image.Image, int, int]:
        """Return the covered part, reduced to the sheet's pixels, with its left and top."""
        box = self._image.getbbox()
        if box is None:
            return Image.new("L", (0, 0)), 0, 0
        width, height = self._image.width // 2, self._image.height // 2
        left, top = max(0, box[0] // 2 - margin), max(0, box[1] // 2 - margin)
        right = min(width, box[2] // 2 + 1 + margin)
        bottom = min(height, box[3] // 2 + 1 + margin)
        part = self._image.crop((left * 2, top * 2, right * 2, bottom * 2))
        return part.reduce(2), left, top
