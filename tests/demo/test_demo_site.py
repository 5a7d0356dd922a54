"""The demo gallery keeps its promises over real HTTP."""

from __future__ import annotations

import asyncio
import hashlib
import io
import json
import re
import socket
from collections.abc import Awaitable, Callable
from urllib.parse import quote, urljoin

import aiohttp
import pytest
from PIL import Image

from spiders_project.demo.catalogue import CATEGORIES, PICTURES, album
from spiders_project.demo.picture import DemoPicture
from spiders_project.demo.server import DemoServer

MOYU = "/moyublog/hdwallpapers/meinv/"
Visit = Callable[[DemoServer, aiohttp.ClientSession], Awaitable[None]]


def _free_socket() -> socket.socket:
    sock = socket.socket()
    sock.bind(("127.0.0.1", 0))
    return sock


def _visit(steps: Visit) -> None:
    async def run() -> None:
        server = DemoServer(sock=_free_socket())
        await server.start()
        try:
            async with aiohttp.ClientSession() as session:
                await steps(server, session)
        finally:
            await server.stop()

    asyncio.run(run())


async def _text(session: aiohttp.ClientSession, url: str, charset: str = "utf-8") -> str:
    async with session.get(url) as response:
        assert response.status == 200, url
        return (await response.read()).decode(charset)


def _picture(encoding: str) -> DemoPicture:
    return next(picture for picture in PICTURES if picture.encoding == encoding)


def test_catalogue_is_large_and_unambiguous() -> None:
    assert len(CATEGORIES) >= 5
    assert len(PICTURES) >= 130
    assert all(len(album(category.slug)) >= 24 for category in CATEGORIES)
    assert len({picture.title for picture in PICTURES}) == len(PICTURES)
    assert len({picture.page_path for picture in PICTURES}) == len(PICTURES)
    assert all(3 <= len(picture.tags) <= 6 for picture in PICTURES)
    assert {picture.published.year for picture in PICTURES} == {2024, 2025, 2026}


def test_listings_lead_through_every_picture() -> None:
    async def steps(server: DemoServer, session: aiohttp.ClientSession) -> None:
        front = await _text(session, server.url + "/")
        albums = re.findall(r'<a class="album" href="([^"]+)"', front)
        assert albums == [quote(f"/{category.slug}/index.html") for category in CATEGORIES]
        for category, start in zip(CATEGORIES, albums, strict=True):
            found: list[str] = []
            url: str | None = server.url + start
            while url:
                page = await _text(session, url, category.charset)
                links = re.findall(r'<a class="card-link" href="([^"]+)"', page)
                assert 1 <= len(links) <= 12
                assert page.count('<li class="card">') == len(links)
                assert page.count('class="card-title"') == len(links)
                found += [urljoin(url, link) for link in links]
                following = re.search(r'<a class="next" rel="next" href="([^"]+)"', page)
                url = urljoin(url, following[1]) if following else None
            expected = [server.url + picture.page_path for picture in album(category.slug)]
            assert found == expected

    _visit(steps)


def test_previews_are_lazy_and_live_on_the_picture_host() -> None:
    async def steps(server: DemoServer, session: aiohttp.ClientSession) -> None:
        page = await _text(session, server.url + "/space/index.html")
        cards = page.partition('<ul class="cards">')[2].partition("</ul>")[0]
        previews = re.findall(r'src="/static/placeholder.svg" data-original="([^"]+)"', cards)
        assert len(previews) == 12
        assert all(url.startswith(server.picture_url + "/previews/space/") for url in previews)
        async with session.get(previews[0]) as response:
            image = Image.open(io.BytesIO(await response.read()))
        assert (image.format, image.width) == ("JPEG", 480)

    _visit(steps)


def test_picture_page_names_its_original_and_terms() -> None:
    picture = album("山水")[2]

    async def steps(server: DemoServer, session: aiohttp.ClientSession) -> None:
        page = await _text(session, server.url + picture.page_path)
        original = server.picture_url + picture.original_path
        assert f'<figure><a class="original" href="{original}">' in page
        assert f"<h1>{picture.title}</h1>" in page
        assert f'<dd class="author">{picture.author}</dd>' in page
        assert f'rel="license" href="{picture.licence.url}"' in page
        assert f'<time datetime="{picture.published}">' in page
        assert page.count('rel="tag"') == len(picture.tags)
        assert '<p class="description">' in page
        assert '<aside class="related">' in page

    _visit(steps)


def test_night_pages_are_gbk_and_say_so_only_inside() -> None:
    async def steps(server: DemoServer, session: aiohttp.ClientSession) -> None:
        for path in ("/night/index.html", album("night")[0].page_path):
            async with session.get(server.url + path) as response:
                assert response.headers["Content-Type"] == "text/html"
                body = await response.read()
            assert b'<meta charset="gbk">' in body
            assert album("night")[0].title in body.decode("gbk")
            with pytest.raises(UnicodeDecodeError):
                body.decode("utf-8")

    _visit(steps)


