"""The bytes of a picture, in memory or in a file that is too large for it."""

import hashlib
import os
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Self

_IN_MEMORY_BYTES = 16 << 20
_BLOCK_BYTES = 1 << 20


class Source:
    """Reads a picture in pieces; a file of up to 16 MiB is taken into memory at once.

    Opening and hashing a file raise OSError; after that, its bytes have been
    read once, and what fails is the picture.
    """

    def __init__(self, origin: bytes | Path) -> None:
        self.path: Path | None = None
        self.body: bytes | None = None
        """All bytes, unless they are too many."""
        self._file: BinaryIO | None = None
        if isinstance(origin, bytes):
            self.body = origin
            self.size_bytes = len(origin)
            return
        self.path = origin
        self._file = origin.open("rb")
        self.size_bytes = os.fstat(self._file.fileno()).st_size
        if self.size_bytes <= _IN_MEMORY_BYTES:
            self.body = self._file.read()
            self.size_bytes = len(self.body)
            self.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file, if there is one."""
        if self._file:
            self._file.close()

    def read(self, start: int, length: int) -> bytes:
        """Return bytes from a place on, fewer where the picture ends before."""
        if self.body is not None:
            return self.body[start : start + length]
        assert self._file is not None
        self._file.seek(start)
        return self._file.read(length)

    def blocks(self, start: int = 0, overlap: int = 0) -> Iterator[tuple[int, memoryview]]:
        """Yield pieces of up to 1 MiB with their places, each beginning where the last one ended.

        ``overlap`` bytes of the end of one are the beginning of the next.
        """
        while start + overlap < self.size_bytes:
            block = self._block(start)
            yield start, block
            start += len(block) - overlap

    def _block(self, start: int) -> memoryview:
        if self.body is not None:
            return memoryview(self.body)[start : start + _BLOCK_BYTES]
        return memoryview(self.read(start, _BLOCK_BYTES))

    def up_to(self, end: int) -> bytes | None:
        """Return the bytes before a place; None where these are too many for memory."""
        if self.body is not None:
            return self.body if end >= self.size_bytes else self.body[:end]
        return self.read(0, end) if end <= _IN_MEMORY_BYTES else None

    def open(self, end: int) -> BinaryIO:
        """Return a file for a decoder; the caller closes it.

        It ends at a place, unless so many bytes are too many for memory.
        """
        body = self.up_to(end)
        if body is not None:
            return BytesIO(body)
        assert self.path is not None
        return self.path.open("rb")

    def hashes(self) -> tuple[str, str]:
        """Return sha256 and md5 in hex digits."""
        sha256 = hashlib.sha256()
        md5 = hashlib.md5(usedforsecurity=False)
        for _, block in self.blocks():
            sha256.update(block)
            md5.update(block)
        return sha256.hexdigest(), md5.hexdigest()
