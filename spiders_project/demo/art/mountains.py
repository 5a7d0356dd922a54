"""Mountain scenes: ridges in mist, snow peaks over lakes, northern lights, dunes."""

from __future__ import annotations

import numpy as np

from .brief import Brief
from .canvas import Canvas
from .colour import Field, mix
from .noise import bend, enlarge, fractal, profile, smooth
from .sky import aurora, clouds, stars, sun
from .woods import birds, conifers


def misty_ridges(brief: Brief) -> Field:
    """Paint ridge behind ridge fading into the haze.

    Colours: sky top, sky low, light, far, near.
    """
    canvas = Canvas(brief)
    top, low, light, far, near = canvas.colours[:5]
    horizon = brief.knob("horizon", 0.42)
    canvas.wash([top, mix(top, low, 0.55), low], 0, horizon + 0.12)
    if brief.has("cloud"):
        clouds(canvas, light, 0.02, horizon, brief.knob("cloud", 0.4))
    sun(canvas, brief.knob("x", 0.65), brief.knob("y", 0.3), brief.knob("disc", 0.045), light)
    layers = brief.count("layers", 6)
    for index in range(layers):
        part = index / (layers - 1)
        base = horizon + (0.98 - horizon) * part**1.25
        swing = brief.knob("swing", 0.16) * (0.7 + 0.6 * part)
        line = profile(
            canvas.rng,
            canvas.width,
            1.5 + 2.5 * (1 - part) + canvas.rng.random(),
            8,
            0.47,
            ridged=part < 0.8,
        )
        shade = mix(far, near, part**1.1)
        mist = mix(mix(low, light, 0.35), shade, 0.25 + 0.6 * part)
        rows = (base - swing * (line - 0.35)) * canvas.height
        canvas.ridge(rows.astype(np.float32), [shade, mix(shade, mist, 0.55), mist], 0.26)
        if brief.has("trees") and part > 0.55:
            conifers(canvas, rows, shade, 0.025 + 0.07 * (part - 0.5) * brief.knob("trees", 1))
    if brief.has("birds"):
        birds(canvas, brief.knob("x", 0.65) - 0.12, horizon * 0.62, near, brief.count("birds", 7))
    return canvas.planes


