"""Single things a brush puts on paper: boats, leaves, branches and blossoms."""

from __future__ import annotations

import numpy as np

from .canvas import Canvas
from .colour import Field, mix
from .noise import Rng
from .stencil import Point, Stencil

_TAPER = 0.8


def boat(canvas: Canvas, x: float, y: float, ink: Field, size: float) -> None:
    """Float a small covered boat with one figure in a straw hat, and its reflection."""
    span = size * min(canvas.shape)
    left, water = x * canvas.width, y * canvas.height
    for flip, power in ((-0.5, 0.22), (1.0, 0.95)):
        stencil = canvas.stencil()

        def at(
            points: list[Point], flip: float = flip, left: float = left, water: float = water
        ) -> list[Point]:
            return [(left + px * span, water + py * span * flip) for px, py in points]

        hull = [(t, 0.09 - 0.17 * t**4) for t in np.linspace(-1, 1, 21)]
        keel = [(t * 0.86, 0.1 + 0.06 * (1 - t * t)) for t in np.linspace(1, -1, 21)]
        stencil.polygon(
            at([(px, py - 0.09) for px, py in hull] + [(px, py - 0.09) for px, py in keel])
        )
        roof = [
            (0.12 + 0.34 * np.cos(a), -0.02 - 0.24 * np.sin(a)) for a in np.linspace(0, 3.1416, 15)
        ]
        stencil.polygon(at(roof))
        stencil.polygon(
            at([(-0.5, 0.0), (-0.47, -0.2), (-0.42, -0.24), (-0.36, -0.2), (-0.32, 0.0)])
        )
        stencil.polygon(at([(-0.57, -0.23), (-0.42, -0.34), (-0.28, -0.23)]))
        stencil.line(at([(-0.4, -0.15), (-0.7, -0.33), (-1.25, -0.42)]), canvas.unit * 1.5)
        canvas.stamp(stencil, ink, power)


def leaf(
    canvas: Canvas, foot: Point, turn: float, long: float, wide: float, *, ink: Field, power: float
) -> None:
    """Brush one pointed leaf that starts thin, swells and ends in a tip."""
    part = np.linspace(0, 1, 14)
    swell = wide * np.sin(part**0.7 * np.pi) * (1 - 0.3 * part)
    droop = 0.12 * long * part**2
    x = foot[0] + np.cos(turn) * long * part
    y = foot[1] + np.sin(turn) * long * part + droop
    normal = (-np.sin(turn), np.cos(turn))
    upper = list(zip(x + normal[0] * swell, y + normal[1] * swell, strict=True))
    lower = list(zip(x - normal[0] * swell * 0.4, y - normal[1] * swell * 0.4, strict=True))
    box_left, box_top = int(x.min() - wide * 2), int(y.min() - wide * 2)
    stencil = Stencil(int(np.ptp(x) + wide * 4) + 2, int(np.ptp(y) + wide * 4) + 2)
    stencil.polygon([(px - box_left, py - box_top) for px, py in upper + lower[::-1]])
    mask, left, top = stencil.cut()
    _paste(
        canvas,
        np.asarray(mask, dtype=np.float32) * np.float32(power / 255),
        (left + box_left, top + box_top),
        ink,
    )


def _paste(canvas: Canvas, mask: Field, corner: tuple[int, int], ink: Field) -> None:
    """Paint a mask that may reach beyond the sheet."""
    left, top = max(0, corner[0]), max(0, corner[1])
    part = mask[
        top - corner[1] : canvas.height - corner[1], left - corner[0] : canvas.width - corner[0]
    ]
    if part.size and left < canvas.width and top < canvas.height:
        canvas.tint(part, ink, top, left)


def branch(
    canvas: Canvas, start: Point, turn: float, long: float, *, wide: float, ink: Field
) -> list[Point]:
    """Grow a crooked branch with its twigs and return the places where blossoms may sit."""
    growth = _Growth(canvas.rng, canvas.stencil())
    growth.grow(start, turn, long, wide)
    canvas.stamp(growth.stencil, ink, 0.92)
    return growth.tips


class _Growth:
    """A branch while it grows: where it is drawn and the tips it has reached."""

    def __init__(self, rng: Rng, stencil: Stencil) -> None:
        self.rng = rng
        self.stencil = stencil
        self.tips: list[Point] = []

    def grow(self, start: Point, turn: float, long: float, wide: float, depth: int = 0) -> None:
        """Draw one branch piece by piece, letting twigs out on its way."""
        point = start
        for _ in range(7 if depth == 0 else 4):
            turn += self.rng.normal(0, 0.28)
            step = long * self.rng.uniform(0.7, 1.1)
            end = (point[0] + np.cos(turn) * step, point[1] + np.sin(turn) * step)
            self._piece(point, end, turn, wide)
            if depth < 2 and self.rng.random() < 0.8:
                away = turn + self.rng.choice([-1, 1]) * self.rng.uniform(0.5, 1.1)
                self.grow(end, away, long * 0.55, wide * 0.45, depth + 1)
            if depth > 0:
                self.tips.append(end)
            point, wide = end, wide * _TAPER

    def _piece(self, start: Point, end: Point, turn: float, wide: float) -> None:
        x, y = -np.sin(turn) * wide / 2, np.cos(turn) * wide / 2
        self.stencil.polygon(
            [
                (start[0] + x, start[1] + y),
                (end[0] + x * _TAPER, end[1] + y * _TAPER),
                (end[0] - x * _TAPER, end[1] - y * _TAPER),
                (start[0] - x, start[1] - y),
            ]
        )
        self.stencil.ellipse(end[0], end[1], wide * 0.46, wide * 0.46)


def blossoms(
    canvas: Canvas, places: list[Point], petal: Field, heart: Field, amount: float
) -> None:
    """Set five-petalled blossoms and round buds on twigs."""
    rng = canvas.rng
    pale, dark, hearts = canvas.stencil(), canvas.stencil(), canvas.stencil()
    for x, y in places:
        for _ in range(int(rng.poisson(1.3 * amount))):
            size = canvas.unit * rng.uniform(6, 15)
            left, top = x + rng.normal(0, 22) * canvas.unit, y + rng.normal(0, 22) * canvas.unit
            target = pale if rng.random() < 0.6 else dark
            turn = rng.uniform(0, 6.3)
            for index in range(5):
                angle = turn + index * 2 * np.pi / 5
                target.ellipse(
                    left + np.cos(angle) * size * 0.8,
                    top + np.sin(angle) * size * 0.8,
                    size * 0.62,
                    size * 0.62,
                )
            hearts.ellipse(left, top, size * 0.28, size * 0.28)
    canvas.stamp(pale, mix(petal, np.ones(3, np.float32), 0.3), 0.85)
    canvas.stamp(dark, petal, 0.9)
    canvas.stamp(hearts, heart, 0.9)
