"""Pictures made of shapes: facets, posters, tilings and crossing rings."""

from __future__ import annotations

import math

import numpy as np

from .brief import Brief
from .canvas import Canvas
from .colour import Field, ramp
from .noise import enlarge, fractal, stretch
from .stencil import Stencil

_WHITE = np.ones(3, dtype=np.float32)


def facets(brief: Brief) -> Field:
    """Paint a crumpled surface of triangles, each lit by its own slope.

    Colours: dark to light.
    """
    canvas = Canvas(brief)
    cells = brief.count("cells", 9)
    step = min(canvas.shape) / cells
    columns, rows = int(canvas.width / step) + 3, int(canvas.height / step) + 3
    points = np.stack(np.meshgrid(np.arange(columns), np.arange(rows)), -1) - 1.0
    points[1::2, :, 0] += 0.5
    points = (points + canvas.rng.uniform(-0.3, 0.3, points.shape)) * step
    hills = fractal(canvas.rng, (rows, columns), 4, 2) + canvas.rng.uniform(
        0, 0.22, (rows, columns)
    )
    tone = np.zeros(canvas.shape, dtype=np.float32)
    stencil = canvas.stencil()
    for row in range(rows - 1):
        for column in range(columns - 1):
            square = [(row, column), (row, column + 1), (row + 1, column), (row + 1, column + 1)]
            pick = ((0, 1, 2), (1, 2, 3)) if row % 2 else ((0, 1, 3), (0, 2, 3))
            for corners in pick:
                cut = [square[i] for i in corners]
                level = [hills[c] for c in cut]
                place = (
                    points[cut[0]][0] / canvas.width * 0.4
                    + points[cut[0]][1] / canvas.height * 0.25
                )
                value = 60 * np.mean(level) + 130 * place + 160 * (level[1] - level[2]) + 70
                stencil.polygon([tuple(points[c]) for c in cut], int(np.clip(value, 2, 255)))
    image, left, top = stencil.cut()
    part = np.asarray(image, dtype=np.float32) / 255
    tone[top : top + part.shape[0], left : left + part.shape[1]] = part
    canvas.planes = ramp(canvas.colours, tone)
    return canvas.planes


def bauhaus(brief: Brief) -> Field:
    """Paint a poster of quarter circles, dots and bars on a grid.

    Colours: ground, then inks.
    """
    canvas = Canvas(brief)
    ground, *inks = canvas.colours
    canvas.wash([ground, ground])
    cells = brief.count("cells", 5)
    step = min(canvas.shape) / cells
    layers = [canvas.stencil() for _ in inks]
    rng = canvas.rng
    for row in range(math.ceil(canvas.height / step)):
        for column in range(math.ceil(canvas.width / step)):
            corner = (column * step, row * step)
            back, front = rng.permutation(len(inks))[:2]
            if rng.random() < 0.6:
                layers[back].rectangle(*corner, corner[0] + step, corner[1] + step)
            for layer in layers:
                _motif(
                    layer,
                    brief.seed * 997 + row * 31 + column,
                    corner,
                    step,
                    layer is layers[front],
                )
    for layer, ink in zip(layers, inks, strict=True):
        canvas.stamp(layer, ink)
    return canvas.planes


def _motif(
    layer: Stencil, choice: int, corner: tuple[float, float], step: float, ink: bool
) -> None:
    """Draw one figure of the poster, or clear its place in the other inks' layers."""
    left, top = corner
    value = 255 if ink else 0
    rng = np.random.Generator(np.random.PCG64(choice))
    kind = rng.random()
    if kind < 0.5:
        corner_x, corner_y = int(rng.integers(0, 2)), int(rng.integers(0, 2))
        start = {(0, 0): 0, (1, 0): 90, (1, 1): 180, (0, 1): 270}[corner_x, corner_y]
        x, y = left + step * corner_x, top + step * corner_y
        layer.slice(x, y, step, start, start + 90, value=value)
    elif kind < 0.72:
        side = int(rng.integers(0, 4))
        x, y = left + step * (0.5, 1, 0.5, 0)[side], top + step * (1, 0.5, 0, 0.5)[side]
        start = side * 90 + 180 - 180 * (side % 2)
        layer.slice(x, y, step / 2, start, start + 180, value=value)
    elif kind < 0.88:
        layer.ellipse(left + step / 2, top + step / 2, step * 0.3, step * 0.3, value)
    else:
        for edge in (left + step * bar / 4 for bar in range(4)):
            layer.rectangle(edge, top, edge + step / 8, top + step, value)


def tiles(brief: Brief) -> Field:
    """Paint arcs that join across a grid of turned tiles.

    Colours: ground from top to low, lines.
    """
    canvas = Canvas(brief)
    cells = brief.count("cells", 7)
    step = np.float32(min(canvas.shape) / cells)
    y = np.arange(canvas.height, dtype=np.float32)[:, None] / step
    x = np.arange(canvas.width, dtype=np.float32)[None, :] / step
    turned = canvas.rng.random((int(y.max()) + 1, int(x.max()) + 1)) < 0.5
    flip = turned[y.astype(np.int32), x.astype(np.int32)]
    part_x, part_y = x % 1, y % 1
    part_x = np.where(flip, 1 - part_x, part_x).astype(np.float32)
    near = np.minimum(part_x**2 + part_y**2, (1 - part_x) ** 2 + (1 - part_y) ** 2)
    distance = np.abs(np.sqrt(near) - np.float32(0.5))
    bands = brief.count("bands", 3)
    wide = np.float32(brief.knob("wide", 0.34))
    place = np.clip(distance / wide * bands, 0, bands)
    edge = np.clip((0.5 - np.abs(place % 1 - 0.5)) * step * wide / bands * 2 - 0.8, 0, 1)
    inside = np.clip((wide - distance) * step + 0.5, 0, 1)
    glide = np.clip(x / x.max() * 0.6 + y / y.max() * 0.4, 0, 1)
    ground, low, *lines = canvas.colours
    canvas.wash([ground, low])
    shade = (0.62 + 0.38 * np.floor(place) / max(bands - 1, 1)).astype(np.float32)
    for plane, tone in zip(canvas.planes, ramp(lines, glide.astype(np.float32)), strict=True):
        plane[:] += (tone * shade - plane) * inside * edge
    return canvas.planes


def interference(brief: Brief) -> Field:
    """Paint rings from several sources crossing each other.

    Colours: trough to crest.
    """
    canvas = Canvas(brief)
    half = (canvas.height // 2, canvas.width // 2)
    y, x = np.mgrid[0 : half[0], 0 : half[1]].astype(np.float32) / np.float32(min(half))
    total = np.zeros(half, dtype=np.float32)
    sources = brief.count("sources", 3)
    for _ in range(sources):
        spot = canvas.rng.uniform(-0.1, 1.1, 2) * (half[1] / min(half), half[0] / min(half))
        distance = np.sqrt((x - spot[0]) ** 2 + (y - spot[1]) ** 2)
        total += np.sin(distance * brief.knob("rate", 42)) / (0.6 + distance)
    down, across = np.gradient(total)
    tone = stretch(total) * 0.6 + 0.35 * (x / x.max()) * (y / y.max()) + 0.05
    canvas.colour_in(enlarge(tone.astype(np.float32), canvas.shape), canvas.colours)
    light = enlarge(np.clip((across - down) * 4.2, -1, 1).astype(np.float32), canvas.shape)
    canvas.multiply(1 + np.clip(light, -0.5, 0.12))
    canvas.light(np.clip(light * np.float32(0.3), 0, 1), _WHITE)
    return canvas.planes
