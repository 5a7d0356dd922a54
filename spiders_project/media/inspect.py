"""Looks at a picture once: what it is, whether it is whole, what it says about itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from spiders_project.media.budget import PixelBudget
from spiders_project.media.decode import Boxes, derive
from spiders_project.media.endings import end_of
from spiders_project.media.header import Header, read_header
from spiders_project.media.metadata import PictureMetadata, read_metadata
from spiders_project.media.refusal import PictureRefused, damaged, truncated
from spiders_project.media.source import Source
from spiders_project.outcomes import Reason
from spiders_project.values.aspect import Aspect

__all__ = [
    "EXTENSIONS",
    "Boxes",
    "Checks",
    "Inspection",
    "Limits",
    "PictureRefused",
    "check_size",
    "inspect_picture",
]

EXTENSIONS: Mapping[str, str] = {
    "JPEG": ".jpg",
    "PNG": ".png",
    "WEBP": ".webp",
    "GIF": ".gif",
    "AVIF": ".avif",
    "TIFF": ".tif",
    "BMP": ".bmp",
    "JPEG2000": ".jp2",
}
"""The formats that are pictures to us, and the file extension of each."""


class Checks(StrEnum):
    """How much of a picture is looked at."""

    WHOLE = "whole"
    """All of it is decoded, which proves that it is whole."""
    HEADER = "header"
    """Format and size are read, the bytes are hashed; nothing is decoded, so nothing is derived."""


@dataclass(frozen=True)
class Limits:
    """What a picture must satisfy to be kept; sizes in pixels as displayed."""

    min_width: int = 0
    min_height: int = 0
    aspect: Aspect | None = None
    max_pixels: int = 180_000_000
    """All frames together: what a decoder is asked to unpack at most."""


@dataclass(frozen=True)
class Inspection:
    """What is known of a picture after one look at its bytes."""

    format: str
    width: int
    height: int
    frames: int
    size_bytes: int
    sha256: str
    md5: str
    thumbnails: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    """JPEG bytes by thumbnail name."""
    fingerprint: str | None = None
    """Perceptual hash in hex digits; None for flat pictures, and where nothing was decoded."""
    colours: tuple[str, ...] = ()
    """Up to five dominant colours as ``#rrggbb``, the one with the largest share first."""
    trailing_bytes: int = 0
    """Bytes behind the end that the format defines, such as the film of a motion photo."""
    metadata: PictureMetadata = field(default_factory=PictureMetadata)
    """What the file says about itself."""

    @property
    def is_animated(self) -> bool:
        """Tell whether the picture moves; the pages of a TIFF do not."""
        return self.frames > 1 and self.format != "TIFF"

    @property
    def extension(self) -> str:
        """File extension that belongs to the bytes, such as ``.jpg``."""
        return EXTENSIONS[self.format]

    @property
    def media_type(self) -> str:
        """Media type (RFC 6838) that belongs to the bytes, such as ``image/jpeg``."""
        names = {"JPEG2000": "jp2"}
        return "image/" + names.get(self.format, self.format.lower())


def inspect_picture(
    source: bytes | Path,
    limits: Limits = Limits(),
    boxes: Boxes | None = None,
    checks: Checks = Checks.WHOLE,
) -> Inspection:
    """Decode a picture to prove that it is whole, and measure it.

    ``source`` is the bytes, or the file that holds them; a file above 16 MiB is
    never read whole into memory. A picture smaller than the box of a thumbnail
    is not enlarged. Raises PictureRefused whatever the bytes are, and OSError
    where the file cannot be read. May run in several threads at once.
    """
    with Source(source) as opened:
        if not opened.size_bytes:
            raise PictureRefused(Reason.EMPTY, "the server sent no bytes")
        hashes = opened.hashes()
        try:
            return _inspect(opened, hashes, limits, boxes or {}, checks)
        except PictureRefused:
            raise
        except Exception as error:  # decoders raise whatever hostile bytes lead to
            is_cut = isinstance(error, EOFError) or "truncated" in str(error).lower()
            refusal = truncated if is_cut else damaged
            raise refusal(f"it does not decode: {error}") from error


def check_size(width: int, height: int, limits: Limits) -> None:
    """Raise PictureRefused for a picture that is not as large, or of the shape, asked for."""
    size = {"width": width, "height": height}
    if width < limits.min_width or height < limits.min_height:
        raise PictureRefused(
            Reason.TOO_SMALL,
            f"{width}x{height} is smaller than {limits.min_width}x{limits.min_height}",
            size,
        )
    if limits.aspect and not limits.aspect.matches(width, height):
        raise PictureRefused(
            Reason.WRONG_ASPECT, f"{width}x{height} is not {limits.aspect.text}", size
        )


def _inspect(
    source: Source, hashes: tuple[str, str], limits: Limits, boxes: Boxes, checks: Checks
) -> Inspection:
    header = read_header(source)
    width, height = header.displayed
    if not (width and height):
        raise damaged("the picture has no pixels")
    budget = _budget(header, limits)
    check_size(width, height, limits)
    seen = Inspection(
        format=header.format,
        width=width,
        height=height,
        frames=header.frames,
        size_bytes=source.size_bytes,
        sha256=hashes[0],
        md5=hashes[1],
        metadata=read_metadata(header.blocks),
    )
    if checks is Checks.HEADER:
        return seen
    end = header.end or end_of(header.format, source)
    if end is None:
        raise truncated(f"the {header.format} file has no end")
    derived = derive(source, header, end, boxes, budget)
    return replace(
        seen,
        thumbnails=derived.thumbnails,
        fingerprint=derived.fingerprint,
        colours=derived.colours,
        trailing_bytes=source.size_bytes - end,
    )


def _budget(header: Header, limits: Limits) -> PixelBudget:
    """Return what is left for pictures that the header does not tell of; refuses bombs."""
    budget = PixelBudget(limits.max_pixels)
    for width, height, frames in header.room or ((header.width, header.height, header.frames),):
        budget.take(width, height, frames)
    return budget
