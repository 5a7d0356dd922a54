"""Lively nights: light trails, lanterns, fireworks and wet streets."""

from __future__ import annotations

import numpy as np

from .brief import Brief
from .canvas import Canvas
from .colour import Field, mix
from .night import lamp, towers
from .noise import enlarge, fractal, profile
from .sky import stars

_WHITE = np.ones(3, dtype=np.float32)
_BLACK = np.zeros(3, dtype=np.float32)


def light_trails(brief: Brief) -> Field:
    """Paint head and tail lamps on a bending road.

    Colours: sky top, sky low, two streams, hills.
    """
    canvas = Canvas(brief)
    top, low, one, two, hill = canvas.colours[:5]
    horizon = brief.knob("horizon", 0.45)
    canvas.wash([top, low], 0, horizon)
    stars(canvas, 600, horizon, 14)
    canvas.glow(brief.knob("x", 0.55), horizon, 0.3, mix(low, one, 0.5), strength=0.6, flat=2)
    line = profile(canvas.rng, canvas.width, 4, 6, 0.5, ridged=True)
    canvas.ridge(
        ((horizon - 0.1 * line) * canvas.height).astype(np.float32),
        [mix(hill, low, 0.25), hill, mix(hill, _BLACK, 0.5)],
        0.3,
    )
    rng = canvas.rng
    depth = np.linspace(0, 1, 60) ** 2.2
    bend_ = brief.knob("bend", 0.35)
    for colour, side in ((one, -1.0), (two, 1.0)):
        for wide in (1.2, 3.0):
            stencil = canvas.stencil()
            for _ in range(14):
                lane = side * rng.uniform(0.04, 0.5)
                lift = rng.uniform(0, 0.045)
                x = (
                    brief.knob("x", 0.55)
                    + lane * depth * 1.3
                    + bend_ * np.sin(depth**0.5 * 3.1) * (1 - depth) * 0.6
                )
                y = horizon + 0.012 + (1.04 - horizon) * depth - lift * depth
                path = list(zip(x * canvas.width, y * canvas.height, strict=True))
                stencil.line(path[:30], canvas.unit * wide * 0.6, int(rng.integers(120, 255)))
                stencil.line(path[29:], canvas.unit * wide, int(rng.integers(120, 255)))
            canvas.stamp(stencil, mix(colour, _WHITE, 0.15), 0.8, 14 * canvas.unit)
    return canvas.planes


def lanterns(brief: Brief) -> Field:
    """Paint paper lanterns rising over dark water.

    Colours: sky top, sky low, lantern, ember, near.
    """
    canvas = Canvas(brief)
    top, low, paper, ember, near = canvas.colours[:5]
    shore = brief.knob("shore", 0.8)
    canvas.wash([top, low], 0, shore)
    stars(canvas, 700, shore, 10)
    line = profile(canvas.rng, canvas.width, 3, 6, 0.48, ridged=True)
    canvas.ridge(
        ((shore + 0.01 - 0.12 * line) * canvas.height).astype(np.float32),
        [near, mix(near, low, 0.4)],
        0.14,
    )
    rng = canvas.rng
    sizes = np.sort(rng.random(brief.count("count", 70)) ** 3)
    for part in sizes:
        size = (0.006 + 0.045 * part) * min(canvas.shape)
        x, y = (
            rng.random() * canvas.width,
            rng.uniform(0.04, shore - 0.06 - 0.1 * part) * canvas.height,
        )
        canvas.glow(
            x / canvas.width,
            y / canvas.height,
            size * 2.6 / min(canvas.shape),
            ember,
            strength=0.42,
        )
        _lantern(canvas, x, y, size, paper, ember=ember)
    canvas.mirror(shore, 8, 0.6)
    return canvas.planes


def _lantern(
    canvas: Canvas, x: float, y: float, size: float, paper: Field, *, ember: Field
) -> None:
    """Paint one lantern, brightest where its flame burns."""
    left, top = max(0, int(x - size)), max(0, int(y - size * 1.4))
    right, bottom = min(canvas.width, int(x + size)), min(canvas.height, int(y + size * 1.4))
    if right - left < 2 or bottom - top < 2:
        return
    across = ((np.arange(left, right) - x) / size).astype(np.float32)[None, :]
    down = ((np.arange(top, bottom) - y) / size).astype(np.float32)[:, None]
    wide = 0.62 + 0.16 * np.cos(down * 1.3 + 0.6)
    cover = np.clip((wide - np.abs(across)) * size + 0.5, 0, 1) * np.clip(
        (1.05 - np.abs(down) - 0.12 * across**2) * size + 0.5, 0, 1
    )
    heat = np.exp(-(across**2 * 1.6 + (down - 0.75) ** 2 * 0.9))
    canvas.tint(cover.astype(np.float32), ember * np.float32(0.85), top, left)
    canvas.tint((cover * heat).astype(np.float32), paper, top, left)
    canvas.light((cover * heat**3 * 0.7).astype(np.float32), _WHITE, top, left)


