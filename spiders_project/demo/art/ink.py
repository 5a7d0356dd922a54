"""Ink-wash landscapes on paper: peaks in mist, lone boats, ranges in blue and green."""

from __future__ import annotations

import numpy as np

from .brief import Brief
from .brush import boat, leaf
from .canvas import Canvas
from .colour import Field, mix
from .noise import bend, enlarge, fractal, profile, smooth
from .sky import sun
from .woods import birds

_DARK = np.zeros(3, dtype=np.float32)
_WHITE = np.ones(3, dtype=np.float32)


def paper(canvas: Canvas, tone: Field) -> None:
    """Lay a sheet of fibrous paper, a little darker towards its edges."""
    stains = fractal(canvas.rng, canvas.small, 2, 3, 0.5)
    fibre = fractal(canvas.rng, canvas.small, 60, 2, 0.6, aspect=3)
    down = np.linspace(-1, 1, canvas.small[0], dtype=np.float32)[:, None]
    across = np.linspace(-1, 1, canvas.small[1], dtype=np.float32)[None, :]
    edge: Field = 1 - np.float32(0.1) * (down**2 * 0.7 + across**2 * 0.7) ** np.float32(1.5)
    sheet = enlarge(edge * (0.97 + 0.05 * (stains - 0.5) + 0.035 * (fibre - 0.5)), canvas.shape)
    for plane, value in zip(canvas.planes, tone, strict=True):
        np.multiply(sheet, value, out=plane)


def karst(canvas: Canvas, base: float, tall: float, sharp: float, cells: float) -> Field:
    """Return the skyline of steep karst towers, in pixels from the top."""
    x = np.linspace(0, canvas.width / canvas.height, canvas.width)
    total = np.zeros(canvas.width)
    for _ in range(max(2, round(cells * canvas.width / canvas.height))):
        centre = canvas.rng.uniform(-0.1, 1.1) * canvas.width / canvas.height
        half = canvas.rng.uniform(0.06, 0.2) / sharp
        height = tall * canvas.rng.uniform(0.35, 1.0)
        total = np.maximum(total, height * np.exp(-(np.abs((x - centre) / half) ** 2.4)))
    rough = profile(canvas.rng, canvas.width, 9, 6, 0.55, ridged=True) - 0.5
    soft = profile(canvas.rng, canvas.width, 3, 3, 0.5)
    rows = (base - total * (1 + 0.13 * rough) - 0.06 * soft - 0.012 * rough) * canvas.height
    line: Field = rows.astype(np.float32)
    return line


