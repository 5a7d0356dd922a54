"""Small pictures for browsing, encoded as JPEG."""

import numpy as np
import simplejpeg
from PIL import Image

_JPEG_QUALITY = 82
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def turned(image: Image.Image, orientation: int) -> Image.Image:
    """Return a picture as it is displayed, by its EXIF orientation (EXIF 2.32, 4.6.4)."""
    return image.transpose(_TURNS[orientation]) if orientation in _TURNS else image


def fitting(size: tuple[int, int], box: tuple[int, int]) -> tuple[int, int]:
    """Return the size of a picture within a box; it is not enlarged."""
    scale = min(box[0] / size[0], box[1] / size[1], 1.0)
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def thumbnail(image: Image.Image, size: tuple[int, int]) -> bytes:
    """Return a picture (L or RGB) of this size, no larger than the one given, as JPEG."""
    factors = image.width // size[0], image.height // size[1]
    if max(factors) > 1:
        image = image.reduce((max(1, factors[0]), max(1, factors[1])))
    if image.size != size:
        # As sharp as bicubic when shrinking, for half of the work.
        image = image.resize(size, Image.Resampling.HAMMING)
    pixels = np.asarray(image.convert("RGB"))
    return bytes(
        simplejpeg.encode_jpeg(
            np.ascontiguousarray(pixels), _JPEG_QUALITY, "RGB", colorsubsampling="420"
        )
    )
