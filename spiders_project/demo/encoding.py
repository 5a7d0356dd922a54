"""Encoded pictures: from a brief to the bytes of an image file, always the same ones."""

from __future__ import annotations

import io
from dataclasses import replace
from functools import cache
from typing import Any

from PIL import Image, ImageCms, ImageOps

from .art.finish import develop
from .art.scenes import SCENES
from .picture import DemoPicture

_ROTATED = 6
_ORIENTATION, _ARTIST, _COPYRIGHT = 0x0112, 0x013B, 0x8298
_BACKGROUND = (24, 26, 32)


def encode_original(picture: DemoPicture) -> bytes:
    """Paint a picture and encode it in its own format."""
    if picture.encoding == "webp-animated":
        return _animation(picture)
    flat = picture.format == "png" or picture.encoding == "webp-lossless"
    planes = SCENES[picture.brief.scene](picture.brief)
    image = develop(planes, grain=0 if flat else 1.2)
    if picture.encoding == "jpeg-rotated":
        image = image.transpose(Image.Transpose.ROTATE_90)
    return _save(image, picture.format, **_options(picture))


def encode_copy(original: bytes, width: int) -> bytes:
    """Make a smaller JPEG of an encoded picture, upright and on a plain ground."""
    with Image.open(io.BytesIO(original)) as image:
        image.draft("RGB", (width, width))
        upright = ImageOps.exif_transpose(image)
        upright.thumbnail((width, width * 2), Image.Resampling.BICUBIC)
        if upright.mode == "RGBA":
            ground = Image.new("RGBA", upright.size, _BACKGROUND)
            upright = Image.alpha_composite(ground, upright)
        return _save(upright.convert("RGB"), "jpeg", quality=86)


def _options(picture: DemoPicture) -> dict[str, Any]:
    match picture.encoding:
        case "jpeg-rotated":
            return {"quality": 88, "exif": _exif(picture)}
        case "jpeg-icc":
            return {"quality": 88, "icc_profile": _profile()}
        case "jpeg-progressive":
            return {"quality": 88, "progressive": True}
        case "webp-lossless":
            return {"lossless": True, "method": 0, "quality": 20}
    return {
        "jpeg": {"quality": 88},
        "webp": {"quality": 86, "method": 2},
        "png": {"compress_level": 2},
    }[picture.format]


def _exif(picture: DemoPicture) -> Image.Exif:
    exif = Image.Exif()
    exif[_ORIENTATION] = _ROTATED
    exif[_ARTIST] = picture.author
    exif[_COPYRIGHT] = picture.licence.name
    return exif


@cache
def _profile() -> bytes:
    """Return an sRGB profile whose date of creation is fixed, so that its bytes are too."""
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    data[24:36] = bytes((7, 232, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0))
    data[84:100] = bytes(16)
    return bytes(data)


def _animation(picture: DemoPicture) -> bytes:
    count = picture.brief.count("frames", 12)
    briefs = [
        replace(picture.brief, knobs={**picture.brief.knobs, "phase": index / count})
        for index in range(count)
    ]
    frames = [develop(SCENES[brief.scene](brief), grain=0) for brief in briefs]
    options = {"save_all": True, "append_images": frames[1:], "duration": 110, "loop": 0}
    return _save(frames[0], "webp", quality=82, method=2, **options)


def _save(image: Image.Image, kind: str, **options: Any) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind.upper(), **options)
    return buffer.getvalue()
