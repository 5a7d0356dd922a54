"""Reads what the beginning of a file says: which format, how large, how to turn it."""

import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from struct import iter_unpack

from PIL import Image, UnidentifiedImageError
from PIL.JpegImagePlugin import JpegImageFile

from spiders_project.media.endings import end_of
from spiders_project.media.formats import tiff
from spiders_project.media.formats.boxes import jpeg2000_xmp
from spiders_project.media.formats.gif import GifBlocks
from spiders_project.media.formats.png import SIGNATURE, PngChunks
from spiders_project.media.refusal import PictureRefused, damaged, truncated
from spiders_project.media.source import Source
from spiders_project.outcomes import Reason

# Limits of ours replace Pillow's own, which is one number for the whole process; what Pillow
# makes room for inside seek(), before we can look, stays under this one.
Image.MAX_IMAGE_PIXELS = 1_000_000_000
# Odd EXIF blocks are common and harm nobody: a warning for each would fill the log.
warnings.filterwarnings("ignore", category=UserWarning, module=r"PIL\.")

_MULTI_PICTURE_ENTRIES = 0xB002
_IPTC_RESOURCE = 0x0404
_TURNS = range(1, 9)
_QUARTER_TURNS = (5, 6, 7, 8)


@dataclass(frozen=True)
class Blocks:
    """What a file holds beside its pixels."""

    exif: Source | None = None
    """Has the structure of a TIFF."""
    xmp: bytes | None = None
    iptc: bytes | None = None
    """Records of the Information Interchange Model."""
    icc: bytes | None = None
    """Colour profile, where that is read from the header."""


@dataclass(frozen=True)
class Header:
    """What the beginning of a file says; sizes in pixels as stored."""

    format: str
    width: int
    height: int
    mode: str = ""
    """Pillow's word for the kind of pixels, where Pillow reads the header."""
    frames: int = 1
    orientation: int = 1
    """How to turn the picture for display (EXIF 2.32, 4.6.4)."""
    room: tuple[tuple[int, int, int], ...] = ()
    """Width, height and number of the frames that are unpacked; all alike where it is empty."""
    appended: tuple[tuple[int, int], ...] = ()
    """Place and length of the pictures that a camera has put behind a JPEG (CIPA DC-007)."""
    end: int | None = None
    """The place behind the last byte of the picture, where reading the header has shown it."""
    blocks: Blocks = field(default_factory=Blocks)

    @property
    def displayed(self) -> tuple[int, int]:
        """Width and height as displayed."""
        if self.orientation in _QUARTER_TURNS:
            return self.height, self.width
        return self.width, self.height


def read_header(source: Source) -> Header:
    """Return what the beginning of a file says; raises PictureRefused."""
    begins = source.read(0, 40)
    for beginning, place, read in _READERS:
        if begins.startswith(beginning, place):
            return read(source)
    raise _no_picture(begins)


def _read_png(source: Source) -> Header:
    chunks = PngChunks(source)
    if not chunks.width:
        raise truncated("the PNG file ends in its header")
    blocks = Blocks(exif=Source(chunks.exif) if chunks.exif else None, xmp=chunks.xmp)
    return Header(
        "PNG",
        chunks.width,
        chunks.height,
        frames=chunks.frames,
        orientation=_orientation(blocks.exif),
        end=chunks.end,
        blocks=blocks,
    )


def _read_gif(source: Source) -> Header:
    found = GifBlocks(source)
    if found.is_broken:
        raise damaged("something in the GIF file is no block")
    room = ((*found.canvas, found.frames),)
    return Header("GIF", *found.size, frames=max(1, found.frames), room=room, end=found.end)


def _read_tiff(source: Source) -> Header:
    file = tiff.Tiff(source)
    if not file.pages:
        raise damaged("the TIFF has no page")
    sizes = [(page.number(tiff.WIDTH), page.number(tiff.HEIGHT)) for page in file.pages]
    first = file.pages[0]
    return Header(
        "TIFF",
        *sizes[0],
        frames=len(sizes),
        orientation=_orientation(source),
        room=tuple((width, height, 1) for width, height in sizes),
        blocks=Blocks(exif=source, xmp=first.data(tiff.XMP), iptc=first.data(tiff.IPTC)),
    )


