"""Space scenes: nebulae, planets, rings, galaxies, eclipses and a dawn seen from orbit."""

from __future__ import annotations

import math

import numpy as np

from .brief import Brief
from .canvas import Canvas
from .colour import Field, mix, ramp
from .noise import bend, enlarge, fractal, smooth, stretch
from .sky import stars

_WHITE = np.ones(3, dtype=np.float32)
_BLACK = np.zeros(3, dtype=np.float32)


def nebula(brief: Brief) -> Field:
    """Paint glowing gas with dark lanes and stars.

    Colours: void, two gases, the hot core.
    """
    canvas = Canvas(brief)
    void, one, two, hot = canvas.colours[:4]
    gas(canvas, [void, one, two, hot], brief.knob("density", 1.0), brief.knob("swirl", 1.0))
    stars(canvas, brief.count("stars", 1500))
    x, y = brief.knob("x", 0.58), brief.knob("y", 0.45)
    canvas.glow(x, y, 0.3, mix(two, hot, 0.5), strength=0.4)
    canvas.glow(x, y, 0.05, hot, strength=0.7)
    canvas.glow(x, y, 0.012, _WHITE, strength=1)
    return canvas.planes


def gas(canvas: Canvas, colours: list[Field], density: float, swirl: float) -> None:
    """Fill the sheet with folded clouds of two colours over the void."""
    void, one, two, hot = colours
    shape = canvas.small
    size = max(shape)
    fold_x = fractal(canvas.rng, shape, 2.2, 4, 0.5) - 0.5
    fold_y = fractal(canvas.rng, shape, 2.2, 4, 0.5) - 0.5
    base = fractal(canvas.rng, shape, 2.4, 6, 0.56)
    wisps = fractal(canvas.rng, shape, 4, 6, 0.6, ridged=True)
    reach = size * 0.22 * swirl
    cloud = bend(base, fold_x * reach, fold_y * reach)
    veil = bend(wisps, fold_y * reach * 1.4, fold_x * reach)
    thick = smooth(0.3, 0.95, cloud * density)
    hue = smooth(0.2, 0.8, stretch(fold_x + 0.5 * fold_y))
    planes = [
        void[i]
        + thick * (0.35 + 0.75 * veil) * ((one[i] + (two[i] - one[i]) * hue) * 1.05)
        + thick**3 * veil**2 * hot[i] * 0.9
        for i in range(3)
    ]
    lane = 1 - 0.75 * smooth(0.62, 0.85, bend(veil, fold_x * 30, fold_y * 60)) * (1 - thick)
    for target, plane in zip(canvas.planes, planes, strict=True):
        target[:] = enlarge((plane * lane).astype(np.float32), canvas.shape)
    np.minimum(canvas.planes, 1, out=canvas.planes)


def _sphere(canvas: Canvas, brief: Brief) -> tuple[int, int, Field, Field, Field]:
    """Return a ball's corner on the sheet, and for its box: x, y and height of the surface."""
    radius = brief.knob("radius", 0.3) * min(canvas.shape)
    left = max(0, int(brief.knob("x", 0.6) * canvas.width - radius * 1.15))
    top = max(0, int(brief.knob("y", 0.5) * canvas.height - radius * 1.15))
    right = min(canvas.width, int(brief.knob("x", 0.6) * canvas.width + radius * 1.15))
    bottom = min(canvas.height, int(brief.knob("y", 0.5) * canvas.height + radius * 1.15))
    x = (np.arange(left, right, dtype=np.float32) - brief.knob("x", 0.6) * canvas.width) / radius
    y = (np.arange(top, bottom, dtype=np.float32) - brief.knob("y", 0.5) * canvas.height) / radius
    x, y = np.broadcast_arrays(x[None, :].astype(np.float32), y[:, None].astype(np.float32))
    height = np.sqrt(np.clip(1 - x * x - y * y, 0, None))
    return left, top, x, y, height


