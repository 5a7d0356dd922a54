"""The picture that pages are given for every picture they show."""

import struct
import zlib

_WIDTH, _HEIGHT = 320, 240


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


_HEADER = struct.pack(">IIBBBBB", _WIDTH, _HEIGHT, 1, 0, 0, 0, 0)
_ROWS = (b"\0" + b"\0" * ((_WIDTH + 7) // 8)) * _HEIGHT

BLANK_PICTURE = b"".join(
    (
        b"\x89PNG\r\n\x1a\n",
        _chunk(b"IHDR", _HEADER),
        _chunk(b"IDAT", zlib.compress(_ROWS)),
        _chunk(b"IEND", b""),
    )
)
"""A PNG of 320x240 pixels, large enough for scripts that skip tiny ones; about 100 bytes."""
