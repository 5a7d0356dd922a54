"""Walks the blocks of a GIF without unpacking it (GIF89a specification, sections 18 to 27)."""

from collections.abc import Iterator

from spiders_project.media.source import Source

_IMAGE, _EXTENSION, _TRAILER = 0x2C, 0x21, 0x3B
_HEADER_BYTES = 13
_DESCRIPTOR_BYTES = 10
_WINDOW_BYTES = 1 << 16


class GifBlocks:
    """The frames that a GIF announces, and where its trailer is."""

    def __init__(self, source: Source) -> None:
        window = _Window(source)
        self.frames = 0
        self.canvas = self.size = window.number(6), window.number(8)
        """Width and height in pixels that hold all frames; size holds the first one."""
        self.end: int | None = None
        """The place behind the trailer, None where that is missing."""
        self.is_broken = False
        """Whether there is something in the middle that is no block."""
        for kind, at in _blocks(window):
            if kind == _IMAGE:
                left, top, width, height = (window.number(at + n) for n in (1, 3, 5, 7))
                right, bottom = self.canvas
                self.canvas = max(right, left + width), max(bottom, top + height)
                self.size = self.size if self.frames else self.canvas
                self.frames += 1
            elif kind == _TRAILER:
                self.end = at + 1
            else:
                self.is_broken = kind != _EXTENSION


class _Window:
    """Single bytes of a source, most of them read together; -1 behind the end."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._start = 0
        self._bytes = b""

    def __getitem__(self, at: int) -> int:
        offset = at - self._start
        if not 0 <= offset < len(self._bytes):
            self._bytes = self._source.read(at, _WINDOW_BYTES)
            self._start, offset = at, 0
        return self._bytes[offset] if self._bytes else -1

    def number(self, at: int) -> int:
        """Return two bytes as a number."""
        return self[at] + 256 * self[at + 1]


def _blocks(window: _Window) -> Iterator[tuple[int, int]]:
    """Yield kind and place of each block until the trailer, or until nothing makes sense."""
    at = _HEADER_BYTES + _colour_table_bytes(window[10])
    while (kind := window[at]) >= 0:
        yield kind, at
        if kind == _EXTENSION:
            at += 2
        elif kind == _IMAGE and window[at + _DESCRIPTOR_BYTES] >= 0:
            at += _DESCRIPTOR_BYTES + 1 + _colour_table_bytes(window[at + 9])
        else:
            return
        while (length := window[at]) > 0:
            at += 1 + length
        at += 1


def _colour_table_bytes(packed: int) -> int:
    return 3 * 2 ** ((packed & 0b111) + 1) if packed & 0b1000_0000 else 0
