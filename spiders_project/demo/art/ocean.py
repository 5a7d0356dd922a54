"""Sea scenes: low suns over water, layered waves, shafts of light, beaches from above."""

from __future__ import annotations

import numpy as np

from .brief import Brief
from .canvas import Canvas
from .colour import Field, mix
from .noise import bend, enlarge, fractal, profile, smooth, stretch
from .sky import clouds, stars, sun
from .woods import birds

_WHITE = np.ones(3, dtype=np.float32)


def low_sun(brief: Brief) -> Field:
    """Paint sun or moon above open water.

    Colours: sky top, sky middle, sky low, light, deep water.
    """
    canvas = Canvas(brief)
    top, middle, low, light, deep = canvas.colours[:5]
    horizon = brief.knob("horizon", 0.56)
    x = brief.knob("x", 0.5)
    canvas.wash([top, middle, low], 0, horizon)
    if brief.has("stars"):
        stars(canvas, brief.count("stars", 900), horizon * 0.9)
    clouds(canvas, mix(light, low, 0.3), 0.0, horizon, brief.knob("cloud", 0.55))
    sun(canvas, x, brief.knob("y", 0.44), brief.knob("disc", 0.06), light)
    if brief.has("islands"):
        _islands(canvas, horizon, mix(deep, middle, 0.4), brief.count("islands", 2))
    edge = round(horizon * canvas.height)
    canvas.planes[:, edge:] = 0
    canvas.wash([mix(low, deep, 0.35), mix(middle, deep, 0.72), deep], horizon, 1)
    _swell(canvas, edge, x, light, mix(low, middle, 0.4), glitter=brief.knob("glitter", 1))
    if brief.has("birds"):
        birds(canvas, x + 0.14, horizon * 0.5, deep, brief.count("birds", 6), size=1.3)
    return canvas.planes


def _swell(
    canvas: Canvas, edge: int, x: float, light: Field, sheen: Field, *, glitter: float
) -> None:
    """Cover water with waves that shrink towards the horizon and mirror the light."""
    height = canvas.height - edge
    waves = fractal(canvas.rng, (512, 1024), 64, 3, 0.6, aspect=2.6)
    down = np.linspace(0, 1, height, dtype=np.float32)
    near = 0.03 + down**1.1
    row = 280 * np.log(near * 30 + 1)
    index = np.arange(canvas.width, dtype=np.float32)[None, :] - x * canvas.width
    column = index / canvas.unit / (near[:, None] * 3.6 + 0.4)
    # The offset keeps columns positive; the shear keeps their edges from lining up.
    start = (column * 2 + 16384 + row[:, None] * 1.7).astype(np.int32) & 1023
    upper = row.astype(np.int32)[:, None]
    part = (row[:, None] - upper).astype(np.float32)
    field = waves[upper & 511, start] * (1 - part) + waves[(upper + 1) & 511, start] * part
    canvas.tint(smooth(0.5, 0.8, field) * np.float32(0.38), sheen, edge)
    spread = (0.035 + 0.16 * down[:, None]) * canvas.width
    path = np.exp(-((index / spread) ** 2)) * (1 - 0.45 * down[:, None])
    spark = smooth(0.62, 0.72, field + path * 0.2) * path
    canvas.light(np.clip(path * 0.22 * glitter, 0, 1), light, edge)
    canvas.light(np.clip(spark * glitter, 0, 1), mix(light, _WHITE, 0.35), edge)


def _islands(canvas: Canvas, horizon: float, colour: Field, count: int) -> None:
    """Set rocky islands on the horizon."""
    across = np.linspace(0, 1, canvas.width)
    for _ in range(count):
        centre, half = canvas.rng.uniform(0, 1), canvas.rng.uniform(0.05, 0.14)
        hump = np.clip(1 - ((across - centre) / half) ** 2, 0, 1) ** 0.8
        crag = profile(canvas.rng, canvas.width, 16, 6, 0.55, ridged=True)
        tall = hump * (0.03 + 0.1 * crag) * canvas.rng.uniform(0.6, 1.3)
        rows = (horizon + 0.004 - tall) * canvas.height + (hump == 0) * canvas.height
        canvas.ridge(rows.astype(np.float32), [colour, colour], 0.5)