def _read_jpeg(source: Source) -> Header:
    try:
        # Image.open() would read a multi-picture file anew, as another format.
        with source.open(source.size_bytes) as file, JpegImageFile(file) as image:
            info = image.info
            exif = _exif(image)
            return Header(
                "JPEG",
                *image.size,
                mode=image.mode,
                orientation=_orientation(exif),
                appended=_appended(info.get("mp"), info.get("mpoffset", 0)),
                blocks=Blocks(
                    exif,
                    xmp=info.get("xmp"),
                    iptc=info.get("photoshop", {}).get(_IPTC_RESOURCE),
                    icc=info.get("icc_profile"),
                ),
            )
    except Exception as error:  # noqa: BLE001 - whatever hostile bytes lead to
        if end_of("JPEG", source) is None:
            raise truncated("the JPEG file has no end") from None
        raise damaged(f"the header of the JPEG file is broken: {error}") from None


def _read_by_pillow(picture_format: str, source: Source) -> Header:
    end = end_of(picture_format, source)
    if end is None:
        raise truncated(f"the {picture_format} file has no end")
    try:
        with source.open(end) as file, Image.open(file, formats=[picture_format]) as image:
            exif = _exif(image)
            is_jpeg2000 = picture_format == "JPEG2000"
            return Header(
                picture_format,
                *image.size,
                mode=image.mode,
                frames=int(getattr(image, "n_frames", 1)),
                orientation=_orientation(exif),
                end=end,
                blocks=Blocks(
                    exif, xmp=jpeg2000_xmp(source) if is_jpeg2000 else image.info.get("xmp")
                ),
            )
    except UnidentifiedImageError:
        raise damaged(f"the header of the {picture_format} file is broken") from None


def _read_bmp(source: Source) -> Header:
    try:
        with source.open(source.size_bytes) as file, Image.open(file, formats=["BMP"]) as image:
            return Header("BMP", *image.size, mode=image.mode)
    except UnidentifiedImageError:
        raise _no_picture(source.read(0, 40)) from None


_READERS: tuple[tuple[bytes, int, Callable[[Source], Header]], ...] = (
    (b"\xff\xd8\xff", 0, _read_jpeg),
    (SIGNATURE, 0, _read_png),
    (b"GIF8", 0, _read_gif),
    (b"WEBP", 8, partial(_read_by_pillow, "WEBP")),
    (b"ftypavif", 4, partial(_read_by_pillow, "AVIF")),
    (b"ftypavis", 4, partial(_read_by_pillow, "AVIF")),
    (b"II*\0", 0, _read_tiff),
    (b"MM\0*", 0, _read_tiff),
    (b"II+\0", 0, _read_tiff),
    (b"MM\0+", 0, _read_tiff),
    (b"\0\0\0\x0cjP  ", 0, partial(_read_by_pillow, "JPEG2000")),
    (b"\xff\x4f\xff\x51", 0, partial(_read_by_pillow, "JPEG2000")),
    (b"BM", 0, _read_bmp),
)
"""What a format begins with, and where; the first one that fits is the one."""


def _exif(image: Image.Image) -> Source | None:
    block: bytes | None = image.info.get("exif")
    return Source(block.removeprefix(b"Exif\0\0")) if block else None


def _orientation(exif: Source | None) -> int:
    """Return how to turn a picture; a broken block turns nothing."""
    if not exif:
        return 1
    try:
        found = tiff.Tiff(exif).first.number(tiff.ORIENTATION, 1)
    except PictureRefused:
        return 1
    return found if found in _TURNS else 1


def _appended(index: bytes | None, offset: int) -> tuple[tuple[int, int], ...]:
    """Return place and length of the pictures behind the first one of a multi-picture index."""
    if not index:
        return ()
    try:
        file = tiff.Tiff(Source(index))
        entries = file.first.data(_MULTI_PICTURE_ENTRIES) or b""
    except PictureRefused:
        return ()
    layout = "<4xII4x" if file.order == "little" else ">4xII4x"
    whole = entries[: len(entries) // 16 * 16]
    return tuple((offset + place, length) for length, place in iter_unpack(layout, whole))[1:]


def _no_picture(begins: bytes) -> PictureRefused:
    text = repr(begins.decode("latin-1"))
    return PictureRefused(Reason.NOT_AN_IMAGE, f"no picture: it begins {text}")
