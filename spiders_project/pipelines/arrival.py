"""A picture on its way in: where its bytes go, and how a download that was cut goes on."""

from collections.abc import Mapping
from pathlib import Path

from scrapy.http.headers import Headers

from spiders_project.media.spool import Spool
from spiders_project.media.store import Content
from spiders_project.pipelines.shelf import InWorker


class ArrivalFailed(Exception):
    """What came could not be written to the disk."""

    def __init__(self, reason: OSError) -> None:
        super().__init__(str(reason))
        self.reason = reason


class Arrival:
    """Takes the body of a picture from the download handler, from its first try to its last."""

    def __init__(self, file: Path, buffer_bytes: int, in_worker: InWorker) -> None:
        self._spool = Spool(file, buffer_bytes)
        self._in_worker = in_worker
        self._validator: str | None = None
        self._validator_of_answer: str | None = None
        self.announced_bytes = 0
        """What the disk has to take, as far as the server has said it."""

    @property
    def size_bytes(self) -> int:
        """How many bytes have come."""
        return self._spool.size_bytes

    def begin(self, start: int) -> None:
        """Throw away what has come, unless the body goes on behind it."""
        # A 206 need not repeat what If-Range has named (RFC 9110, 15.3.7).
        self._validator = self._validator_of_answer or (self._validator if start else None)
        if start != self._spool.size_bytes:
            self._spool.restart()

    def write(self, chunk: bytes) -> bool:
        """Take some bytes; False where the transfer is to pause for a ``drain``."""
        return self._spool.write(chunk)

    async def drain(self) -> None:
        """Write what waits in memory to the disk; raises ArrivalFailed."""
        try:
            await self._in_worker(self._spool.flush)
        except OSError as error:
            # Any other OSError on the way would be one of the network.
            raise ArrivalFailed(error) from error

    def note(self, headers: Headers, length_bytes: int) -> None:
        """Remember what tells whether the rest of a cut download is that of the same picture.

        A strong entity tag, else the date (RFC 9110, 13.1.5).
        """
        self.announced_bytes = self.size_bytes + length_bytes
        tag, date = headers.get("ETag"), headers.get("Last-Modified")
        validator = date if tag is None or tag.startswith(b"W/") else tag
        # An error page has one too; only a body that begins makes it count.
        self._validator_of_answer = validator.decode("latin-1") if validator else None

    def prepare_try(self) -> Mapping[str, str]:
        """Return the headers that ask for the rest; none, and nothing kept, for a fresh start."""
        if self.size_bytes and self._validator:
            return {"Range": f"bytes={self.size_bytes}-", "If-Range": self._validator}
        self._spool.restart()
        return {}

    async def content(self) -> Content:
        """Return what has come: bytes, or a file below the store; raises ArrivalFailed."""
        if self._spool.is_on_disk:
            await self.drain()
        return self._spool.content()

    async def close(self) -> None:
        """Remove what did not become a picture of the store."""
        if self._spool.is_on_disk:
            await self._in_worker(self._spool.close)
