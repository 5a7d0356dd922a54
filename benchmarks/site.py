"""A gallery of any size with the structure of moyublog, made of nothing but numbers.

It keeps nothing in memory but two counts. `/hdwallpapers/5000/index.html` is
a category of 5,000 pictures, `/links/5000/index_1.html` leads to 5,000 small
pages without any.

python -m benchmarks.site --port 8700
"""

import argparse
import asyncio
import contextlib
import os
import socket
import sys

from aiohttp import web

from benchmarks.tiny_picture import tiny_png

CARDS = 100
"""Links on a listing."""
_LINKS_OF_PAGE = 15
_LAST_PORT = 65535
_WORDS = "A page like many: a few links, a few words about what is to be seen here. " * 8


class BenchmarkSite:
    """Answers from the address alone, and counts what it has served."""

    def __init__(self) -> None:
        self._pictures = 0
        self._pages = 0

    def application(self) -> web.Application:
        """Return the web application."""
        app = web.Application()
        gallery, links = r"/hdwallpapers/{total:\d+}", r"/links/{total:\d+}"
        app.add_routes(
            [
                web.get(gallery + "/index.html", self.listing),
                web.get(gallery + r"/index_{page:\d+}.html", self.listing),
                web.get(gallery + r"/{number:\d+}.html", self.detail),
                web.get(r"/pictures/{number:\d+}.png", self.picture),
                web.get(links + r"/index_{page:\d+}.html", self.links),
                web.get(links + r"/{number:\d+}.html", self.small_page),
                web.get("/served.json", self.served),
            ]
        )
        return app

    async def listing(self, request: web.Request) -> web.Response:
        """Answer with the cards of a listing; beyond the last one with 404."""
        cards = _cards(request)
        folder = request.path.rpartition("/")[0]
        links = "".join(
            f'<li><a target="_blank" href="{folder}/{card}.html">Picture {card}</a></li>'
            for card in cards
        )
        return _html(f'<div class="slist"><ul>{links}</ul></div>')

    async def detail(self, request: web.Request) -> web.Response:
        """Answer with the page of one picture."""
        number = int(request.match_info["number"])
        return _html(
            f'<div class="photo-pic"><img src="/pictures/{number}.png" '
            f'title="Picture {number:06}" alt="Picture {number:06}"></div>'
        )

    async def picture(self, request: web.Request) -> web.Response:
        """Answer with a picture that no other number has."""
        self._pictures += 1
        body = tiny_png(int(request.match_info["number"]))
        return web.Response(body=body, content_type="image/png")

    async def links(self, request: web.Request) -> web.Response:
        """Answer with links to small pages, and to the next listing of them."""
        page, cards = int(request.match_info["page"]), _cards(request)
        links = "".join(f'<li><a class="card" href="{card}.html">{card}</a></li>' for card in cards)
        is_last = page * CARDS >= int(request.match_info["total"])
        further = "" if is_last else f'<a class="next" href="index_{page + 1}.html">next</a>'
        return _html(f"<ul>{links}</ul>{further}")

    async def small_page(self, request: web.Request) -> web.Response:
        """Answer with a page of about 2 KB that links to 15 others."""
        self._pages += 1
        number, total = int(request.match_info["number"]), int(request.match_info["total"])
        others = ((number * 7 + place * 13) % total for place in range(_LINKS_OF_PAGE))
        links = "".join(f'<li><a href="{other}.html">Page {other}</a></li>' for other in others)
        return _html(f"<h1>Page {number}</h1><p>{_WORDS}</p><ul>{links}</ul>")

    async def served(self, request: web.Request) -> web.Response:
        """Answer with how many pictures and small pages have been served."""
        return web.json_response({"pictures": self._pictures, "pages": self._pages})


def _cards(request: web.Request) -> range:
    page, total = int(request.match_info.get("page", 1)), int(request.match_info["total"])
    cards = range(total)[(page - 1) * CARDS : page * CARDS]
    if not cards:
        raise web.HTTPNotFound
    return cards


def _html(body: str) -> web.Response:
    text = f'<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>{body}</body></html>'
    return web.Response(text=text, content_type="text/html")


async def _serve(listener: socket.socket) -> None:
    runner = web.AppRunner(BenchmarkSite().application(), access_log=None)
    await runner.setup()
    await web.SockSite(runner, listener).start()
    print(f"http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
    # It goes when whoever started it has gone, also by a kill.
    starter = os.getppid()
    while os.getppid() == starter:  # noqa: ASYNC110 - no event tells
        await asyncio.sleep(1)
    await runner.cleanup()


def main() -> None:
    """Serve until Ctrl-C; the first line on stdout is the address."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.site")
    parser.add_argument("--port", type=int, default=0, help="0, the default, takes a free one")
    port: int = parser.parse_args().port
    if not 0 <= port <= _LAST_PORT:
        sys.exit(f"--port {port} is no port: 0 to {_LAST_PORT}")
    try:
        listener = socket.create_server(("127.0.0.1", port))
    except OSError as error:
        reason = os.strerror(error.errno or 0)
        sys.exit(f"port {port} cannot be used: {reason}; leave --port out to take a free one")
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve(listener))


if __name__ == "__main__":
    main()
