"""Unpacks JPEG by libjpeg-turbo, scaled while it is decoded, and strict about damage."""

import re
from math import ceil

import simplejpeg
from PIL import Image

from spiders_project.media.budget import PixelBudget
from spiders_project.media.decoders.mending import mended
from spiders_project.media.decoders.small import Small
from spiders_project.media.decoders.streaming import stream
from spiders_project.media.endings import end_of
from spiders_project.media.header import Header, read_header
from spiders_project.media.refusal import damaged, truncated
from spiders_project.media.source import Source

_COLOUR_SPACES = {"L": "GRAY", "RGB": "RGB", "CMYK": "CMYK"}
_DAMAGE = re.compile(r"Corrupt JPEG data|Premature end|progression sequence")
_MOST_QUIRKS = 4
_MOST_APPENDED_BYTES = 64 << 20
_SMALLEST = 1 / 8


def decode_jpeg(
    source: Source, header: Header, end: int, scale: float, budget: PixelBudget
) -> Small:
    """Unpack a JPEG, and the pictures that a camera has appended; raises PictureRefused."""
    body = source.up_to(end)
    small = _decode(body, header, scale) if body is not None else stream(source, header, end, scale)
    for start, length in header.appended if end < source.size_bytes else ():
        _prove_appended(source, start, length, budget)
    return small


def _decode(body: bytes, header: Header, scale: float) -> Small:
    try:
        return _decode_strictly(body, header, scale)
    except ValueError as error:
        problem = str(error)
    for _ in range(_MOST_QUIRKS):
        body_without = mended(body, problem)
        if body_without is None:
            break
        body = body_without
        try:
            return _decode_strictly(body, header, scale)
        except ValueError as error:
            problem = str(error)
    if _DAMAGE.search(problem):
        raise damaged(f"the JPEG file is damaged: {problem}")
    # Something that TurboJPEG does not take, such as a rare subsampling.
    return stream(Source(body), header, len(body), scale)


def _decode_strictly(body: bytes, header: Header, scale: float) -> Small:
    """Return a picture scaled by eighths while it is decoded; raises ValueError for a warning."""
    space = _COLOUR_SPACES.get(header.mode, "RGB")
    pixels = simplejpeg.decode_jpeg(
        body,
        space,
        min_width=ceil(header.width * scale),
        min_height=ceil(header.height * scale),
        strict=True,
    )
    height, width, _ = pixels.shape
    mode = "L" if space == "GRAY" else space
    # Adobe's programs, and everybody after them, store CMYK inverted.
    layout = "CMYK;I" if space == "CMYK" else mode
    image = Image.frombuffer(mode, (width, height), pixels, "raw", layout, 0, 1)
    return Small(image, header.blocks.icc)


def _prove_appended(source: Source, start: int, length: int, budget: PixelBudget) -> None:
    """Decode what cameras append to a photo: gain maps, depth, other exposures (CIPA DC-007)."""
    if start + length > source.size_bytes:
        raise truncated("a picture appended to the JPEG is cut")
    if length > _MOST_APPENDED_BYTES:
        raise damaged("a picture appended to the JPEG is too large to be proved")
    appended = Source(source.read(start, length))
    header = read_header(appended)
    end = end_of(header.format, appended)
    if header.format != "JPEG" or end is None:
        raise damaged("a picture appended to the JPEG is none, or has no end")
    budget.take(header.width, header.height)
    _decode(appended.read(0, end), header, _SMALLEST)