def _rock(canvas: Canvas, shape: tuple[int, int], angle: float) -> Field:
    """Return how brightly each spot of a craggy slope is lit from one side."""
    work = (shape[0] // 2, shape[1] // 2)
    height = fractal(canvas.rng, work, 5, 6, 0.55, ridged=True)
    down, across = np.gradient(height)
    lit = across * np.float32(np.cos(angle)) + down * np.float32(np.sin(angle))
    return enlarge(np.asarray(lit * 38, dtype=np.float32), shape)


def snow_peaks(brief: Brief) -> Field:
    """Paint snow peaks mirrored in a lake.

    Colours: sky top, sky low, light, rock, snow, near.
    """
    canvas = Canvas(brief)
    top, low, light, rock, snow, near = canvas.colours[:6]
    shore = brief.knob("shore", 0.66)
    canvas.wash([top, low], 0, shore)
    if brief.has("stars"):
        stars(canvas, brief.count("stars", 900), shore)
    clouds(canvas, light, 0.0, shore, brief.knob("cloud", 0.5))
    peak = brief.knob("peak", 0.5)
    line = profile(canvas.rng, canvas.width, 3.2, 8, 0.5, ridged=True)
    hump = np.exp(-(((np.linspace(0, 1, canvas.width) - peak) / 0.22) ** 2))
    rows = (shore - 0.10 - brief.knob("tall", 0.3) * hump - 0.16 * (line - 0.3)) * canvas.height
    first, last = int(rows.min()), round(shore * canvas.height)
    before = canvas.planes[:, first:last].copy()
    lit = _rock(canvas, (last - first, canvas.width), 0.6)
    deep = (np.arange(first, last, dtype=np.float32)[:, None] - rows) / canvas.height
    white = smooth(-0.05, 0.12, 0.2 + 0.55 * lit - deep * np.float32(brief.knob("bare", 1.4)))
    canvas.planes[:, first:last] = rock[:, None, None] * (0.75 + 0.5 * np.clip(lit, -1, 1))
    shaded = mix(snow, mix(top, rock, 0.4), 0.55)
    canvas.tint(white, shaded, first)
    canvas.tint(white * np.clip(0.35 + lit * 1.2, 0, 1), snow, first)
    canvas.tint(np.clip(deep * 2.2, 0, 0.75), mix(low, light, 0.3), first)
    above = np.clip(0.5 - deep * canvas.height, 0, 1).astype(np.float32)
    canvas.planes[:, first:last] += (before - canvas.planes[:, first:last]) * above
    bank = (shore - 0.012 - 0.05 * profile(canvas.rng, canvas.width, 5, 5)) * canvas.height
    canvas.ridge(bank.astype(np.float32), [near, mix(near, rock, 0.3)], 0.1)
    conifers(canvas, bank.astype(np.float32), near, brief.knob("trees", 0.06))
    canvas.mirror(shore, brief.knob("ripple", 5), 0.86)
    canvas.glow(0.5, shore, 0.025, mix(low, light, 0.6), strength=0.55, flat=30)
    return canvas.planes


def northern_lights(brief: Brief) -> Field:
    """Paint curtains of light over dark hills.

    Colours: sky top, sky low, curtain, fringe, near.
    """
    canvas = Canvas(brief)
    top, low, curtain, fringe, near = canvas.colours[:5]
    shore = brief.knob("shore", 0.74)
    canvas.wash([top, low], 0, shore)
    stars(canvas, brief.count("stars", 1400), shore)
    count = brief.count("curtains", 3)
    aurora(canvas, curtain, fringe, shore * 0.86, brief.knob("strength", 0.85), count=count)
    for part in (0.0, 0.5, 1.0):
        line = profile(canvas.rng, canvas.width, 3 + 2 * part, 7, 0.48, ridged=True)
        rows = (shore + 0.01 - (0.15 - 0.09 * part) * line) * canvas.height
        shade = mix(mix(low, near, 0.55), near, part)
        canvas.ridge(rows.astype(np.float32), [shade, mix(shade, low, 0.25)], 0.2)
    if brief.has("trees"):
        conifers(canvas, rows.astype(np.float32), near, brief.knob("trees", 0.08))
    canvas.mirror(shore, brief.knob("ripple", 7), 0.72)
    canvas.glow(0.5, shore, 0.016, mix(low, curtain, 0.5), strength=0.4, flat=40)
    return canvas.planes


def dunes(brief: Brief) -> Field:
    """Paint wind-combed sand.

    Colours: sky top, sky low, light, lit sand, shaded sand.
    """
    canvas = Canvas(brief)
    top, low, light, lit, dark = canvas.colours[:5]
    horizon = brief.knob("horizon", 0.4)
    canvas.wash([top, low], 0, horizon + 0.05)
    if brief.has("stars"):
        stars(canvas, brief.count("stars", 700), horizon)
    sun(canvas, brief.knob("x", 0.3), brief.knob("y", 0.27), brief.knob("disc", 0.05), light)
    across = np.linspace(0, 1, canvas.width, dtype=np.float32)
    layers = brief.count("layers", 5)
    for index in range(layers):
        part = index / (layers - 1)
        wave = profile(canvas.rng, canvas.width, 1.2 + 2 * (1 - part), 2, 0.3)
        tilt = canvas.rng.uniform(-0.1, 0.1) * (across - 0.5)
        rows = (
            horizon + 0.5 * part**1.3 - (0.07 + 0.16 * part) * (wave - 0.4) + tilt
        ) * canvas.height
        first = max(0, int(rows.min()))
        haze = mix(low, light, 0.2)
        _dune(
            canvas,
            rows.astype(np.float32),
            mix(haze, lit, 0.4 + 0.6 * part),
            mix(haze, dark, 0.35 + 0.65 * part),
        )
        if part > 0.5:
            _sand(canvas, first, 0.05 * part)
    return canvas.planes


def _dune(canvas: Canvas, rows: Field, lit: Field, dark: Field) -> None:
    """Paint one dune: a lit windward face and a shaded face below its winding crest."""
    canvas.ridge(rows, [lit, mix(lit, dark, 0.35), mix(lit, dark, 0.7)], 0.42)
    first = max(0, int(rows.min()))
    crest = canvas.rng.uniform(0.25, 0.75) * canvas.width
    down = np.arange(canvas.height - first, dtype=np.float32)[:, None] / canvas.height
    curl = np.sin(down * 9 + canvas.rng.uniform(0, 6)) * 0.03 * canvas.width
    edge = crest + (down**0.8) * float(canvas.rng.choice([-1.0, 1.0])) * canvas.width * 0.9 + curl
    x = np.arange(canvas.width, dtype=np.float32)[None, :]
    below = np.clip((first + down * canvas.height) - rows, 0, 1)
    face = np.clip((x - edge) / (3 + 60 * down * canvas.unit) + 0.5, 0, 1)
    fade = np.clip(1 - down * 1.3, 0.15, 1)
    canvas.tint((face * below * fade * 0.8).astype(np.float32), dark, first)


def _sand(canvas: Canvas, first: int, depth: float) -> None:
    """Comb ripples into the sand below a row."""
    height = canvas.height - first
    small = (height // 2, canvas.width // 2)
    y, x = np.mgrid[0 : small[0], 0 : small[1]].astype(np.float32)
    wave = fractal(canvas.rng, small, 4, 3) * 34
    scale = 1.6 / (0.35 + y / small[0]) / canvas.unit
    lines = np.sin((y * 0.42 + x * 0.06) * scale * 0.6 + wave)
    canvas.multiply(enlarge((1 + depth * lines).astype(np.float32), (height, canvas.width)), first)


def contour_relief(brief: Brief) -> Field:
    """Paint a relief of stacked paper contours, each casting a soft shadow.

    Colours: low to high.
    """
    canvas = Canvas(brief)
    land = fractal(canvas.rng, canvas.small, brief.knob("cells", 2.2), 4, 0.38)
    field = enlarge(bend(land, 14 * land, 9 * land), canvas.shape)
    steps = brief.count("steps", 11)
    level = np.floor(field * steps)
    canvas.colour_in(level.astype(np.float32) / np.float32(steps - 1), canvas.colours)
    part = field * steps - level
    shade = np.roll(field, (round(-9 * canvas.unit), round(-7 * canvas.unit)), (0, 1))
    cast = smooth(0.0, 0.9, np.clip(np.floor(shade * steps) - level, 0, 1))
    soft = 1 - 0.32 * np.exp(-(1 - part) * 7) - 0.25 * cast
    canvas.multiply(soft.astype(np.float32))
    canvas.planes += 0.06 * np.exp(-part * 24)
    return canvas.planes
