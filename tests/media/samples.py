"""Tiny pictures of every format that is kept, made anew for each run and always the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from PIL import Image

SIZE = (40, 30)
ORIENTATION = 0x0112


@dataclass(frozen=True)
class Sample:
    """A whole picture, and what is to be found out about it."""

    body: bytes
    format: str
    extension: str
    media_type: str
    frames: int = 1


def drawing(mode: str = "RGB", size: tuple[int, int] = SIZE) -> Image.Image:
    """Return a picture in which every corner and every edge looks different."""
    down = Image.linear_gradient("L").resize(size)
    across = Image.linear_gradient("L").rotate(90).resize(size)
    return Image.merge("RGB", (down, across, Image.radial_gradient("L").resize(size))).convert(mode)


def deep_grey(size: tuple[int, int] = SIZE) -> Image.Image:
    """Return a picture with 16 bits a pixel: black on the left to white on the right."""
    width, height = size
    row = b"".join((65535 * x // (width - 1)).to_bytes(2, "little") for x in range(width))
    return Image.frombytes("I;16", size, row * height)


def encoded(picture: Image.Image, picture_format: str, **options: Any) -> bytes:
    """Return the bytes of a picture file."""
    buffer = BytesIO()
    picture.save(buffer, picture_format, **options)
    return buffer.getvalue()


def encoded_frames(frames: Sequence[Image.Image], picture_format: str, **options: Any) -> bytes:
    """Return the bytes of a file with several pictures."""
    return encoded(
        frames[0], picture_format, save_all=True, append_images=list(frames[1:]), **options
    )


def turned(orientation: int, picture: Image.Image, picture_format: str) -> bytes:
    """Return a picture file whose EXIF block tells how to turn it for display."""
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    return encoded(picture, picture_format, exif=exif)


def _three() -> list[Image.Image]:
    return [drawing().rotate(angle) for angle in (0, 90, 180)]


def _jpeg(body: bytes, frames: int = 1) -> Sample:
    return Sample(body, "JPEG", ".jpg", "image/jpeg", frames)


def _png(body: bytes, frames: int = 1) -> Sample:
    return Sample(body, "PNG", ".png", "image/png", frames)


def _webp(body: bytes, frames: int = 1) -> Sample:
    return Sample(body, "WEBP", ".webp", "image/webp", frames)


def _gif(body: bytes, frames: int = 1) -> Sample:
    return Sample(body, "GIF", ".gif", "image/gif", frames)


def _avif(body: bytes, frames: int = 1) -> Sample:
    return Sample(body, "AVIF", ".avif", "image/avif", frames)


def _tiff(body: bytes, frames: int = 1) -> Sample:
    return Sample(body, "TIFF", ".tif", "image/tiff", frames)


def _bmp(body: bytes) -> Sample:
    return Sample(body, "BMP", ".bmp", "image/bmp")


def _jpeg2000(body: bytes) -> Sample:
    return Sample(body, "JPEG2000", ".jp2", "image/jp2")


SAMPLES: dict[str, Sample] = {
    "jpeg": _jpeg(encoded(drawing(), "JPEG")),
    "jpeg progressive": _jpeg(encoded(drawing(), "JPEG", progressive=True)),
    "jpeg cmyk": _jpeg(encoded(drawing("CMYK"), "JPEG")),
    "jpeg grey": _jpeg(encoded(drawing("L"), "JPEG")),
    # As phones write it: a photo, and a smaller picture that says where it is brighter than white.
    "jpeg with gain map": _jpeg(encoded_frames([drawing(), drawing(size=(20, 15))], "MPO")),
    "png": _png(encoded(drawing(), "PNG")),
    "png 16 bit": _png(encoded(deep_grey(), "PNG")),
    "png transparent": _png(encoded(drawing("RGBA"), "PNG")),
    "png palette": _png(encoded(drawing("P"), "PNG", transparency=0)),
    "png animated": _png(encoded_frames(_three(), "PNG"), frames=3),
    "webp": _webp(encoded(drawing(), "WEBP")),
    "webp lossless": _webp(encoded(drawing("RGBA"), "WEBP", lossless=True)),
    "webp animated": _webp(encoded_frames(_three(), "WEBP"), frames=3),
    "gif": _gif(encoded(drawing("P"), "GIF")),
    "gif with comment": _gif(encoded(drawing("P"), "GIF", comment=b"made by hand " * 30)),
    "gif animated": _gif(encoded_frames(_three(), "GIF", duration=100), frames=3),
    "avif": _avif(encoded(drawing(), "AVIF")),
    "avif animated": _avif(encoded_frames(_three(), "AVIF"), frames=3),
    "tiff": _tiff(encoded(drawing(), "TIFF")),
    "tiff lzw": _tiff(encoded(drawing(), "TIFF", compression="tiff_lzw")),
    # Pillow fills the file up with zeros, which are no part of any page.
    "tiff pages": _tiff(encoded_frames(_three(), "TIFF").rstrip(b"\0"), frames=3),
    "bmp": _bmp(encoded(drawing(), "BMP")),
    "bmp two colours": _bmp(encoded(drawing("1"), "BMP")),
    "jpeg 2000": _jpeg2000(encoded(drawing(), "JPEG2000")),
    "jpeg 2000 tiles": _jpeg2000(encoded(drawing(), "JPEG2000", tile_size=(16, 16))),
}
