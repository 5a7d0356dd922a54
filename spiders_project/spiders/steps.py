"""The way through a gallery that nobody has described, as values that survive a kill."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Self

from pydantic import TypeAdapter

from spiders_project.pages.generic.values import Card, Facts, Kind, Picture, Source


class Ask(StrEnum):
    """How a page is asked for."""

    LISTING = "listing"
    """The start, or a further page of a listing: asked for by every run."""
    CARD = "card"
    """What a card leads to; the answer tells what that is."""
    FILE = "file"
    """The same where the address looks like that of a picture: only its first bytes."""
    SOURCE = "source"
    """A machine-readable description."""


@dataclass(frozen=True)
class Step:
    """One page to be asked for, and what is known of it before."""

    url: str
    ask: Ask
    album: str
    """Address of the first listing of the album that it belongs to."""
    category: str = ""
    """Title of that album; empty where only its own page can tell."""
    depth: int = 0
    """Albums and cards between it and the start."""
    number: int = 1
    """Of the listing page, counted from 1."""
    card: Card | None = None
    """The card that leads there."""
    siblings: tuple[Card, ...] = ()
    """Cards of the same shape, which wait for what this one turns out to be. A step with siblings
    finds out no more than that; it is taken again with them, as one of many."""
    page: str = ""
    """The page that leads there."""
    source: str = ""
    """Kind of the machine-readable description."""
    more_sources: tuple[Source, ...] = ()
    """What is asked where this one tells nothing, one after the other."""
    is_as_shown: bool = False
    """True where the page itself is to be read, since descriptions have told nothing of it; of a
    description, whether that would help."""
    is_again: bool = False
    """True where the same address was asked for before, in another way."""
    is_retry: bool = False
    """True where pictures of the page have failed, and nothing else of it is wanted."""

    @property
    def is_of_listing(self) -> bool:
        """Whether it is asked for by every run."""
        return self.ask in (Ask.LISTING, Ask.SOURCE)

    def as_json(self) -> dict[str, Any]:
        """Return it as the keyword arguments of a callback."""
        return {"step": _STEP.dump_python(self, mode="json", exclude_defaults=True)}

    @classmethod
    def of(cls, values: dict[str, Any]) -> Self:
        """Return it again."""
        step = _STEP.validate_python(values)
        assert isinstance(step, cls)
        return step


@dataclass(frozen=True)
class GalleryPage:
    """What became of one page: the pictures to fetch and the steps to take from here."""

    url: str
    kinds: frozenset[Kind]
    pictures: tuple[Picture, ...] = ()
    """The address to ask for is the first of each."""
    files: tuple[Card, ...] = ()
    """Cards that lead to picture files; empty once their originals are chosen."""
    steps: tuple[Step, ...] = ()
    opt_outs: tuple[str, ...] = ()
    category: str = ""
    facts: Facts = field(default_factory=Facts)
    is_end: bool = False
    """True for a listing with no further page."""

    @property
    def is_listing(self) -> bool:
        """Whether it lists pictures or albums."""
        return bool(self.kinds & {Kind.LISTING, Kind.ALBUMS})

    @property
    def addresses(self) -> list[str]:
        """Of all that it shows: what tells two listings apart."""
        shown = [picture.candidates[0].url for picture in self.pictures]
        return list(dict.fromkeys([*shown, *(card.url for card in self.cards)]))

    @property
    def cards(self) -> list[Card]:
        """Of all steps, those that wait among them."""
        ahead = (step for step in self.steps if step.card is not None)
        return [card for step in ahead for card in (step.card, *step.siblings) if card]

    def with_pictures(self, pictures: Iterable[Picture], opt_outs: Iterable[str]) -> Self:
        """Return it with the originals that were chosen."""
        return replace(self, pictures=tuple(pictures), files=(), opt_outs=tuple(opt_outs))

    def as_json(self) -> dict[str, Any]:
        """Return what the catalogue remembers of it."""
        values: dict[str, Any] = _PAGE.dump_python(self, mode="json", exclude_defaults=True)
        return values

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Self:
        """Return it again."""
        page = _PAGE.validate_python(values)
        assert isinstance(page, cls)
        return page


_STEP = TypeAdapter(Step)
_PAGE = TypeAdapter(GalleryPage)