def fireworks(brief: Brief) -> Field:
    """Paint bursts above a dark shore.

    Colours: sky top, sky low, near, then sparks.
    """
    canvas = Canvas(brief)
    top, low, near, *sparks = canvas.colours
    shore = brief.knob("shore", 0.82)
    canvas.wash([top, low], 0, shore)
    stars(canvas, 300, shore, 5)
    rng = canvas.rng
    for index in range(brief.count("bursts", 5)):
        stencil = canvas.stencil()
        place = (index + rng.uniform(0.3, 0.7)) / brief.count("bursts", 5)
        x, y = place * canvas.width, rng.uniform(0.16, 0.5) * canvas.height
        reach = min(canvas.shape) * rng.uniform(0.13, 0.27)
        rays = int(rng.integers(50, 90))
        for turn in np.linspace(0, 6.283, rays) + rng.normal(0, 0.03, rays):
            far = reach * rng.uniform(0.7, 1.05)
            part = np.linspace(rng.uniform(0.1, 0.4), 1, 10)
            path = [
                (x + np.cos(turn) * far * t, y + np.sin(turn) * far * t + reach * 0.16 * t * t)
                for t in part
            ]
            stencil.line(path, canvas.unit * 1.2, int(rng.integers(110, 255)))
            stencil.ellipse(path[-1][0], path[-1][1], 2.4 * canvas.unit, 2.4 * canvas.unit)
        colour = sparks[index % len(sparks)]
        canvas.glow(
            place, y / canvas.height, reach / min(canvas.shape) * 1.1, colour, strength=0.35
        )
        canvas.stamp(stencil, mix(colour, _WHITE, 0.2), 0.9, 10 * canvas.unit)
    towers(canvas, shore, 1.0, near, sparks[0], accent=sparks[-1])
    canvas.mirror(shore, 8, 0.6)
    return canvas.planes


def wet_street(brief: Brief) -> Field:
    """Paint blurred signs mirrored on wet paving.

    Colours: air, paving, then signs.
    """
    canvas = Canvas(brief)
    air, paving, *signs = canvas.colours
    level = brief.knob("level", 0.56)
    height, width = canvas.small
    edge = int(level * height)
    rng = canvas.rng
    small = _signs(canvas, air, signs, edge, brief.count("signs", 46))
    for index, plane in enumerate(small):
        soft = enlarge(enlarge(plane[:edge], (edge // 5, width // 5)), (edge, width))
        rows = np.linspace(edge - 1, 0, height - edge).astype(np.int32)
        smear = enlarge(
            enlarge(plane[:edge][rows], ((height - edge) // 24, width // 4)), (height - edge, width)
        )
        grit = 0.55 + 0.45 * fractal(
            np.random.Generator(np.random.PCG64(brief.seed)), smear.shape, 30, 2, 0.6, aspect=3
        )
        plane[:edge] = plane[:edge] * 0.35 + soft * 0.95
        plane[edge:] = paving[index] + smear * grit * 0.9
        canvas.planes[index] = np.clip(enlarge(plane, canvas.shape), 0, 1)
    for index in range(brief.count("count", 40)):
        lamp(
            canvas,
            rng.random(),
            rng.normal(level - 0.04, 0.07),
            0.006 + 0.03 * rng.random() ** 2,
            signs[index % len(signs)],
            power=0.5,
        )
    return canvas.planes


def _signs(canvas: Canvas, air: Field, signs: list[Field], edge: int, count: int) -> Field:
    """Hang lit signs on both sides of a street that ends in the middle."""
    height, width = canvas.small
    rng = canvas.rng
    small = np.empty((3, height, width), dtype=np.float32)
    small[:] = air[:, None, None]
    for index in range(count):
        wide, tall = int(rng.uniform(2, 12)), int(rng.uniform(5, 46))
        depth = rng.random()
        x = int(width * (0.5 + rng.choice([-1, 1]) * (0.06 + 0.46 * depth)))
        y = int(edge - (0.06 + 0.75 * rng.random() * (0.3 + depth)) * edge)
        rows, columns = slice(max(0, y), max(0, y + tall)), slice(max(0, x), max(0, x + wide))
        colour = signs[index % len(signs)] * np.float32(rng.uniform(0.5, 1.1))
        small[:, rows, columns] = colour[:, None, None]
    return small
