"""The main job: listings, from page to page; their detail pages; a picture item for each."""

from collections import defaultdict
from collections.abc import AsyncIterator
from typing import Any, Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from spiders_project import counters
from spiders_project.catalogue.clock import now
from spiders_project.catalogue.failures import Failure as KnownLoss
from spiders_project.catalogue.schema import DETAIL, LISTING
from spiders_project.downloader.browser.chromium import use_browser
from spiders_project.downloader.revisits import visit_meta
from spiders_project.errors import WrongInput
from spiders_project.failures import DownloadLost, lost_by_exception
from spiders_project.items import Failure as LostAddress
from spiders_project.items import PictureItem
from spiders_project.outcomes import Outcome, Reason, http_reason
from spiders_project.pages.base import Listing, Site
from spiders_project.pages.generic.gallery import AnyGallery
from spiders_project.pages.registry import find_site
from spiders_project.spiders.arguments import CrawlArguments
from spiders_project.spiders.gallery_walk import GalleryWalk
from spiders_project.spiders.reading import SiteReader, wanted
from spiders_project.spiders.recent import RecentCards
from spiders_project.urls import host_of

_ARGUMENTS_AS_SETTINGS = {
    "min_width": "IMAGES_MIN_WIDTH",
    "min_height": "IMAGES_MIN_HEIGHT",
    "aspect": "PICTURE_ASPECT",
    "cookies": "COOKIES_FILE",
    "retry_failed": "RETRY_FAILED",
    "browser": "BROWSER",
}
_DRY_RUN = "spiders_project.pipelines.dry_run.DryRun"
_BY_SITE_FILE = "site-file"
_NOT_FOUND = http_reason(404)


