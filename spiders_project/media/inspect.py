"""Looks at the bytes of a picture once: what they are, whether they are whole."""

import hashlib
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from io import BytesIO
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from spiders_project.media.endings import has_its_end
from spiders_project.media.gif import GifBlocks
from spiders_project.media.metadata import PictureMetadata
from spiders_project.media.thumbnail import is_quarter_turn, thumbnail
from spiders_project.outcomes import Reason
from spiders_project.values.aspect import Aspect

# Limits below replaces Pillow's own, which is one number for the whole process; what Pillow
# makes room for inside seek(), before we can look, stays under this one.
Image.MAX_IMAGE_PIXELS = 1_000_000_000
# Odd EXIF blocks are common and harm nobody: a warning for each would fill the log.
warnings.filterwarnings("ignore", category=UserWarning, module=r"PIL\.")

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

_ORIENTATION_TAG = 0x0112
_MULTI_PICTURE_ENTRIES = 0xB002
_GIF = b"GIF8"
_PAGED = ("TIFF", "MPO")
"""Formats in which every frame has a size of its own."""

Boxes = Mapping[str, tuple[int, int]]
"""Width and height in pixels of the thumbnails that are wanted, by name."""


class Checks(StrEnum):
    """How much of a picture is looked at."""

    WHOLE = "whole"
    """All of it is decoded, which proves that it is whole."""
    HEADER = "header"
    """Format and size are read, the bytes are hashed; nothing is decoded, so nothing is derived."""


class PictureRefused(Exception):
    """These bytes are no picture that we keep; ``reason`` is from the closed list."""

    def __init__(self, reason: Reason, detail: str, facts: Mapping[str, int] | None = None) -> None:
        super().__init__(detail)
        self.reason = reason
        self.facts = facts or {}
        """What the reason depends on: width and height in pixels."""


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
        """Tell whether there is more than one frame."""
        return self.frames > 1

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

    ``source`` is the bytes, or the file that holds them. A picture smaller than
    the box of a thumbnail is not enlarged. Raises PictureRefused whatever the
    bytes are, and OSError where the file cannot be read.
    """
    body = source if isinstance(source, bytes) else source.read_bytes()
    if not body:
        raise PictureRefused(Reason.EMPTY, "the server sent no bytes")
    try:
        return _inspect(body, limits, boxes or {})
    except PictureRefused:
        raise
    except UnidentifiedImageError:
        begins = repr(body[:40].decode("latin-1"))
        raise PictureRefused(Reason.NOT_AN_IMAGE, f"no picture: it begins {begins}") from None
    except Image.DecompressionBombError as error:
        raise PictureRefused(Reason.DECOMPRESSION_BOMB, str(error)) from None
    except Exception as error:  # decoders raise whatever hostile bytes lead to
        raise PictureRefused(_reason_of(error), f"it does not decode: {error}") from error


def _reason_of(error: Exception) -> Reason:
    is_cut = isinstance(error, EOFError | IndexError) or "truncated" in str(error).lower()
    return Reason.TRUNCATED if is_cut else Reason.DAMAGED


def _inspect(body: bytes, limits: Limits, boxes: Boxes) -> Inspection:
    if body.startswith(_GIF):
        _check_gif(body, limits)
    budget = _PixelBudget(limits.max_pixels)
    with Image.open(BytesIO(body), formats=tuple(EXTENSIONS)) as image:
        frames = 1 if image.format == "MPO" else int(getattr(image, "n_frames", 1))
        budget.take(*image.size, frames=1 if image.format in _PAGED else frames)
        width, height = image.size
        # Before anything else: Pillow may load for EXIF, and does not raise for damage again.
        _decode_first(image, boxes)
        orientation = _orientation(image)
        if is_quarter_turn(orientation):
            width, height = height, width
        check_size(width, height, limits)
        thumbnails = {name: thumbnail(image, box, orientation) for name, box in boxes.items()}
        _decode_rest(image, body, frames, budget)
    # Cameras' multi-picture files are JPEG to every other program.
    picture_format = "JPEG" if image.format == "MPO" else str(image.format)
    if not has_its_end(picture_format, body):
        raise PictureRefused(Reason.TRUNCATED, f"the {picture_format} file has no end")
    return Inspection(
        format=picture_format,
        width=width,
        height=height,
        frames=frames,
        size_bytes=len(body),
        sha256=hashlib.sha256(body).hexdigest(),
        md5=hashlib.md5(body, usedforsecurity=False).hexdigest(),
        thumbnails=thumbnails,
    )


def _check_gif(body: bytes, limits: Limits) -> None:
    """Refuse what Pillow would make room for at once: frames that lie outside of the screen.

    Pillow goes on reading where a block makes no sense, so a GIF must be whole first.
    """
    blocks = GifBlocks(body)
    if not blocks.has_trailer:
        raise PictureRefused(Reason.TRUNCATED, "the GIF file has no end")
    _PixelBudget(limits.max_pixels).take(*blocks.canvas, frames=len(blocks.extents))


class _PixelBudget:
    """Counts the pixels that a decoder is asked to unpack, before it does."""

    def __init__(self, max_pixels: int) -> None:
        self._left = max_pixels

    def take(self, width: int, height: int, frames: int = 1) -> None:
        if width * height * frames > self._left:
            raise PictureRefused(
                Reason.DECOMPRESSION_BOMB, f"{frames} x {width}x{height} pixels are too many"
            )
        self._left -= width * height * frames


def _orientation(image: Image.Image) -> int:
    if image.format == "TIFF":  # Pillow turns these itself
        return 1
    try:
        return int(image.getexif().get(_ORIENTATION_TAG, 1))
    except Exception:  # noqa: BLE001 - a broken EXIF block turns nothing
        return 1


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


def _decode_first(image: Image.Image, boxes: Boxes) -> None:
    if image.format == "JPEG":
        # A small decode reads every coded block, so it finds a cut as a full one does.
        longest = max((side for box in boxes.values() for side in box), default=1)
        image.draft(image.mode, (longest, longest))
    image.load()


def _decode_rest(image: Image.Image, body: bytes, frames: int, budget: _PixelBudget) -> None:
    if image.format == "MPO":
        _decode_appended(image, body, budget)
        return
    size = image.size
    for frame in range(1, frames):
        image.seek(frame)
        # Pages of a TIFF have their own sizes; a GIF may grow behind the back of _check_gif.
        if image.format == "TIFF" or image.size != size:
            budget.take(*image.size)
            size = image.size
        image.load()


def _decode_appended(image: Image.Image, body: bytes, budget: _PixelBudget) -> None:
    """Decode what cameras append to a photo: gain maps, depth, other exposures (CIPA DC-007).

    Pillow takes all of them to be as large as the first.
    """
    entries = getattr(image, "mpinfo", {}).get(_MULTI_PICTURE_ENTRIES, [])
    for number, entry in enumerate(entries[1:], start=1):
        image.seek(number)
        start: int = image.offset  # type: ignore[attr-defined]  # of the picture in the file
        end = start + entry["Size"]
        if end > len(body):
            raise PictureRefused(Reason.TRUNCATED, "a picture appended to the JPEG is cut")
        with Image.open(BytesIO(body[start:end]), formats=["JPEG"]) as appended:
            budget.take(*appended.size)
            appended.load()
