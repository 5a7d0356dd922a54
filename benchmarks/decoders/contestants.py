"""Ways to unpack all of a picture, and to make it small on the way."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pyvips
import simplejpeg
from PIL import Image

from spiders_project.media.inspect import inspect_picture

BOX = (256, 256)
EVERYTHING = ("JPEG", "PNG", "WEBP", "GIF", "TIFF", "AVIF", "JPEG2000")
_BY_VIPS = ("JPEG", "PNG", "WEBP", "GIF", "TIFF", "AVIF")

# One thread for each, as a crawler with as many pictures as cores would have it.
pyvips.concurrency_set(1)
pyvips.cache_set_max(0)
Image.MAX_IMAGE_PIXELS = None


@dataclass(frozen=True)
class Contestant:
    """A decoder, the formats it reads, and what proves a picture with it; raises for a bad one."""

    name: str
    formats: Sequence[str]
    prove: Callable[[bytes | Path], object]


def _opened(source: bytes | Path) -> Image.Image:
    return Image.open(BytesIO(source) if isinstance(source, bytes) else source)


def _finish(image: Image.Image) -> tuple[bytes, Image.Image]:
    """Return a thumbnail, and grey of the same size, as a perceptual hash wants it."""
    image.thumbnail(BOX, Image.Resampling.LANCZOS, reducing_gap=2.0)
    small = image.convert("RGB")
    buffer = BytesIO()
    small.save(buffer, "JPEG", quality=82)
    return buffer.getvalue(), small.convert("L")


def _pillow(source: bytes | Path) -> object:
    image = _opened(source)
    image.load()
    return _finish(image)


def _pillow_scaled(source: bytes | Path) -> object:
    image = _opened(source)
    image.draft(image.mode, BOX)
    image.load()
    return _finish(image)


def _simplejpeg(source: bytes | Path) -> object:
    body = source if isinstance(source, bytes) else source.read_bytes()
    height, width, *_ = simplejpeg.decode_jpeg_header(body)
    scale = min(1.0, BOX[0] / max(width, height))
    pixels = simplejpeg.decode_jpeg(
        body, min_width=int(width * scale), min_height=int(height * scale), strict=True
    )
    return _finish(Image.fromarray(pixels))


def _vips(source: bytes | Path, **options: Any) -> object:
    strict = {"access": "sequential", "fail_on": "warning"} | options
    if isinstance(source, bytes):
        image = pyvips.Image.new_from_buffer(source, "", **strict)
    else:
        image = pyvips.Image.new_from_file(str(source), **strict)
    factor = max(1, max(image.width, image.height) // BOX[0])
    return _finish(_from_vips(image.shrinkv(factor, ceil=True).shrinkh(factor, ceil=True)))


def _vips_scaled(source: bytes | Path) -> object:
    factor = max(_opened(source).size) // BOX[0]
    steps = [step for step in (8, 4, 2, 1) if step <= max(factor, 1)]
    return _vips(source, shrink=steps[0])


def _from_vips(image: Any) -> Image.Image:
    if image.hasalpha():
        image = image.flatten(background=255)
    mode = {1: "L", 3: "RGB"}[image.bands]
    size = image.width, image.height
    return Image.frombuffer(mode, size, image.write_to_memory(), "raw", mode, 0, 1)


def _ours(source: bytes | Path) -> object:
    return inspect_picture(source, boxes={"grid": BOX})


PILLOW = Contestant("Pillow", EVERYTHING, _pillow)
VIPS = Contestant("libvips", _BY_VIPS, _vips)
OURS = Contestant("this project", EVERYTHING, _ours)
CONTESTANTS = (
    PILLOW,
    Contestant("Pillow, scaled", ("JPEG",), _pillow_scaled),
    Contestant("simplejpeg, scaled", ("JPEG",), _simplejpeg),
    VIPS,
    Contestant("libvips, scaled", ("JPEG",), _vips_scaled),
    OURS,
)


@cache
def encoded(body: bytes, picture_format: str, **options: Any) -> bytes:
    """Return a picture in another format, of a quality that is usual for it."""
    usual: dict[str, dict[str, Any]] = {
        "WEBP": {"quality": 85},
        "AVIF": {"quality": 70},
        "JPEG": {"quality": 88},
        "JPEG2000": {"quality_mode": "rates", "quality_layers": [10]},
    }
    buffer = BytesIO()
    image = Image.open(BytesIO(body)).convert("P" if picture_format == "GIF" else "RGB")
    image.save(buffer, picture_format, **(usual.get(picture_format, {}) | options))
    return buffer.getvalue()
