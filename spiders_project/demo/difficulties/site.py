"""The addresses of the difficulties, and the neighbours that some of their pictures live with."""

from __future__ import annotations

import asyncio
import re
import secrets
from functools import partial
from urllib.parse import unquote

from aiohttp import web
from aiohttp.typedefs import Handler

from spiders_project.demo.answers import answer, page_answer
from spiders_project.demo.darkroom import COPY_WIDTHS, Darkroom
from spiders_project.demo.hosts import Hosts
from spiders_project.demo.visits import Visits

from .answers import Asked
from .difficulty import Album
from .pages import DifficultPages
from .table import ALBUMS, HARD_PICTURES, HardPicture

ROBOTS = "User-agent: *\nDisallow: /forbidden/\nDisallow: /originals/forbidden/\n"
"""The robots.txt of the gallery."""

_UNHURRIED = "User-agent: *\nCrawl-delay: 1\n"
_STORED = ("downloaded", "duplicate")
_LISTING = re.compile(r"index(?:_([2-9]|[1-9]\d{1,8}))?\.html")


class DifficultSite:
    """Answers for the difficult albums: on the gallery's hosts and on those of its neighbours."""

    def __init__(self, hosts: Hosts, visits: Visits, darkroom: Darkroom) -> None:
        """Share the gallery's book of visits and its darkroom."""
        self._hosts = hosts
        self._visits = visits
        self._darkroom = darkroom
        self._pages = DifficultPages(hosts)
        self._token = secrets.token_hex(8)
        self._by_page = {unquote(hard.picture.page_path): hard for hard in HARD_PICTURES}
        # The first one for twins that share an address.
        self._by_path = {unquote(hard.path): hard for hard in reversed(HARD_PICTURES)}
        self._by_copy = {
            unquote(hard.picture.copy_path(kind)): (hard, kind)
            for hard in HARD_PICTURES
            for kind in COPY_WIDTHS
        }

    def routes(self) -> list[web.RouteDef]:
        """Return what the gallery answers."""
        routes = [
            web.get("/difficulties.html", self._overview),
            web.get("/difficulties.json", self._manifest),
            *self._original_routes(),
        ]
        for album in ALBUMS:
            slug = album.category.slug
            routes.append(web.get(f"/{slug}/{{name}}", self._page_of(album)))
            routes += [web.get(f"/{kind}/{slug}/{{name}}", self._copy) for kind in COPY_WIDTHS]
        return routes

    def neighbours(self) -> tuple[web.Application, web.Application]:
        """Return the servers of ``Hosts.ailing`` and ``Hosts.unhurried``."""

        async def is_ailing(_request: web.Request) -> web.Response:
            return web.Response(status=503, text="503\n", headers={"Retry-After": "1"})

        async def is_unhurried(_request: web.Request) -> web.Response:
            return web.Response(text=_UNHURRIED)

        return self._neighbour(is_ailing), self._neighbour(is_unhurried)

    def _neighbour(self, robots: Handler) -> web.Application:
        app = web.Application(middlewares=[self._visits.clock()])
        app.add_routes([web.get("/robots.txt", robots), *self._original_routes()])
        return app

    def _original_routes(self) -> list[web.RouteDef]:
        return [
            # Some answers are written by hand, and none of those knows HEAD.
            web.get(f"/originals/{album.category.slug}/{{name}}", self._original, allow_head=False)
            for album in ALBUMS
        ]

    def _page_of(self, album: Album) -> Handler:
        async def page(request: web.Request) -> web.Response:
            if listing := _LISTING.fullmatch(request.match_info["name"]):
                made = self._pages.listing(album, int(listing[1] or 1))
                return self._with_cookie(page_answer(request, made), album.cookie)
            hard = self._by_page.get(request.path)
            response = page_answer(request, self._pages.detail(hard) if hard else None)
            return self._with_cookie(response, hard.difficulty.cookie if hard else "")

        return page

    def _with_cookie(self, response: web.Response, cookie: str) -> web.Response:
        if cookie:
            response.set_cookie(cookie, self._token, httponly=True, samesite="Lax")
        return response

    async def _overview(self, request: web.Request) -> web.Response:
        return page_answer(request, self._pages.overview())

    async def _original(self, request: web.Request) -> web.StreamResponse:
        hard = self._by_path.get(request.path)
        if hard is None:
            raise web.HTTPNotFound
        paint = partial(self._darkroom.develop, hard.picture)
        times = self._visits.times[str(request.url)]
        return await hard.difficulty.answer(Asked(request, paint, self._hosts, times, self._token))

    async def _copy(self, request: web.Request) -> web.Response:
        if request.path not in self._by_copy:
            raise web.HTTPNotFound
        hard, kind = self._by_copy[request.path]
        made = await self._darkroom.develop(hard.picture, kind)
        return answer(request, made.data, made.media_type, made.sha256)

    async def _manifest(self, _request: web.Request) -> web.Response:
        return web.json_response(await asyncio.gather(*map(self._entry, HARD_PICTURES)))

    async def _entry(self, hard: HardPicture) -> dict[str, str | None]:
        promise = hard.difficulty.promise
        is_stored = promise.outcome in _STORED
        made = await self._darkroom.develop(hard.picture)
        return {
            "category": hard.picture.category,
            "title": hard.picture.title,
            "page_url": hard.page_url(self._hosts),
            "url": hard.url(self._hosts),
            "outcome": promise.outcome,
            "reason": promise.reason,
            "sha256": made.sha256 if is_stored else None,
        }