def planet(brief: Brief) -> Field:
    """Paint a planet before faint gas.

    Colours: void, gas, its glow, then the surface dark to light.
    """
    canvas = Canvas(brief)
    void, haze, air, *surface = canvas.colours
    gas(canvas, [void, haze, mix(haze, air, 0.4), air], brief.knob("gas", 0.55), 1)
    stars(canvas, brief.count("stars", 1300))
    radius = brief.knob("radius", 0.3)
    canvas.glow(brief.knob("x", 0.6), brief.knob("y", 0.5), radius * 1.12, air, strength=0.45)
    ring = brief.knob("ring", 0)
    if ring:
        _ring(canvas, brief, surface, behind=True)
    globe(canvas, brief, surface, air)
    if ring:
        _ring(canvas, brief, surface, behind=False)
    for index in range(brief.count("moons", 0)):
        _moon(canvas, brief, mix(surface[-1], _WHITE, 0.2), index)
    return canvas.planes


def globe(canvas: Canvas, brief: Brief, surface: list[Field], air: Field) -> None:
    """Paint the ball: banded or mottled ground, daylight from one side, a rim of air."""
    left, top, x, y, z = _sphere(canvas, brief)
    angle, tilt = brief.knob("sun", -2.4), brief.knob("tilt", 0.35)
    radius = brief.knob("radius", 0.3) * min(canvas.shape)
    work = (x.shape[0] // 2, x.shape[1] // 2)
    rough = fractal(canvas.rng, work, 3, 6, 0.58)
    if brief.has("bands"):
        latitude = enlarge(y * np.float32(np.cos(tilt)) + x * np.float32(np.sin(tilt)), work)
        bands = fractal(canvas.rng, (512, 2), brief.knob("bands", 7), 5, 0.6)[:, 0]
        place = (latitude * 0.5 + 0.5 + (rough - 0.5) * 0.07) * 511
        rough = bands[np.clip(place, 0, 511).astype(np.int32)] * 0.85 + rough * 0.15
    ground = ramp(surface, enlarge(stretch(rough), (x.shape[0], x.shape[1])))
    facing = x * np.cos(angle) + y * np.sin(angle) + z * np.float32(brief.knob("front", 0.35))
    day = smooth(-0.12, 1.0, facing.astype(np.float32))
    distance = np.sqrt(x * x + y * y)
    rim = np.clip(1 - z, 0, 1) ** 3 * smooth(-0.3, 0.8, facing.astype(np.float32))
    edge = np.clip((1 - distance) * radius + 0.5, 0, 1)
    for plane, tone, glow in zip(canvas.planes, ground, air, strict=True):
        view = plane[top : top + x.shape[0], left : left + x.shape[1]]
        lit = tone * (day * 1.1 + 0.012) + rim * glow * 0.75
        view += (np.minimum(lit, 1) - view) * edge


def _ring(canvas: Canvas, brief: Brief, surface: list[Field], behind: bool) -> None:
    """Paint one half of a ring of many bands, seen at a slant."""
    radius = brief.knob("radius", 0.3) * min(canvas.shape)
    centre = (brief.knob("x", 0.6) * canvas.width, brief.knob("y", 0.5) * canvas.height)
    tilt, slant = brief.knob("tilt", 0.35), brief.knob("ring", 0.25)
    reach_x = radius * 2.25 * math.hypot(math.cos(tilt), slant * math.sin(tilt))
    reach_y = radius * 2.25 * math.hypot(math.sin(tilt), slant * math.cos(tilt))
    left, right = (int(np.clip(centre[0] + d * reach_x, 0, canvas.width)) for d in (-1, 1))
    top, bottom = (int(np.clip(centre[1] + d * reach_y, 0, canvas.height)) for d in (-1, 1))
    x = ((np.arange(left, right) - centre[0]) / radius).astype(np.float32)[None, :]
    y = ((np.arange(top, bottom) - centre[1]) / radius).astype(np.float32)[:, None]
    along = x * np.float32(np.cos(tilt)) - y * np.float32(np.sin(tilt))
    away = (x * np.float32(np.sin(tilt)) + y * np.float32(np.cos(tilt))) * np.float32(1 / slant)
    distance = np.sqrt(along * along + away * away)
    side = (away < 0) if behind else (away >= 0)
    grooves = _grooves(brief.seed)[np.clip((distance - 1.25) * 1023, 0, 1023).astype(np.int16)]
    canvas.tint(grooves * side, mix(surface[-1], _WHITE, 0.2), top, left)


def _grooves(seed: int) -> Field:
    """Return how dense a ring is from its inner to its outer edge."""
    rng = np.random.Generator(np.random.PCG64(seed + 7))
    bands = fractal(rng, (1024, 2), 30, 4, 0.7)[:, 0]
    place = np.linspace(0, 1, 1024, dtype=np.float32)
    return bands * smooth(0, 0.07, place) * (1 - smooth(0.85, 1, place)) * np.float32(0.95)


def _moon(canvas: Canvas, brief: Brief, colour: Field, index: int) -> None:
    """Hang a small moon, lit from the planet's own sun, beside the planet."""
    turn = 2.2 + index * 2.1 + brief.knob("sun", -2.4)
    far = brief.knob("radius", 0.3) * (1.7 + 0.45 * index)
    ratio = min(canvas.shape)
    x = brief.knob("x", 0.6) + np.cos(turn) * far * ratio / canvas.width
    y = brief.knob("y", 0.5) + np.sin(turn) * far * ratio / canvas.height
    size = 0.03 - 0.011 * index
    knobs = {
        "x": float(np.clip(x, 0.08, 0.92)),
        "y": float(np.clip(y, 0.1, 0.9)),
        "radius": size,
        "sun": brief.knob("sun", -2.4),
        "front": 0.2,
    }
    globe(
        canvas,
        Brief("", brief.size, brief.seed, (), knobs),
        [mix(colour, _BLACK, 0.35), colour],
        colour,
    )


def _around(brief: Brief, shape: tuple[int, int], radius: float) -> tuple[Field, Field]:
    """Return how far right of and below the brief's centre every spot lies, in radii."""
    reach = np.float32(radius * min(shape))
    y, x = np.mgrid[0 : shape[0], 0 : shape[1]].astype(np.float32)
    x = (x - np.float32(brief.knob("x", 0.5) * shape[1])) / reach
    y = (y - np.float32(brief.knob("y", 0.5) * shape[0])) / reach
    return x, y


def galaxy(brief: Brief) -> Field:
    """Paint a spiral of stars seen at a slant.

    Colours: void, outer arms, inner arms, core.
    """
    canvas = Canvas(brief)
    void, outer, inner, core = canvas.colours[:4]
    half = (canvas.height // 2, canvas.width // 2)
    x, y = _around(brief, half, brief.knob("size", 0.52))
    tilt = np.float32(brief.knob("tilt", 0.5))
    along = x * np.cos(tilt) + y * np.sin(tilt)
    away = (y * np.cos(tilt) - x * np.sin(tilt)) / np.float32(brief.knob("flat", 0.5))
    distance = np.sqrt(along**2 + away**2) + 1e-4
    turn = np.arctan2(away, along)
    dust = fractal(canvas.rng, half, 6, 6, 0.62)
    phase = turn * brief.count("arms", 2) - np.log(distance) * brief.knob("wind", 4.6) + dust * 2.6
    arms = (
        (0.5 + 0.5 * np.sin(phase)) ** 1.8
        * np.exp(-((distance / 0.85) ** 2))
        * smooth(0.02, 0.25, distance)
    )
    arms *= 0.35 + 1.1 * dust
    bulge = np.exp(-distance * 5.5)
    haze = np.exp(-distance * 2.0) * 0.45
    mask = smooth(0.1, 0.9, distance)
    for index, plane in enumerate(canvas.planes):
        arm = inner[index] + (outer[index] - inner[index]) * mask
        total = (
            void[index] + arms * arm * 1.5 + haze * inner[index] * 0.6 + bulge * core[index] * 1.6
        )
        plane[:] = enlarge(np.minimum(total, 1).astype(np.float32), canvas.shape)
    knots = np.argwhere(arms > 0.2 + canvas.rng.random(half, dtype=np.float32) * 60) * 2
    for row, column in canvas.rng.permutation(knots)[:900]:
        canvas.planes[:, row : row + 2, column : column + 2] += 0.4 * canvas.rng.random()
    stars(canvas, 1200, 1, 18)
    return canvas.planes


def orbit_dawn(brief: Brief) -> Field:
    """Paint sunrise over the curve of a world.

    Colours: void, air, thin air, light, ground.
    """
    canvas = Canvas(brief)
    void, air, thin, light, ground = canvas.colours[:5]
    canvas.wash([void, mix(void, air, 0.12)])
    stars(canvas, brief.count("stars", 1100))
    radius, top = brief.knob("curve", 2.2), brief.knob("top", 0.62)
    half = (canvas.height // 2, canvas.width // 2)
    y, x = np.mgrid[0 : half[0], 0 : half[1]].astype(np.float32)
    side = np.float32(min(half))
    x, y = x / side - brief.knob("x", 0.5) * half[1] / side, y / side - top * half[0] / side
    lift = np.sqrt(x**2 + (y - radius) ** 2) - radius
    near = np.exp(-((x - brief.knob("sun", 0.0)) ** 2) / 0.5)
    inside = lift < 0
    shell = np.exp(np.where(inside, lift * 22, lift * -30)) * (0.25 + 0.9 * near)
    rim = np.exp(np.where(inside, lift * 90, lift * -130)) * (0.2 + near)
    clouds = fractal(canvas.rng, half, 9, 5, 0.58, aspect=2.2)
    land = np.where(inside, smooth(0.45, 0.8, clouds) * np.exp(lift * 2.2) * (0.25 + 0.5 * near), 0)
    cover = enlarge(np.clip(0.5 - lift * side, 0, 1).astype(np.float32), canvas.shape)
    canvas.tint(cover.clip(0, 1), mix(void, ground, 0.35))
    canvas.light(enlarge((land * 0.8).astype(np.float32), canvas.shape), mix(ground, thin, 0.4))
    canvas.light(enlarge(np.clip(shell * 0.85, 0, 1).astype(np.float32), canvas.shape), air)
    canvas.light(enlarge(np.clip(rim, 0, 1).astype(np.float32), canvas.shape), thin)
    spot = brief.knob("x", 0.5) + brief.knob("sun", 0.0) * float(side) / half[1]
    canvas.glow(spot, top - 0.004, 0.42, air, strength=0.3, flat=1.8)
    for size, power in ((0.13, 0.5), (0.045, 1.0)):
        canvas.glow(spot, top - 0.004, size, light, strength=power, flat=1.8)
    canvas.glow(spot, top - 0.004, 0.02, _WHITE, strength=1)
    return canvas.planes


def eclipse(brief: Brief) -> Field:
    """Paint a dark disc before a burning corona.

    Colours: void, outer light, inner light.
    """
    canvas = Canvas(brief)
    void, outer, inner = canvas.colours[:3]
    gas(canvas, [void, mix(void, outer, 0.5), mix(void, inner, 0.3), outer], 0.55, 1)
    stars(canvas, brief.count("stars", 1100))
    x, y = _around(brief, canvas.small, brief.knob("radius", 0.22))
    distance = np.sqrt(x * x + y * y)
    ring = fractal(canvas.rng, (2, 720), 26, 4, 0.6)[0]
    turn = ((np.arctan2(y, x) / (2 * np.pi) + 0.5) * 719).astype(np.int32)
    seam = np.minimum(1, np.minimum(turn, 719 - turn) / 40)
    ray = ring[turn] * seam + ring[0] * (1 - seam)
    gap = np.clip(distance - 1, 0, None)
    corona = np.exp(-gap * (1.1 + 2.4 * (1 - ray))) * (0.35 + 0.65 * ray)
    canvas.light(enlarge((corona * 0.8).astype(np.float32), canvas.shape), outer)
    canvas.light(enlarge(np.exp(-gap * 7).astype(np.float32), canvas.shape), inner)
    canvas.disc(
        brief.knob("x", 0.5),
        brief.knob("y", 0.5),
        brief.knob("radius", 0.22),
        mix(_BLACK, void, 0.4),
        strength=1,
        soft=2.5,
    )
    bead = brief.knob("bead", -0.7)
    ratio = brief.knob("radius", 0.22) * min(canvas.shape)
    spot = (
        brief.knob("x", 0.5) + np.cos(bead) * ratio / canvas.width,
        brief.knob("y", 0.5) + np.sin(bead) * ratio / canvas.height,
    )
    for size, power in ((0.12, 0.5), (0.04, 0.9), (0.014, 1.0)):
        canvas.glow(float(spot[0]), float(spot[1]), size, mix(inner, _WHITE, 0.6), strength=power)
    return canvas.planes
