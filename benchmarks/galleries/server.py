"""Serves a gallery on a port of its own, and counts every request: files, or another server's."""

import asyncio
import contextlib
import mimetypes
import socket
import threading
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from aiohttp import ClientSession, TCPConnector, web
from yarl import URL

_HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "host", "content-length"}
_TEXTS = {"text/html", "application/json", "text/xml", "application/xml", "text/javascript"}
PLACE = "http://gallery.invalid"
"""Stands for the address of a gallery in files that need to name it."""
_START_SECONDS, _STOP_SECONDS = 30, 90
_LONGEST_PATH = 250
_TYPES = {".webp": "image/webp", ".avif": "image/avif", ".mjs": "text/javascript"}

_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True)
class Visit:
    """One request and what came of it."""

    method: str
    path: str
    """With its query, as it was asked for."""
    status: int
    kind: str
    """The media type of the answer."""


@dataclass
class Served:
    """A gallery that is being served."""

    url: str
    visits: list[Visit] = field(default_factory=list)


@contextlib.contextmanager
def served_folder(folder: Path, port: int = 0) -> Iterator[Served]:
    """Serve files as any web server does, with ``index.html`` for a folder."""
    for ending, kind in _TYPES.items():
        mimetypes.add_type(kind, ending)

    async def answer(request: web.Request) -> web.StreamResponse:
        file = folder / request.path.lstrip("/")
        if ".." in file.parts or len(request.path) > _LONGEST_PATH:
            raise web.HTTPNotFound
        if file.is_dir():
            if not request.path.endswith("/"):
                raise web.HTTPMovedPermanently(f"{request.rel_url.raw_path}/")
            file = file / "index.html"
        if not file.is_file():
            raise web.HTTPNotFound
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        headers = {"Content-Type": kind}
        return _own_words(file, request.host) or web.FileResponse(file, headers=headers)

    with _running(answer, port) as served:
        yield served


def _own_words(file: Path, host: str) -> web.Response | None:
    """Return a text that names the address of its gallery, unknown when it was built."""
    kind = mimetypes.guess_type(file.name)[0] or ""
    if kind not in _TEXTS or PLACE.encode() not in (text := file.read_bytes()):
        return None
    answer = web.Response(body=text.replace(PLACE.encode(), f"http://{host}".encode()))
    answer.content_type = kind
    answer.last_modified = file.stat().st_mtime
    return answer


@contextlib.contextmanager
def served_through(backend: str, port: int = 0) -> Iterator[Served]:
    """Pass every request to a server that speaks HTTP, under our host name, and count it."""

    async def answer(request: web.Request) -> web.StreamResponse:
        headers = {k: v for k, v in request.headers.items() if k.lower() not in _HOP_BY_HOP}
        headers["Host"] = request.host
        target = f"{backend}{request.raw_path}"
        # One connection a request: servers of a few lines do not keep them alive.
        async with (
            ClientSession(
                connector=TCPConnector(force_close=True), auto_decompress=False
            ) as session,
            session.request(
                request.method,
                URL(target, encoded=True),
                headers=headers,
                data=await request.read(),
                allow_redirects=False,
                skip_auto_headers=("User-Agent", "Accept", "Accept-Encoding", "Content-Type"),
            ) as got,
        ):
            answer = web.Response(status=got.status, body=await got.read())
            for name, value in got.headers.items():
                if name.lower() not in _HOP_BY_HOP:
                    answer.headers[name] = value
            return answer

    with _running(answer, port) as served:
        yield served


@contextlib.contextmanager
def _running(answer: _Handler, port: int) -> Iterator[Served]:
    listening = _listen(port)
    served, ready, loop = Served(_address(listening)), threading.Event(), asyncio.new_event_loop()

    async def count(request: web.Request, response: web.StreamResponse) -> None:
        kind = response.content_type
        served.visits.append(Visit(request.method, request.raw_path, response.status, kind))

    runners: list[web.AppRunner] = []

    async def start() -> None:
        app = web.Application(client_max_size=2**30)
        app.on_response_prepare.append(count)
        app.router.add_route("*", "/{any:.*}", answer)
        runner = web.AppRunner(app, access_log=None)
        runners.append(runner)
        await runner.setup()
        await web.SockSite(runner, listening).start()
        ready.set()

    def run() -> None:
        asyncio.set_event_loop(loop)
        loop.run_until_complete(start())
        loop.run_forever()
        loop.run_until_complete(loop.shutdown_default_executor())
        loop.close()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    ready.wait(_START_SECONDS)
    try:
        yield served
    finally:
        asyncio.run_coroutine_threadsafe(runners[0].cleanup(), loop).result(_STOP_SECONDS)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(_STOP_SECONDS)
        listening.close()


def _listen(port: int) -> socket.socket:
    """Return a socket at the usual port of a loopback address of its own, where that is allowed.

    gallery-dl's generic extractor loses the port of an address.
    """
    for number in () if port else range(2, 250):
        taken = socket.socket()
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            taken.bind((f"127.0.0.{number}", 80))
        except OSError:
            taken.close()
        else:
            return taken
    free = socket.socket()
    free.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    free.bind(("127.0.0.1", port))
    return free


def _address(listening: socket.socket) -> str:
    host, port = listening.getsockname()
    return f"http://{host}" if port == 80 else f"http://{host}:{port}"
