"""Who asked for what, and when: what tests and the difficulties of the demo want to know."""

from __future__ import annotations

import collections
import time
from collections.abc import Callable

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

_OWN_PATHS = ("/requests.json", "/requests.json/reset", "/times.json")


class Visits:
    """Counts the gallery's requests by path; keeps the times of all requests by address."""

    def __init__(self) -> None:
        """Open an empty book."""
        self.counts: collections.Counter[str] = collections.Counter()
        self.times: dict[str, list[float]] = {}
        """Seconds since 1970, in order."""

    def counter(self) -> Middleware:
        """Return the middleware of the gallery."""
        return self._middleware(self._count)

    def clock(self) -> Middleware:
        """Return the middleware of the neighbours, whose paths are not the gallery's."""
        return self._middleware(self._time)

    def routes(self) -> list[web.RouteDef]:
        """Return where the book can be read and emptied."""
        return [
            web.get("/requests.json", self._show_counts),
            web.get("/times.json", self._show_times),
            web.post("/requests.json/reset", self._reset),
        ]

    def _middleware(self, note: Callable[[web.Request], None]) -> Middleware:
        @web.middleware
        async def visited(request: web.Request, handler: Handler) -> web.StreamResponse:
            if request.path not in _OWN_PATHS:
                note(request)
            return await handler(request)

        return visited

    def _count(self, request: web.Request) -> None:
        self.counts[request.path] += 1
        self._time(request)

    def _time(self, request: web.Request) -> None:
        self.times.setdefault(str(request.url), []).append(time.time())

    async def _show_counts(self, _request: web.Request) -> web.Response:
        return web.json_response(dict(self.counts))

    async def _show_times(self, _request: web.Request) -> web.Response:
        return web.json_response(self.times)

    async def _reset(self, _request: web.Request) -> web.Response:
        self.counts.clear()
        self.times.clear()
        return web.json_response({})
