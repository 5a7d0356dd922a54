"""The demo's addresses and what answers them."""

from __future__ import annotations

import asyncio
import mimetypes
import re
from importlib import resources
from urllib.parse import unquote

from aiohttp import web

from .answers import answer, page_answer
from .catalogue import CATEGORIES, PICTURES
from .darkroom import COPY_WIDTHS, Darkroom
from .difficulties.site import ROBOTS, DifficultSite
from .hosts import Hosts
from .markup import Page
from .moyublog import FOLDER, MoyublogPages
from .pages import GalleryPages
from .picture import DemoPicture
from .visits import Visits

_LISTING = re.compile(r"index(?:_([2-9]|[1-9]\d+))?\.html")
_STATIC_FILES = ("demo.css", "lazy.js", "logo.svg", "moyublog.css", "placeholder.svg")


class DemoSite:
    """One application for both hosts: pages, pictures and what tests want to know."""

    def __init__(self, hosts: Hosts, visits: Visits) -> None:
        """Prepare the site for its addresses; ``visits`` is where it notes who asked for what."""
        self._hosts = hosts
        self._visits = visits
        self._gallery = GalleryPages(hosts.picture_url)
        self._moyublog = MoyublogPages(hosts.url, hosts.picture_url)
        self._darkroom = Darkroom()
        self._difficult = DifficultSite(hosts, visits, self._darkroom)
        self._categories = {category.slug: category for category in CATEGORIES}
        self._by_page = {unquote(picture.page_path): picture for picture in PICTURES}
        self._by_file = self._files()

    def application(self) -> web.Application:
        """Return the application that answers all of the site's addresses."""
        app = web.Application(middlewares=[self._visits.counter()])
        app.add_routes(self._visits.routes())
        app.add_routes(self._difficult.routes())
        app.add_routes(
            [
                web.get("/", self._front),
                web.get("/robots.txt", self._robots),
                web.get("/favicon.ico", self._favicon),
                web.get("/manifest.json", self._manifest),
                web.get("/demo.json", self._identity),
                web.get("/static/{name}", self._static),
                web.get(FOLDER + "{name}", self._moyublog_page),
                web.get("/moyublog/captcha.html", self._captcha),
                web.get("/{kind:originals|previews|medium}/{rest:.+}", self._file),
                web.get("/{category}/{name}", self._page),
            ]
        )
        app.on_cleanup.append(self._close)
        return app

    def neighbours(self) -> tuple[web.Application, web.Application]:
        """Return the applications of ``Hosts.ailing`` and ``Hosts.unhurried``."""
        return self._difficult.neighbours()

    def _files(self) -> dict[str, tuple[DemoPicture, str]]:
        """Map every picture file's path to its picture and kind."""
        files: dict[str, tuple[DemoPicture, str]] = {}
        for picture in PICTURES:
            files[unquote(picture.original_path)] = (picture, "originals")
            for kind in COPY_WIDTHS:
                files[unquote(picture.copy_path(kind))] = (picture, kind)
        return files

    async def _close(self, _app: web.Application) -> None:
        self._darkroom.close()

    async def _front(self, request: web.Request) -> web.Response:
        return page_answer(request, self._gallery.front())

    async def _page(self, request: web.Request) -> web.Response:
        category = self._categories.get(request.match_info["category"])
        listing = _LISTING.fullmatch(request.match_info["name"])
        if category and listing:
            number = int(listing[1] or 1)
            return page_answer(request, self._gallery.listing(category, number))
        picture = self._by_page.get(request.path)
        return page_answer(request, self._gallery.detail(picture) if picture else None)

    async def _moyublog_page(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        page: Page | None = None
        if listing := _LISTING.fullmatch(name):
            page = self._moyublog.listing(int(listing[1] or 1))
        elif re.fullmatch(r"\d{1,9}\.html", name):
            page = self._moyublog.detail(int(name.removesuffix(".html")))
        return page_answer(request, page)

    async def _captcha(self, request: web.Request) -> web.Response:
        return page_answer(request, self._moyublog.captcha())

    async def _file(self, request: web.Request) -> web.Response:
        if request.path not in self._by_file:
            raise web.HTTPNotFound
        picture, kind = self._by_file[request.path]
        made = await self._darkroom.develop(picture, kind)
        return answer(request, made.data, made.media_type, made.sha256, picture.published)

    async def _static(self, request: web.Request) -> web.Response:
        return self._static_answer(request, request.match_info["name"])

    async def _favicon(self, request: web.Request) -> web.Response:
        return self._static_answer(request, "logo.svg")

    def _static_answer(self, request: web.Request, name: str) -> web.Response:
        if name not in _STATIC_FILES:
            raise web.HTTPNotFound
        body = (resources.files(f"{__package__}.static") / name).read_bytes()
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return answer(request, body, kind)

    async def _robots(self, _request: web.Request) -> web.Response:
        return web.Response(text=ROBOTS)

    async def _identity(self, _request: web.Request) -> web.Response:
        return web.json_response({"demo": "spiders_project", "pictures": len(PICTURES)})

    async def _manifest(self, _request: web.Request) -> web.Response:
        entries = await asyncio.gather(*(self._entry(picture) for picture in PICTURES))
        return web.json_response(entries)

    async def _entry(self, picture: DemoPicture) -> dict[str, str | int]:
        made = await self._darkroom.develop(picture)
        return {
            "category": picture.category,
            "title": picture.title,
            "page_url": self._hosts.url + picture.page_path,
            "url": self._hosts.picture_url + picture.original_path,
            "sha256": made.sha256,
            "size_bytes": len(made.data),
            "format": picture.format.upper(),
            "width": picture.width,
            "height": picture.height,
        }