def paper_waves(brief: Brief) -> Field:
    """Paint waves cut from layered paper under an open sky.

    Colours: sky top, sky low, then waves.
    """
    canvas = Canvas(brief)
    top, low, *waves = canvas.colours
    canvas.wash([top, low], 0, 0.6)
    if brief.has("disc"):
        sun(canvas, brief.knob("x", 0.7), brief.knob("y", 0.26), brief.knob("disc", 0.1), waves[0])
    layers = brief.count("layers", 8)
    start = brief.knob("start", 0.4)
    x = np.linspace(0, canvas.width / canvas.height, canvas.width, dtype=np.float32)
    for index in range(layers):
        part = index / (layers - 1)
        place = part * (len(waves) - 1)
        colour = mix(waves[int(place)], waves[min(int(place) + 1, len(waves) - 1)], place % 1)
        size = 0.025 + 0.035 * part
        phase = canvas.rng.uniform(0, 6.3)
        rate = brief.knob("rate", 1) * (5.5 - 2.5 * part) * canvas.rng.uniform(0.85, 1.15)
        theta = x * rate + phase + 0.7 * np.sin(x * rate * 0.37 + phase)
        crest = np.abs(np.sin(theta)) ** 0.8 if brief.has("sharp") else 0.5 + 0.5 * np.sin(theta)
        level = start + (1.0 - start) * part**1.1 + 0.02 * np.sin(x * 1.3 + phase)
        rows = ((level - size * crest * 1.6) * canvas.height).astype(np.float32)
        _shadow(canvas, rows)
        canvas.ridge(rows, [mix(colour, _WHITE, 0.25), colour, mix(colour, waves[-1], 0.35)], 0.16)
    return canvas.planes


def _shadow(canvas: Canvas, rows: Field) -> None:
    """Darken a soft band just above a skyline."""
    first = max(0, int(rows.min()) - 40)
    last = min(canvas.height, int(rows.max()) + 1)
    if last <= first:
        return
    y = np.arange(first, last, dtype=np.float32)[:, None]
    gap = np.clip((rows - y) / (canvas.unit * 34), 0, 1)
    canvas.multiply(1 - np.float32(0.4) * (1 - gap) ** 2, first)


def sunken_light(brief: Brief) -> Field:
    """Paint shafts of sun under water, with bubbles.

    Colours: surface, middle, depth, light.
    """
    canvas = Canvas(brief)
    surface, middle, depth, light = canvas.colours[:4]
    canvas.wash([surface, middle, depth, mix(depth, np.zeros(3, np.float32), 0.4)])
    height, width = canvas.small
    y = np.arange(height, dtype=np.float32)[:, None] / height
    x = np.arange(width, dtype=np.float32)[None, :] / width
    source = brief.knob("x", 0.4)
    angle = (x - source) / (y + 0.35)
    beams = profile(canvas.rng, 2048, 26, 4, 0.6)
    fan = beams[np.clip((angle * 0.16 + 0.5) * 2047, 0, 2047).astype(np.int32)]
    fade = np.exp(-y * 1.9) * np.exp(-(angle**2) * 0.8)
    shafts = (smooth(0.35, 1.0, fan) * fade * brief.knob("strength", 0.9)).astype(np.float32)
    canvas.light(enlarge(shafts, canvas.shape), light)
    canvas.glow(source, -0.02, 0.42, light, strength=0.75, flat=1.4)
    _caustics(canvas, light, brief.knob("caustics", 0.22))
    rng = canvas.rng
    for _ in range(brief.count("bubbles", 60)):
        size = 0.0015 + 0.009 * rng.random() ** 4
        spot = (rng.normal(source + 0.1, 0.16), rng.random())
        canvas.disc(*spot, size, mix(light, _WHITE, 0.3), strength=0.22, soft=2)
        canvas.disc(
            spot[0] - size * 0.15, spot[1] - size * 0.3, size * 0.3, _WHITE, strength=0.7, soft=2
        )
    if brief.has("floor"):
        for part in (0.0, 1.0):
            line = profile(rng, canvas.width, 4 + 3 * part, 6, 0.5, ridged=True)
            rows = (0.98 - (0.26 - 0.12 * part) * line) * canvas.height
            shade = mix(depth, np.zeros(3, np.float32), 0.35 + 0.4 * part)
            canvas.ridge(rows.astype(np.float32), [shade, mix(shade, depth, 0.4)], 0.2)
    return canvas.planes


