"""What is done to a picture before it is found again: as bytes of a file each time."""

from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageFont, ImageOps

Change = Callable[[Image.Image], Image.Image]
_TURN = Image.Transpose


def encoded(image: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    """Return the bytes of a file; JPEG of quality 85 unless told otherwise."""
    buffer = BytesIO()
    if kind == "JPEG":
        options = {"quality": 85} | options
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def _resized(scale: float, resampling: int = Image.Resampling.LANCZOS) -> Change:
    return lambda image: image.resize(
        (round(image.width * scale), round(image.height * scale)), resampling
    )


def _cropped(left: float, top: float, right: float, bottom: float) -> Change:
    def crop(image: Image.Image) -> Image.Image:
        width, height = image.size
        return image.crop(
            (
                round(width * left),
                round(height * top),
                round(width * (1 - right)),
                round(height * (1 - bottom)),
            )
        )

    return crop


def _bordered(share: float, colour: str) -> Change:
    return lambda image: ImageOps.expand(image, round(min(image.size) * share), colour)


def _letterboxed(image: Image.Image) -> Image.Image:
    return ImageOps.expand(image, (0, image.height // 8, 0, image.height // 8), "black")


def _enhanced(enhance: Any, factor: float) -> Change:
    return lambda image: enhance(image).enhance(factor)


def _tinted(image: Image.Image) -> Image.Image:
    red, green, blue = image.split()
    return Image.merge("RGB", (red.point(lambda v: v * 1.08), green, blue.point(lambda v: v * 0.9)))


def _gamma(power: float) -> Change:
    return lambda image: image.point([round(255 * (v / 255) ** power) for v in range(256)] * 3)


def _grained(image: Image.Image) -> Image.Image:
    noise = np.random.default_rng(7).normal(0, 8, (image.height, image.width, 3))
    return Image.fromarray(np.clip(np.asarray(image) + noise, 0, 255).astype(np.uint8))


def _watermarked(image: Image.Image) -> Image.Image:
    layer = Image.new("RGBA", image.size, (0, 0, 0, 0))
    font = ImageFont.load_default(max(12, image.height // 22))
    place = image.width * 0.98, image.height * 0.97
    ImageDraw.Draw(layer).text(
        place, "gallery.example", fill=(255, 255, 255, 170), font=font, anchor="rs"
    )
    return Image.alpha_composite(image.convert("RGBA"), layer).convert("RGB")


def _captioned(image: Image.Image) -> Image.Image:
    image = image.copy()
    width, height = image.size
    sheet = ImageDraw.Draw(image)
    sheet.rectangle((0, height * 0.92, width, height), fill="black")
    sheet.text(
        (width * 0.03, height * 0.97),
        "Free wallpaper, more at gallery.example",
        fill="white",
        font=ImageFont.load_default(max(10, height // 26)),
        anchor="ls",
    )
    return image


def _stamped(image: Image.Image) -> Image.Image:
    layer = Image.new("RGBA", image.size, (0, 0, 0, 0))
    font = ImageFont.load_default(max(20, image.width // 8))
    place = image.width / 2, image.height / 2
    ImageDraw.Draw(layer).text(place, "SAMPLE", fill=(255, 255, 255, 90), font=font, anchor="mm")
    return Image.alpha_composite(image.convert("RGBA"), layer).convert("RGB")


def _tilted(image: Image.Image) -> Image.Image:
    turned = image.rotate(1, Image.Resampling.BICUBIC)
    return _cropped(0.015, 0.015, 0.015, 0.015)(turned)


def _then(change: Change, kind: str = "JPEG", **options: Any) -> Callable[[Image.Image], bytes]:
    return lambda image: encoded(change(image), kind, **options)


def _same(image: Image.Image) -> Image.Image:
    return image


def _only(side: int, share: float) -> Change:
    return _cropped(*(share if place == side else 0 for place in range(4)))


Variants = Mapping[str, Mapping[str, Callable[[Image.Image], bytes]]]

VARIANTS: Variants = {
    "encoded anew": {
        "JPEG quality 95": _then(_same, quality=95),
        "JPEG quality 85, progressive": _then(_same, progressive=True),
        "JPEG quality 75": _then(_same, quality=75),
        "JPEG quality 50": _then(_same, quality=50),
        "JPEG quality 30": _then(_same, quality=30),
        "WebP quality 80": _then(_same, "WEBP", quality=80, method=1),
        "WebP quality 40": _then(_same, "WEBP", quality=40, method=1),
        "PNG": _then(_same, "PNG", compress_level=1),
        "PNG, 256 colours": _then(lambda image: image.quantize(), "PNG", compress_level=1),
    },
    "resized": {
        "200 %": _then(_resized(2)),
        "150 %": _then(_resized(1.5)),
        "75 %": _then(_resized(0.75)),
        "50 %": _then(_resized(0.5)),
        "50 %, nearest pixel": _then(_resized(0.5, Image.Resampling.NEAREST)),
        "25 %": _then(_resized(0.25)),
        "50 %, JPEG quality 50": _then(_resized(0.5), quality=50),
        "25 %, JPEG quality 30": _then(_resized(0.25), quality=30),
        "to a preview of 160 pixels": _then(lambda image: ImageOps.contain(image, (160, 160))),
    },
    "cropped": {
        f"{share} % on {where}": _then(change)
        for share in (1, 2, 5, 10)
        for where, change in (
            ("one side", _only(2, share / 100)),
            ("all sides", _cropped(*[share / 100] * 4)),
        )
    },
    "bordered": {
        "black, 2 %": _then(_bordered(0.02, "black")),
        "white, 2 %": _then(_bordered(0.02, "white")),
        "black, 10 %": _then(_bordered(0.1, "black")),
        "white, 10 %": _then(_bordered(0.1, "white")),
        "black above and below, 12 %": _then(_letterboxed),
    },
    "colours": {
        "brighter by 15 %": _then(_enhanced(ImageEnhance.Brightness, 1.15)),
        "darker by 15 %": _then(_enhanced(ImageEnhance.Brightness, 0.85)),
        "gamma 0.8": _then(_gamma(0.8)),
        "contrast +20 %": _then(_enhanced(ImageEnhance.Contrast, 1.2)),
        "contrast -20 %": _then(_enhanced(ImageEnhance.Contrast, 0.8)),
        "colour +40 %": _then(_enhanced(ImageEnhance.Color, 1.4)),
        "warmer": _then(_tinted),
        "grey": _then(lambda image: image.convert("L")),
    },
    "retouched": {
        "sharpened": _then(lambda image: image.filter(ImageFilter.UnsharpMask(2, 120))),
        "blurred": _then(lambda image: image.filter(ImageFilter.GaussianBlur(1.5))),
        "grained": _then(_grained),
        "name in a corner": _then(_watermarked),
        "caption on a bar, 8 %": _then(_captioned),
        "SAMPLE across the middle": _then(_stamped),
    },
    "turned": {
        "tilted by 1 degree": _then(_tilted),
        "mirrored": _then(lambda image: image.transpose(_TURN.FLIP_LEFT_RIGHT)),
        "upside down": _then(lambda image: image.transpose(_TURN.FLIP_TOP_BOTTOM)),
        "by 90 degrees": _then(lambda image: image.transpose(_TURN.ROTATE_90)),
        "by 180 degrees": _then(lambda image: image.transpose(_TURN.ROTATE_180)),
    },
}
