"""Small pictures for browsing: upright, in 8 bits, on white where the picture is transparent."""

from io import BytesIO

from PIL import Image

_JPEG_QUALITY = 82
_DEEP_MODES = ("I", "I;16", "I;16L", "I;16B", "I;16N")
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_QUARTER_TURNS = (5, 6, 7, 8)


def is_quarter_turn(orientation: int) -> bool:
    """Tell whether an EXIF orientation (EXIF 2.32, 4.6.4) swaps width and height."""
    return orientation in _QUARTER_TURNS


def thumbnail(image: Image.Image, box: tuple[int, int], orientation: int = 1) -> bytes:
    """Return a JPEG that fits a box (width, height in pixels, as displayed).

    ``image`` is loaded; a picture smaller than the box is not enlarged.
    """
    box = (box[1], box[0]) if is_quarter_turn(orientation) else box
    scale = min(box[0] / image.width, box[1] / image.height, 1.0)
    size = max(1, round(image.width * scale)), max(1, round(image.height * scale))
    small = _in_8_bits(image).resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    if small.mode == "RGBA":
        small = Image.alpha_composite(Image.new("RGBA", size, "white"), small)
    if orientation in _TURNS:
        small = small.transpose(_TURNS[orientation])
    buffer = BytesIO()
    small.convert("RGB").save(buffer, "JPEG", quality=_JPEG_QUALITY, optimize=True)
    return buffer.getvalue()


def _in_8_bits(image: Image.Image) -> Image.Image:
    if image.mode in _DEEP_MODES:
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if image.mode == "F":
        low, high = image.getextrema()
        assert isinstance(low, float)
        assert isinstance(high, float)
        scale = 255 / (high - low) if high > low else 1.0
        return image.point(lambda value: value * scale - low * scale).convert("L")
    if image.has_transparency_data:
        return image.convert("RGBA")
    return image if image.mode in ("L", "RGB") else image.convert("RGB")
