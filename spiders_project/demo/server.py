"""The demo's server: started on a running loop, stopped without waiting for idle clients."""

from __future__ import annotations

import collections
import contextlib
import socket

from aiohttp import web

from .site import DemoSite

_HOST = "127.0.0.1"
_PATIENCE = 0.2


class DemoServer:
    """Serves the gallery at 127.0.0.1 and its pictures at localhost, both on one port."""

    def __init__(self, sock: socket.socket | None = None, port: int = 8642) -> None:
        """Take an already bound socket, or the port to bind when the server starts."""
        self._sock = sock
        self._port = port if sock is None else int(sock.getsockname()[1])
        self._runner: web.AppRunner | None = None
        self.requests: collections.Counter[str] = collections.Counter()

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
        site = DemoSite(self.url, self.picture_url, self.requests)
        runner = web.AppRunner(site.application(), access_log=None, shutdown_timeout=_PATIENCE)
        await runner.setup()
        self._runner = runner
        await web.SockSite(runner, sock).start()
        # Some systems look up localhost as ::1 first; without IPv6 they cannot.
        with contextlib.suppress(OSError):
            await web.SockSite(runner, _bound(socket.AF_INET6, ("::1", self._port))).start()

    async def stop(self) -> None:
        """Close the sockets and every connection; stopping twice does no harm."""
        runner, self._runner = self._runner, None
        if runner is not None:
            await runner.cleanup()


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
