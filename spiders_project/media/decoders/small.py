"""What decoders return: a small version of a picture."""

from dataclasses import dataclass

from PIL import Image


@dataclass(frozen=True)
class Small:
    """A picture in 8 bits (L, RGB or CMYK), no smaller than was asked for."""

    image: Image.Image
    icc: bytes | None = None
    """Its colour profile."""
    is_upright: bool = False
    """Whether the decoder has turned it for display already."""
