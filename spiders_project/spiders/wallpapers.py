"""The main job: listings, from page to page; their detail pages; a picture item for each."""

from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from typing import Any, Self

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from spiders_project import counters
from spiders_project.errors import WrongInput
from spiders_project.failures import DownloadLost, lost_by_exception
from spiders_project.items import Failure as LostAddress
from spiders_project.items import PictureItem
from spiders_project.outcomes import Outcome, Reason, http_reason
from spiders_project.pages.base import Listing, Site
from spiders_project.pages.page import Page
from spiders_project.pages.registry import find_site
from spiders_project.politeness.opt_outs import opt_outs_in_headers, united
from spiders_project.spiders.arguments import CrawlArguments
from spiders_project.urls import host_of

_ARGUMENTS_AS_SETTINGS = {
    "min_width": "IMAGES_MIN_WIDTH",
    "min_height": "IMAGES_MIN_HEIGHT",
    "aspect": "PICTURE_ASPECT",
    "cookies": "COOKIES_FILE",
}
_NOT_FOUND = http_reason(404)


class WallpapersSpider(Spider):
    """Crawls the categories of one known site; listings, details and pictures overlap.

    A listing leads to its cards and to the next listing. The first one that
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
        self._seen_cards: dict[str, set[str]] = defaultdict(set)
        self._details_left = self.args.limit
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
        for argument, name in _ARGUMENTS_AS_SETTINGS.items():
            if (value := getattr(spider.args, argument)) is not None:
                settings.set(name, value, "cmdline")
        spider.site = type(site)(settings.getdict("SITE_ROOTS").get(site.name))
        return spider

    async def start(self) -> AsyncIterator[Request]:
        """Ask for the first listing of each category."""
        # The demo site knows its address a little later than other sites.
        root = self.settings.getdict("SITE_ROOTS").get(self.site.name)
        self.site = type(self.site)(root)
        for category in self.categories:
            self._count(counters.LISTINGS_ASKED)
            yield self._listing_request(self.site.listing_url(category), category, number=1)

    def parse_listing(self, response: Response, category: str, number: int) -> Iterator[Request]:
        """Follow the cards of a listing, and the next listing."""
        listing = self.site.read_listing(_page(response))
        cards = [card for card in listing.cards if self.site.has(card)]
        new_cards = [card for card in cards if card not in self._seen_cards[category]]
        self._seen_cards[category].update(new_cards)
        self._count(counters.LISTINGS_READ)
        self._count(counters.CARDS_FOUND, len(new_cards))
        self._count(counters.CARDS_ELSEWHERE, len(listing.cards) - len(cards))
        followed = new_cards[: self._details_left]
        self._count(counters.DETAILS_ASKED, len(followed))
        if self._details_left is not None:
            self._details_left -= len(followed)
        is_last = not new_cards or number == self.args.pages or self._details_left == 0
        next_url = self._next_listing(listing, response.url, category, number)
        if next_url and not is_last:
            self._count(counters.LISTINGS_ASKED)
            yield self._listing_request(next_url, category, number + 1)
        for card in followed:
            yield self._detail_request(card, category)

    def _next_listing(self, listing: Listing, url: str, category: str, number: int) -> str | None:
        """Return the next listing: linked, on the site itself, or counted in the address."""
        linked = listing.next_page
        if linked and linked != url and self.site.has(linked):
            return linked
        if self.site.listing_page_address:
            return self.site.listing_url(category, number + 1)
        return None

    def parse_detail(self, response: Response, category: str) -> Iterator[PictureItem]:
        """Yield the item of a detail page; its pictures are the pipeline's work."""
        page = _page(response)
        detail = self.site.read_detail(page)
        self._count(counters.DETAILS_READ)
        if self._pictures_left == 0:
            return
        item = self._item(response.url, category)
        item.title = detail.title or ""
        item.image_urls = detail.image_urls[: self._pictures_left]
        if self._pictures_left is not None:
            self._pictures_left -= len(item.image_urls)
        item.tags = detail.tags
        item.author = detail.author
        item.license = detail.license
        item.published = detail.published
        item.description = detail.description
        in_headers = opt_outs_in_headers(response.headers, self.settings["USER_AGENT"])
        item.opt_outs = united(in_headers, page.opt_outs)
        if not detail.image_urls:
            item.failures.append(_lost_page(response.url, Outcome.FAILED, Reason.UNREADABLE))
        yield item

    def listing_failed(self, failure: Failure) -> None:
        """Count a listing that could not be read; one that is not there ends the category."""
        lost, request = _loss(failure)
        if lost.reason == _NOT_FOUND and request.cb_kwargs["number"] > 1:
            self._count(counters.LISTINGS_ABSENT)
            return
        self._count(counters.LISTINGS_FAILED)
        if lost.reason == Reason.ROBOTS:
            self._count(counters.LISTINGS_FORBIDDEN)
        self._keep_first(counters.LISTING_FAILURE, request, lost)

    def detail_failed(self, failure: Failure) -> Iterator[PictureItem]:
        """Yield an item that says why a detail page could not be read."""
        lost, request = _loss(failure)
        self._count(counters.DETAILS_FAILED)
        self._keep_first(counters.DETAIL_FAILURE, request, lost)
        item = self._item(request.url, request.cb_kwargs["category"])
        item.failures.append(_lost_page(request.url, lost.outcome, lost.reason))
        yield item

    def _listing_request(self, url: str, category: str, number: int) -> Request:
        return Request(
            url,
            callback=self.parse_listing,
            errback=self.listing_failed,
            cb_kwargs={"category": category, "number": number},
            # Before the cards of the listing it was found on: more work for all places sooner.
            priority=1,
        )

    def _detail_request(self, url: str, category: str) -> Request:
        return Request(
            url,
            callback=self.parse_detail,
            errback=self.detail_failed,
            cb_kwargs={"category": category},
        )

    def _item(self, page_url: str, category: str) -> PictureItem:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        return PictureItem(self.site.name, category, "", page_url, [], crawled_at=now)

    def _count(self, name: str, count: int = 1) -> None:
        self.crawler.stats.inc_value(name, count)

    def _keep_first(self, name: str, request: Request, lost: DownloadLost) -> None:
        stats = self.crawler.stats
        stats.set_value(name, stats.get_value(name) or f"{request.url} ({lost.reason})")


def _chosen_categories(site: Site, arguments: CrawlArguments) -> tuple[str, ...]:
    """Return the categories to crawl; raises WrongInput for one that the site does not have."""
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


def _page(response: Response) -> Page:
    content_type = response.headers.get("Content-Type")
    return Page(
        response.url, response.body, content_type.decode("latin-1") if content_type else None
    )


def _loss(failure: Failure) -> tuple[DownloadLost, Request]:
    request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy adds it
    error = failure.value
    return lost_by_exception(error if error is not None else Exception("unknown")), request


def _lost_page(url: str, outcome: Outcome, reason: str) -> LostAddress:
    return LostAddress(url=url, outcome=str(outcome), reason=str(reason))
