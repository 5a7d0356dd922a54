"""The way through a gallery that nobody has described: the callbacks of its pages."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

from scrapy import Request, Spider
from scrapy.http import Response
from twisted.python.failure import Failure

from spiders_project import counters
from spiders_project.catalogue.clock import now
from spiders_project.catalogue.schema import LISTING, PAGE
from spiders_project.downloader.revisits import visit_meta
from spiders_project.failures import DownloadLost, lost_by_exception
from spiders_project.items import Failure as LostAddress
from spiders_project.items import PictureItem
from spiders_project.outcomes import Outcome, Reason, http_reason
from spiders_project.pages.base import Site
from spiders_project.pages.generic.facts.empty_words import title_in_name
from spiders_project.pages.generic.gallery import AnyGallery
from spiders_project.pages.generic.values import Card, Kind, Picture
from spiders_project.spiders.arguments import CrawlArguments
from spiders_project.spiders.gallery_reading import GalleryReader, album_of
from spiders_project.spiders.plan import ahead, follow, instead_of
from spiders_project.spiders.recent import RecentCards
from spiders_project.spiders.steps import Ask, GalleryPage, Step

_NOT_FOUND = http_reason(404)
_FIRST_BYTES = "bytes=0-65535"


class GalleryWalk(Spider):
    """Follows cards, and learns from the first of each shape what all of them lead to.

    Nothing is known of the gallery but its address. A page is read as what it
    turns out to be; what follows from it is remembered like the pages of a site
    file, so that a second run asks for listings only.
    """

    args: CrawlArguments
    site: Site
    _pictures_left: int | None

    async def start_gallery(self) -> AsyncIterator[Request]:
        """Ask for the page that a person has named, or for those on which something has failed."""
        assert isinstance(self.site, AnyGallery)
        self._gallery = GalleryReader(self.crawler, self.site)
        self._seen: dict[str, RecentCards] = {}
        self._retried: set[str] | None = None
        if not self.args.retry_failed:
            self._count(counters.LISTINGS_ASKED)
            yield self._step_request(Step(self.site.start, Ask.LISTING, album=self.site.start))
            return
        known = await self._gallery.failures()
        self._retried = {each.failure.address for each in known}
        for address in dict.fromkeys(each.failure.page or each.failure.address for each in known):
            self._count(counters.LISTINGS_ASKED)
            yield self._step_request(Step(address, Ask.LISTING, album=address))

    async def parse_page(
        self, response: Response, step: dict[str, Any]
    ) -> AsyncIterator[PictureItem | Request]:
        """Yield what a page offers, and the requests for what it leads to."""
        taken = Step.of(step)
        page = await self._gallery.page(response, taken)
        self._count_read(page, taken)
        async for output in self._waited(page, taken):
            yield output
        if page.is_listing and not self._is_new(page, taken):
            await self._gallery.reached_end(page, taken)
            return
        for picture in page.pictures:
            if self._is_wanted(picture) and (item := self._item(picture, page, taken)):
                yield item
        async for request in self._onwards(page, taken):
            yield request

    async def _waited(self, page: GalleryPage, step: Step) -> AsyncIterator[PictureItem | Request]:
        """Yield what has waited for this page to turn out as what it is."""
        if Kind.PICTURE in page.kinds:
            for picture in await self._gallery.originals(step):
                if self._is_wanted(picture) and (item := self._item(picture, page, step)):
                    yield item
            return
        below = replace(step, card=None, siblings=())
        for card in step.siblings:
            if (request := self._follow(card, below)) is not None:
                yield request

    async def _onwards(self, page: GalleryPage, step: Step) -> AsyncIterator[Request]:
        further = [each for each in page.steps if each.ask in (Ask.LISTING, Ask.SOURCE)]
        cards = [each for each in page.steps if each.ask not in (Ask.LISTING, Ask.SOURCE)]
        is_settled = (
            self.args.update and page.is_listing and await self._gallery.is_settled(page, step)
        )
        for each in further:
            if not is_settled and not self._is_behind(each) and self._pictures_left != 0:
                self._count(counters.LISTINGS_ASKED)
                yield self._step_request(each)
        if page.is_listing:
            await self._gallery.found(page, step)
            if (page.is_end or is_settled) and self._pictures_left is None:
                await self._gallery.reached_end(page, step)
        for each in cards:
            if not self._is_behind(each) and self._pictures_left != 0:
                self._count(counters.DETAILS_ASKED)
                yield self._step_request(each)

    def _is_wanted(self, picture: Picture) -> bool:
        """Tell whether a picture is to be fetched: of a run that tries again only what failed."""
        return self._retried is None or any(
            each.url in self._retried for each in picture.candidates
        )

    def _is_behind(self, step: Step) -> bool:
        """Tell whether a step leads behind what is asked for."""
        if self._retried is not None:
            return step.url not in self._retried
        return self.args.pages is not None and step.number > self.args.pages

    def _is_new(self, page: GalleryPage, step: Step) -> bool:
        """Tell whether a listing shows anything that its album has not shown before.

        Calendars go on for ever, and last pages link to themselves.
        """
        seen = self._seen.setdefault(album_of(page, step), RecentCards())
        return bool(seen.new(page.addresses)) or step.number == 1

    def _follow(self, card: Card, below: Step) -> Request | None:
        step = follow(card, below)
        if self._pictures_left == 0 or self._is_behind(step):
            return None
        self._count(counters.DETAILS_ASKED)
        return self._step_request(step)

    def _item(self, picture: Picture, page: GalleryPage, step: Step) -> PictureItem | None:
        """Return the item of a picture; None where no more are wanted."""
        if self._pictures_left == 0 or not picture.candidates:
            return None
        if self._pictures_left is not None:
            self._pictures_left -= 1
        best, *others = picture.candidates
        facts, own = picture.facts, page.facts
        is_of_page = page.kinds == {Kind.DETAIL}
        return PictureItem(
            site=self.site.name,
            category=page.category or step.category,
            title=_title(picture, page, step) or title_in_name(best.url) or "",
            # Of a picture file that is the listing which links it.
            page_url=step.page if Kind.PICTURE in page.kinds else page.url,
            image_urls=[best.url],
            original_by=[str(best.clue)],
            alternatives={best.url: [each.url for each in others]} if others else {},
            tags=list(facts.tags or own.tags),
            author=facts.author or own.author,
            license=facts.license or own.license,
            published=facts.published or (own.published if is_of_page else None),
            description=facts.description or (own.description if is_of_page else None),
            opt_outs=list(page.opt_outs),
            crawled_at=now(),
        )

    async def page_failed(self, failure: Failure) -> AsyncIterator[PictureItem | Request]:
        """Let the next card go ahead; yield an item that says why a page could not be read."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy adds it
        step = Step.of(request.cb_kwargs["step"])
        error = failure.value
        lost = lost_by_exception(error if error is not None else Exception("unknown"))
        if step.siblings:
            yield self._step_request(ahead(step.siblings, replace(step, card=None, siblings=())))
        if step.source:
            for each in instead_of(step):
                yield self._step_request(each)
            return
        await self._gallery.failed(request, step, lost)
        if step.ask is Ask.LISTING:
            self._listing_failed(request, step, lost)
            return
        self._count(counters.DETAILS_FAILED)
        self._keep_first(counters.DETAIL_FAILURE, request, lost)
        yield self._lost(request.url, step, lost.outcome, lost.reason)

    def _listing_failed(self, request: Request, step: Step, lost: DownloadLost) -> None:
        if lost.reason == _NOT_FOUND and step.number > 1:
            self._count(counters.LISTINGS_ABSENT)
            return
        self._count(counters.LISTINGS_FAILED)
        if lost.reason == Reason.ROBOTS:
            self._count(counters.LISTINGS_FORBIDDEN)
        self._keep_first(counters.LISTING_FAILURE, request, lost)

    def _lost(self, url: str, step: Step, outcome: Outcome, reason: str) -> PictureItem:
        lost = LostAddress(url=url, outcome=str(outcome), reason=str(reason))
        item = PictureItem(self.site.name, step.category, "", url, [], crawled_at=now())
        item.failures.append(lost)
        return item

    def _count_read(self, page: GalleryPage, step: Step) -> None:
        is_asked_as_listing = step.ask in (Ask.LISTING, Ask.SOURCE)
        if page.is_listing or is_asked_as_listing:
            self._count(counters.LISTINGS_READ)
            self._count(counters.CARDS_FOUND, len(page.addresses))
            if not is_asked_as_listing:
                # It was taken for a detail page.
                self._count(counters.DETAILS_ASKED, -1)
                self._count(counters.LISTINGS_ASKED)
        else:
            self._count(counters.DETAILS_READ)

    def _step_request(self, step: Step) -> Request:
        kind = LISTING if step.ask in (Ask.LISTING, Ask.SOURCE) else PAGE
        return Request(
            step.url,
            callback=self.parse_page,
            errback=self.page_failed,
            cb_kwargs=step.as_json(),
            headers={"Range": _FIRST_BYTES} if step.ask is Ask.FILE else None,
            meta=visit_meta(step.url, kind, self.site.revision),
            # It was asked already, for what describes it.
            dont_filter=step.is_as_shown and not step.source,
            # What others wait for goes first, then listings: more work for all places sooner.
            priority=2 if step.siblings else int(kind == LISTING),
        )

    def _count(self, name: str, count: int = 1) -> None:
        self.crawler.stats.inc_value(name, count)

    def _keep_first(self, name: str, request: Request, lost: DownloadLost) -> None:
        stats = self.crawler.stats
        stats.set_value(name, stats.get_value(name) or f"{request.url} ({lost.reason})")


def _title(picture: Picture, page: GalleryPage, step: Step) -> str:
    """Return the title of a picture: its page's, unless that is the album's, or the card's."""
    of_card = step.card.picture.facts.title if step.card else None
    found = picture.facts.title
    if page.kinds == {Kind.DETAIL}:
        found = found or page.facts.title
        if found in (None, step.category):
            found = of_card or found
    return found or ""
