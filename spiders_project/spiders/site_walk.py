"""The walk of a site file: listings, from page to page, and their detail pages."""

from collections import defaultdict
from collections.abc import AsyncIterator, Iterable

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from spiders_project import counters
from spiders_project.catalogue.clock import now
from spiders_project.catalogue.failures import Failure as KnownLoss
from spiders_project.catalogue.schema import DETAIL, LISTING
from spiders_project.downloader.revisits import visit_meta
from spiders_project.items import PictureItem
from spiders_project.outcomes import Outcome, Reason
from spiders_project.pages.base import Listing
from spiders_project.spiders.picture_spider import PictureSpider, loss_of, lost_page
from spiders_project.spiders.reading import SiteReader
from spiders_project.spiders.recent import RecentCards

_BY_SITE_FILE = "site-file"


class SiteWalk(PictureSpider):
    """Follows the listings of categories as a site file says.

    A listing leads to its cards and to the next listing. The first one that
    does not exist, or that shows no card that is new to its category, is the
    end: calendars go on for ever, and last pages link to themselves.
    """

    async def start_site(self, categories: Iterable[str]) -> AsyncIterator[Request]:
        """Ask for the first listing of each category, or for what has failed."""
        self._recent_cards: defaultdict[str, RecentCards] = defaultdict(RecentCards)
        categories = tuple(categories)
        # The demo site knows its address a little later than other sites.
        root = self.settings.getdict("SITE_ROOTS").get(self.site.name)
        self.site = type(self.site)(root)
        self._reader = SiteReader(self.crawler, self.site)
        if self.args.retry_failed:
            for known in await self._reader.failures(categories):
                yield self._failed_request(known.failure)
            return
        for category in categories:
            self._count(counters.LISTINGS_ASKED)
            yield self._listing_request(self.site.listing_url(category), category, number=1)
        if self.args.update:
            # Those behind the listing at which this run stops would never be tried again.
            for known in await self._reader.failures(categories):
                if known.failure.kind != LISTING and known.may_pass and known.is_due(now()):
                    yield self._failed_request(known.failure)

    def _failed_request(self, failure: KnownLoss) -> Request:
        """Return the request for a page that failed, or on which a picture did."""
        category = failure.category or ""
        if failure.kind == LISTING:
            self._count(counters.LISTINGS_ASKED)
            return self._listing_request(failure.address, category, failure.facts["number"])
        self._count(counters.DETAILS_ASKED)
        return self._detail_request(failure.page or failure.address, category)

    async def parse_listing(
        self, response: Response, category: str, number: int
    ) -> AsyncIterator[Request]:
        """Follow the cards of a listing, and the next listing."""
        listing = await self._reader.listing(response, category)
        cards = [card for card in listing.cards if self.site.has(card)]
        new_cards = self._recent_cards[category].new(cards)
        followed = new_cards[: self._details_left]
        self._count(counters.LISTINGS_READ)
        self._count(counters.CARDS_FOUND, len(new_cards))
        self._count(counters.CARDS_ELSEWHERE, len(listing.cards) - len(cards))
        self._count(counters.DETAILS_ASKED, len(followed))
        next_url = self._next_listing(listing, response.url, category, number)
        is_end = not new_cards or not next_url
        if self.args.update and not is_end:
            is_end = await self._reader.is_settled(category, cards)
        is_cut = len(followed) < len(new_cards) or self._details_left == 0
        if is_end and not is_cut:
            await self._note_category_end(category)
        elif next_url and not is_end and not is_cut and not self._is_last(number):
            self._count(counters.LISTINGS_ASKED)
            yield self._listing_request(next_url, category, number + 1)
        await self._reader.found(category, followed)
        for card in followed:
            yield self._detail_request(card, category)

    def _is_last(self, number: int) -> bool:
        # A listing that has failed before, and is tried again, may lie behind the limit.
        return self.args.pages is not None and number >= self.args.pages

    async def _note_category_end(self, category: str) -> None:
        """Note that all of a category was walked, unless pictures of it may be left out."""
        if self.args.limit is None:
            await self._reader.reached_end(category)

    def _next_listing(self, listing: Listing, url: str, category: str, number: int) -> str | None:
        """Return the next listing: linked, on the site itself, or counted in the address."""
        linked = listing.next_page
        if linked and linked != url and self.site.has(linked):
            return linked
        if self.site.listing_page_address:
            return self.site.listing_url(category, number + 1)
        return None

    async def parse_detail(self, response: Response, category: str) -> AsyncIterator[PictureItem]:
        """Yield the item of a detail page; its pictures are the pipeline's work."""
        page = await self._reader.detail(response, category)
        self._count(counters.DETAILS_READ)
        if page.is_remembered:
            self._count(counters.DETAILS_REMEMBERED)
        if self._pictures_left == 0:
            return
        item = self._new_item(page.url, category)
        item.crawled_at = page.read_at or item.crawled_at
        item.title = page.detail.title or ""
        item.image_urls = page.detail.image_urls[: self._pictures_left]
        item.original_by = [_BY_SITE_FILE] * len(item.image_urls)
        if self._pictures_left is not None:
            self._pictures_left -= len(item.image_urls)
        item.opt_outs = page.opt_outs
        for name in ("tags", "author", "license", "published", "description"):
            setattr(item, name, getattr(page.detail, name))
        if not page.detail.image_urls:
            item.failures.append(lost_page(response.url, Outcome.FAILED, Reason.UNREADABLE))
        yield item

    async def listing_failed(self, failure: Failure) -> None:
        """Count a listing that could not be read; one that is not there ends the category."""
        lost, request = loss_of(failure)
        category, number = request.cb_kwargs["category"], request.cb_kwargs["number"]
        if self._count_lost_listing(request, number, lost):
            await self._note_category_end(category)
        else:
            await self._reader.failed(request, category, {"number": number}, lost)

    async def detail_failed(self, failure: Failure) -> AsyncIterator[PictureItem]:
        """Yield an item that says why a detail page could not be read."""
        lost, request = loss_of(failure)
        category = request.cb_kwargs["category"]
        self._count_lost_detail(request, lost)
        await self._reader.failed(request, category, {}, lost)
        yield self._lost_item(request.url, category, lost.outcome, lost.reason)

    def _listing_request(self, url: str, category: str, number: int) -> Request:
        return Request(
            url,
            callback=self.parse_listing,
            errback=self.listing_failed,
            cb_kwargs={"category": category, "number": number},
            meta=visit_meta(url, LISTING, self._revision),
            # Before the cards of the listing it was found on: more work for all places sooner.
            priority=1,
        )

    def _detail_request(self, url: str, category: str) -> Request:
        return Request(
            url,
            callback=self.parse_detail,
            errback=self.detail_failed,
            cb_kwargs={"category": category},
            meta=visit_meta(url, DETAIL, self._revision),
        )
