"""City nights: lamps out of focus, rain on glass, skylines mirrored in water."""

from __future__ import annotations

import numpy as np

from .brief import Brief
from .canvas import Canvas
from .colour import Field, mix
from .noise import profile
from .sky import clouds, stars, sun
from .stencil import Stencil

_WHITE = np.ones(3, dtype=np.float32)
_BLACK = np.zeros(3, dtype=np.float32)


def bokeh(brief: Brief) -> Field:
    """Paint lamps far out of focus.

    Colours: ground top, ground low, then lamps.
    """
    canvas = Canvas(brief)
    top, low, *lamps = canvas.colours
    canvas.wash([top, low, mix(low, _BLACK, 0.5)])
    rng = canvas.rng
    for index in range(7):
        canvas.glow(
            rng.random(),
            rng.normal(0.55, 0.15),
            rng.uniform(0.15, 0.4),
            lamps[index % len(lamps)],
            strength=0.13,
            flat=1.4,
        )
    count = brief.count("count", 90)
    for index in range(count):
        size = (0.008 + 0.055 * rng.random() ** 1.5) * brief.knob("size", 1)
        x, y = (
            rng.random(),
            float(np.clip(rng.normal(brief.knob("y", 0.58), brief.knob("spread", 0.17)), 0, 1)),
        )
        lamp(canvas, x, y, size, lamps[index % len(lamps)], power=rng.uniform(0.18, 0.95))
    if brief.has("drops"):
        _drops(canvas, brief.count("drops", 300))
    return canvas.planes


def lamp(canvas: Canvas, x: float, y: float, size: float, colour: Field, *, power: float) -> None:
    """Add one out-of-focus lamp: an even disc with a brighter rim."""
    reach = size * min(canvas.shape)
    left, right = (
        int(np.clip(x * canvas.width + d * (reach + 2), 0, canvas.width)) for d in (-1, 1)
    )
    top, bottom = (
        int(np.clip(y * canvas.height + d * (reach + 2), 0, canvas.height)) for d in (-1, 1)
    )
    across = (np.arange(left, right) - x * canvas.width).astype(np.float32)[None, :]
    down = (np.arange(top, bottom) - y * canvas.height).astype(np.float32)[:, None]
    distance = np.sqrt(across**2 + down**2)
    cover = np.clip((reach - distance) / 2.5 + 0.5, 0, 1)
    rim = (distance / np.float32(reach)) ** 6
    mask = cover * (np.float32(0.62 * power) + np.float32(0.38 * power) * np.minimum(rim, 1))
    canvas.light(mask, mix(colour, _WHITE, 0.08), top, left)


def _drops(canvas: Canvas, count: int) -> None:
    """Bead a window with drops, each a small lens showing the scene upside down."""
    rng = canvas.rng
    source = canvas.planes[:, ::8, ::8].copy()
    for _ in range(count):
        reach = canvas.unit * (4 + 24 * rng.random() ** 4)
        x, y = rng.random() * canvas.width, rng.random() * canvas.height
        size = int(reach) + 2
        left, top = int(x) - size, int(y) - size
        if (
            left < 0
            or top < 0
            or left + 2 * size >= canvas.width
            or top + 2 * size >= canvas.height
        ):
            continue
        span = np.arange(-size, size, dtype=np.float32) / np.float32(reach)
        across, down = span[None, :], span[:, None] * np.float32(0.88)
        distance = np.sqrt(across**2 + down**2)
        cover = np.clip((1 - distance) * np.float32(reach) + 0.5, 0, 1)
        rows = np.clip(y / 8 - down * 30, 0, source.shape[1] - 1).astype(np.int32)
        columns = np.clip(x / 8 - across * 30, 0, source.shape[2] - 1).astype(np.int32)
        lens = source[:, rows, columns] * (1.25 - 0.75 * distance**3) + 0.22 * np.clip(down, 0, 1)
        shine = np.exp(-((across + 0.35) ** 2 + (down + 0.4) ** 2) * 22)
        view = canvas.planes[:, top : top + 2 * size, left : left + 2 * size]
        view += (np.clip(lens + shine * 0.6, 0, 1) - view) * cover


