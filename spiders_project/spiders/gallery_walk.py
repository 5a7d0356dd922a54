"""The way through a gallery that nobody has described: the callbacks of its pages."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from typing import Any

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from spiders_project import counters
from spiders_project.catalogue.schema import LISTING, PAGE
from spiders_project.downloader.revisits import visit_meta
from spiders_project.items import PictureItem
from spiders_project.pages.generic.gallery import AnyGallery
from spiders_project.pages.generic.values import Kind, Picture
from spiders_project.spiders.gallery_reading import GalleryReader, album_of, is_cut
from spiders_project.spiders.picture_spider import PictureSpider, loss_of
from spiders_project.spiders.plan import ahead, follow, instead_of
from spiders_project.spiders.recent import RecentCards
from spiders_project.spiders.remembering import read_at
from spiders_project.spiders.steps import Ask, GalleryPage, Step

_FIRST_BYTES = "bytes=0-65535"


class GalleryWalk(PictureSpider):
    """Follows cards, and learns from the first of each shape what all of them lead to.

    Nothing is known of the gallery but its address. A page is read as what it
    turns out to be; what follows from it is remembered like the pages of a site
    file, so that a second run asks for listings only.
    """

    async def start_gallery(self) -> AsyncIterator[Request]:
        """Ask for the page that a person has named, or for those on which something has failed."""
        assert isinstance(self.site, AnyGallery)
        self._gallery = GalleryReader(self.crawler, self.site)
        self._shown = RecentCards()
        self._failed: frozenset[str] = frozenset()
        if not self.args.retry_failed:
            for request in self._requests(
                Step(self.site.start, Ask.LISTING, album=self.site.start)
            ):
                yield request
            return
        known = [each.failure for each in await self._gallery.failures()]
        self._failed = frozenset(each.address for each in known)
        lost = [Step.of(each.facts["step"]) for each in known if "step" in each.facts]
        pages = dict.fromkeys(each.page for each in known if each.page)
        lost += [Step(page, Ask.CARD, album=page, is_retry=True) for page in pages]
        for step in lost:
            for request in self._requests(step):
                yield request

    async def parse_page(
        self, response: Response, step: dict[str, Any]
    ) -> AsyncIterator[PictureItem | Request]:
        """Yield what a page offers, and the requests for what it leads to."""
        taken = Step.of(step)
        if is_cut(response):
            yield self._step_request(replace(taken, ask=Ask.CARD, is_again=True))
            return
        page = await self._gallery.page(response, taken)
        if taken.siblings:
            async for output in self._together(page, taken):
                yield output
            return
        self._count_read(response, page, taken)
        for picture in await self._pictures(page, taken):
            if (item := self._item(picture, page, taken)) is not None:
                item.crawled_at = read_at(response) or item.crawled_at
                yield item
        if not taken.is_retry:
            async for request in self._onwards(page, taken):
                yield request

    async def _together(
        self, page: GalleryPage, step: Step
    ) -> AsyncIterator[PictureItem | Request]:
        """Yield what a card that went ahead and those that have waited for it lead to.

        Its own page is asked for again like theirs, and the catalogue answers: other
        listings may have led there, too, and each page is to be handled once.
        """
        if Kind.PICTURE in page.kinds:
            for picture in await self._gallery.originals(step):
                if (item := self._item(picture, page, step)) is not None:
                    yield item
            return
        for each in _of_all(step):
            for request in self._requests(each):
                yield request

    async def _pictures(self, page: GalleryPage, step: Step) -> list[Picture]:
        """Return what is to be fetched of a page."""
        if step.is_retry:
            return await self._gallery.failed_ones(page, step, self._failed)
        itself = await self._gallery.originals(step) if Kind.PICTURE in page.kinds else []
        return [*itself, *page.pictures]

    async def _onwards(self, page: GalleryPage, step: Step) -> AsyncIterator[Request]:
        further = [each for each in page.steps if each.is_of_listing]
        if page.is_listing:
            album, shown = album_of(page, step), page.addresses
            # Calendars go on for ever, and last pages link to themselves.
            is_new = self._shown.new(f"{album} {address}" for address in shown)
            is_end = page.is_end or not (is_new or step.number == 1)
            if self.args.update and shown and not is_end:
                is_end = await self._gallery.is_settled(album, shown)
            if is_end:
                further = []
                await self._note_album_end(album)
            await self._gallery.found(album, shown)
        for each in (*further, *(each for each in page.steps if not each.is_of_listing)):
            for request in self._requests(each):
                yield request

    def _requests(self, step: Step) -> Iterator[Request]:
        """Yield the request of a step; none where no more is wanted."""
        is_listing = step.is_of_listing
        is_behind = self.args.pages is not None and step.number > self.args.pages
        is_too_much = not is_listing and self._details_left == 0
        if is_behind or is_too_much or self._pictures_left == 0:
            return
        if not step.siblings:
            self._count(counters.LISTINGS_ASKED if is_listing else counters.DETAILS_ASKED)
        yield self._step_request(step)

    async def _note_album_end(self, album: str) -> None:
        """Note that all of an album was walked, unless pictures of it may be left out."""
        if self.args.limit is None:
            await self._gallery.reached_end(album)

    def _item(self, picture: Picture, page: GalleryPage, step: Step) -> PictureItem | None:
        """Return the item of a picture; None where no more are wanted."""
        if self._pictures_left == 0:
            return None
        if self._pictures_left is not None:
            self._pictures_left -= 1
        best, *others = picture.candidates
        facts, own = picture.facts, page.facts
        is_of_page = page.kinds == {Kind.DETAIL}
        # Of a picture file that is the listing which links it.
        page_url = step.page if step.card and Kind.PICTURE in page.kinds else page.url
        item = self._new_item(page_url, page.category or step.category)
        item.title = _title(picture, page, step)
        item.image_urls = [best.url]
        item.original_by = [str(best.clue)]
        item.alternatives = {best.url: [each.url for each in others]} if others else {}
        item.tags = list(facts.tags or own.tags)
        item.author = facts.author or own.author
        item.license = facts.license or own.license
        item.published = facts.published or (own.published if is_of_page else None)
        item.description = facts.description or (own.description if is_of_page else None)
        item.opt_outs = list(page.opt_outs)
        return item

    async def page_failed(self, failure: Failure) -> AsyncIterator[PictureItem | Request]:
        """Let the next card go ahead; yield an item that says why a page could not be read."""
        lost, request = loss_of(failure)
        step = Step.of(request.cb_kwargs["step"])
        if step.source:
            for other in instead_of(step):
                for each in self._requests(other):
                    yield each
        elif step.siblings:
            await self._gallery.failed(request, step.category, _facts(step), lost)
            first, *others = _of_all(step)
            next_ahead = ahead([each.card for each in others if each.card], first)
            for other in (first, *next_ahead):
                for each in self._requests(other):
                    yield each
        elif step.is_of_listing and self._count_lost_listing(request, step.number, lost):
            await self._note_album_end(step.album)
        else:
            await self._gallery.failed(request, step.category, _facts(step), lost)
            if not step.is_of_listing:
                self._count_lost_detail(request, lost)
                yield self._lost_item(request.url, step.category, lost.outcome, lost.reason)

    def _count_read(self, response: Response, page: GalleryPage, step: Step) -> None:
        if page.is_listing or step.is_of_listing:
            self._count(counters.LISTINGS_READ)
            self._count(counters.CARDS_FOUND, len(page.addresses))
            if not step.is_of_listing:
                # It was taken for a detail page.
                self._count(counters.DETAILS_ASKED, -1)
                self._count(counters.LISTINGS_ASKED)
            return
        self._count(counters.DETAILS_READ)
        if self._gallery.is_remembered(response):
            self._count(counters.DETAILS_REMEMBERED)

    def _step_request(self, step: Step) -> Request:
        kind = LISTING if step.is_of_listing else PAGE
        return Request(
            step.url,
            callback=self.parse_page,
            errback=self.page_failed,
            cb_kwargs=step.as_json(),
            headers={"Range": _FIRST_BYTES} if step.ask is Ask.FILE else None,
            meta=visit_meta(step.url, kind, self._revision),
            dont_filter=step.is_again or bool(step.siblings),
            # What others wait for goes first, then listings: more work for all places sooner.
            priority=2 if step.siblings else int(kind == LISTING),
        )


def _of_all(step: Step) -> list[Step]:
    """Return the steps of a card that went ahead, and of those that have waited for it."""
    return [follow(card, step) for card in (step.card, *step.siblings) if card is not None]


def _facts(step: Step) -> dict[str, Any]:
    """Return what another try of a page needs."""
    return replace(step, siblings=()).as_json()


def _title(picture: Picture, page: GalleryPage, step: Step) -> str:
    """Return the title of a picture: its page's, unless that is the album's, or the card's."""
    of_card = step.card.picture.facts.title if step.card else None
    found = picture.facts.title
    if page.kinds == {Kind.DETAIL}:
        found = found or page.facts.title
        if found in (None, step.category):
            found = of_card or found
    if found:
        return found
    # Crawls of sites with a site file need not load it.
    from spiders_project.pages.generic.facts.empty_words import title_in_name  # noqa: PLC0415

    return title_in_name(picture.candidates[0].url) or ""