class WallpapersSpider(GalleryWalk):
    """Crawls the categories of one known site, or any gallery.

    Listings, details and pictures overlap. Of a known site its file says what to
    read. A listing leads to its cards and to the next listing; the first one that
    does not exist, or that shows no card that is new to its category, is the
    end: calendars go on for ever, and last pages link to themselves.
    """

    name = "wallpapers"

    def __init__(self, /, **arguments: Any) -> None:
        super().__init__()
        self.args = CrawlArguments.parse(arguments)
        site = find_site(self.args.site)
        self.site: Site = site()
        self.categories = _chosen_categories(self.site, self.args)
        self._recent_cards: defaultdict[str, RecentCards] = defaultdict(RecentCards)
        self._pictures_left = self.args.limit

    @classmethod
    def check_arguments(cls, arguments: dict[str, Any]) -> None:
        """Raise WrongInput for arguments that the spider would not take."""
        cls(**arguments)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Make the spider; its site sets the pace, its arguments the limits of the pictures."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        settings, site = crawler.settings, spider.site
        settings.set("DOWNLOAD_DELAY", site.delay_seconds, "spider")
        settings.set("CONCURRENT_REQUESTS_PER_DOMAIN", site.concurrent_requests, "spider")
        # A person may have chosen another pace with -s.
        delay_seconds = settings.getfloat("DOWNLOAD_DELAY")
        settings.set("AUTOTHROTTLE_ENABLED", delay_seconds > 0, "spider")
        settings.set("AUTOTHROTTLE_START_DELAY", delay_seconds, "spider")
        settings.set("AUTOTHROTTLE_TARGET_CONCURRENCY", site.concurrent_requests, "spider")
        own_headers = {host_of(f"http://{host}"): dict(site.headers) for host in site.hosts}
        settings.set("SITE_HEADERS", own_headers | settings.getdict("SITE_HEADERS"), "cmdline")
        if spider.args.dry_run:
            settings.set("ITEM_PIPELINES", {_DRY_RUN: 300}, "cmdline")
            settings.set("FEEDS", {}, "cmdline")
        for argument, name in _ARGUMENTS_AS_SETTINGS.items():
            if (value := getattr(spider.args, argument)) is not None:
                settings.set(name, value, "cmdline")
        if spider.args.browser:
            use_browser(settings)
        spider.site = type(site)(settings.getdict("SITE_ROOTS").get(site.name))
        return spider

    @property
    def job_arguments(self) -> dict[str, Any]:
        """What makes a crawl another job than one with other arguments."""
        given = self.args.model_dump(exclude={"restart"}, exclude_defaults=True, mode="json")
        given["root"] = self.settings.getdict("SITE_ROOTS").get(self.site.name)
        # A run that goes on with other wishes would call complete what the earlier ones left out.
        if narrowed := wanted(self.settings):
            given["wanted"] = narrowed
        return given

    @property
    def restart(self) -> bool:
        """Whether to begin anew what an earlier run of this job has left unfinished."""
        return self.args.restart

    async def start(self) -> AsyncIterator[Request]:
        """Ask for the first listing of each category, or for what has failed."""
        if self.args.limit is not None:
            # What earlier processes of this run have found counts, too.
            found = self.crawler.stats.get_value(counters.PICTURES_FOUND, 0)
            self._pictures_left = max(0, self.args.limit - found)
        if isinstance(self.site, AnyGallery):
            async for request in self.start_gallery():
                yield request
            return
        # The demo site knows its address a little later than other sites.
        root = self.settings.getdict("SITE_ROOTS").get(self.site.name)
        self.site = type(self.site)(root)
        self._reader = SiteReader(self.crawler, self.site)
        if self.args.retry_failed:
            for known in await self._reader.failures(self.categories):
                yield self._failed_request(known.failure)
            return
        for category in self.categories:
            self._count(counters.LISTINGS_ASKED)
            yield self._listing_request(self.site.listing_url(category), category, number=1)
        if self.args.update:
            # Those behind the listing at which this run stops would never be tried again.
            for known in await self._reader.failures(self.categories):
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
            await self._note_end(category)
        elif next_url and not is_end and not is_cut and not self._is_last(number):
            self._count(counters.LISTINGS_ASKED)
            yield self._listing_request(next_url, category, number + 1)
        await self._reader.found(category, followed)
        for card in followed:
            yield self._detail_request(card, category)

    def _is_last(self, number: int) -> bool:
        # A listing that has failed before, and is tried again, may lie behind the limit.
        return self.args.pages is not None and number >= self.args.pages

    async def _note_end(self, category: str) -> None:
        """Note that all of a category was walked, unless pictures of it may be left out."""
        if self.args.limit is None:
            await self._reader.reached_end(category)

    @property
    def _details_left(self) -> int | None:
        """How many more detail pages may be asked for; None for any number."""
        if self.args.limit is None:
            return None
        asked: int = self.crawler.stats.get_value(counters.DETAILS_ASKED, 0)
        return max(0, self.args.limit - asked)

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
            item.failures.append(_lost_page(response.url, Outcome.FAILED, Reason.UNREADABLE))
        yield item

    async def listing_failed(self, failure: Failure) -> None:
        """Count a listing that could not be read; one that is not there ends the category."""
        lost, request = _loss(failure)
        category = request.cb_kwargs["category"]
        if lost.reason == _NOT_FOUND and request.cb_kwargs["number"] > 1:
            self._count(counters.LISTINGS_ABSENT)
            await self._note_end(category)
            return
        self._count(counters.LISTINGS_FAILED)
        if lost.reason == Reason.ROBOTS:
            self._count(counters.LISTINGS_FORBIDDEN)
        self._keep_first(counters.LISTING_FAILURE, request, lost)
        await self._reader.failed(request, category, lost)

    async def detail_failed(self, failure: Failure) -> AsyncIterator[PictureItem]:
        """Yield an item that says why a detail page could not be read."""
        lost, request = _loss(failure)
        category = request.cb_kwargs["category"]
        self._count(counters.DETAILS_FAILED)
        self._keep_first(counters.DETAIL_FAILURE, request, lost)
        await self._reader.failed(request, category, lost)
        item = self._new_item(request.url, category)
        item.failures.append(_lost_page(request.url, lost.outcome, lost.reason))
        yield item

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

    def _new_item(self, page_url: str, category: str) -> PictureItem:
        return PictureItem(self.site.name, category, "", page_url, [], crawled_at=now())


def _chosen_categories(site: Site, arguments: CrawlArguments) -> tuple[str, ...]:
    """Return the categories to crawl; raises WrongInput for one that the site does not have."""
    if not site.is_described:
        if arguments.category:
            raise WrongInput(
                f"category={','.join(arguments.category)} means nothing on {site.name}, which has "
                "no site file; give the address of an album as site=..."
            )
        return ()
    if arguments.category:
        unknown = [name for name in arguments.category if name not in site.categories]
        if unknown and not site.has_other_categories:
            raise WrongInput(
                f"category={unknown[0]} is not known on {site.name}; "
                f"its categories: {', '.join(site.categories)}"
            )
        return arguments.category
    in_address = site.category_of(arguments.site)
    if in_address is not None:
        return (in_address,)
    return site.default_categories or tuple(site.categories)


def _loss(failure: Failure) -> tuple[DownloadLost, Request]:
    request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy adds it
    error = failure.value
    return lost_by_exception(error if error is not None else Exception("unknown")), request


def _lost_page(url: str, outcome: Outcome, reason: str) -> LostAddress:
    return LostAddress(url=url, outcome=str(outcome), reason=str(reason))
