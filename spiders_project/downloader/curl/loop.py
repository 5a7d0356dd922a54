"""Drives the transfers of libcurl from the running asyncio event loop."""

import asyncio
from dataclasses import dataclass

import pycurl


@dataclass(frozen=True)
class CurlError:
    """Why libcurl ended a transfer: its code (``CURLE_...``) and its words."""

    code: int
    words: str


class CurlLoop:
    """The transfers of one handler and the connections that they share.

    libcurl says which sockets it waits for and until when; the event loop
    wakes it up. Nothing runs while nothing happens.
    """

    def __init__(self, max_connections: int) -> None:
        self._loop = asyncio.get_running_loop()
        self._multi = pycurl.CurlMulti()
        self._multi.setopt(pycurl.M_SOCKETFUNCTION, self._watch)
        self._multi.setopt(pycurl.M_TIMERFUNCTION, self._set_timer)
        self._multi.setopt(pycurl.M_MAXCONNECTS, max_connections)
        self._timer: asyncio.Handle | None = None
        self._watched: dict[int, int] = {}
        self._waiting: dict[pycurl.Curl, asyncio.Future[CurlError | None]] = {}
        self._end: CurlError | None = None

    async def perform(self, curl: pycurl.Curl) -> CurlError | None:
        """Return when a transfer has ended, in whatever way; cancelling stops it."""
        if self._end is not None:
            return self._end
        future: asyncio.Future[CurlError | None] = self._loop.create_future()
        self._multi.add_handle(curl)
        self._waiting[curl] = future
        try:
            return await future
        finally:
            self.stop(curl)

    def stop(self, curl: pycurl.Curl, error: CurlError | None = None) -> None:
        """End a transfer that has not ended; not from within a callback of libcurl."""
        future = self._waiting.pop(curl, None)
        if future is not None:
            self._multi.remove_handle(curl)
            if not future.done():
                future.set_result(error)

    def resume(self, curl: pycurl.Curl) -> None:
        """Let a transfer go on that has paused; not from within a callback of libcurl."""
        if curl in self._waiting:
            try:
                curl.pause(pycurl.PAUSE_CONT)
            except pycurl.error as error:
                self.stop(curl, CurlError(*error.args))

    def close(self, error: CurlError) -> None:
        """End all transfers with an error, later ones too, and close the connections."""
        self._end = error
        for curl in tuple(self._waiting):
            self.stop(curl, error)
        self._multi.close()
        if self._timer is not None:
            self._timer.cancel()
        for fd in tuple(self._watched):
            self._watch(pycurl.POLL_REMOVE, fd, self._multi, None)

    def _watch(self, what: int, fd: int, multi: pycurl.CurlMulti, data: object) -> None:
        """Watch a socket as libcurl asks for."""
        wanted = 0 if what == pycurl.POLL_REMOVE else what
        changed = wanted ^ self._watched.get(fd, 0)
        if wanted:
            self._watched[fd] = wanted
        else:
            self._watched.pop(fd, None)
        if changed & pycurl.POLL_IN:
            if wanted & pycurl.POLL_IN:
                self._loop.add_reader(fd, self._act, fd, pycurl.CSELECT_IN)
            else:
                self._loop.remove_reader(fd)
        if changed & pycurl.POLL_OUT:
            if wanted & pycurl.POLL_OUT:
                self._loop.add_writer(fd, self._act, fd, pycurl.CSELECT_OUT)
            else:
                self._loop.remove_writer(fd)

    def _set_timer(self, milliseconds: int) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if milliseconds == 0:
            # libcurl forbids to be called from within this callback.
            self._timer = self._loop.call_soon(self._act, pycurl.SOCKET_TIMEOUT, 0)
        elif milliseconds > 0:
            self._timer = self._loop.call_later(
                milliseconds / 1000, self._act, pycurl.SOCKET_TIMEOUT, 0
            )

    def _act(self, fd: int, events: int) -> None:
        """Let libcurl do what there is to do."""
        _, running = self._multi.socket_action(fd, events)
        if running < len(self._waiting):
            self._collect()

    def _collect(self) -> None:
        """Tell of the transfers that have ended."""
        while True:
            left, ended, failed = self._multi.info_read()
            for curl in ended:
                self.stop(curl)
            for curl, code, words in failed:
                self.stop(curl, CurlError(code, words))
            if not left:
                return
