"""Undoes Content-Encoding piece by piece, so that no body has to fit into memory."""

import sys
import zlib
from collections.abc import Iterator
from typing import Protocol

import brotli
from scrapy.exceptions import DownloadFailedError

if sys.version_info >= (3, 14):
    from compression.zstd import ZstdDecompressor, ZstdError
else:
    from backports.zstd import ZstdDecompressor, ZstdError

_PIECE_BYTES = 64 * 1024
_HEADER_BYTES = 2
"""What tells zlib's header, or gzip's, from data without one."""
_GZIP_MAGIC = b"\x1f\x8b"
_GZIP_OR_ZLIB, _RAW_DEFLATE = zlib.MAX_WBITS | 32, -zlib.MAX_WBITS


class Decoder(Protocol):
    """One coding, from the first byte to the last."""

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Give the decoded bytes, in pieces of 64 KiB or so; raises DamagedEncoding."""

    @property
    def is_complete(self) -> bool:
        """True when the end of the encoded body has come."""


class DamagedEncoding(DownloadFailedError):
    """A body that is not in the encoding which its head names."""


def decoders_of(content_encoding: bytes) -> list[Decoder]:
    """Return what undoes a Content-Encoding, in this order; none for codings nobody knows."""
    names = [name.strip().lower() for name in content_encoding.split(b",")]
    names = [name for name in names if name not in (b"", b"identity")]
    if any(name not in _DECODERS for name in names):
        return []
    return [_DECODERS[name]() for name in reversed(names)]


def decode(decoders: list[Decoder], data: bytes) -> Iterator[bytes]:
    """Give what bytes of an encoded body decode to, piece by piece."""
    if not decoders:
        yield data
        return
    for piece in decoders[0].feed(data):
        yield from decode(decoders[1:], piece)


class _Zlib:
    """gzip, also of several members, and deflate with or without zlib's header (RFC 9110, 8.4)."""

    def __init__(self) -> None:
        self._decompressor = zlib.decompressobj(_GZIP_OR_ZLIB)
        self._is_begun = False
        self._held = b""

    @property
    def is_complete(self) -> bool:
        return self._decompressor.eof

    def feed(self, data: bytes) -> Iterator[bytes]:
        piece = b""
        data, self._held = self._held + data, b""
        if not self._is_begun and len(data) < _HEADER_BYTES:
            self._held = data
            return
        # A piece of full size may have more behind it, though all input is taken.
        while data or len(piece) == _PIECE_BYTES:
            if self._decompressor.eof:
                if data == _GZIP_MAGIC[:1]:  # the rest of it comes next
                    self._held = data
                    return
                if not data.startswith(_GZIP_MAGIC):  # padding behind the last member
                    return
                self._decompressor = zlib.decompressobj(_GZIP_OR_ZLIB)
            piece = self._decompress(data)
            rest = self._decompressor
            data = rest.unused_data if rest.eof else rest.unconsumed_tail
            if piece:
                yield piece

    def _decompress(self, data: bytes) -> bytes:
        try:
            piece = self._decompressor.decompress(data, _PIECE_BYTES)
        except zlib.error as error:
            if self._is_begun:
                raise DamagedEncoding(str(error)) from error
            self._decompressor = zlib.decompressobj(_RAW_DEFLATE)
            self._is_begun = True
            return self._decompress(data)
        self._is_begun = True
        return piece


class _Brotli:
    def __init__(self) -> None:
        self._decompressor = brotli.Decompressor()

    @property
    def is_complete(self) -> bool:
        return bool(self._decompressor.is_finished())

    def feed(self, data: bytes) -> Iterator[bytes]:
        while not self._decompressor.is_finished():
            try:
                piece = self._decompressor.process(data, output_buffer_limit=_PIECE_BYTES)
            except brotli.error as error:
                raise DamagedEncoding(str(error)) from error
            data = b""
            if piece:
                yield piece
            elif self._decompressor.can_accept_more_data():
                return


class _Zstandard:
    """Frames of Zstandard, one after the other (RFC 8878, 3.1)."""

    def __init__(self) -> None:
        self._decompressor = ZstdDecompressor()

    @property
    def is_complete(self) -> bool:
        return self._decompressor.eof

    def feed(self, data: bytes) -> Iterator[bytes]:
        while data or not (self._decompressor.needs_input or self._decompressor.eof):
            if self._decompressor.eof:
                self._decompressor = ZstdDecompressor()
            try:
                piece = self._decompressor.decompress(data, _PIECE_BYTES)
            except ZstdError as error:
                raise DamagedEncoding(str(error)) from error
            data = self._decompressor.unused_data if self._decompressor.eof else b""
            if piece:
                yield piece


_DECODERS: dict[bytes, type[Decoder]] = {
    b"gzip": _Zlib,
    b"x-gzip": _Zlib,
    b"deflate": _Zlib,
    b"br": _Brotli,
    b"zstd": _Zstandard,
}
