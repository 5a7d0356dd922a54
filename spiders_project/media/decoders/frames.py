"""Unpacks GIF, BMP, JPEG 2000 and animations by Pillow, frame by frame."""

from PIL import Image

from spiders_project.media.budget import PixelBudget
from spiders_project.media.decoders.small import Small
from spiders_project.media.header import Header
from spiders_project.media.source import Source

_DEEP_MODES = ("I", "I;16", "I;16L", "I;16B", "I;16N")


def unpack_frames(
    source: Source, header: Header, end: int, scale: float, budget: PixelBudget
) -> Small:
    """Unpack every frame; raises PictureRefused, and what decoders raise for broken bytes."""
    with source.open(end) as file, Image.open(file, formats=[header.format]) as image:
        image.load()
        small = _shrunk(_in_8_bits(image), scale)
        profile = image.info.get("icc_profile")
        frames, size = int(getattr(image, "n_frames", 1)), image.size
        budget.take(*size, frames=max(0, frames - header.frames))
        for frame in range(1, frames):
            image.seek(frame)
            if image.size != size:  # a GIF may grow behind the back of its blocks
                budget.take(*image.size)
                size = image.size
            image.load()
    return Small(small, profile)


def _shrunk(image: Image.Image, scale: float) -> Image.Image:
    factor = int(1 / scale)
    if factor > 1:
        image = image.reduce((min(factor, image.width), min(factor, image.height)))
    if image.mode == "RGBA":
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("RGB")
    return image


def _in_8_bits(image: Image.Image) -> Image.Image:
    if image.mode in _DEEP_MODES:
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if image.has_transparency_data:
        return image.convert("RGBA")
    # A copy where it is nothing else: the next frame is unpacked into the same picture.
    return image.copy() if image.mode in ("L", "RGB", "CMYK") else image.convert("RGB")
