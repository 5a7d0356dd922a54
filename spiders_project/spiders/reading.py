"""Pages of a site, read by its site file or remembered by the catalogue."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from typing import Any, TypeVar

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.settings import BaseSettings

from spiders_project.catalogue.catalogue import Catalogue, CatalogueFailed, catalogue_of
from spiders_project.catalogue.failures import Failure, KnownFailure, all_failures, record_failure
from spiders_project.catalogue.pages import (
    ReadPage,
    Walk,
    list_cards,
    reach_end,
    record_page,
    settled_cards,
)
from spiders_project.downloader.revisits import REMEMBERED, VISIT
from spiders_project.failures import DownloadLost
from spiders_project.pages.base import Detail, Listing, Site
from spiders_project.pages.page import Page
from spiders_project.politeness.opt_outs import opt_outs_in_headers, united

_T = TypeVar("_T")
_NOT_MODIFIED = 304
_NARROWING = ("IMAGES_MIN_WIDTH", "IMAGES_MIN_HEIGHT", "PICTURE_ASPECT", "OPT_OUTS_REFUSED")


@dataclass(frozen=True)
class DetailPage:
    """A detail page, and what HTTP says of it."""

    url: str
    """Where it was found at last, after redirects."""
    detail: Detail
    opt_outs: list[str]
    read_at: str | None = None
    """When it was read, ISO 8601, if that is not now."""
    is_remembered: bool = False
    """True where an earlier run has read it and the site was not asked."""


class SiteReader:
    """Reads the pages of one site, and tells the catalogue what there was.

    A page that has not changed, or is not due, comes with status 304 and what
    was read on it before.
    """

    def __init__(self, crawler: Crawler, site: Site) -> None:
        self._catalogue: Catalogue = catalogue_of(crawler)
        self._site = site
        self._user_agent = crawler.settings["USER_AGENT"]
        self._wanted = wanted(crawler.settings)

    async def listing(self, response: Response, category: str) -> Listing:
        """Return what a listing says."""
        if response.status == _NOT_MODIFIED:
            return _made(Listing, response.meta[REMEMBERED]["facts"])
        listing = self._site.read_listing(_page(response))
        await self._remember(response, category, asdict(listing))
        return listing

    async def detail(self, response: Response, category: str) -> DetailPage:
        """Return what a detail page says."""
        if response.status == _NOT_MODIFIED:
            known = response.meta[REMEMBERED]
            facts = known["facts"]
            is_asked = REMEMBERED not in response.flags
            return DetailPage(
                url=facts["url"],
                detail=_made(Detail, facts["detail"]),
                opt_outs=facts["opt_outs"],
                read_at=None if is_asked else known["read_at"],
                is_remembered=not is_asked and known["run"] != self._catalogue.run,
            )
        page = _page(response)
        opt_outs = united(opt_outs_in_headers(response.headers, self._user_agent), page.opt_outs)
        found = DetailPage(response.url, self._site.read_detail(page), opt_outs)
        if found.detail.image_urls:
            facts = {"url": found.url, "detail": asdict(found.detail), "opt_outs": opt_outs}
            await self._remember(response, category, facts)
        return found

    async def _remember(self, response: Response, category: str, facts: dict[str, Any]) -> None:
        visit = response.meta[VISIT]
        page = ReadPage(
            address=visit["address"],
            kind=visit["kind"],
            site=self._site.name,
            category=category,
            facts=facts,
            revision=visit["revision"],
            etag=header_of(response, "ETag"),
            last_modified=header_of(response, "Last-Modified"),
        )
        await self._catalogue.do(record_page, page, self._catalogue.run)

    async def failed(self, request: Request, category: str, lost: DownloadLost) -> None:
        """Note a page that could not be read, unless nobody has tried."""
        if lost.is_remembered:
            return
        visit = request.meta[VISIT]
        number = request.cb_kwargs.get("number")
        failure = Failure(
            address=visit["address"],
            kind=visit["kind"],
            outcome=str(lost.outcome),
            reason=str(lost.reason),
            site=self._site.name,
            category=category,
            facts={"number": number} if number else {},
        )
        # Where the catalogue fails the crawl is being stopped, and the page is not done.
        with suppress(CatalogueFailed):
            await self._catalogue.do(record_failure, failure, self._catalogue.run)

    async def failures(self, categories: Sequence[str]) -> list[KnownFailure]:
        """Return what has failed on the site, oldest first."""
        return await self._catalogue.do(all_failures, self._site.name, categories)

    async def found(self, category: str, cards: Sequence[str]) -> None:
        """Note cards that this run is going to follow."""
        await self._catalogue.do(list_cards, self._walk(category), cards, self._catalogue.run)

    async def is_settled(self, category: str, cards: Sequence[str]) -> bool:
        """Tell whether a complete run knew all these cards: behind them is nothing new."""
        settled = await self._catalogue.do(settled_cards, self._walk(category), cards)
        return settled.issuperset(cards)

    async def reached_end(self, category: str) -> None:
        """Note that this run has seen the last listing of a category, or all that is new."""
        with suppress(CatalogueFailed):
            await self._catalogue.do(reach_end, self._walk(category), self._catalogue.run)

    def _walk(self, category: str) -> Walk:
        return Walk(self._site.name, category, self._wanted)


def wanted(settings: BaseSettings) -> str:
    """Return what narrows the pictures of a run down, such as ``IMAGES_MIN_WIDTH=1920``."""
    narrowing = {name: settings.get(name) for name in _NARROWING}
    return " ".join(f"{name}={value}" for name, value in narrowing.items() if value)


def _made(kind: type[_T], facts: dict[str, Any]) -> _T:
    """Return what was remembered, also by an older version that knew other fields."""
    known = {field.name for field in fields(kind)}  # type: ignore[arg-type]  # a dataclass
    return kind(**{name: value for name, value in facts.items() if name in known})


def _page(response: Response) -> Page:
    return Page(response.url, response.body, header_of(response, "Content-Type"))


def header_of(response: Response, name: str) -> str | None:
    """Return a header as text, None where there is none."""
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None