def ink_range(canvas: Canvas, rows: Field, ink: Field, power: float, depth: float) -> None:
    """Wash one range: dark and dry along its crest, dissolving into mist at its foot."""
    first = max(0, int(rows.min()) - 2)
    last = min(canvas.height, int(rows.max() + depth * canvas.height * 1.2))
    half = ((last - first) // 3, canvas.width // 3)
    y = np.linspace(first, last, half[0], dtype=np.float32)[:, None]
    deep = (
        y - np.interp(np.linspace(0, 1, half[1]), np.linspace(0, 1, rows.size), rows)
    ) / np.float32(depth * canvas.height)
    deep = deep.astype(np.float32)
    strokes = fractal(canvas.rng, half, 26, 3, 0.6, aspect=0.35, ridged=True)
    strokes = bend(strokes, 11 * fractal(canvas.rng, half, 5, 2), 5 * strokes)
    pool = fractal(canvas.rng, half, 5, 4, 0.55)
    fade = np.exp(-np.clip(deep, 0, None) * 1.5) * np.clip(1.15 - deep * (0.6 + 0.5 * pool), 0, 1)
    wash = fade * (0.5 + 0.45 * pool) + 0.55 * smooth(0.55, 0.95, strokes) * fade
    wash += 0.3 * np.exp(-np.clip(deep, 0, None) * 38)
    amount = enlarge(np.clip(wash * power, 0, 1).astype(np.float32), (last - first, canvas.width))
    rows_y = np.arange(first, last, dtype=np.float32)[:, None]
    slope = np.minimum(1, 1.6 / np.sqrt(1 + np.gradient(rows) ** 2)).astype(np.float32)
    amount = np.clip(amount, 0, 1) * np.clip((rows_y - rows) * slope + 0.5, 0, 1)
    canvas.tint(amount, ink, first)


def ink_peaks(brief: Brief) -> Field:
    """Paint towers of rock above drifting mist.

    Colours: paper, far ink, near ink, sun.
    """
    canvas = Canvas(brief)
    sheet, far, near, red = canvas.colours[:4]
    paper(canvas, sheet)
    if brief.knob("disc", 0.055):
        canvas.disc(
            brief.knob("x", 0.72),
            brief.knob("y", 0.2),
            brief.knob("disc", 0.055),
            red,
            strength=0.88,
            soft=3,
        )
    layers = brief.count("layers", 4)
    for index in range(layers):
        part = index / max(layers - 1, 1)
        base = brief.knob("base", 0.55) + (0.97 - brief.knob("base", 0.55)) * part
        tall = brief.knob("tall", 0.42) * (1 - 0.35 * part)
        rows = karst(canvas, base, tall, brief.knob("sharp", 1.3), brief.knob("cells", 3.4))
        ink_range(canvas, rows, mix(far, near, part), 0.32 + 0.5 * part, 0.3)
        _mist(canvas, base, sheet)
    if brief.has("birds"):
        birds(
            canvas,
            brief.knob("x", 0.72) - 0.1,
            brief.knob("y", 0.2) + 0.04,
            near,
            brief.count("birds", 6),
            size=1.2,
        )
    if brief.has("boat"):
        boat(canvas, brief.knob("boat", 0.3), 0.93, near, brief.knob("boat_size", 0.09))
    return canvas.planes


def _mist(canvas: Canvas, level: float, tone: Field) -> None:
    """Let a bank of mist lie across the foot of a range."""
    first, last = (int(np.clip(level + d, 0, 1) * canvas.height) for d in (-0.13, 0.2))
    if last - first < 16:
        return
    work = ((last - first) // 4, canvas.width // 4)
    cloud = fractal(canvas.rng, work, 4, 4, 0.5, aspect=2.5)
    place: Field = np.sin(np.linspace(0, 3.14, work[0], dtype=np.float32))[:, None]
    veil = np.clip(place * 1.4 * smooth(0.15, 0.75, cloud + place * 0.2), 0, 0.92)
    canvas.tint(
        enlarge(veil.astype(np.float32), (last - first, canvas.width)),
        tone * np.float32(0.98),
        first,
    )


def lone_boat(brief: Brief) -> Field:
    """Paint a boat alone on wide water, far hills above.

    Colours: paper, far ink, near ink, moon.
    """
    canvas = Canvas(brief)
    sheet, far, near, moon = canvas.colours[:4]
    paper(canvas, sheet)
    if brief.has("moon"):
        canvas.glow(brief.knob("x", 0.74), brief.knob("y", 0.2), 0.16, moon, strength=0.6)
        canvas.disc(
            brief.knob("x", 0.74),
            brief.knob("y", 0.2),
            brief.knob("moon", 0.07),
            moon,
            strength=0.95,
            soft=3,
        )
    for part in (0.0, 1.0):
        rows = karst(canvas, 0.47 + 0.05 * part, 0.2 - 0.06 * part, 0.55, 2.4)
        ink_range(canvas, rows, mix(far, near, part * 0.5), 0.26 + 0.2 * part, 0.16)
    _mist(canvas, 0.53, sheet)
    _ripples(canvas, far)
    boat(
        canvas,
        brief.knob("boat", 0.36),
        brief.knob("water", 0.74),
        near,
        brief.knob("boat_size", 0.17),
    )
    side = 1 if brief.knob("boat", 0.36) < 0.5 else 0
    _reeds(canvas, side, brief.count("reeds", 0), near)
    return canvas.planes


def _ripples(canvas: Canvas, ink: Field) -> None:
    """Draw a few thin lines on still water."""
    stencil = canvas.stencil()
    for _ in range(26):
        y = canvas.rng.uniform(0.6, 0.97)
        x, wide = canvas.rng.uniform(0, 1), canvas.rng.uniform(0.03, 0.14) * (y - 0.35)
        path = [
            ((x + wide * t) * canvas.width, y * canvas.height + 2.5 * np.sin(t * 6))
            for t in np.linspace(-1, 1, 12)
        ]
        stencil.line(path, 1.2 * canvas.unit)
    canvas.stamp(stencil, ink, 0.4)


def _reeds(canvas: Canvas, side: float, count: int, ink: Field) -> None:
    """Grow reeds in one of the lower corners."""
    for _ in range(count):
        x = side + canvas.rng.normal(0, 0.09)
        foot = (x * canvas.width, canvas.height * canvas.rng.uniform(0.98, 1.05))
        tall = canvas.height * canvas.rng.uniform(0.15, 0.42)
        turn = canvas.rng.normal(-1.57, 0.2)
        leaf(canvas, foot, turn, tall, tall * 0.022, ink=ink, power=0.8)


def blue_green(brief: Brief) -> Field:
    """Paint ranges in mineral blue and green with gilded feet.

    Colours: silk, ochre, green, blue, ink
    """
    canvas = Canvas(brief)
    silk, ochre, green, blue, ink = canvas.colours[:5]
    canvas.wash([mix(silk, ochre, 0.12), silk, mix(silk, ochre, 0.35)])
    if brief.has("disc"):
        place = (brief.knob("x", 0.3), brief.knob("y", 0.18))
        sun(canvas, *place, brief.knob("disc", 0.06), mix(silk, _WHITE, 0.7))
    layers = brief.count("layers", 6)
    for index in range(layers):
        part = index / (layers - 1)
        tall = brief.knob("tall", 0.34) * (1 - 0.3 * part)
        rows = karst(canvas, 0.5 + 0.55 * part, tall, 0.7, 2.2)
        haze = 0.25 + 0.75 * part
        crest = mix(silk, mix(blue, ink, 0.15 * part), haze)
        foot = mix(silk, mix(green, ochre, 0.6), haze * 0.9)
        shades = [crest, mix(silk, green, haze), foot, mix(silk, ochre, 0.35)]
        canvas.ridge(rows, shades, 0.34)
        _veins(canvas, rows, mix(crest, _DARK, 0.4), 0.55 * haze)
        _gilding(canvas, rows, mix(ochre, _WHITE, 0.4))
    if brief.has("birds"):
        birds(canvas, 0.6, 0.2, ink, brief.count("birds", 7), size=1.2)
    return canvas.planes


def _veins(canvas: Canvas, rows: Field, colour: Field, power: float) -> None:
    """Mark the folds of a range, most clearly near its crest."""
    first = max(0, int(rows.min()))
    last = min(canvas.height, int(rows.max() + 0.4 * canvas.height))
    half = ((last - first) // 2, canvas.width // 2)
    if half[0] < 8:
        return
    folds = fractal(canvas.rng, half, 16, 3, 0.55, aspect=0.4, ridged=True)
    y = np.linspace(first, last, half[0], dtype=np.float32)[:, None]
    deep = (y - rows[: half[1] * 2 : 2]) * np.float32(1 / canvas.height)
    fade = np.exp(np.clip(deep, 0, None) * -8) * np.float32(power) * smooth(0, 0.006, deep)
    canvas.tint(
        enlarge(smooth(0.62, 0.95, folds) * fade, (last - first, canvas.width)), colour, first
    )


def _gilding(canvas: Canvas, rows: Field, colour: Field) -> None:
    """Run a thin line of gold along a crest."""
    first = max(0, int(rows.min()))
    last = min(canvas.height, int(rows.max()) + round(0.02 * canvas.height))
    if last <= first:
        return
    deep = np.arange(first, last, dtype=np.float32)[:, None] - rows
    line = np.exp(np.clip(deep, 0, None) * np.float32(-260 / canvas.height)) * (deep > 0)
    canvas.tint(line * np.float32(0.6), colour, first)
