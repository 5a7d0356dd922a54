"""The demo's server: started on a running loop, stopped without waiting for idle clients."""

from __future__ import annotations

import asyncio
import collections
import contextlib
import socket

from aiohttp import web

from .hosts import Hosts
from .site import DemoSite
from .visits import Visits

_HOST = "127.0.0.1"
_PATIENCE = 0.2


class DemoServer:
    """Serves the gallery at 127.0.0.1 and its pictures at localhost, both on one port.

    Two neighbours have ports of their own: some pictures of the difficulties
    live with them.
    """

    def __init__(self, sock: socket.socket | None = None, port: int = 8642) -> None:
        """Take an already bound socket, or the port to bind when the server starts."""
        self._sock = sock
        self._port = port if sock is None else int(sock.getsockname()[1])
        self._runners: list[web.AppRunner] = []
        self._visits = Visits()

    @property
    def requests(self) -> collections.Counter[str]:
        """Return how often each path was asked for."""
        return self._visits.counts

    @property
    def url(self) -> str:
        """Return the address of the front page, without a slash at its end."""
        return f"http://{_HOST}:{self._port}"

    @property
    def picture_url(self) -> str:
        """Return the address of the picture host, without a slash at its end."""
        return f"http://localhost:{self._port}"

    async def start(self) -> None:
        """Bind what is not bound yet and begin to answer."""
        sock = self._sock or _bound(socket.AF_INET, (_HOST, self._port))
        self._port = int(sock.getsockname()[1])
        neighbours = [_bound(socket.AF_INET, (_HOST, 0)) for _ in range(2)]
        ailing, unhurried = (f"{_HOST}:{each.getsockname()[1]}" for each in neighbours)
        hosts = Hosts(f"{_HOST}:{self._port}", f"localhost:{self._port}", ailing, unhurried)
        site = DemoSite(hosts, self._visits)
        gallery = await self._serve(site.application(), sock)
        # Some systems look up localhost as ::1 first; without IPv6 they cannot.
        with contextlib.suppress(OSError):
            await web.SockSite(gallery, _bound(socket.AF_INET6, ("::1", self._port))).start()
        for app, bound in zip(site.neighbours(), neighbours, strict=True):
            await self._serve(app, bound)

    async def stop(self) -> None:
        """Close the sockets and every connection; stopping twice does no harm."""
        runners, self._runners = self._runners, []
        await asyncio.gather(*(runner.cleanup() for runner in runners))

    async def _serve(self, app: web.Application, sock: socket.socket) -> web.AppRunner:
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=_PATIENCE)
        self._runners.append(runner)
        await runner.setup()
        await web.SockSite(runner, sock).start()
        return runner


def _bound(family: socket.AddressFamily, address: tuple[str, int]) -> socket.socket:
    """Return a socket bound to an address that a stopped server may just have left."""
    sock = socket.socket(family, socket.SOCK_STREAM)
    try:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind(address)
    except OSError:
        sock.close()
        raise
    return sock
