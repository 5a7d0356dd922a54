"""The bytes of one picture on their way in: in memory while they are few, else in a file."""

from pathlib import Path

from spiders_project.media.store import Content


class Spool:
    """Takes the bytes of a download, and of another one that goes on where it was cut.

    ``buffer_bytes`` are held in memory at most, and a chunk more; a picture that
    fits is never written before it was looked at. ``flush``, ``content`` and
    ``close`` touch the disk and may raise OSError.
    """

    def __init__(self, file: Path, buffer_bytes: int) -> None:
        """``file`` is made, with its folder, when the buffer is full for the first time."""
        self._file = file
        self._buffer_bytes = buffer_bytes
        self._chunks: list[bytes] = []
        self._waiting_bytes = 0
        self._written_bytes = 0
        self.is_on_disk = False
        """Whether there is a file to close."""

    @property
    def size_bytes(self) -> int:
        """How many bytes have come."""
        return self._written_bytes + self._waiting_bytes

    def write(self, chunk: bytes) -> bool:
        """Take some bytes; False where the next ones should wait for a ``flush``."""
        self._chunks.append(chunk)
        self._waiting_bytes += len(chunk)
        return self._waiting_bytes < self._buffer_bytes

    def flush(self) -> None:
        """Write what waits in memory to the file."""
        chunks, self._chunks = self._chunks, []
        # What an earlier flush of a download that was begun anew has left is written over.
        is_first = not self._written_bytes
        if is_first:
            self._file.parent.mkdir(parents=True, exist_ok=True)
        self.is_on_disk = True
        with self._file.open("wb" if is_first else "ab", buffering=0) as file:
            for chunk in chunks:
                view = memoryview(chunk)
                while view:
                    view = view[file.write(view) :]
                self._written_bytes += len(chunk)
                self._waiting_bytes -= len(chunk)

    def restart(self) -> None:
        """Throw away what has come."""
        self._chunks = []
        self._waiting_bytes = self._written_bytes = 0

    def content(self) -> Content:
        """Return all that has come: bytes, or the file after a ``flush`` and a last one."""
        if self._written_bytes:
            return self._file
        if len(self._chunks) > 1:
            self._chunks = [b"".join(self._chunks)]
        return self._chunks[0] if self._chunks else b""

    def close(self) -> None:
        """Remove the file, unless it has become a picture of the store."""
        self.restart()
        self.is_on_disk = False
        self._file.unlink(missing_ok=True)