def skyline(brief: Brief) -> Field:
    """Paint towers mirrored in water.

    Colours: sky top, sky low, towers, windows, accent.
    """
    canvas = Canvas(brief)
    top, low, tower, window, accent = canvas.colours[:5]
    shore = brief.knob("shore", 0.72)
    canvas.wash([top, mix(top, low, 0.6), low], 0, shore)
    if brief.has("stars"):
        stars(canvas, brief.count("stars", 500), shore * 0.7, 10)
    if brief.has("moon"):
        sun(
            canvas,
            brief.knob("x", 0.75),
            brief.knob("y", 0.2),
            brief.knob("moon", 0.06),
            mix(low, _WHITE, brief.knob("pale", 0.7)),
        )
    clouds(canvas, mix(low, _WHITE, 0.15), 0.0, shore, brief.knob("cloud", 0.35))
    canvas.glow(0.5, shore, 0.3, accent, strength=0.5, flat=3)
    for part in (0.0, 0.5, 1.0):
        towers(canvas, shore, part, mix(low, tower, 0.45 + 0.55 * part), window, accent=accent)
    canvas.mirror(shore, 9, 0.62)
    canvas.glow(0.5, shore, 0.012, accent, strength=0.7, flat=60)
    return canvas.planes


def towers(
    canvas: Canvas, shore: float, part: float, colour: Field, window: Field, *, accent: Field
) -> None:
    """Build one row of towers, their windows and the beacons on their roofs."""
    walls, warm, cool = canvas.stencil(), canvas.stencil(), canvas.stencil()
    rng = canvas.rng
    foot = shore * canvas.height
    x = -0.02 * canvas.width
    rise = profile(rng, canvas.width, 3, 2)
    while x < canvas.width:
        wide = canvas.unit * rng.uniform(38, 110) * (0.7 + 0.5 * part)
        column = int(np.clip(x + wide / 2, 0, canvas.width - 1))
        tall = (
            canvas.height
            * (0.1 + 0.32 * rise[column] * rng.uniform(0.5, 1.25))
            * (1.1 - 0.5 * part)
        )
        walls.rectangle(x, foot - tall, x + wide, foot + 2)
        if rng.random() < 0.35:
            walls.rectangle(x + wide * 0.25, foot - tall * 1.1, x + wide * 0.75, foot)
        if rng.random() < 0.3:
            walls.line(
                [(x + wide / 2, foot - tall * 1.35), (x + wide / 2, foot)], 1.6 * canvas.unit
            )
            cool.ellipse(x + wide / 2, foot - tall * 1.35, 2.4 * canvas.unit, 2.4 * canvas.unit)
        _windows(
            (warm, cool), rng, (x, foot - tall, wide, tall), canvas.unit * (0.75 + 0.35 * part)
        )
        x += wide * rng.uniform(0.85, 1.35)
    canvas.stamp(walls, colour)
    canvas.stamp(warm, window, 0.35 + 0.55 * part)
    canvas.stamp(cool, mix(accent, _WHITE, 0.3), 0.3 + 0.5 * part)


def _windows(
    lights: tuple[Stencil, Stencil],
    rng: np.random.Generator,
    wall: tuple[float, float, float, float],
    unit: float,
) -> None:
    left, top, wide, tall = wall
    step_x, step_y = unit * rng.uniform(8, 13), unit * rng.uniform(11, 16)
    share = rng.uniform(0.12, 0.5)
    columns, rows = int(wide / step_x) - 1, int(tall / step_y) - 1
    if columns < 1 or rows < 1:
        return
    lit = np.argwhere(rng.random((rows, columns)) < share)
    tones = rng.integers(110, 255, len(lit))
    for (row, column), tone in zip(lit, tones, strict=True):
        x, y = left + (column + 0.75) * step_x, top + (row + 0.75) * step_y
        target = lights[0] if (row * 7 + column * 3) % 5 else lights[1]
        target.rectangle(x, y, x + step_x * 0.5, y + step_y * 0.5, int(tone))
