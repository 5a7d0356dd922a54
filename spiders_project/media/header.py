"""Reads what the beginning of a file says: which format, how large, how to turn it."""

import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from PIL import Image, UnidentifiedImageError

from spiders_project.media.endings import end_of
from spiders_project.media.formats import tiff
from spiders_project.media.formats.boxes import jpeg2000_xmp
from spiders_project.media.formats.gif import GifBlocks
from spiders_project.media.formats.jpeg_header import JpegHeader
from spiders_project.media.formats.png import SIGNATURE, PngChunks
from spiders_project.media.refusal import PictureRefused, damaged, truncated
from spiders_project.media.source import Source
from spiders_project.outcomes import Reason

# Limits of ours replace Pillow's own, which is one number for the whole process; what Pillow
# makes room for inside seek(), before we can look, stays under this one.
Image.MAX_IMAGE_PIXELS = 1_000_000_000
# Odd EXIF blocks are common and harm nobody: a warning for each would fill the log.
warnings.filterwarnings("ignore", category=UserWarning, module=r"PIL\.")

_JPEG_MODES = {1: "L", 3: "RGB", 4: "CMYK"}
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
    """Pillow's word for the kind of pixels: of a JPEG L, RGB or CMYK."""
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
    if min(found.size) < 0:
        raise truncated("the GIF file ends in its header")
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
    found = JpegHeader(source)
    mode = _JPEG_MODES.get(found.components)
    if mode is None:
        if end_of("JPEG", source) is None:
            raise truncated("the JPEG file ends in its header")
        raise damaged("the JPEG file has no picture of one, three or four colours")
    exif = Source(found.exif) if found.exif else None
    return Header(
        "JPEG",
        found.width,
        found.height,
        mode=mode,
        orientation=_orientation(exif),
        appended=found.appended,
        blocks=Blocks(exif, xmp=found.xmp, iptc=found.iptc, icc=found.icc),
    )


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


def _no_picture(begins: bytes) -> PictureRefused:
    text = repr(begins.decode("latin-1"))
    return PictureRefused(Reason.NOT_AN_IMAGE, f"no picture: it begins {text}")
