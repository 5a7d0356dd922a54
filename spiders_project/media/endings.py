"""Finds the end that a picture format demands, where decoders do not ask for it."""

import struct
from collections.abc import Callable

from spiders_project.media.gif import GifBlocks

_PNG_END = b"IEND\xaeB`\x82"
_JPEG2000_END = b"\xff\xd9"
_BMP_CORE_HEADER = 12
_BMP_UNCOMPRESSED = (0, 3)


def has_its_end(picture_format: str, body: bytes) -> bool:
    """Tell whether a file that decodes also holds the end that its format demands.

    Bytes after the end are nobody's business (phones append films there).
    Pillow decodes a PNG without its IEND chunk (PNG specification, 11.2.5), a
    GIF without its trailer (GIF89a, section 27), JPEG 2000 without EOC
    (ISO 15444-1, A.4.4) and a BMP without the last row's padding; all of them
    are cut downloads. The other formats are refused by their decoders.
    """
    search = _SEARCHES.get(picture_format)
    return search is None or search(body)


def _bmp_has_its_end(body: bytes) -> bool:
    if body[14] == _BMP_CORE_HEADER:  # of OS/2: smaller fields, and no compression
        pixels_at, width, height, bits = struct.unpack_from("<10xI4xHH2xH", body)
        compression = 0
    else:
        pixels_at, width, height, bits, compression = struct.unpack_from("<10xI4xii2xHI", body)
    row_bytes = (width * bits + 31) // 32 * 4
    is_whole = len(body) >= pixels_at + row_bytes * abs(height)
    return compression not in _BMP_UNCOMPRESSED or is_whole


_SEARCHES: dict[str, Callable[[bytes], bool]] = {
    "PNG": lambda body: _PNG_END in body,
    "GIF": lambda body: GifBlocks(body).has_trailer,
    "JPEG2000": lambda body: _JPEG2000_END in body,
    "BMP": _bmp_has_its_end,
}