def _caustics(canvas: Canvas, light: Field, strength: float) -> None:
    """Net the upper water with the bright lines a moving surface throws."""
    rows = round(canvas.height * 0.3)
    work = (rows // 2, canvas.width // 2)
    one = fractal(canvas.rng, work, 12, 3, 0.5, aspect=2.6)
    two = fractal(canvas.rng, work, 20, 2, 0.5, aspect=3)
    net = np.exp(-((np.abs(one - two) * 16) ** 1.2))
    fade = (1 - np.linspace(0, 1, work[0], dtype=np.float32)[:, None]) ** 2
    canvas.light(
        enlarge((net * fade * strength * 2).astype(np.float32), (rows, canvas.width)), light
    )


def beach(brief: Brief) -> Field:
    """Paint a shore seen from above, foam between sea and sand.

    Colours: deep, sea, shoal, sand.
    """
    canvas = Canvas(brief)
    deep, sea, shoal, sand = canvas.colours[:4]
    half = (canvas.height // 2, canvas.width // 2)
    y, x = np.mgrid[0 : half[0], 0 : half[1]].astype(np.float32) / max(half)
    angle = brief.knob("angle", 0.5)
    along = x * np.float32(np.cos(angle)) + y * np.float32(np.sin(angle))
    along = stretch(along) + (fractal(canvas.rng, half, 2.5, 4, 0.45) - 0.5) * 0.34
    shore = brief.knob("shore", 0.66)
    tone = np.interp(
        along,
        [0.0, shore - 0.3, shore - 0.03, shore + 0.01, shore + 0.09, 1.1],
        [0, 0.36, 0.62, 0.8, 0.9, 1],
    )
    canvas.colour_in(
        tone.astype(np.float32),
        [deep, sea, shoal, mix(sand, shoal, 0.18), mix(sand, deep, 0.18), sand],
    )
    lace = fractal(canvas.rng, half, 22, 3, 0.55, ridged=True)
    lace = bend(lace, 18 * fractal(canvas.rng, half, 8, 2), 18 * fractal(canvas.rng, half, 8, 2))
    foam = np.zeros(half, dtype=np.float32)
    for offset, wide, power in ((0.0, 0.05, 1.0), (-0.075, 0.035, 0.75), (-0.17, 0.03, 0.5)):
        gap = shore + offset - along + (lace - 0.5) * 0.02
        crest: Field = np.exp(-np.clip(gap, 0, None) / np.float32(wide)) * (gap > 0)
        edge = np.exp(-((gap - 0.004) ** 2) * 60000)
        foam = np.maximum(
            foam, power * np.clip(crest * smooth(0.42, 0.72, lace + crest * 0.22) + edge, 0, 1)
        )
    canvas.tint(
        np.clip(enlarge(foam.astype(np.float32), canvas.shape), 0, 0.96), mix(_WHITE, shoal, 0.04)
    )
    ripple = fractal(canvas.rng, half, 40, 2, 0.5, aspect=2)
    canvas.multiply(enlarge(1 + (ripple - 0.5) * np.float32(0.1), canvas.shape))
    return canvas.planes
