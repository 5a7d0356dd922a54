"""Pages of a site, read by its site file or remembered by the catalogue."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, TypeVar

from scrapy.http import Response

from spiders_project.catalogue.schema import DETAIL, LISTING
from spiders_project.pages.base import Detail, Listing
from spiders_project.spiders.remembering import PageMemory, known_facts, page_of, read_at

_T = TypeVar("_T")


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


class SiteReader(PageMemory):
    """Reads the pages of one site, and tells the catalogue what there was."""

    async def listing(self, response: Response, category: str) -> Listing:
        """Return what a listing says."""
        if (facts := known_facts(response)) is not None:
            return _made(Listing, facts)
        listing = self._site.read_listing(page_of(response))
        await self.remember(response, LISTING, category, asdict(listing))
        return listing

    async def detail(self, response: Response, category: str) -> DetailPage:
        """Return what a detail page says."""
        if (facts := known_facts(response)) is not None:
            return DetailPage(
                url=facts["url"],
                detail=_made(Detail, facts["detail"]),
                opt_outs=facts["opt_outs"],
                read_at=read_at(response),
                is_remembered=self.is_remembered(response),
            )
        page = page_of(response)
        opt_outs = self.opt_outs(response, page)
        found = DetailPage(response.url, self._site.read_detail(page), opt_outs)
        if found.detail.image_urls:
            facts = {"url": found.url, "detail": asdict(found.detail), "opt_outs": opt_outs}
            await self.remember(response, DETAIL, category, facts)
        return found


def _made(kind: type[_T], facts: Mapping[str, Any]) -> _T:
    """Return what was remembered, also by an older version that knew other fields."""
    known = {field.name for field in fields(kind)}  # type: ignore[arg-type]  # a dataclass
    return kind(**{name: value for name, value in facts.items() if name in known})
