"""Reads two pages of a known site, and tells which of its declared fields went empty."""

from collections.abc import Iterator
from dataclasses import dataclass

from spiders_project.errors import WrongInput
from spiders_project.newsite.describe import FACTS
from spiders_project.newsite.report import short, value_of
from spiders_project.newsite.survey import Fetch
from spiders_project.pages.base import Detail, Listing, Site

_EMPTY = "empty"


@dataclass(frozen=True)
class Checked:
    """What a site file reads on the first listing, and on the first detail page of it."""

    listing_url: str
    listing: Listing
    detail_url: str | None
    detail: Detail | None

    def lines(self, site: Site) -> Iterator[str]:
        """Yield each declared field with what it reads."""
        for name, value in self._fields(site):
            yield f"{name:<12} {value or _EMPTY}"

    def empty(self, site: Site) -> list[str]:
        """Return the declared fields that read nothing."""
        return [name for name, value in self._fields(site) if not value]

    def _fields(self, site: Site) -> Iterator[tuple[str, str]]:
        cards = self.listing.cards
        yield "cards", f"{len(cards)}, first {cards[0]}" if cards else ""
        if site.next_link:
            yield "next", self.listing.next_page or ""
        if self.detail is None:
            return
        urls = self.detail.image_urls
        more = f", and {len(urls) - 1} more" if len(urls) > 1 else ""
        yield "picture", urls[0] + more if urls else ""
        for name in FACTS:
            if getattr(site, name, None):
                yield name, short(value_of(self.detail, name))


async def check(fetch: Fetch, site: Site | None, category: str | None = None) -> Checked:
    """Read the first listing of a category, and its first detail page; raises CannotRead."""
    assert site is not None
    categories = site.default_categories or tuple(site.categories)
    if category is None and not categories:
        raise WrongInput(f"{site.name} has no category to begin with")
    url = site.listing_url(category or categories[0])
    answer = await fetch(url, None)
    listing = site.read_listing(answer.page)
    card = next((card for card in listing.cards if site.has(card)), None)
    if card is None:
        return Checked(answer.url, listing, None, None)
    page = await fetch(card, answer.url)
    return Checked(answer.url, listing, page.url, site.read_detail(page.page))
