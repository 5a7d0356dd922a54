"""Finds the end that a picture format demands, where decoders do not ask for it."""

from collections.abc import Callable
from struct import unpack_from

from spiders_project.media.formats.boxes import avif_end, jpeg2000_end
from spiders_project.media.formats.gif import GifBlocks
from spiders_project.media.formats.jpeg import jpeg_end
from spiders_project.media.formats.png import PngChunks
from spiders_project.media.formats.tiff import Tiff
from spiders_project.media.source import Source

_BMP_CORE_HEADER = 12
_BMP_UNCOMPRESSED = (0, 3)


def end_of(picture_format: str, source: Source) -> int | None:
    """Return the place behind the last byte of a picture, None where its end is missing.

    What lies behind is nobody's business (phones append films there). Decoders
    show a PNG without its IEND chunk (PNG specification, 11.2.5), a GIF without
    its trailer (GIF89a, section 27), JPEG 2000 without EOC (ISO 15444-1, A.4.4)
    and a BMP without the last row's padding; all of them are cut downloads.
    """
    end = _ENDS[picture_format](source)
    return end if end is not None and end <= source.size_bytes else None


def _bmp_end(source: Source) -> int:
    header = source.read(0, 54)
    if header[14] == _BMP_CORE_HEADER:  # of OS/2: smaller fields, and no compression
        pixels_at, width, height, bits = unpack_from("<10xI4xHH2xH", header)
        compression = 0
    else:
        pixels_at, width, height, bits, compression = unpack_from("<10xI4xii2xHI", header)
    row_bytes = (width * bits + 31) // 32 * 4
    if compression in _BMP_UNCOMPRESSED:
        return int(pixels_at + row_bytes * abs(height))
    announced = int.from_bytes(header[2:6], "little")
    return announced if pixels_at < announced <= source.size_bytes else source.size_bytes


def _webp_end(source: Source) -> int:
    """Return what the RIFF header says (WebP container specification, "WebP file header")."""
    return 8 + int.from_bytes(source.read(4, 4), "little")


_ENDS: dict[str, Callable[[Source], int | None]] = {
    "JPEG": jpeg_end,
    "PNG": lambda source: PngChunks(source).end,
    "GIF": lambda source: GifBlocks(source).end,
    "WEBP": _webp_end,
    "AVIF": avif_end,
    "TIFF": lambda source: Tiff(source).end,
    "JPEG2000": jpeg2000_end,
    "BMP": _bmp_end,
}