def test_special_pictures_are_what_they_promise() -> None:
    async def steps(server: DemoServer, session: aiohttp.ClientSession) -> None:
        async def opened(encoding: str) -> Image.Image:
            url = server.picture_url + _picture(encoding).original_path
            async with session.get(url) as response:
                return Image.open(io.BytesIO(await response.read()))

        animated = await opened("webp-animated")
        assert getattr(animated, "n_frames", 1) == 12
        assert (await opened("png-alpha")).mode == "RGBA"
        lossless = await opened("webp-lossless")
        assert lossless.getchannel("A").getextrema() == (0, 255)
        assert "icc_profile" in (await opened("jpeg-icc")).info
        assert "progressive" in (await opened("jpeg-progressive")).info
        rotated, picture = await opened("jpeg-rotated"), _picture("jpeg-rotated")
        assert rotated.size == (picture.height, picture.width)
        assert rotated.getexif()[0x0112] == 6
        assert rotated.getexif()[0x013B]

    _visit(steps)


def test_unchanged_pages_and_pictures_answer_304() -> None:
    picture = _picture("webp-animated")

    async def steps(server: DemoServer, session: aiohttp.ClientSession) -> None:
        original = server.picture_url + picture.original_path
        for url in (server.url + "/", original):
            async with session.get(url) as response:
                tag = response.headers["ETag"]
            async with session.get(url, headers={"If-None-Match": tag}) as response:
                assert (response.status, await response.read()) == (304, b"")
            async with session.get(url, headers={"If-None-Match": '"other"'}) as response:
                assert response.status == 200
        async with session.get(original) as response:
            changed = response.headers["Last-Modified"]
            assert int(response.headers["Content-Length"]) == len(await response.read())
        async with session.get(original, headers={"If-Modified-Since": changed}) as response:
            assert response.status == 304

    _visit(steps)


@pytest.mark.slow
def test_manifest_and_every_original_agree() -> None:
    async def steps(server: DemoServer, session: aiohttp.ClientSession) -> None:
        entries = json.loads(await _text(session, server.url + "/manifest.json"))
        assert len(entries) == len(PICTURES)
        for entry, picture in zip(entries, PICTURES, strict=True):
            async with session.get(entry["url"]) as response:
                data = await response.read()
                assert response.headers["Content-Type"] == f"image/{entry['format'].lower()}"
            assert len(data) == entry["size_bytes"]
            assert hashlib.sha256(data).hexdigest() == entry["sha256"]
            with Image.open(io.BytesIO(data)) as image:
                assert (image.format or "").lower() == picture.format
                stored = image.size[::-1] if image.getexif().get(0x0112) == 6 else image.size
            assert stored == (entry["width"], entry["height"]) == picture.brief.size

    _visit(steps)


def test_moyublog_ends_with_404_and_mixes_its_links() -> None:
    async def steps(server: DemoServer, session: aiohttp.ClientSession) -> None:
        links: list[str] = []
        for name in ("index.html", "index_2.html", "index_3.html"):
            url = server.url + MOYU + name
            page = await _text(session, url)
            part = re.findall(r'<a target="_blank" href="([^"]+)"><img[^>]*data-original=', page)
            links += [urljoin(url, link) for link in part]
            assert {link.partition("/")[0] for link in part} >= {"", "http:"}
            assert 'rel="next"' not in page
        async with session.get(server.url + MOYU + "index_4.html") as response:
            assert response.status == 404
        assert 24 <= len(set(links)) == len(links) <= 30
        detail = await _text(session, links[0])
        picture = album("night")[0]
        source = server.picture_url + picture.original_path
        assert f'<img src="{source}" title="{picture.title}" alt="{picture.title}">' in detail
        captcha = re.search(r'href="([^"]*captcha[^"]*)"', detail)
        assert captcha
        await _text(session, urljoin(links[0], captcha[1]))

    _visit(steps)


def test_requests_are_counted_by_path() -> None:
    async def steps(server: DemoServer, session: aiohttp.ClientSession) -> None:
        await _text(session, server.url + "/robots.txt")
        await _text(session, server.url + "/robots.txt")
        assert json.loads(await _text(session, server.url + "/requests.json")) == {"/robots.txt": 2}
        assert server.requests["/robots.txt"] == 2
        async with session.post(server.url + "/requests.json/reset") as response:
            assert response.status == 200
        assert not server.requests
        identity = json.loads(await _text(session, server.url + "/demo.json"))
        assert identity == {"demo": "spiders_project", "pictures": len(PICTURES)}

    _visit(steps)


@pytest.mark.parametrize(
    "path",
    [
        "/nowhere/index.html",
        "/ocean/index_1.html",
        "/ocean/index_3.html",
        "/ocean/none.html",
        "/originals/ocean/none.jpg",
        "/static/server.py",
        MOYU + "7.html",
    ],
)
def test_unknown_addresses_answer_404(path: str) -> None:
    async def steps(server: DemoServer, session: aiohttp.ClientSession) -> None:
        async with session.get(server.url + path) as response:
            assert response.status == 404

    _visit(steps)
