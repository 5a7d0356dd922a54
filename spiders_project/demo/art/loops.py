"""Scenes for animations: the knob ``phase`` runs from 0 to 1 and ends where it began."""

from __future__ import annotations

import numpy as np

from .brief import Brief
from .canvas import Canvas
from .colour import Field, mix
from .sky import sun

_WHITE = np.ones(3, dtype=np.float32)


def tide_loop(brief: Brief) -> Field:
    """Paint paper waves breathing under a low sun.

    Colours: sky top, sky low, light, then waves.
    """
    canvas = Canvas(brief)
    top, low, light, *waves = canvas.colours
    turn = brief.knob("phase", 0) * 2 * np.pi
    canvas.wash([top, low], 0, 0.6)
    sun(canvas, 0.64, 0.36 + 0.015 * float(np.sin(turn)), 0.13, light)
    x = np.linspace(0, 2 * np.pi, canvas.width, dtype=np.float32)
    layers = 7
    for index in range(layers):
        part = index / (layers - 1)
        place = part * (len(waves) - 1)
        colour = mix(waves[int(place)], waves[min(int(place) + 1, len(waves) - 1)], place % 1)
        drift = turn * (1 if index % 2 else -1) + index * 1.7
        level = 0.48 + 0.42 * part + 0.02 * np.sin(turn + index)
        swing = np.sin(x * 1.5 + drift) + 0.4 * np.sin(x * 2.5 - drift + index)
        rows = (level - (0.03 + 0.025 * part) * swing) * canvas.height
        canvas.ridge(rows.astype(np.float32), [mix(colour, _WHITE, 0.3), colour], 0.14)
    return canvas.planes
