"""Sinks for tests, each a real implementation of the protocol."""

import asyncio
from pathlib import Path


class MemorySink:
    """Keeps everything, with a buffer so small that it is always full."""

    def __init__(self, held: bytes = b"", buffer_bytes: int = 1, seconds: float = 0) -> None:
        self.kept = bytearray(held)
        self.begun_at: list[int] = []
        self.is_draining = False
        self._buffer_bytes = buffer_bytes
        self._seconds = seconds
        self._buffered_bytes = 0

    @property
    def size_bytes(self) -> int:
        return len(self.kept)

    def begin(self, start: int) -> None:
        assert not self.is_draining
        assert start <= len(self.kept)
        self.begun_at.append(start)
        del self.kept[start:]

    def write(self, chunk: bytes) -> bool:
        assert not self.is_draining
        self.kept += chunk
        self._buffered_bytes += len(chunk)
        return self._buffered_bytes < self._buffer_bytes

    async def drain(self) -> None:
        assert not self.is_draining
        self.is_draining = True
        await asyncio.sleep(self._seconds)
        self._buffered_bytes = 0
        self.is_draining = False


class FileSink:
    """Writes to a file in a worker thread."""

    def __init__(self, path: Path, buffer_bytes: int = 1_000_000, seconds: float = 0) -> None:
        self._file = path.open("wb")
        self._buffer: list[bytes] = []
        self._buffered_bytes = 0
        self._written_bytes = 0
        self._buffer_bytes = buffer_bytes
        self._seconds = seconds
        self.drains = 0

    @property
    def size_bytes(self) -> int:
        return self._written_bytes + self._buffered_bytes

    def begin(self, start: int) -> None:
        self._buffer, self._buffered_bytes, self._written_bytes = [], 0, start
        self._file.seek(start)
        self._file.truncate()

    def write(self, chunk: bytes) -> bool:
        self._buffer.append(chunk)
        self._buffered_bytes += len(chunk)
        return self._buffered_bytes < self._buffer_bytes

    async def drain(self) -> None:
        self.drains += 1
        await asyncio.sleep(self._seconds)
        await asyncio.to_thread(self._file.writelines, self._buffer)
        self._written_bytes += self._buffered_bytes
        self._buffer, self._buffered_bytes = [], 0

    def close(self) -> None:
        self._file.writelines(self._buffer)
        self._file.close()
