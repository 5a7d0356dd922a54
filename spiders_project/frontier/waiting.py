"""Requests that wait for their time, or for a host that is held back, and those that are ready."""

import asyncio
from collections import deque
from collections.abc import Callable

from scrapy import Request

from spiders_project.urls import origin_of


class WaitingRoom:
    """Requests that were handed out once and come back: none of them occupies the downloader."""

    def __init__(self, release: Callable[[Request], None]) -> None:
        """``release`` is given each request when it has waited long enough."""
        self._release = release
        self._timers: dict[Request, asyncio.TimerHandle] = {}
        self.ready: deque[Request] = deque()
        self.held_origins: set[str] = set()
        """Hosts for which one request waits; the others for them stay in the store."""

    def __bool__(self) -> bool:
        return bool(self.ready or self._timers)

    def wait(self, request: Request, seconds: float, *, for_host: bool) -> None:
        """Keep a request back for some seconds; its host too, if it waits for that."""
        if for_host:
            self.held_origins.add(origin_of(request.url))
        loop = asyncio.get_running_loop()
        self._timers[request] = loop.call_later(seconds, self._let_go, request)

    def close(self) -> None:
        """Let nothing come back any more."""
        for timer in self._timers.values():
            timer.cancel()
        self._timers.clear()

    def _let_go(self, request: Request) -> None:
        del self._timers[request]
        self.held_origins.discard(origin_of(request.url))
        self._release(request)
