"""Hands a body on to a sink, and lets the transfer wait while the sink writes."""

import asyncio
from collections.abc import Callable, Iterator

from scrapy.http import Headers

from spiders_project.downloader.curl.decoding import Decoder, decode, decoders_of
from spiders_project.downloader.curl.head import Head
from spiders_project.downloader.curl.ranges import ContentRange
from spiders_project.downloader.curl.sizes import SizeLimit
from spiders_project.downloader.sink import RangeMismatch, Sink

PARTIAL_CONTENT = 206
_ENCODING = b"Content-Encoding"

OnDrained = Callable[[Exception | None], None]


class Stream:
    """The way of one body into a sink; never more in memory than a piece and the sink's buffer."""

    def __init__(
        self, sink: Sink, decoders: list[Decoder], limit: SizeLimit, on_drained: OnDrained
    ) -> None:
        """Call ``on_drained`` whenever the sink has written, with the error if there is one."""
        self._sink = sink
        self._decoders = decoders
        self._limit = limit
        self._on_drained = on_drained
        self._pieces: Iterator[bytes] = iter(())
        self._draining: asyncio.Task[None] | None = None
        self._is_begun = False

    @property
    def is_waiting(self) -> bool:
        """True while the sink writes: nothing can be taken."""
        return self._draining is not None

    @property
    def is_complete(self) -> bool:
        """False where the encoded body has to go on; an empty one has no encoding."""
        return not self._is_begun or all(decoder.is_complete for decoder in self._decoders)

    def take(self, chunk: bytes) -> None:
        """Take a piece of the body; raises DownloadCancelledError, DamagedEncoding."""
        self._is_begun = True
        if self._decoders:
            self._pieces = decode(self._decoders, chunk)
            is_full = self._is_full()
        else:  # the usual case, sixty times for each megabyte
            self._limit.add(len(chunk))
            is_full = not self._sink.write(chunk)
        if is_full:
            self._draining = asyncio.get_running_loop().create_task(self._drain())

    async def settle(self) -> None:
        """Return when the sink is not writing any more, and has all that was decoded."""
        while self._draining is not None:
            await asyncio.wait((self._draining,))

    def give_up(self) -> None:
        """Throw away what cannot be continued: the decoded half of an encoded body."""
        if self._decoders:
            self._sink.begin(0)

    def _is_full(self) -> bool:
        """Give the sink pieces until its buffer is full; False when there are no more."""
        for piece in self._pieces:
            self._limit.add(len(piece))
            if not self._sink.write(piece):
                return True
        return False

    async def _drain(self) -> None:
        failure = None
        try:
            await self._sink.drain()
            while self._is_full():
                await self._sink.drain()
        except Exception as error:  # noqa: BLE001 - raised where the response is waited for
            failure = error
        self._draining = None
        self._on_drained(failure)


def open_stream(sink: Sink, head: Head, limit: SizeLimit, on_drained: OnDrained) -> Stream:
    """Begin at the start, or where a 206 continues; raises RangeMismatch.

    What is decoded on the way to the sink is no longer said to be encoded.
    """
    encoding = b",".join(head.headers.getlist(_ENCODING))
    decoders = decoders_of(encoding)
    if head.status == PARTIAL_CONTENT:
        _continue(sink, head.headers, is_encoded=bool(decoders))
        limit.size_bytes = sink.size_bytes
    else:
        sink.begin(0)
    if decoders:
        del head.headers[_ENCODING]
    return Stream(sink, decoders, limit, on_drained)


def _continue(sink: Sink, headers: Headers, *, is_encoded: bool) -> None:
    part = ContentRange.of(headers)
    if part is None or part.first != sink.size_bytes or is_encoded:
        held_bytes = sink.size_bytes
        sink.begin(0)
        raise RangeMismatch(f"a 206 does not continue at byte {held_bytes}: {part}")
    sink.begin(part.first)
