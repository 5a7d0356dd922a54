"""Asks again for what may have changed, and for nothing else."""

from dataclasses import asdict, dataclass
from typing import Any, Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from sqlalchemy import Connection

from spiders_project.catalogue.catalogue import CatalogueFailed, catalogue_of
from spiders_project.catalogue.clock import after, now
from spiders_project.catalogue.failures import KnownFailure, known_failures
from spiders_project.catalogue.pages import ReadPage, read_page, touch_page
from spiders_project.catalogue.schema import LISTING, PAGE
from spiders_project.failures import DownloadLost
from spiders_project.outcomes import Outcome, Reason

VISIT = "visit"
"""Key of ``Request.meta``: what a request is for, as ``visit_meta`` makes it."""
REMEMBERED = "remembered"
"""Key of ``Request.meta``: what is known of the page, for a response with status 304."""

_NOT_MODIFIED = 304


def visit_meta(address: str, kind: str, revision: str) -> dict[str, Any]:
    """Return the meta of a request for a page that the catalogue is to remember.

    ``kind`` is detail or listing, or page where only the answer can tell; ``revision``
    that of the site file which reads it.
    """
    return {
        VISIT: {"address": address, "kind": kind, "revision": revision},
        "handle_httpstatus_list": [_NOT_MODIFIED],
    }


@dataclass(frozen=True)
class _Record:
    page: ReadPage | None
    failure: KnownFailure | None


class RevisitMiddleware:
    """Answers for pages that are not due with 304 and what is remembered; no request is made.

    Listings, and detail pages after REFRESH_DAYS, are asked for with
    If-None-Match and If-Modified-Since (RFC 9110, 13.1). All of it only if the
    same revision of the site file has read them before.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._refresh_days = crawler.settings.getfloat("REFRESH_DAYS")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the middleware."""
        return cls(crawler)

    def process_request(self, request: Request) -> Response | None:
        """Answer from the catalogue, or add what the server needs to say that nothing changed."""
        visit = request.meta.get(VISIT)
        # A redirect, or another try, has been through here already.
        if not visit or visit.get("is_asked"):
            return None
        catalogue = catalogue_of(self._crawler)
        record = self._look_up(visit)
        kind = visit["kind"]
        if kind == PAGE and record.page is not None:
            kind = record.page.kind
        request.meta[VISIT] = visit | {"is_asked": True}
        retry_failed = self._crawler.settings.getbool("RETRY_FAILED")
        if record.failure and kind != LISTING and not retry_failed:
            _raise_known(record.failure, catalogue.run)
        if record.page is None:
            return None
        request.meta[REMEMBERED] = asdict(record.page)
        # What a page is can have been found out by this run a moment ago.
        is_fresh = visit["kind"] == PAGE and record.page.run == catalogue.run
        if is_fresh or (kind != LISTING and not self._is_due(record.page, catalogue.run)):
            return Response(request.url, status=_NOT_MODIFIED, flags=[REMEMBERED], request=request)
        _add_validators(request, record.page)
        return None

    async def process_response(self, request: Request, response: Response) -> Response:
        """Note that a page was asked for and has not changed."""
        if response.status != _NOT_MODIFIED or VISIT not in request.meta:
            return response
        if REMEMBERED not in request.meta:
            raise DownloadLost(Outcome.FAILED, Reason.OTHER, "304 without a condition")
        if REMEMBERED not in response.flags:
            catalogue = catalogue_of(self._crawler)
            await catalogue.do(touch_page, request.meta[VISIT]["address"], catalogue.run)
        return response

    def _look_up(self, visit: dict[str, Any]) -> _Record:
        try:
            return catalogue_of(self._crawler).look(_read, visit["address"], visit["revision"])
        except CatalogueFailed:
            return _Record(None, None)  # the crawl is being stopped

    def _is_due(self, page: ReadPage, run: str) -> bool:
        return page.run != run and now() >= after(page.read_at, days=self._refresh_days)


def _read(connection: Connection, address: str, revision: str) -> _Record:
    failure = known_failures(connection, [address]).get(address)
    page = read_page(connection, address)
    # What another revision has read says nothing of what this one would read.
    return _Record(page if page and page.revision == revision else None, failure)


def _raise_known(known: KnownFailure, run: str) -> None:
    if known.run == run or not known.is_due(now()):
        lost = DownloadLost(Outcome(known.failure.outcome), known.failure.reason, known.words)
        lost.is_remembered = True
        raise lost


def _add_validators(request: Request, page: ReadPage) -> None:
    if page.etag:
        request.headers["If-None-Match"] = page.etag
    if page.last_modified:
        request.headers["If-Modified-Since"] = page.last_modified
