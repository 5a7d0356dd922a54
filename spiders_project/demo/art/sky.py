"""What skies are made of: suns, clouds, stars and northern lights."""

from __future__ import annotations

import numpy as np

from .canvas import Canvas
from .colour import Field, mix
from .noise import enlarge, fractal, profile, smooth

_WHITE = np.ones(3, dtype=np.float32)


def sun(canvas: Canvas, x: float, y: float, radius: float, light: Field) -> None:
    """Paint a sun or moon with its halo; a radius of zero leaves only the halo."""
    canvas.glow(x, y, 0.55, light, strength=0.45, flat=1.3)
    canvas.glow(x, y, 0.17, light, strength=0.4)
    if radius > 0:
        canvas.disc(x, y, radius, mix(light, _WHITE, 0.55), strength=0.95, soft=2.5)


def clouds(canvas: Canvas, colour: Field, top: float, bottom: float, amount: float) -> None:
    """Drift streaks of cloud through a band of the sky."""
    first, last = round(top * canvas.height), round(bottom * canvas.height)
    work = ((last - first) // 4, canvas.width // 4)
    field = fractal(canvas.rng, work, 5, 5, 0.55, aspect=3.2)
    place = np.linspace(0, 1, work[0], dtype=np.float32)[:, None]
    veil = smooth(0.45, 0.95, field) * np.sqrt(np.clip(np.sin(place * 3.14), 0, 1))
    canvas.tint(enlarge(veil * np.float32(amount), (last - first, canvas.width)), colour, first)


def stars(canvas: Canvas, count: int, bottom: float = 1.0, bright: int = 36) -> None:
    """Scatter faint stars of many sizes, and a few bright ones with a small halo."""
    rng = canvas.rng
    limit = max(2, round(bottom * canvas.height) - 2)
    x = rng.uniform(0, canvas.width - 1, count)
    y = rng.uniform(0, limit - 1, count)
    power = (rng.random(count) ** 3 * 0.8 + 0.2).astype(np.float32)
    warm = rng.random(count).astype(np.float32)
    left, top = x.astype(int), y.astype(int)
    part_x, part_y = x - left, y - top
    for dy in (0, 1):
        for dx in (0, 1):
            share = (part_x if dx else 1 - part_x) * (part_y if dy else 1 - part_y) * power * 1.6
            for plane, bias in zip(canvas.planes, (1.0, 0.96, 1.0), strict=True):
                tone = bias - 0.18 * (warm if bias < 1 else 1 - warm)
                np.add.at(plane, (top + dy, left + dx), (share * tone).astype(np.float32))
    for _ in range(round(bright * bottom)):
        spot = (rng.random(), rng.random() * bottom)
        tone = mix(
            np.array([0.7, 0.82, 1], np.float32),
            np.array([1, 0.88, 0.72], np.float32),
            rng.random(),
        )
        size = 0.0012 + 0.0022 * rng.random() ** 2
        canvas.glow(*spot, size * 4, tone, strength=0.22)
        canvas.glow(*spot, size, _WHITE, strength=0.95)


def aurora(
    canvas: Canvas, curtain: Field, fringe: Field, base: float, strength: float, *, count: int
) -> None:
    """Hang folded curtains of light whose rays rise from winding lower hems."""
    height, width = canvas.small
    rng = canvas.rng
    y = np.arange(height, dtype=np.float32)[:, None]
    total = np.zeros((3, height, width), dtype=np.float32)
    for _ in range(count):
        hem = (base - rng.uniform(0.02, 0.22) - 0.26 * profile(rng, width, 2.2, 3, 0.4)) * height
        rays = profile(rng, width, 40, 3, 0.6) * 0.55 + profile(rng, width, 5, 3, 0.5) * 0.75
        reach = (0.16 + 0.4 * profile(rng, width, 4, 4, 0.6)) * height
        above = ((hem - y) / reach).astype(np.float32)
        lit = np.exp(np.where(above > 0, above * -2.1, above * 16))
        power = (lit * np.clip(rays - 0.12, 0, None) * strength).astype(np.float32)
        blend = smooth(0.15, 1.5, above)
        for plane, one, other in zip(total, curtain, fringe, strict=True):
            plane[:] += (1 - plane) * np.minimum(power * (one + (other - one) * blend), 1)
    canvas.shine(total)
