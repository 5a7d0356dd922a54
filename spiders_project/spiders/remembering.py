"""What the catalogue is told of the pages of a site, and what it remembers of them."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

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
from spiders_project.catalogue.schema import DETAIL, PAGE
from spiders_project.downloader.revisits import REMEMBERED, VISIT
from spiders_project.failures import DownloadLost
from spiders_project.pages.base import Site
from spiders_project.pages.page import Page
from spiders_project.politeness.opt_outs import opt_outs_in_headers, united

_NOT_MODIFIED = 304
_NARROWING = ("IMAGES_MIN_WIDTH", "IMAGES_MIN_HEIGHT", "PICTURE_ASPECT", "OPT_OUTS_REFUSED")


class PageMemory:
    """The catalogue as the readers of one site see it.

    A page that has not changed, or is not due, comes with status 304 and what
    was read on it before. A walk goes from listing to listing of a category, or
    of an album.
    """

    def __init__(self, crawler: Crawler, site: Site) -> None:
        self._catalogue: Catalogue = catalogue_of(crawler)
        self._site = site
        self._user_agent = crawler.settings["USER_AGENT"]
        self._wanted = wanted(crawler.settings)

    async def remember(
        self, response: Response, kind: str, category: str, facts: Mapping[str, Any]
    ) -> None:
        """Note what was read on a page: JSON values."""
        visit = response.meta[VISIT]
        page = ReadPage(
            address=visit["address"],
            kind=kind,
            site=self._site.name,
            category=category,
            facts=facts,
            revision=visit["revision"],
            etag=header_of(response, "ETag"),
            last_modified=header_of(response, "Last-Modified"),
        )
        await self._catalogue.do(record_page, page, self._catalogue.run)

    def is_remembered(self, response: Response) -> bool:
        """Tell whether an earlier run has read a page and the site was not asked."""
        is_asked = REMEMBERED not in response.flags
        return not is_asked and response.meta[REMEMBERED]["run"] != self._catalogue.run

    def opt_outs(self, response: Response, page: Page) -> list[str]:
        """Return the uses that a page reserves, in its headers or itself."""
        return united(opt_outs_in_headers(response.headers, self._user_agent), page.opt_outs)

    async def failed(
        self, request: Request, category: str, facts: Mapping[str, Any], lost: DownloadLost
    ) -> None:
        """Note a page that could not be read, unless nobody has tried.

        ``facts`` are JSON values that another try needs.
        """
        if lost.is_remembered:
            return
        visit = request.meta[VISIT]
        failure = Failure(
            address=visit["address"],
            kind=DETAIL if visit["kind"] == PAGE else visit["kind"],
            outcome=str(lost.outcome),
            reason=str(lost.reason),
            site=self._site.name,
            category=category,
            facts=dict(facts),
        )
        # Where the catalogue fails the crawl is being stopped, and the page is not done.
        with suppress(CatalogueFailed):
            await self._catalogue.do(record_failure, failure, self._catalogue.run)

    async def failures(self, categories: Sequence[str] | None = None) -> list[KnownFailure]:
        """Return what has failed in some categories of the site, or in all, oldest first."""
        return await self._catalogue.do(all_failures, self._site.name, categories)

    async def found(self, walk: str, addresses: Sequence[str]) -> None:
        """Note what a listing has shown, which this run is going to follow or fetch."""
        await self._catalogue.do(list_cards, self._walk(walk), addresses, self._catalogue.run)

    async def is_settled(self, walk: str, addresses: Sequence[str]) -> bool:
        """Tell whether a complete run knew all of a listing: behind it is nothing new."""
        settled = await self._catalogue.do(settled_cards, self._walk(walk), addresses)
        return settled.issuperset(addresses)

    async def reached_end(self, walk: str) -> None:
        """Note that this run has seen the last listing of a walk, or all that is new."""
        with suppress(CatalogueFailed):
            await self._catalogue.do(reach_end, self._walk(walk), self._catalogue.run)

    def _walk(self, name: str) -> Walk:
        return Walk(self._site.name, name, self._wanted)


def wanted(settings: BaseSettings) -> str:
    """Return what narrows the pictures of a run down, such as ``IMAGES_MIN_WIDTH=1920``."""
    narrowing = {name: settings.get(name) for name in _NARROWING}
    return " ".join(f"{name}={value}" for name, value in narrowing.items() if value)


def known_facts(response: Response) -> Mapping[str, Any] | None:
    """Return what was read on a page before, None for one that is to be read."""
    if response.status != _NOT_MODIFIED:
        return None
    facts: Mapping[str, Any] = response.meta[REMEMBERED]["facts"]
    return facts


def read_at(response: Response) -> str | None:
    """Return when a page was read, ISO 8601, if that is not now."""
    is_asked = REMEMBERED not in response.flags
    return None if is_asked else response.meta[REMEMBERED]["read_at"]


def page_of(response: Response) -> Page:
    """Return the page in a response."""
    headers = (header_of(response, name) for name in ("Content-Type", "Link"))
    return Page(response.url, response.body, *headers)


def header_of(response: Response, name: str) -> str | None:
    """Return a header as text, None where there is none."""
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None
