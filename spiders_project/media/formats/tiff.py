"""Walks the directories of a TIFF (TIFF 6.0, section 2) or BigTIFF; an EXIF block is one, too."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from spiders_project.media.refusal import damaged, truncated
from spiders_project.media.source import Source

WIDTH, HEIGHT, COMPRESSION, ORIENTATION = 256, 257, 259, 274
XMP, IPTC, PHOTOSHOP, EXIF, ICC = 700, 33723, 34377, 34665, 34675
DEFLATE = (8, 32946)
"""Values of Compression that mean zlib (TIFF technical note 2)."""
_STRIPS, _STRIP_BYTES, _TILES, _TILE_BYTES = 273, 279, 324, 325
_OLD_JPEG, _OLD_JPEG_BYTES = 513, 514
_EXTENTS = ((_STRIPS, _STRIP_BYTES), (_TILES, _TILE_BYTES), (_OLD_JPEG, _OLD_JPEG_BYTES))
_DIRECTORIES = (330, EXIF, 34853, 40965)
"""Tags that point to directories: further pictures, EXIF, GPS, interoperability."""

_TYPE_BYTES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8}
_TYPE_BYTES |= {13: 4, 16: 8, 17: 8, 18: 8}
_WHOLE_NUMBERS = (1, 3, 4, 13, 16, 18)
_LAST_STANDARD_TAG = 532
_MOST_BYTES = 8 << 20
_MOST_DIRECTORIES = 10_000


ByteOrder = Literal["little", "big"]


@dataclass(frozen=True)
class Field:
    """A field of a directory: its type, and where its values lie."""

    type: int
    count: int
    at: int

    @property
    def size_bytes(self) -> int:
        """Length of all values."""
        return _TYPE_BYTES.get(self.type, 1) * self.count


class Directory:
    """The fields of a directory by tag."""

    def __init__(self, tiff: "Tiff", at: int) -> None:
        self._tiff = tiff
        self.fields: dict[int, Field] = {}
        head, entry_bytes, pointer = (8, 20, 8) if tiff.is_big else (2, 12, 4)
        count = tiff.number(at, head)
        self.end = at + head + count * entry_bytes + pointer
        body = tiff.source.read(at + head, count * entry_bytes)
        if len(body) < count * entry_bytes:
            raise truncated("a directory of the TIFF reaches beyond the end of the file")
        for start in range(0, count * entry_bytes, entry_bytes):
            entry = body[start : start + entry_bytes]
            tag, kind = (int.from_bytes(entry[n : n + 2], tiff.order) for n in (0, 2))
            value = 4 + pointer
            field = Field(kind, int.from_bytes(entry[4:value], tiff.order), 0)
            inside = at + head + start + value
            outside = int.from_bytes(entry[value:], tiff.order)
            place = inside if field.size_bytes <= pointer else outside
            self.fields[tag] = Field(kind, field.count, place)
        self.next = tiff.number(self.end - pointer, pointer)

    def data(self, tag: int) -> bytes | None:
        """Return the bytes of a field; None where there is none, or where they are too many."""
        field = self.fields.get(tag)
        if field is None or field.size_bytes > _MOST_BYTES:
            return None
        return self._tiff.source.read(field.at, field.size_bytes)

    def numbers(self, tag: int) -> list[int]:
        """Return the values of a field of whole numbers."""
        field, data = self.fields.get(tag), self.data(tag)
        if field is None or data is None or field.type not in _WHOLE_NUMBERS:
            return []
        size = _TYPE_BYTES[field.type]
        order = self._tiff.order
        return [int.from_bytes(data[n : n + size], order) for n in range(0, len(data), size)]

    def number(self, tag: int, default: int = 0) -> int:
        """Return the first value of a field of whole numbers."""
        return next(iter(self.numbers(tag)), default)

    @property
    def extents(self) -> Iterator[tuple[int, int]]:
        """Place and length of each piece of coded pixels."""
        for places, lengths in _EXTENTS:
            yield from zip(self.numbers(places), self.numbers(lengths), strict=False)


class Tiff:
    """A TIFF file or an EXIF block; raises PictureRefused where it is none."""

    def __init__(self, source: Source) -> None:
        self.source = source
        head = source.read(0, 4)
        self.order: ByteOrder = "little" if head[:2] == b"II" else "big"
        if head not in (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"):
            raise damaged("it does not begin as a TIFF")
        self.is_big = b"+" in head

    def number(self, at: int, size: int) -> int:
        """Return a number of so many bytes at a place."""
        data = self.source.read(at, size)
        if len(data) < size:
            raise truncated("a directory of the TIFF lies beyond the end of the file")
        return int.from_bytes(data, self.order)

    @property
    def first(self) -> Directory:
        """The first directory of the main chain."""
        return Directory(self, self._start)

    @property
    def _start(self) -> int:
        return self.number(8, 8) if self.is_big else self.number(4, 4)

    @cached_property
    def pages(self) -> list[Directory]:
        """The directories of the main chain, each a picture."""
        found: dict[int, Directory] = {}
        at = self._start
        while at and at not in found:
            if len(found) == _MOST_DIRECTORIES:
                raise damaged("the TIFF has too many pages")
            found[at] = Directory(self, at)
            at = found[at].next
        return list(found.values())

    @property
    def end(self) -> int:
        """The place behind all that the directories point to.

        Fields that other programs have invented are believed only as far as they lie in the file.
        """
        waiting, seen, end = list(self.pages), set[int](), 8
        while waiting and len(seen) < _MOST_DIRECTORIES:
            directory = waiting.pop()
            end = max([end, directory.end, *(at + length for at, length in directory.extents)])
            for tag, field in directory.fields.items():
                field_end = field.at + field.size_bytes
                if tag <= _LAST_STANDARD_TAG or field_end <= self.source.size_bytes:
                    end = max(end, field_end)
            children = {at for tag in _DIRECTORIES for at in directory.numbers(tag) if at} - seen
            seen |= children
            waiting += [Directory(self, at) for at in children]
        return end

    def child(self, directory: Directory, tag: int) -> Directory | None:
        """Return the directory that a field points to; None where there is none."""
        at = directory.number(tag)
        return Directory(self, at) if at else None
