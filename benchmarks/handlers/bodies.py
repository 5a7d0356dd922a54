"""A server that answers `/<bytes>/<anything>` with so many bytes, as cheaply as Python can.

python -m benchmarks.handlers.bodies
"""

import asyncio
import contextlib
import os
from functools import lru_cache

_PAGE_BYTES = 10_000
"""Smaller bodies are pages, larger ones pictures."""


@lru_cache(maxsize=32)
def _answer(size_bytes: int) -> bytes:
    is_page = size_bytes < _PAGE_BYTES
    kind = "text/html; charset=utf-8" if is_page else "image/jpeg"
    words = b"<html><body>" if is_page else b"\xff\xd8\xff\xe0"
    head = (
        f"HTTP/1.1 200 OK\r\nServer: bodies\r\nContent-Type: {kind}\r\n"
        f"Content-Length: {size_bytes}\r\nLast-Modified: Sat, 01 Nov 2025 00:00:00 GMT\r\n"
        'ETag: "5f3e"\r\nCache-Control: max-age=3600\r\nAccept-Ranges: bytes\r\n\r\n'
    )
    filling = b"." if is_page else bytes(range(256))
    return head.encode() + (words + filling * (size_bytes // len(filling) + 1))[:size_bytes]


class _Bodies(asyncio.Protocol):
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.WriteTransport)
        self._transport = transport
        self._asked = b""

    def data_received(self, data: bytes) -> None:
        self._asked += data
        while b"\r\n\r\n" in self._asked:
            head, _, self._asked = self._asked.partition(b"\r\n\r\n")
            size = head.split(b" ", 2)[1].split(b"/")[1]
            self._transport.write(_answer(int(size)))


async def _serve() -> None:
    server = await asyncio.get_running_loop().create_server(_Bodies, "127.0.0.1", 0, backlog=512)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", flush=True)
    # It goes when whoever started it has gone, also by a kill.
    starter = os.getppid()
    while os.getppid() == starter:  # noqa: ASYNC110 - no event tells
        await asyncio.sleep(1)


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve())
