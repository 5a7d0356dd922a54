"""Pages of a gallery that nobody has described: read or remembered, their originals chosen."""

from collections import OrderedDict, deque
from dataclasses import replace

from scrapy.crawler import Crawler
from scrapy.http import Response

from spiders_project.catalogue.pages import read_page
from spiders_project.catalogue.schema import DETAIL, LISTING
from spiders_project.pages.generic.gallery import AnyGallery
from spiders_project.pages.generic.scope import Scope
from spiders_project.pages.generic.values import Candidate, Clue, Kind, Picture, Reading
from spiders_project.pages.page import Page
from spiders_project.spiders.choosing import Budget, Chooser
from spiders_project.spiders.plan import Bounds, Shapes, is_empty, plan
from spiders_project.spiders.remembering import PageMemory, header_of, known_facts, page_of
from spiders_project.spiders.steps import GalleryPage, Step

_PARTIAL = 206
_MOST_ALBUMS, _MOST_LISTED = 100, 1000
"""Albums whose addresses are remembered, and how many of each: other pages link them, too."""


class GalleryReader(PageMemory):
    """Turns responses into what follows from them, and tells the catalogue."""

    def __init__(self, crawler: Crawler, site: AnyGallery) -> None:
        super().__init__(crawler, site)
        self._start = site.start
        self._most_depth = crawler.settings.getint("GALLERY_DEPTH")
        self._scope: Scope | None = None
        self._listed: OrderedDict[str, deque[str]] = OrderedDict()
        self._shapes = Shapes()
        self._budget = Budget()
        self._chooser = Chooser(crawler, self._budget)

    async def page(self, response: Response, step: Step) -> GalleryPage:
        """Return what follows from a response."""
        if (facts := known_facts(response)) is not None:
            page = GalleryPage.of(facts)
        else:
            page = await self._read(response, step)
            await self._keep(response, page, step)
        if page.is_listing:
            self._note_listed(album_of(page, step), page)
        if step.card is not None:
            self._shapes.learn(step.card, is_file=Kind.PICTURE in page.kinds)
        return page

    async def _read(self, response: Response, step: Step) -> GalleryPage:
        if is_picture(response):
            self._budget.spend()
            itself = Picture((Candidate(response.url, Clue.LINK),))
            return GalleryPage(
                response.url,
                frozenset({Kind.PICTURE}),
                () if step.card else (itself,),
                category=step.category,
            )
        page = page_of(response)
        step = _described(page, _media_type(response), step)
        reading = self._reading(page, step)
        if step.source and is_empty(reading) and not reading.sources:
            self._budget.spend()
        bounds = Bounds(self._scope_of(reading, step), self._most_depth, self._budget.is_left)
        follows = plan(reading, response.url, step, self._shapes, bounds)
        self._shapes.meet(reading.cards)
        shape = step.card.shape if step.card else ""
        chooser, url = self._chooser, response.url
        pictures = [await chooser.chosen(picture, shape, url) for picture in follows.pictures]
        pictures += [await chooser.file(card, url) for card in follows.files]
        return follows.with_pictures(pictures, self.opt_outs(response, page))

    def _reading(self, page: Page, step: Step) -> Reading:
        # Crawls of sites with a site file need not load it.
        from spiders_project.pages.generic.reader import read  # noqa: PLC0415
        from spiders_project.pages.generic.sources import read_source  # noqa: PLC0415

        if step.source:
            folder = self._start.rpartition("/")[0] + "/"
            return read_source(step.source, page, step.page, folder)
        return read(page, step.card, self._listed.get(step.album, ()), self._shapes.known)

    def _scope_of(self, reading: Reading, step: Step) -> Scope:
        """Return the gallery's own part of the site, which its first listing shows."""
        if step.url == self._start and step.number == 1 and not step.source:
            self._scope = Scope(self._start, [card.url for card in reading.cards])
        if self._scope is None:
            # Another process of this run has read the first listing, or an earlier run.
            known = self._catalogue.look(read_page, self._start)
            is_ours = known is not None and known.revision.startswith(self._site.revision)
            shown = GalleryPage.of(known.facts).addresses if known and is_ours else ()
            self._scope = Scope(self._start, shown)
        return self._scope

    def _note_listed(self, album: str, page: GalleryPage) -> None:
        listed = self._listed.setdefault(album, deque(maxlen=_MOST_LISTED))
        listed.extend(page.addresses)
        self._listed.move_to_end(album)
        if len(self._listed) > _MOST_ALBUMS:
            self._listed.popitem(last=False)

    async def originals(self, step: Step) -> list[Picture]:
        """Return the originals of cards that have turned out to lead to picture files."""
        cards = (step.card, *step.siblings)
        return [await self._chooser.file(card, step.page) for card in cards if card is not None]

    async def failed_ones(
        self, page: GalleryPage, step: Step, addresses: frozenset[str]
    ) -> list[Picture]:
        """Return the pictures of a page that have failed, those of its cards among them."""
        files = [
            await self._chooser.file(card, step.url)
            for card in page.cards
            if card.url in addresses or _is_among(card.picture, addresses)
        ]
        return [each for each in (*page.pictures, *files) if _is_among(each, addresses)]

    async def _keep(self, response: Response, page: GalleryPage, step: Step) -> None:
        if page.pictures or page.steps or Kind.PICTURE in page.kinds:
            kind = LISTING if page.is_listing or step.is_of_listing else DETAIL
            await self.remember(response, kind, page.category, page.as_json())


def album_of(page: GalleryPage, step: Step) -> str:
    """Return the address of the album that a page belongs to, or is."""
    return step.url if page.is_listing and step.card else step.album


def is_cut(response: Response) -> bool:
    """Tell whether an answer is the beginning of a page that was taken for a picture."""
    if response.status != _PARTIAL or is_picture(response):
        return False
    total = (response.headers.get("Content-Range") or b"").rpartition(b"/")[2]
    return total != str(len(response.body)).encode()


def is_picture(response: Response) -> bool:
    """Tell whether an answer is a picture file, by its type or its first bytes."""
    from spiders_project.pages.generic.originals import dimensions_of  # noqa: PLC0415

    media_type = _media_type(response)
    if media_type.startswith("image/"):
        return media_type != "image/svg+xml"
    return dimensions_of(response.body) is not None


def _media_type(response: Response) -> str:
    return (header_of(response, "Content-Type") or "").partition(";")[0].strip().lower()


def _described(page: Page, media_type: str, step: Step) -> Step:
    """Return the step to a description where that is what a person has given the address of."""
    from spiders_project.pages.generic.sources import XML_DATA, kind_of_document  # noqa: PLC0415

    kind = None if step.source else kind_of_document(page)
    # Any page without a doctype may be XML; a feed that is called HTML is a feed all the same.
    if kind is None or (kind == XML_DATA and "html" in media_type):
        return step
    return replace(step, source=kind, page=page.url)


def _is_among(picture: Picture, addresses: frozenset[str]) -> bool:
    return any(candidate.url in addresses for candidate in picture.candidates)
