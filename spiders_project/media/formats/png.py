"""Walks the chunks of a PNG (PNG specification, third edition, sections 5 and 11)."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from struct import unpack_from

from spiders_project.media.refusal import damaged
from spiders_project.media.source import Source

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_DATA = (b"IDAT", b"fdAT")
_LONGEST_TEXT_BYTES = 8 << 20
_XMP_KEYWORD = b"XML:com.adobe.xmp"


@dataclass(frozen=True)
class Chunk:
    """A chunk and where it stands."""

    kind: bytes
    start: int
    """Of its data."""
    length: int

    @property
    def end(self) -> int:
        """The place behind its checksum."""
        return self.start + self.length + 4


class PngChunks:
    """What the chunks of a PNG say, without its pixels; raises PictureRefused.

    Checksums of pixel data are left to the decoder, those of all other chunks
    are checked here. ``end`` is the place behind IEND, None where that is missing.
    """

    def __init__(self, source: Source) -> None:
        self.width = 0
        self.height = 0
        self.frames = 1
        self.end: int | None = None
        self.exif: bytes | None = None
        self.xmp: bytes | None = None
        for number, chunk in enumerate(_chunks(source)):
            if number == 0 and (chunk.kind != b"IHDR" or chunk.length != 13):
                raise damaged("the PNG does not begin with IHDR")
            if not chunk.kind.isalpha():
                raise damaged(f"{chunk.kind!r} is no PNG chunk")
            if chunk.end > source.size_bytes:
                return
            if chunk.kind not in _DATA and chunk.length <= _LONGEST_TEXT_BYTES:
                self._take(chunk, source.read(chunk.start, chunk.length + 4))
            if chunk.kind == b"IEND":
                self.end = chunk.end
                return

    def _take(self, chunk: Chunk, data: bytes) -> None:
        if zlib.crc32(data[:-4], zlib.crc32(chunk.kind)) != int.from_bytes(data[-4:]):
            raise damaged(f"the checksum of the PNG chunk {chunk.kind!r} is wrong")
        if chunk.kind == b"IHDR":
            self.width, self.height = unpack_from(">II", data)
            if not (self.width and self.height):
                raise damaged("the PNG has no pixels")
        elif chunk.kind == b"acTL" and chunk.length == 8:
            self.frames = max(1, int.from_bytes(data[:4]))
        elif chunk.kind == b"eXIf":
            self.exif = data[:-4]
        elif chunk.kind == b"iTXt" and data.startswith(_XMP_KEYWORD + b"\0"):
            self.xmp = _international_text(data[len(_XMP_KEYWORD) + 1 : -4])


def _chunks(source: Source) -> Iterator[Chunk]:
    at = len(SIGNATURE)
    while len(head := source.read(at, 8)) == 8:
        chunk = Chunk(head[4:], at + 8, int.from_bytes(head[:4]))
        yield chunk
        at = chunk.end


def _international_text(data: bytes) -> bytes | None:
    """Return the text behind the keyword of an iTXt chunk (11.3.3.4), unpacked."""
    is_compressed = data[:1] == b"\1"
    _, _, text = data[2:].partition(b"\0")  # the language
    _, _, text = text.partition(b"\0")  # the keyword in that language
    if not is_compressed:
        return text
    try:
        return zlib.decompressobj().decompress(text, _LONGEST_TEXT_BYTES)
    except zlib.error:
        return None
