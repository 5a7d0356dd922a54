"""Ink plants on paper: bamboo stems and plum branches in blossom."""

from __future__ import annotations

import numpy as np

from .brief import Brief
from .brush import blossoms, branch, leaf
from .canvas import Canvas
from .colour import Field, mix
from .ink import ink_range, karst, paper

_DARK = np.zeros(3, dtype=np.float32)


def bamboo(brief: Brief) -> Field:
    """Paint stems and leaves of bamboo, near ones dark and far ones pale.

    Colours: paper, far, near, sun.
    """
    canvas = Canvas(brief)
    sheet, far, near, red = canvas.colours[:4]
    paper(canvas, sheet)
    if brief.has("disc"):
        canvas.disc(
            brief.knob("x", 0.7),
            brief.knob("y", 0.3),
            brief.knob("disc", 0.16),
            red,
            strength=0.85,
            soft=3,
        )
    stems = brief.count("stems", 6)
    for index in range(stems):
        part = index / max(stems - 1, 1)
        colour = mix(far, near, part)
        x = (
            canvas.rng.uniform(0.03, 0.97)
            if index < stems - 2
            else brief.knob("at", 0.25) + 0.1 * (index - stems + 1)
        )
        _stem(canvas, x, colour, (0.006 + 0.012 * part) * canvas.height, 0.25 + 0.65 * part)
    return canvas.planes


def _stem(canvas: Canvas, x: float, ink: Field, wide: float, power: float) -> None:
    """Brush one jointed stem from the ground out of the picture, with its leaves."""
    stencil = canvas.stencil()
    rng = canvas.rng
    y, place, lean = canvas.height * 1.02, x * canvas.width, rng.normal(0, 0.07)
    joints = []
    while y > -20:
        length = canvas.height * rng.uniform(0.13, 0.2)
        end = (place + lean * length, y - length)
        side = wide / 2
        stencil.polygon(
            [
                (place - side, y - 3),
                (place - side * 0.86, (y + end[1]) / 2),
                (end[0] - side, end[1] + 3),
                (end[0] + side, end[1] + 3),
                (place + side * 0.86, (y + end[1]) / 2),
                (place + side, y - 3),
            ],
            225,
        )
        stencil.line(
            [(end[0] - side * 1.25, end[1]), (end[0] + side * 1.25, end[1])], 1.6 * canvas.unit
        )
        joints.append(end)
        place, y = end
    canvas.stamp(stencil, ink, power)
    for joint in joints[1:]:
        if rng.random() < 0.8:
            side = rng.choice([-1, 1])
            tip = (joint[0] + side * wide * rng.uniform(3, 7), joint[1] - wide * rng.uniform(0, 3))
            for _ in range(int(rng.integers(3, 7))):
                turn = 1.57 - side * rng.uniform(0.1, 1.25)
                long = canvas.unit * rng.uniform(90, 210)
                leaf(canvas, tip, turn, long, long * 0.1, ink=ink, power=power)


def plum(brief: Brief) -> Field:
    """Paint gnarled branches in blossom.

    Colours: paper, far ink, near ink, petals.
    """
    canvas = Canvas(brief)
    sheet, far, near, petal = canvas.colours[:4]
    paper(canvas, sheet)
    if brief.has("moon"):
        canvas.disc(
            brief.knob("x", 0.66),
            brief.knob("y", 0.36),
            brief.knob("moon", 0.2),
            mix(petal, np.ones(3, np.float32), 0.82),
            strength=0.85,
            soft=4,
        )
    rows = karst(canvas, 0.98, 0.2, 0.6, 2.4)
    ink_range(canvas, rows, far, 0.25, 0.2)
    side = brief.knob("side", -1)
    start = (canvas.width * (0.5 + 0.54 * side), canvas.height * brief.knob("root", 0.75))
    turn = -0.45 if side < 0 else -2.7
    long = 0.17 * min(canvas.shape) * brief.knob("long", 1.25)
    tips = branch(canvas, start, turn, long, wide=26 * canvas.unit, ink=near)
    blossoms(canvas, tips, petal, mix(petal, near, 0.5), brief.knob("bloom", 1))
    return canvas.planes
