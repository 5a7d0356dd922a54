"""Abstract pictures: silk, ribbons, soft meshes, folded paper and glass balls."""

from __future__ import annotations

import numpy as np

from .brief import Brief
from .canvas import Canvas
from .colour import Field, mix, ramp
from .noise import bend, enlarge, fractal, smooth, stretch

_WHITE = np.ones(3, dtype=np.float32)


def silk(brief: Brief) -> Field:
    """Paint folds of shining cloth.

    Colours: along the folds, dark to light.
    """
    canvas = Canvas(brief)
    half = (canvas.height // 2, canvas.width // 2)
    size = max(half)
    one = fractal(canvas.rng, half, brief.knob("cells", 1.6), 2, 0.35) - 0.5
    two = fractal(canvas.rng, half, brief.knob("cells", 1.6), 2, 0.35) - 0.5
    base = fractal(canvas.rng, half, 2.0, 2, 0.4)
    reach = np.float32(size * brief.knob("fold", 0.9))
    cloth = bend(base, one * reach, two * reach)
    folds = np.asarray(
        0.5 + 0.5 * np.sin(cloth * brief.knob("waves", 16) + one * 6), dtype=np.float32
    )
    down, across = np.gradient(folds)
    shine = np.asarray((across * 0.8 - down * 0.6) * (size / 60), dtype=np.float32)
    tone = np.asarray(np.clip(cloth * 0.75 + folds * 0.2 + 0.02, 0, 1), dtype=np.float32)
    canvas.colour_in(enlarge(tone, canvas.shape), canvas.colours)
    light = enlarge(shine, canvas.shape)
    canvas.multiply(1 - np.clip(-light, 0, 0.6))
    canvas.light(np.clip(light * np.float32(0.7), 0, 0.6), mix(canvas.colours[-1], _WHITE, 0.5))
    return canvas.planes


def ribbons(brief: Brief) -> Field:
    """Paint hundreds of fine strands along one current.

    Colours: ground top, ground low, strands.
    """
    canvas = Canvas(brief)
    top, low, *strands = canvas.colours
    canvas.wash([top, low])
    count = brief.count("strands", 90)
    x = np.linspace(-0.02, 1.02, 120)
    sway = canvas.rng.uniform(0, 6.3, 3)
    wide, tight = brief.knob("spread", 0.34), brief.knob("knot", 0.45)
    groups = 6
    for group in range(groups):
        stencil = canvas.stencil()
        for index in range(group, count, groups):
            part = index / (count - 1)
            open_ = 0.06 + np.abs(np.sin((x - tight) * 2.6)) ** 1.3
            y = 0.5 + 0.16 * np.sin(x * 4.2 + sway[0] + part * 1.5)
            y = y + wide * (part - 0.5) * open_ * np.cos(x * 2.1 + sway[1] + part * 2.2) * 2
            path = list(zip(x * canvas.width, y * canvas.height, strict=True))
            stencil.line(
                path,
                canvas.unit * brief.knob("pen", 1) * (0.8 + 1.5 * (index % 5 == 0)),
                120 + 27 * (index % 6),
            )
        place = group / (groups - 1) * (len(strands) - 1)
        colour = mix(strands[int(place)], strands[min(int(place) + 1, len(strands) - 1)], place % 1)
        canvas.stamp(stencil, colour, 0.95, brief.knob("halo", 9) * canvas.unit)
    return canvas.planes


def mesh(brief: Brief) -> Field:
    """Paint a soft mesh of colours melting into each other, with a fine bend; any colours."""
    canvas = Canvas(brief)
    height, width = canvas.small
    ratio = width / height
    y, x = np.mgrid[0:height, 0:width].astype(np.float32) / np.float32(height)
    fold = brief.knob("fold", 0.35)
    bent_x = x + fold * (fractal(canvas.rng, canvas.small, 2.2, 2) - 0.5)
    bent_y = y + fold * (fractal(canvas.rng, canvas.small, 2.2, 2) - 0.5)
    total = np.full((height, width), 1e-3, dtype=np.float32)
    planes = np.zeros((3, height, width), dtype=np.float32)
    for index in range(len(canvas.colours) * 2):
        colour = canvas.colours[index % len(canvas.colours)]
        spot = canvas.rng.random(2) * (ratio, 1)
        near = np.exp(-((bent_x - spot[0]) ** 2 + (bent_y - spot[1]) ** 2) * brief.knob("focus", 9))
        total += near
        planes += colour[:, None, None] * near
    for target, plane in zip(canvas.planes, planes, strict=True):
        target[:] = enlarge(plane / total, canvas.shape)
    if brief.has("glass"):
        _reeded(canvas, brief.count("glass", 24))
    return canvas.planes


def _reeded(canvas: Canvas, panes: int) -> None:
    """Look at the sheet through reeded glass: upright ribs, each bending what is behind."""
    place = np.linspace(0, panes, canvas.width, endpoint=False)
    part = place % 1
    shift = (part - 0.5) * canvas.width / panes * 3.2
    source = np.clip(np.arange(canvas.width) - shift, 0, canvas.width - 1).astype(np.int32)
    canvas.planes = np.ascontiguousarray(canvas.planes[:, :, source])
    canvas.planes *= (0.86 + 0.22 * part).astype(np.float32)


def folded_paper(brief: Brief) -> Field:
    """Paint sheets of paper fanned over each other with soft shadows.

    Colours: back to front.
    """
    canvas = Canvas(brief)
    half = (canvas.height // 2, canvas.width // 2)
    y, x = np.mgrid[0 : half[0], 0 : half[1]].astype(np.float32) / np.float32(min(half))
    layers = brief.count("layers", 9)
    angle = brief.knob("angle", 0.6)
    along = x * np.float32(np.cos(angle)) + y * np.float32(np.sin(angle))
    across = y * np.float32(np.cos(angle)) - x * np.float32(np.sin(angle))
    along = stretch(along)
    tone = np.zeros(half, dtype=np.float32)
    shade = np.ones(half, dtype=np.float32)
    for index in range(layers):
        edge = (index + 0.6) / (layers + 0.6)
        sway = canvas.rng.uniform(0.05, 0.1) * np.sin(
            across * canvas.rng.uniform(1.6, 3) + canvas.rng.uniform(0, 6.3)
        )
        gap = along - np.float32(edge) - sway.astype(np.float32)
        over = gap > 0
        shade = np.where(over, 1, shade * (1 - 0.55 * np.exp(-np.clip(-gap, 0, None) * 26)))
        tone = np.where(over, np.float32(index / (layers - 1)) + gap * np.float32(0.35), tone)
    canvas.colour_in(enlarge(np.clip(tone, 0, 1).astype(np.float32), canvas.shape), canvas.colours)
    canvas.multiply(enlarge(shade.astype(np.float32), canvas.shape))
    return canvas.planes


def orbs(brief: Brief) -> Field:
    """Paint glass balls of graded colour floating over a wash.

    Colours: two for ground, then balls.
    """
    canvas = Canvas(brief)
    top, low, *tones = canvas.colours
    canvas.wash([top, low])
    rng = canvas.rng
    for index in range(brief.count("count", 9)):
        radius = brief.knob("size", 0.3) * (0.25 + 0.75 * rng.random() ** 1.6) * min(canvas.shape)
        x, y = rng.uniform(0.05, 0.95) * canvas.width, rng.uniform(0.05, 0.95) * canvas.height
        one, two = tones[index % len(tones)], tones[(index + 1) % len(tones)]
        orb(canvas, (x, y, radius), one, two)
    return canvas.planes


def orb(canvas: Canvas, ball: tuple[float, float, float], one: Field, two: Field) -> None:
    """Paint one shaded ball, given its centre and radius in pixels, and its shadow."""
    x, y, radius = ball
    left, right = (int(np.clip(x + side * radius * 1.5, 0, canvas.width)) for side in (-1, 1))
    top, bottom = (int(np.clip(y + side * radius * 1.5, 0, canvas.height)) for side in (-1, 1))
    across = ((np.arange(left, right) - x) / radius).astype(np.float32)[None, :]
    down = ((np.arange(top, bottom) - y) / radius).astype(np.float32)[:, None]
    distance = np.sqrt(across**2 + (down - 0.22) ** 2)
    canvas.planes[:, top:bottom, left:right] *= 1 - 0.3 * smooth(
        0, 1, np.clip(1.25 - distance, 0, 1)
    )
    distance = np.sqrt(across**2 + down**2)
    cover = np.clip((1 - distance) * np.float32(radius) + 0.5, 0, 1)
    tones = ramp([one, two], np.clip((across + down) * 0.4 + 0.5, 0, 1))
    rim = np.clip(distance, 0, 1) ** 6 * 0.35
    shine = np.exp(-((across + 0.38) ** 2 + (down + 0.42) ** 2) * 9) * 0.6
    for plane, tone in zip(canvas.planes[:, top:bottom, left:right], tones, strict=True):
        plane[:] += (np.minimum(tone + rim + shine, 1) - plane) * cover
