"""Tiny pictures, another one for every number, made in microseconds."""

import struct
import zlib
from hashlib import shake_128

_SIDE = 8
_BYTES_PER_ROW = 3 * _SIDE
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_NO_FILTER = b"\0"


def tiny_png(number: int) -> bytes:
    """Return a whole PNG of 8x8 pixels, about 270 bytes (PNG specification, 5.3 and 11.2.2).

    The pixels are noise that follows from the number, so that no two pictures
    look alike either.
    """
    noise = shake_128(number.to_bytes(8)).digest(_SIDE * _BYTES_PER_ROW)
    rows = b"".join(
        _NO_FILTER + noise[start : start + _BYTES_PER_ROW]
        for start in range(0, len(noise), _BYTES_PER_ROW)
    )
    eight_bit_rgb = struct.pack(">IIBBBBB", _SIDE, _SIDE, 8, 2, 0, 0, 0)
    return (
        PNG_SIGNATURE
        + png_chunk(b"IHDR", eight_bit_rgb)
        + png_chunk(b"IDAT", zlib.compress(rows, 1))
        + png_chunk(b"IEND", b"")
    )


def png_chunk(kind: bytes, data: bytes) -> bytes:
    """Return a chunk of a PNG (PNG specification, 5.3)."""
    checksum = zlib.crc32(data, zlib.crc32(kind))
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", checksum)
