"""Pictures with a fourth plane: things cut out of their background by their opacity."""

from __future__ import annotations

import numpy as np

from .abstract import orb
from .brief import Brief
from .canvas import Canvas
from .colour import Field
from .space import globe


def _with_opacity(black: Field, white: Field) -> Field:
    """Tell opacity from the same scene painted over black and over white."""
    opacity = np.clip(1 - (white - black).mean(axis=0), 0, 1)
    colour = black / np.maximum(opacity, 1e-3)
    return np.concatenate([np.clip(colour, 0, 1), opacity[None]]).astype(np.float32)


def planet_alone(brief: Brief) -> Field:
    """Paint one planet without a sky.

    Colours: the surface dark to light, then its air.
    """
    sheets = []
    for ground in (0, 1):
        canvas = Canvas(brief)
        canvas.planes[:] = ground
        *surface, air = canvas.colours
        knobs = {"x": 0.5, "y": 0.5, "radius": 0.44, "front": 0.5}
        globe(canvas, Brief("", brief.size, brief.seed, (), knobs), surface, air)
        sheets.append(canvas.planes)
    return _with_opacity(*sheets)


def orbs_alone(brief: Brief) -> Field:
    """Paint glass balls without a ground; any colours."""
    sheets = []
    for ground in (0, 1):
        canvas = Canvas(brief)
        canvas.planes[:] = ground
        tones = canvas.colours
        for index in range(brief.count("count", 7)):
            turn = index * 2.4
            far = 0.13 * np.sqrt(index) * min(canvas.shape)
            place = (canvas.width / 2 + np.cos(turn) * far, canvas.height / 2 + np.sin(turn) * far)
            radius = (0.09 + 0.1 * canvas.rng.random()) * min(canvas.shape)
            orb(
                canvas, (*place, radius), tones[index % len(tones)], tones[(index + 1) % len(tones)]
            )
        sheets.append(canvas.planes)
    return _with_opacity(*sheets)
