"""What the walks of a site file and of any gallery have in common."""

from scrapy import Request, Spider
from twisted.python.failure import Failure

from spiders_project import counters
from spiders_project.catalogue.clock import now
from spiders_project.failures import DownloadLost, lost_by_exception
from spiders_project.items import Failure as LostAddress
from spiders_project.items import PictureItem
from spiders_project.outcomes import Outcome, Reason, http_reason
from spiders_project.pages.base import Site
from spiders_project.spiders.arguments import CrawlArguments

_NOT_FOUND = http_reason(404)


class PictureSpider(Spider):
    """Counts what is asked for, and says what was lost."""

    args: CrawlArguments
    site: Site
    _pictures_left: int | None
    """How many more pictures are wanted; None for any number."""

    @property
    def _revision(self) -> str:
        """What reads a page: the revision of its site file, and whether a browser shows it."""
        return f"{self.site.revision} browser" if self.args.browser else self.site.revision

    @property
    def _details_left(self) -> int | None:
        """How many more detail pages may be asked for; None for any number."""
        if self.args.limit is None:
            return None
        asked: int = self.crawler.stats.get_value(counters.DETAILS_ASKED, 0)
        return max(0, self.args.limit - asked)

    def _new_item(self, page_url: str, category: str) -> PictureItem:
        return PictureItem(self.site.name, category, "", page_url, [], crawled_at=now())

    def _lost_item(self, url: str, category: str, outcome: Outcome, reason: str) -> PictureItem:
        """Return an item that says why a page could not be read."""
        item = self._new_item(url, category)
        item.failures.append(lost_page(url, outcome, reason))
        return item

    def _count_lost_listing(self, request: Request, number: int, lost: DownloadLost) -> bool:
        """Count a listing that could not be read; True where it is not there: the one before ends.

        ``number`` is that of the listing page, counted from 1.
        """
        if lost.reason == _NOT_FOUND and number > 1:
            self._count(counters.LISTINGS_ABSENT)
            return True
        self._count(counters.LISTINGS_FAILED)
        if lost.reason == Reason.ROBOTS:
            self._count(counters.LISTINGS_FORBIDDEN)
        self._keep_first(counters.LISTING_FAILURE, request, lost)
        return False

    def _count_lost_detail(self, request: Request, lost: DownloadLost) -> None:
        self._count(counters.DETAILS_FAILED)
        self._keep_first(counters.DETAIL_FAILURE, request, lost)

    def _count(self, name: str, count: int = 1) -> None:
        self.crawler.stats.inc_value(name, count)

    def _keep_first(self, name: str, request: Request, lost: DownloadLost) -> None:
        stats = self.crawler.stats
        stats.set_value(name, stats.get_value(name) or f"{request.url} ({lost.reason})")


def loss_of(failure: Failure) -> tuple[DownloadLost, Request]:
    """Return what an errback is told, in our words, and the request that it is about."""
    request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy adds it
    error = failure.value
    return lost_by_exception(error if error is not None else Exception("unknown")), request


def lost_page(url: str, outcome: Outcome, reason: str) -> LostAddress:
    """Return the record of a page that led to no picture."""
    return LostAddress(url=url, outcome=str(outcome), reason=str(reason))
