"""A sheet of light to paint on: washes, glows, ridges, stencils and mirrored water."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from PIL import Image, ImageFilter

from .brief import Brief
from .colour import Field, ramp, rgb, scale
from .noise import enlarge
from .stencil import Stencil

_BLOCK = 1 << 17


def blocks(height: int, width: int) -> Iterator[slice]:
    """Cut rows into slices small enough for the processor's cache."""
    step = max(1, _BLOCK // max(width, 1))
    for first in range(0, height, step):
        yield slice(first, min(height, first + step))


class Canvas:
    """Three planes of light from 0 to 1; places are given as shares of width and height."""

    def __init__(self, brief: Brief) -> None:
        """Prepare an unpainted sheet with the brief's own source of randomness."""
        self.width, self.height = brief.size
        self.rng = np.random.Generator(np.random.PCG64(brief.seed))
        self.colours = [rgb(name) for name in brief.colours]
        self.unit = min(brief.size) / 1080
        self.planes: Field = np.zeros((3, self.height, self.width), dtype=np.float32)

    @property
    def shape(self) -> tuple[int, int]:
        """Height and width in pixels, the order arrays use."""
        return self.height, self.width

    @property
    def small(self) -> tuple[int, int]:
        """A quarter of the height and width, for work that is soft anyway."""
        return self.height // 4, self.width // 4

    def wash(
        self, colours: Sequence[Field], top: float = 0, bottom: float = 1, rest: bool = True
    ) -> None:
        """Fill downwards with a gradient between two heights, and below it unless told not to."""
        first, last = round(top * self.height), round(bottom * self.height)
        shades = scale(colours)
        end = self.height if rest else last
        place = np.clip(np.linspace(0, (end - first) / max(last - first, 1), end - first), 0, 1)
        index = place * (shades.shape[1] - 1)
        for plane, shade in zip(self.planes, shades, strict=True):
            plane[first:end] = np.interp(index, np.arange(shade.size), shade)[:, None]

    def tint(self, mask: Field, colour: Field, top: int = 0, left: int = 0) -> None:
        """Pull the light under a mask towards one colour."""
        columns = slice(left, left + mask.shape[1])
        for rows in blocks(*mask.shape):
            share = mask[rows]
            for plane, value in zip(self.planes, colour, strict=True):
                view = plane[rows.start + top : rows.stop + top, columns]
                view += (value - view) * share

    def light(self, mask: Field, colour: Field, top: int = 0, left: int = 0) -> None:
        """Add coloured light under a mask, never beyond white."""
        columns = slice(left, left + mask.shape[1])
        for rows in blocks(*mask.shape):
            share = mask[rows]
            for plane, value in zip(self.planes, colour, strict=True):
                view = plane[rows.start + top : rows.stop + top, columns]
                view += (1 - view) * (share * value)

    def shine(self, colours: Field, top: int = 0) -> None:
        """Add three planes of light, small ones being enlarged, never beyond white."""
        for plane, small in zip(self.planes, colours, strict=True):
            full = small if small.shape == self.shape else enlarge(small, self.shape)
            for rows in blocks(*full.shape):
                view = plane[rows.start + top : rows.stop + top]
                view += (1 - view) * np.clip(full[rows], 0, 1)

    def multiply(self, mask: Field, top: int = 0) -> None:
        """Dim the rows from ``top`` by a factor for every pixel."""
        for rows in blocks(*mask.shape):
            self.planes[:, rows.start + top : rows.stop + top] *= mask[rows]

    def colour_in(self, field: Field, colours: Sequence[Field]) -> None:
        """Paint the whole sheet from a field of numbers, small fields being enlarged."""
        full = field if field.shape == self.shape else enlarge(field, self.shape)
        shades = scale(colours)
        for rows in blocks(*self.shape):
            index = np.clip(full[rows] * (shades.shape[1] - 1), 0, shades.shape[1] - 1)
            whole = index.astype(np.int16)
            for plane, shade in zip(self.planes, shades, strict=True):
                plane[rows] = shade.take(whole)

    def glow(
        self,
        x: float,
        y: float,
        radius: float,
        colour: Field,
        *,
        strength: float = 1,
        flat: float = 1,
    ) -> None:
        """Add a soft round light; ``radius`` is a share of the short side, ``flat`` widens it."""
        reach = radius * min(self.shape)
        box, across, down = self._box(x, y, reach * 2.2 * flat, reach * 2.2)
        bell_x = np.exp(-((across / np.float32(reach * flat)) ** 2))
        bell_y = np.exp(-((down / np.float32(reach)) ** 2)) * np.float32(strength)
        for rows in blocks(down.size, across.size):
            mask: Field = bell_y[rows, None] * bell_x
            self.light(mask, colour, box[1] + rows.start, box[0])

    def disc(
        self,
        x: float,
        y: float,
        radius: float,
        colour: Field,
        *,
        strength: float = 1,
        soft: float = 1,
    ) -> None:
        """Paint a round disc whose edge is ``soft`` pixels wide."""
        reach = radius * min(self.shape)
        box, across, down = self._box(x, y, reach + soft, reach + soft)
        distance = np.sqrt(across[None, :] ** 2 + down[:, None] ** 2)
        mask: Field = np.clip((np.float32(reach) - distance) / np.float32(soft) + 0.5, 0, 1)
        mask *= np.float32(strength)
        self.tint(mask, colour, box[1], box[0])

    def _box(
        self, x: float, y: float, reach_x: float, reach_y: float
    ) -> tuple[tuple[int, int], Field, Field]:
        left, right = (
            int(np.clip(x * self.width + side * reach_x, 0, self.width)) for side in (-1, 1)
        )
        top, bottom = (
            int(np.clip(y * self.height + side * reach_y, 0, self.height)) for side in (-1, 1)
        )
        across = np.arange(left, right, dtype=np.float32) - np.float32(x * self.width)
        down = np.arange(top, bottom, dtype=np.float32) - np.float32(y * self.height)
        return (left, top), across, down

    def ridge(self, line: Field, colours: Sequence[Field], depth: float = 0.3) -> None:
        """Cover everything below a skyline (pixels from the top) with a gradient into the mist."""
        first = max(0, int(line.min()) - 1)
        last = min(self.height, int(line.max()) + 3)
        if first >= self.height:
            return
        steps = np.arange(self.height - first, dtype=np.float32) / (depth * self.height)
        shades = ramp(colours, np.clip(steps, 0, 1))
        slope = np.sqrt(1 + np.gradient(line) ** 2)
        steep = np.minimum(1, 1.6 / slope).astype(np.float32)
        for rows in blocks(last - first, self.width):
            y = np.arange(rows.start + first, rows.stop + first, dtype=np.float32)[:, None]
            mask = np.clip((y - line) * steep + np.float32(0.5), 0, 1)
            for plane, shade in zip(self.planes, shades, strict=True):
                view = plane[rows.start + first : rows.stop + first]
                view += (shade[rows, None] - view) * mask
        for plane, shade in zip(self.planes, shades, strict=True):
            plane[last:] = shade[last - first :, None]

    def mirror(self, level: float, ripple: float = 6, dim: float = 0.8) -> None:
        """Reflect what stands above a water level below it, in rows that waver."""
        edge = round(level * self.height)
        depth = np.arange(self.height - edge, dtype=np.float32)
        waver = np.sin(depth**0.75 * 1.9) + np.sin(depth**0.6 * 5.3)
        away = ripple * self.unit * waver * np.minimum(1, depth / (40 * self.unit))
        source = np.clip(edge - 1 - (depth * edge / max(edge, depth.size) + away), 0, edge - 1)
        self.planes[:, edge:] = self.planes[:, source.astype(np.int32)] * np.float32(dim)

    def stencil(self) -> Stencil:
        """Return a mask of the sheet's size to draw shapes on."""
        return Stencil(self.width, self.height)

    def stamp(self, stencil: Stencil, colour: Field, strength: float = 1, glow: float = 0) -> None:
        """Paint a stencil's shapes in one colour, or as light with a halo of ``glow`` pixels."""
        mask, left, top = stencil.cut(margin=round(glow * 3))
        if mask.width == 0:
            return
        sharp = np.asarray(mask, dtype=np.float32) * np.float32(strength / 255)
        if not glow:
            self.tint(sharp, colour, top, left)
            return
        halo = mask.reduce(4).filter(ImageFilter.GaussianBlur(glow / 4))
        wide = halo.resize(mask.size, Image.Resampling.BILINEAR)
        self.light(
            np.asarray(wide, dtype=np.float32) * np.float32(strength / 160), colour, top, left
        )
        self.light(sharp, colour, top, left)
