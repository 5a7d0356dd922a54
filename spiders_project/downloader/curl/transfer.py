"""One download on its way: what libcurl has delivered so far, and what follows from it."""

import time

import pycurl
from scrapy import Request
from scrapy.exceptions import StopDownload

from spiders_project.downloader.curl.announcements import Announcements, Pieces
from spiders_project.downloader.curl.head import Head, parse_head
from spiders_project.downloader.curl.limits import Limits
from spiders_project.downloader.curl.loop import CurlLoop
from spiders_project.downloader.curl.sizes import SizeLimit
from spiders_project.downloader.curl.stream import Stream, open_stream
from spiders_project.downloader.sink import SINK

_ABORT = -1
"""What a callback of libcurl returns to end the transfer."""
_STREAMED = (200, 206)


class Transfer:
    """Takes what libcurl delivers for a request; its callbacks never raise."""

    def __init__(
        self, request: Request, limits: Limits, announcements: Announcements, loop: CurlLoop
    ) -> None:
        self.request = request
        self.limits = limits
        self.head: Head | None = None
        """None until it has come as a whole."""
        self.body: list[bytes] = []
        """Where it stays in memory."""
        self.stream: Stream | None = None
        """The way of the body into the sink, where it goes there."""
        self.received_bytes = 0
        """Bytes of the body, as they came over the network."""
        self.failure: Exception | None = None
        """Why we have ended the transfer, other than by a wish to stop."""
        self.stop: StopDownload | None = None
        self._announcements = announcements
        self._size_limit = SizeLimit(request, limits.most_bytes, limits.warn_bytes)
        self._pieces: Pieces | None = None
        self._loop = loop
        self._curl: pycurl.Curl | None = None
        self._lines: list[bytes] = []
        self._begun_seconds = time.monotonic()
        self._is_paused = False

    def attach(self, curl: pycurl.Curl) -> None:
        """Become the one that a handle delivers to."""
        self._curl = curl
        curl.setopt(pycurl.HEADERFUNCTION, self._on_header)
        curl.setopt(pycurl.WRITEFUNCTION, self._on_body)

    def detach(self) -> None:
        """Let go of the handle: what it does next is no matter of this transfer."""
        self._curl = None

    async def settle(self) -> None:
        """Return when nothing is under way any more and all bytes are told of."""
        if self.stream is not None:
            await self.stream.settle()
        if self._pieces is not None and self.stop is None:
            self.stop = self._pieces.send()

    def give_up(self) -> None:
        """Leave in the sink only what can be continued."""
        if self.stream is not None:
            self.stream.give_up()

    def _on_header(self, line: bytes) -> int | None:
        if self.head is not None:  # a trailer
            return None
        if line not in (b"\r\n", b"\n"):
            self._lines.append(line)
            return None
        head, self._lines = parse_head(self._lines), []
        if not head.is_interim:
            self.head = head
            try:
                self._begin(head)
            except Exception as error:  # noqa: BLE001 - raised where the response is waited for
                self.failure = error
        return self._verdict()

    def _begin(self, head: Head) -> None:
        request, length = self.request, head.length_bytes
        request.meta["download_latency"] = time.monotonic() - self._begun_seconds
        self.stop = self._announcements.head(request, head.headers, length)
        if self.stop is not None or request.method == "HEAD" or not head.has_body:
            return
        if length is not None:
            self._size_limit.announce(length)
        self._pieces = self._announcements.pieces(request)
        if SINK in request.meta and head.status in _STREAMED:
            sink = request.meta[SINK]
            self.stream = open_stream(sink, head, self._size_limit, self._on_drained)

    def _on_body(self, chunk: bytes) -> int | None:
        stream = self.stream
        if stream is not None and stream.is_waiting:
            self._is_paused = True
            return int(pycurl.WRITEFUNC_PAUSE)  # it will be delivered again
        self.received_bytes += len(chunk)
        try:
            if stream is not None:
                stream.take(chunk)
            else:
                self._size_limit.add(len(chunk))
                self.body.append(chunk)
        except Exception as error:  # noqa: BLE001 - raised where the response is waited for
            self.failure = error
        if self._pieces is not None:
            self.stop = self._pieces.add(chunk)
        return self._verdict()

    def _verdict(self) -> int | None:
        return None if self.failure is None and self.stop is None else _ABORT

    def _on_drained(self, failure: Exception | None) -> None:
        if failure is not None:
            self.failure = failure
        if self._curl is None:
            return
        if failure is not None:
            self._loop.stop(self._curl)
        elif self._is_paused:
            self._is_paused = False
            self._loop.resume(self._curl)
