"""What was seen of a site: pages with what the generic reader found on them, and pictures."""

from dataclasses import dataclass, field
from functools import cached_property

from spiders_project.pages.generic.values import Candidate, Card, Facts, Picture, Reading
from spiders_project.pages.page import Page


@dataclass(frozen=True)
class Answer:
    """What a server said to a request."""

    url: str
    """After redirects."""
    body: bytes
    content_type: str | None = None

    @cached_property
    def page(self) -> Page:
        """The answer as a page."""
        return Page(self.url, self.body, self.content_type)


@dataclass(frozen=True)
class SeenListing:
    """A listing, and what was found on it."""

    answer: Answer
    cards: tuple[Card, ...]
    """Those that lead to detail pages."""
    next_page: str | None

    @property
    def card_urls(self) -> tuple[str, ...]:
        """The addresses of the cards, each once, in page order."""
        return tuple(dict.fromkeys(card.url for card in self.cards))


@dataclass(frozen=True)
class Original:
    """A picture of a detail page that was looked at."""

    candidate: Candidate
    body: bytes
    width: int
    height: int


@dataclass(frozen=True)
class SeenDetail:
    """A detail page, its facts, and its pictures."""

    answer: Answer
    facts: Facts
    pictures: tuple[Picture, ...]
    original: Original | None = None
    """That of the first picture."""


@dataclass(frozen=True)
class Survey:
    """All that was seen of a site."""

    listings: tuple[SeenListing, ...]
    """The first page of a listing, and its second one, if there is any."""
    details: tuple[SeenDetail, ...]
    reading: Reading
    """Of the first listing."""
    sister_listings: tuple[Card, ...] = ()
    """Cards that lead to listings such as this one: further categories."""
    previews: dict[str, bytes] = field(default_factory=dict)
    """Small pictures of cards, by the addresses of the cards."""
