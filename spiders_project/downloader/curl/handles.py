"""Easy handles of libcurl, made ready for one request each and used again."""

from collections.abc import Sequence

import pycurl
from scrapy import Request

from spiders_project.downloader.curl import proxies, requests
from spiders_project.downloader.curl.limits import Limits
from spiders_project.downloader.curl.options import Option, bind_options
from spiders_project.downloader.curl.sockets import GuardedSockets


class Handle:
    """An easy handle, and the sockets that are opened for it."""

    def __init__(self, options: Sequence[Option]) -> None:
        self.curl = pycurl.Curl()
        self.sockets = GuardedSockets()
        self.is_reusable = True
        """False once it has options that other requests must not have."""
        for option, value in options:
            self.curl.setopt(option, value)
        self.curl.setopt(pycurl.OPENSOCKETFUNCTION, self.sockets.open)

    def prepare(self, request: Request, limits: Limits) -> None:
        """Set the options of one request; raises ValueError for one that cannot be sent."""
        setopt = self.curl.setopt
        setopt(pycurl.URL, requests.address_of(request))
        setopt(pycurl.HTTPHEADER, requests.header_lines(request))
        setopt(pycurl.CONNECTTIMEOUT_MS, _milliseconds(limits.connect_seconds))
        setopt(pycurl.TIMEOUT_MS, _milliseconds(limits.total_seconds))
        setopt(pycurl.LOW_SPEED_LIMIT, 1 if limits.silence_seconds else 0)
        setopt(pycurl.LOW_SPEED_TIME, max(1, round(limits.silence_seconds)))
        self.sockets.prepare(request.url)
        if not requests.is_plain(request):
            self._prepare_more(request)

    def release(self) -> None:
        """Let go of whoever was delivered to."""
        self.curl.setopt(pycurl.HEADERFUNCTION, _ignore)
        self.curl.setopt(pycurl.WRITEFUNCTION, _ignore)

    def _prepare_more(self, request: Request) -> None:
        self.is_reusable = False
        options = [
            *requests.method_options(request),
            *bind_options(request.meta.get("bindaddress")),
        ]
        proxy = proxies.proxy_of(request)
        if proxy:
            options += proxies.proxy_options(request, proxy)
            self.sockets.prepare(proxy)
        is_forwarded = proxy is not None and proxies.is_forwarding(request, proxy)
        options += requests.target_options(request, is_forwarded=is_forwarded)
        for option, value in options:
            self.curl.setopt(option, value)


def _ignore(data: bytes) -> None:
    """Take nothing."""


def _milliseconds(seconds: float) -> int:
    return round(seconds * 1000)


class Handles:
    """The handles of a crawl: as many as there are transfers at once."""

    def __init__(self, options: Sequence[Option]) -> None:
        self._options = options
        self._idle: list[Handle] = []

    def take(self) -> Handle:
        """Return a handle that nobody uses."""
        return self._idle.pop() if self._idle else Handle(self._options)

    def give_back(self, handle: Handle) -> None:
        """Keep a handle for another request, if it may be used again."""
        if handle.is_reusable:
            handle.release()
            self._idle.append(handle)
        else:
            handle.curl.close()

    def close(self) -> None:
        """Close the idle ones."""
        while self._idle:
            self._idle.pop().curl.close()
