"""Walks the blocks of a GIF without unpacking it (GIF89a specification, sections 18 to 27)."""

from collections.abc import Iterator

_IMAGE, _EXTENSION, _TRAILER = 0x2C, 0x21, 0x3B
_HEADER_BYTES = 13
_DESCRIPTOR_BYTES = 10


class GifBlocks:
    """The frames that a GIF announces, and whether its trailer is there."""

    def __init__(self, body: bytes) -> None:
        self.extents: list[tuple[int, int]] = []
        """Right and bottom edge of each frame, in pixels."""
        self.has_trailer = False
        for kind, at in _blocks(body):
            if kind == _IMAGE:
                left, top, width, height = (
                    int.from_bytes(body[at + n : at + n + 2], "little") for n in (1, 3, 5, 7)
                )
                self.extents.append((left + width, top + height))
            self.has_trailer |= kind == _TRAILER

    @property
    def canvas(self) -> tuple[int, int]:
        """Width and height that hold all frames, in pixels."""
        rights, bottoms = zip((0, 0), *self.extents, strict=True)
        return max(rights), max(bottoms)


def _blocks(body: bytes) -> Iterator[tuple[int, int]]:
    """Yield kind and place of each block until the trailer, or until nothing makes sense."""
    at = _HEADER_BYTES + _colour_table_bytes(body[10]) if len(body) > _HEADER_BYTES else len(body)
    while at < len(body):
        kind = body[at]
        yield kind, at
        if kind == _EXTENSION:
            at += 2
        elif kind == _IMAGE and at + _DESCRIPTOR_BYTES < len(body):
            at += _DESCRIPTOR_BYTES + 1 + _colour_table_bytes(body[at + 9])
        else:
            return
        while at < len(body) and body[at]:
            at += 1 + body[at]
        at += 1


def _colour_table_bytes(packed: int) -> int:
    return 3 * 2 ** ((packed & 0b111) + 1) if packed & 0b1000_0000 else 0
