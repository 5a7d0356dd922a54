"""Pages of a gallery that nobody has described: read or remembered, their originals chosen."""

from collections import deque
from contextlib import suppress
from dataclasses import replace
from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from spiders_project.catalogue.catalogue import Catalogue, CatalogueFailed, catalogue_of
from spiders_project.catalogue.failures import (
    Failure,
    KnownFailure,
    failures_of_site,
    record_failure,
)
from spiders_project.catalogue.pages import (
    ReadPage,
    Walk,
    list_cards,
    reach_end,
    read_page,
    record_page,
    settled_cards,
)
from spiders_project.catalogue.schema import DETAIL, LISTING
from spiders_project.downloader.revisits import REMEMBERED, VISIT
from spiders_project.failures import DownloadLost
from spiders_project.pages.generic.gallery import AnyGallery
from spiders_project.pages.generic.reader import read
from spiders_project.pages.generic.scope import Scope
from spiders_project.pages.generic.sources import kind_of_document, read_source
from spiders_project.pages.generic.values import Candidate, Clue, Facts, Kind, Picture, Reading
from spiders_project.pages.page import Page
from spiders_project.politeness.opt_outs import opt_outs_in_headers, united
from spiders_project.spiders.choosing import Chooser
from spiders_project.spiders.plan import Bounds, Shapes, plan
from spiders_project.spiders.reading import header_of, wanted
from spiders_project.spiders.steps import Ask, GalleryPage, Step

_NOT_MODIFIED = 304
_MOST_LISTED = 1000
"""Addresses of an album that are remembered, to know its pages when others link them."""


