"""A client that mends nothing on the way, and a demo site for it to visit."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from spiders_project.demo.server import DemoServer

JPEG_START, JPEG_END = b"\xff\xd8\xff", b"\xff\xd9"


@dataclass(frozen=True)
class Reply:
    """All that came back before the connection was closed."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def announced(self) -> int:
        return int(self.headers["content-length"])


class Visitor:
    """Asks with bytes of its own, so that nothing is mended on the way."""

    def __init__(self, server: DemoServer) -> None:
        self.url = server.url
        self.pictures = server.picture_url

    async def get(self, url: str, *lines: str, method: str = "GET") -> Reply:
        parts = urlsplit(urljoin(self.url, url))
        reader, writer = await asyncio.open_connection("127.0.0.1", parts.port)
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        head = [f"{method} {target} HTTP/1.1", f"Host: {parts.netloc}", "Connection: close", *lines]
        writer.write("\r\n".join([*head, "", ""]).encode())
        received = await reader.read()
        writer.close()
        first, _, body = received.partition(b"\r\n\r\n")
        status, *rest = first.decode().split("\r\n")
        pairs = (line.partition(": ") for line in rest)
        return Reply(
            int(status.split()[1]), {name.lower(): value for name, _, value in pairs}, body
        )

    async def original(self, slug: str, *lines: str) -> Reply:
        return await self.get(f"{self.pictures}/originals/{slug}.jpg", *lines)

    async def text(self, path: str) -> str:
        return (await self.get(path)).body.decode()


def visit(steps: Callable[[Visitor], Awaitable[None]]) -> None:
    async def run() -> None:
        server = DemoServer(port=0)
        await server.start()
        try:
            await steps(Visitor(server))
        finally:
            await server.stop()

    asyncio.run(run())


def is_whole(body: bytes) -> bool:
    return body.startswith(JPEG_START) and body.endswith(JPEG_END)
