"""Checks the sums of deflated pieces of a TIFF, which libtiff does not read."""

import zlib

from spiders_project.media.formats.tiff import (
    COMPRESSION,
    DEFLATE,
    HEIGHT,
    WIDTH,
    Directory,
    Tiff,
)
from spiders_project.media.refusal import damaged
from spiders_project.media.source import Source

_INPUT_BYTES, _OUTPUT_BYTES = 1 << 16, 1 << 20
_MOST_BYTES_A_PIXEL = 32


def prove_deflated(source: Source) -> None:
    """Unpack all deflated pieces once more, to nowhere; raises PictureRefused for damage."""
    for page in Tiff(source).pages:
        if page.number(COMPRESSION) in DEFLATE:
            _prove_page(source, page)


def _prove_page(source: Source, page: Directory) -> None:
    left = page.number(WIDTH) * page.number(HEIGHT) * _MOST_BYTES_A_PIXEL
    for start, length in page.extents:
        unpacker, at = zlib.decompressobj(), start
        while at < start + length and not unpacker.eof and left > 0:
            block = source.read(at, min(_INPUT_BYTES, start + length - at))
            if not block:
                break
            at += len(block)
            try:
                while block and left > 0:
                    left -= len(unpacker.decompress(block, _OUTPUT_BYTES))
                    block = unpacker.unconsumed_tail
            except zlib.error as error:
                raise damaged(f"a piece of the TIFF does not unpack: {error}") from None
        if left > 0 and not unpacker.eof:
            raise damaged("a piece of the TIFF does not come to its end")
