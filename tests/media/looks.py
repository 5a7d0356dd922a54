"""What tests ask of an inspected picture."""

from io import BytesIO

from PIL import Image

from spiders_project.media.inspect import Inspection

Colour = tuple[int, int, int]


def thumbnail_of(picture: Inspection, name: str = "small") -> Image.Image:
    thumbnail = Image.open(BytesIO(picture.thumbnails[name]))
    assert thumbnail.format == "JPEG"
    assert thumbnail.mode == "RGB"
    return thumbnail


def pixel(picture: Image.Image, x: float, y: float) -> Colour:
    """Return the colour at a place given in parts of the width and height."""
    colour = picture.getpixel((int(x * (picture.width - 1)), int(y * (picture.height - 1))))
    assert isinstance(colour, tuple)
    red, green, blue = colour
    return int(red), int(green), int(blue)


def named(colour: str) -> Colour:
    """Return red, green and blue of ``#rrggbb``."""
    assert len(colour) == 7
    assert colour.startswith("#")
    red, green, blue = bytes.fromhex(colour[1:])
    return red, green, blue


def far(one: Colour, other: Colour) -> int:
    """Return the largest difference of two colours in a channel."""
    return max(abs(a - b) for a, b in zip(one, other, strict=True))
