"""Looks at the bytes of a picture once: what they are, whether they are whole."""

import hashlib
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from spiders_project.media.endings import has_its_end
from spiders_project.outcomes import Reason

# Limits below replaces Pillow's own, which is one number for the whole process.
Image.MAX_IMAGE_PIXELS = None
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
_QUARTER_TURNS = (5, 6, 7, 8)


class PictureRefused(Exception):
    """These bytes are no picture that we keep; ``reason`` is from the closed list."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason


@dataclass(frozen=True)
class Limits:
    """What a picture must satisfy to be kept; sizes in pixels as displayed."""

    min_width: int = 0
    min_height: int = 0
    max_pixels: int = 400_000_000
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
    body: bytes,
    limits: Limits = Limits(),
    thumbnail_sizes: Mapping[str, tuple[int, int]] | None = None,
) -> Inspection:
    """Decode a picture to prove that it is whole, and measure it.

    ``thumbnail_sizes`` are boxes (width, height) in pixels by name; a picture
    smaller than its box is not enlarged. Raises PictureRefused.
    """
    if not body:
        raise PictureRefused(Reason.EMPTY, "the server sent no bytes")
    with _opened(body) as image:
        width, height = _displayed_size(image)
        _check_size(width, height, limits)
        frames = int(getattr(image, "n_frames", 1))
        if width * height * frames > limits.max_pixels:
            raise PictureRefused(
                Reason.DECOMPRESSION_BOMB,
                f"{frames} x {width}x{height} pixels are more than {limits.max_pixels}",
            )
        sizes = thumbnail_sizes or {}
        thumbnails = _decode(image, frames, sizes)
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


def _opened(body: bytes) -> Image.Image:
    try:
        return Image.open(BytesIO(body), formats=tuple(EXTENSIONS))
    except UnidentifiedImageError:
        raise PictureRefused(Reason.NOT_AN_IMAGE, f"no picture: {_first_words(body)}") from None
    except Exception as error:  # Pillow's plugins raise whatever a hostile header leads to
        raise PictureRefused(Reason.DAMAGED, f"unreadable header: {error}") from error


def _first_words(body: bytes) -> str:
    return "it begins with " + repr(body[:40].decode("latin-1"))


def _displayed_size(image: Image.Image) -> tuple[int, int]:
    try:
        orientation = image.getexif().get(_ORIENTATION_TAG)
    except Exception:  # noqa: BLE001 - a broken EXIF block turns nothing
        orientation = None
    if orientation in _QUARTER_TURNS:
        return image.height, image.width
    return image.width, image.height


def _check_size(width: int, height: int, limits: Limits) -> None:
    if width < limits.min_width or height < limits.min_height:
        raise PictureRefused(
            Reason.TOO_SMALL,
            f"{width}x{height} is smaller than {limits.min_width}x{limits.min_height}",
        )


def _decode(
    image: Image.Image, frames: int, sizes: Mapping[str, tuple[int, int]]
) -> dict[str, bytes]:
    try:
        # A small decode reads every coded block of a JPEG, so it finds a cut as a full one does.
        box = max(sizes.values(), default=(1, 1))
        longest = max(box)
        image.draft(image.mode, (longest, longest))
        image.load()
        thumbnails = {name: _thumbnail(image, size) for name, size in sizes.items()}
        for frame in range(1, frames):
            image.seek(frame)
            image.load()
    except Exception as error:
        cut = isinstance(error, EOFError) or "truncated" in str(error).lower()
        reason = Reason.TRUNCATED if cut else Reason.DAMAGED
        raise PictureRefused(reason, f"{image.format} does not decode: {error}") from error
    return thumbnails


def _thumbnail(image: Image.Image, size: tuple[int, int]) -> bytes:
    small = image.copy()
    small.thumbnail(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    ImageOps.exif_transpose(small, in_place=True)
    small.thumbnail(size, Image.Resampling.LANCZOS)
    if small.has_transparency_data:
        small = small.convert("RGBA")
        ground = Image.new("RGBA", small.size, "white")
        small = Image.alpha_composite(ground, small)
    buffer = BytesIO()
    small.convert("RGB").save(buffer, "JPEG", quality=82, optimize=True)
    return buffer.getvalue()
