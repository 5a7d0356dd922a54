"""Unpacks all of a picture by the decoder that does it best, and makes small ones of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from spiders_project.media.budget import PixelBudget
from spiders_project.media.colour import dominant_colours, in_srgb
from spiders_project.media.decoders.frames import unpack_frames
from spiders_project.media.decoders.jpeg import decode_jpeg
from spiders_project.media.decoders.small import Small
from spiders_project.media.decoders.streaming import stream
from spiders_project.media.fingerprint import fingerprint
from spiders_project.media.header import Header
from spiders_project.media.source import Source
from spiders_project.media.thumbnail import fitting, thumbnail, turned

_STREAMED = ("PNG", "WEBP", "AVIF")
_FINGERPRINT_SIDE = 64
_LEAST_LONG_SIDE = 256
_MOST_LONG_SIDE = 2048

Boxes = Mapping[str, tuple[int, int]]
"""Width and height in pixels of the thumbnails that are wanted, by name."""


@dataclass(frozen=True)
class Derived:
    """What is made of the pixels of a picture."""

    thumbnails: Mapping[str, bytes]
    fingerprint: str | None
    colours: tuple[str, ...]


def derive(source: Source, header: Header, end: int, boxes: Boxes, budget: PixelBudget) -> Derived:
    """Unpack a picture once, all of it, and make everything of the same small version."""
    sizes = {name: fitting(header.displayed, box) for name, box in boxes.items()}
    scale = _least_scale(header.displayed, sizes)
    small = _decode(source, header, end, scale, budget)
    shown = in_srgb(small.image, small.icc)
    shown = shown if small.is_upright else turned(shown, header.orientation)
    return Derived(
        {name: thumbnail(shown, size) for name, size in sizes.items()},
        fingerprint(shown),
        dominant_colours(shown),
    )


def _least_scale(shown: tuple[int, int], sizes: Mapping[str, tuple[int, int]]) -> float:
    """Return the scale at which a picture is large enough for all that is made of it."""
    longer, shorter = max(shown), min(shown)
    scale = max(
        _LEAST_LONG_SIDE / longer, min(_FINGERPRINT_SIDE / shorter, _MOST_LONG_SIDE / longer)
    )
    wanted = (max(size[0] / shown[0], size[1] / shown[1]) for size in sizes.values())
    return min(1.0, max([scale, *wanted]))


def _decode(source: Source, header: Header, end: int, scale: float, budget: PixelBudget) -> Small:
    if header.format == "JPEG":
        return decode_jpeg(source, header, end, scale, budget)
    if header.format == "TIFF" or (header.format in _STREAMED and header.frames == 1):
        return stream(source, header, end, scale)
    return unpack_frames(source, header, end, scale, budget)
