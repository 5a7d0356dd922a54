"""Finds the end that a picture format demands, where decoders do not ask for it."""

from collections.abc import Callable

_PNG_END = b"IEND\xaeB`\x82"
_GIF_IMAGE, _GIF_EXTENSION, _GIF_TRAILER = 0x2C, 0x21, 0x3B


def has_its_end(picture_format: str, body: bytes) -> bool:
    """Tell whether a file that decodes also holds the end mark of its format.

    Bytes after the end are nobody's business (phones append films there).
    Pillow decodes a PNG without its IEND chunk (PNG specification, 11.2.5) and
    a GIF without its trailer (GIF89a, section 27): both are cut downloads.
    The other formats are refused by their decoders.
    """
    search = _SEARCHES.get(picture_format)
    return search is None or search(body)


def _png_has_its_end(body: bytes) -> bool:
    return body.rfind(_PNG_END) > 0


def _gif_has_its_end(body: bytes) -> bool:
    at = 13 + _colour_table_bytes(body[10])
    while at < len(body):
        block = body[at]
        if block == _GIF_TRAILER:
            return True
        if block == _GIF_EXTENSION:
            at += 2
        elif block == _GIF_IMAGE and at + 9 < len(body):
            at += 11 + _colour_table_bytes(body[at + 9])
        else:
            return False
        while at < len(body) and body[at]:
            at += 1 + body[at]
        at += 1
    return False


def _colour_table_bytes(packed: int) -> int:
    return 3 * 2 ** ((packed & 0b111) + 1) if packed & 0b1000_0000 else 0


_SEARCHES: dict[str, Callable[[bytes], bool]] = {
    "PNG": _png_has_its_end,
    "GIF": _gif_has_its_end,
}