class GalleryReader:
    """Turns responses into what follows from them, and tells the catalogue."""

    def __init__(self, crawler: Crawler, site: AnyGallery) -> None:
        self._catalogue: Catalogue = catalogue_of(crawler)
        self._site = site
        self._user_agent = crawler.settings["USER_AGENT"]
        self._most_depth = crawler.settings.getint("GALLERY_DEPTH")
        self._scope: Scope | None = None
        self._listed: dict[str, deque[str]] = {}
        self._wanted = wanted(crawler.settings)
        self._shapes = Shapes()
        self._chooser = Chooser(crawler)

    async def page(self, response: Response, step: Step) -> GalleryPage:
        """Return what follows from a response."""
        if response.status == _NOT_MODIFIED:
            page = GalleryPage.of(response.meta[REMEMBERED]["facts"])
        else:
            page = await self._read(response, step)
            await self._remember(response, page, step)
        if page.is_listing:
            listed = self._listed.setdefault(album_of(page, step), deque(maxlen=_MOST_LISTED))
            listed.extend(page.addresses)
        if step.card is not None:
            self._shapes.learn(step.card, is_file=Kind.PICTURE in page.kinds)
        return page

    async def _read(self, response: Response, step: Step) -> GalleryPage:
        if is_picture(response):
            itself = Picture((Candidate(response.url, Clue.LINK),))
            return GalleryPage(
                response.url,
                frozenset({Kind.PICTURE}),
                () if step.card else (itself,),
                category=step.category,
                facts=Facts(),
            )
        page = Page(
            response.url,
            response.body,
            header_of(response, "Content-Type"),
            header_of(response, "Link"),
        )
        if not step.source and (kind := kind_of_document(page)):
            # A person may give the address of a manifest, or of a feed.
            step = replace(step, source=kind, page=response.url)
        reading = self._reading(page, step)
        scope = self._scope_of(reading, step)
        bounds = Bounds(scope, self._most_depth)
        follows = plan(reading, response.url, step, self._shapes, bounds)
        self._shapes.meet(reading.cards)
        shape = step.card.shape if step.card else ""
        pictures = [
            await self._chooser.chosen(picture, shape, response.url) for picture in follows.pictures
        ]
        opt_outs = united(opt_outs_in_headers(response.headers, self._user_agent), page.opt_outs)
        return follows.with_pictures(pictures, opt_outs)

    def _reading(self, page: Page, step: Step) -> Reading:
        if step.source:
            folder = self._site.start.rpartition("/")[0] + "/"
            return read_source(step.source, page, step.page, folder)
        return read(page, step.card, self._listed.get(step.album, ()), self._shapes.known)

    def _scope_of(self, reading: Reading, step: Step) -> Scope:
        """Return the gallery's own part of the site, which its first listing shows."""
        is_first = step.url == self._site.start and step.number == 1
        if is_first and not step.source:
            self._scope = Scope(self._site.start, [card.url for card in reading.cards])
        if self._scope is None:
            # Another process of this run has read the first listing.
            known = self._catalogue.look(read_page, self._site.start)
            shown = GalleryPage.of(known.facts).addresses if known else ()
            self._scope = Scope(self._site.start, shown)
        return self._scope

    async def originals(self, step: Step) -> list[Picture]:
        """Return the originals of cards that lead to picture files."""
        assert step.card is not None
        cards = (step.card, *step.siblings)
        return [
            await self._chooser.file(card.picture, card.url, card.shape, step.album)
            for card in cards
        ]

    async def _remember(self, response: Response, page: GalleryPage, step: Step) -> None:
        if not page.pictures and not page.steps and Kind.PICTURE not in page.kinds:
            return
        visit = response.meta[VISIT]
        is_listing = page.is_listing or step.ask in (Ask.LISTING, Ask.SOURCE)
        read_page = ReadPage(
            address=visit["address"],
            kind=LISTING if is_listing else DETAIL,
            site=self._site.name,
            category=page.category,
            facts=page.as_json(),
            revision=visit["revision"],
            etag=header_of(response, "ETag"),
            last_modified=header_of(response, "Last-Modified"),
        )
        await self._catalogue.do(record_page, read_page, self._catalogue.run)

    async def failed(self, request: Request, step: Step, lost: DownloadLost) -> None:
        """Note a page that could not be read, unless nobody has tried."""
        if lost.is_remembered:
            return
        visit: dict[str, Any] = request.meta[VISIT]
        failure = Failure(
            address=visit["address"],
            kind=LISTING if step.ask in (Ask.LISTING, Ask.SOURCE) else DETAIL,
            outcome=str(lost.outcome),
            reason=str(lost.reason),
            site=self._site.name,
            category=step.category,
            facts={"number": step.number},
        )
        # Where the catalogue fails the crawl is being stopped, and the page is not done.
        with suppress(CatalogueFailed):
            await self._catalogue.do(record_failure, failure, self._catalogue.run)

    async def failures(self) -> list[KnownFailure]:
        """Return what has failed in the gallery, oldest first."""
        return await self._catalogue.do(failures_of_site, self._site.name)

    async def found(self, page: GalleryPage, step: Step) -> None:
        """Note what a listing has shown, which this run is going to fetch or follow."""
        await self._catalogue.do(
            list_cards, self._walk(page, step), page.addresses, self._catalogue.run
        )

    async def is_settled(self, page: GalleryPage, step: Step) -> bool:
        """Tell whether a complete run knew all of a listing: behind it is nothing new."""
        shown = page.addresses
        settled = await self._catalogue.do(settled_cards, self._walk(page, step), shown)
        return bool(shown) and settled.issuperset(shown)

    async def reached_end(self, page: GalleryPage, step: Step) -> None:
        """Note that this run has seen the last listing of an album, or all that is new."""
        with suppress(CatalogueFailed):
            await self._catalogue.do(reach_end, self._walk(page, step), self._catalogue.run)

    def _walk(self, page: GalleryPage, step: Step) -> Walk:
        return Walk(self._site.name, album_of(page, step), self._wanted)


def album_of(page: GalleryPage, step: Step) -> str:
    """Return the address of the album that a page belongs to, or is."""
    return step.url if page.is_listing and step.card else step.album


def is_picture(response: Response) -> bool:
    """Tell whether an answer is a picture file, by its type and its first bytes."""
    media_type = (header_of(response, "Content-Type") or "").partition(";")[0].strip().lower()
    if media_type.startswith("image/"):
        return media_type != "image/svg+xml"
    return response.body.startswith(_BEGINNINGS) or response.body[4:12] in _BOXES


_BEGINNINGS = (
    b"\xff\xd8\xff",
    b"\x89PNG\r\n\x1a\n",
    b"GIF8",
    b"II*\0",
    b"MM\0*",
    b"\0\0\0\x0cjP  ",
)
_BOXES = (b"ftypavif", b"ftypheic")
