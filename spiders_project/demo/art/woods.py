"""Living silhouettes: rows of conifers and flights of birds."""

from __future__ import annotations

import numpy as np

from .canvas import Canvas
from .colour import Field
from .noise import profile
from .stencil import Point, Stencil


def conifers(canvas: Canvas, ground: Field, colour: Field, tall: float, density: float = 1) -> None:
    """Plant a ragged row of firs along a skyline; ``tall`` is a share of the picture's height."""
    stencil = canvas.stencil()
    rng = canvas.rng
    size = tall * canvas.height
    grove = profile(rng, canvas.width, 6, 3, 0.6)
    x = -size * 0.2
    while x < canvas.width + size * 0.2:
        column = int(np.clip(x, 0, canvas.width - 1))
        height = size * (0.35 + 0.75 * float(grove[column])) * rng.uniform(0.55, 1.15)
        _fir(stencil, rng, x, float(ground[column]) + size * 0.12, height)
        x += size * rng.uniform(0.1, 0.3) / density
    canvas.stamp(stencil, colour)


def _fir(stencil: Stencil, rng: np.random.Generator, x: float, foot: float, height: float) -> None:
    tiers = int(np.clip(height / 7, 5, 16))
    half = height * rng.uniform(0.15, 0.21)
    left: list[Point] = []
    right: list[Point] = []
    for tier in range(tiers):
        part = (tier + 1) / tiers
        y = foot - height * (1 - part * 0.94)
        reach_left, reach_right = half * part * rng.uniform(0.75, 1.1, 2)
        droop = height * 0.03
        left += [(x - reach_left, y + droop), (x - reach_left * 0.45, y)]
        right += [(x + reach_right, y + droop), (x + reach_right * 0.45, y)]
    stencil.polygon([(x, foot - height), *left, (x, foot + height * 0.1), *reversed(right)])


def birds(
    canvas: Canvas, x: float, y: float, colour: Field, count: int, *, size: float = 1
) -> None:
    """Let a loose flock fly across, each bird two curved strokes."""
    stencil = canvas.stencil()
    rng = canvas.rng
    for _ in range(count):
        span = canvas.unit * rng.uniform(9, 22) * size
        left = (x + rng.normal(0, 0.06)) * canvas.width
        top = (y + rng.normal(0, 0.035)) * canvas.height
        lift = span * rng.uniform(0.3, 0.6)
        for side in (-1, 1):
            wing = [
                (
                    left + side * span * t,
                    top - lift * np.sin(t * 2.4) * (1.1 - 0.4 * t) + lift * t * t * 0.5,
                )
                for t in np.linspace(0, 1, 9)
            ]
            stencil.line(wing, canvas.unit * 1.7 * size)
    canvas.stamp(stencil, colour)
