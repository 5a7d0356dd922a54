"""What a server does to a request for a picture: one function for each difficulty."""

from __future__ import annotations

import asyncio
import gzip
import math
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from email.utils import formatdate

from aiohttp import web

from spiders_project.demo.answers import answer
from spiders_project.demo.darkroom import Print
from spiders_project.demo.hosts import Hosts

_CLOCKS_SECONDS = 0.02
"""How much two clocks of one machine may differ."""
_HTML = b"<!DOCTYPE html><title>Log in</title><p>Please log in to see this picture.</p>\n"


@dataclass(frozen=True, slots=True)
class Asked:
    """A request for a picture, and what an answer may depend on."""

    request: web.Request
    paint: Callable[[], Awaitable[Print]]
    """Returns the picture; answers without it need not wait for that."""
    hosts: Hosts
    times: Sequence[float]
    """When this address was asked for since the last reset, this time included."""
    token: str
    """The value of the cookies that the site has given."""


Answer = Callable[[Asked], Awaitable[web.StreamResponse]]


async def whole(asked: Asked) -> web.StreamResponse:
    """Answer as it should be."""
    made = await asked.paint()
    return answer(asked.request, made.data, made.media_type, made.sha256)


def status(code: int) -> Answer:
    """Answer with an HTTP status and no picture."""

    async def refuse(_asked: Asked) -> web.StreamResponse:
        return web.Response(status=code, text=f"{code}\n")

    return refuse


async def truncated(asked: Asked) -> web.StreamResponse:
    """Answer with two thirds of the file, as if they were all of it."""
    made = await asked.paint()
    return web.Response(body=made.data[: len(made.data) * 2 // 3], content_type=made.media_type)


async def login_page(_asked: Asked) -> web.StreamResponse:
    """Answer with a web page."""
    return web.Response(body=_HTML, content_type="text/html")


async def empty(_asked: Asked) -> web.StreamResponse:
    """Answer 200 with no bytes."""
    return web.Response(body=b"", content_type="image/jpeg")


def labelled(media_type: str) -> Answer:
    """Answer with the picture under a wrong media type."""

    async def mislead(asked: Asked) -> web.StreamResponse:
        return web.Response(body=(await asked.paint()).data, content_type=media_type)

    return mislead


async def unlabelled(asked: Asked) -> web.StreamResponse:
    """Answer without a Content-Type."""
    return await _raw(asked, bytes, media_type=None)


async def too_long(asked: Asked) -> web.StreamResponse:
    """Send more than was announced; what was announced is the picture."""
    return await _raw(asked, lambda data: data + b"and that is not all" * 50)


async def too_short(asked: Asked) -> web.StreamResponse:
    """Send half of what was announced, and hang up."""
    return await _raw(asked, _half)


async def compressed(asked: Asked) -> web.StreamResponse:
    """Compress the picture on its way, whether the client likes that or not."""
    made = await asked.paint()
    return web.Response(
        body=gzip.compress(made.data),
        content_type=made.media_type,
        headers={"Content-Encoding": "gzip"},
    )


async def redirected(asked: Asked) -> web.StreamResponse:
    """Send the client on to an address that ends with a signature."""
    if asked.request.query_string:
        return await whole(asked)
    raise web.HTTPFound(f"{asked.request.path}?signature={asked.token}")


async def circling(asked: Asked) -> web.StreamResponse:
    """Send the client back to where it is."""
    raise web.HTTPFound(asked.request.path)


def busy_for(seconds: int) -> Answer:
    """Answer 429 with the seconds to wait, until they are over."""

    async def busy(asked: Asked) -> web.StreamResponse:
        left = asked.times[0] + seconds - time.time()
        return _too_many(str(math.ceil(left))) if left > 0 else await whole(asked)

    return busy


def busy_until(seconds: int) -> Answer:
    """Answer 429 with the date to wait for, counted from the full second of the first request."""

    async def busy(asked: Asked) -> web.StreamResponse:
        free_at = int(asked.times[0]) + seconds
        is_free = time.time() >= free_at - _CLOCKS_SECONDS
        return await whole(asked) if is_free else _too_many(formatdate(free_at, usegmt=True))

    return busy


async def unavailable_once(asked: Asked) -> web.StreamResponse:
    """Answer 503 to the first request."""
    return await (status(503) if len(asked.times) == 1 else whole)(asked)


def slow(seconds: float) -> Answer:
    """Take a while."""

    async def wait(asked: Asked) -> web.StreamResponse:
        await asyncio.sleep(seconds)
        return await whole(asked)

    return wait


async def dropped_once(asked: Asked) -> web.StreamResponse:
    """Drop the connection in the middle of the first answer."""
    if len(asked.times) > 1:
        return await whole(asked)
    return await _raw(asked, _half, is_dropped=True)


async def for_visitors(asked: Asked) -> web.StreamResponse:
    """Answer 403 unless the Referer is of the site, as hosts do against hotlinks."""
    is_visitor = asked.request.headers.get("Referer", "").startswith(asked.hosts.url + "/")
    return await (whole if is_visitor else status(403))(asked)


def for_holders(cookie: str) -> Answer:
    """Answer 403 unless the request has a cookie that the site has given."""

    async def look(asked: Asked) -> web.StreamResponse:
        is_holder = asked.request.cookies.get(cookie) == asked.token
        return await (whole if is_holder else status(403))(asked)

    return look


def _half(data: bytes) -> bytes:
    return data[: len(data) // 2]


def _too_many(retry_after: str) -> web.Response:
    return web.Response(status=429, text="429\n", headers={"Retry-After": retry_after})


async def _raw(
    asked: Asked,
    changed: Callable[[bytes], bytes],
    media_type: str | None = "image/jpeg",
    is_dropped: bool = False,
) -> web.StreamResponse:
    """Announce the whole file, send it changed, and hang up: aiohttp would not write that."""
    data = (await asked.paint()).data
    head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(data)}\r\n"
    if media_type:
        head += f"Content-Type: {media_type}\r\n"
    transport = asked.request.transport
    if transport is not None:
        transport.write(head.encode() + b"\r\n" + changed(data))
        (transport.abort if is_dropped else transport.close)()
    # aiohttp finds the connection closed and writes nothing of this.
    return web.Response()
