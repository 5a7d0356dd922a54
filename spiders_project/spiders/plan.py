"""Decides what follows from a page of a gallery that nobody has described; pure, no requests."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from spiders_project.pages.generic.scope import in_scope
from spiders_project.pages.generic.values import Card, Kind, Reading, Source
from spiders_project.spiders.steps import Ask, GalleryPage, Step
from spiders_project.urls import looks_like_picture


class Shapes:
    """What the cards of each shape have led to so far: files, or pages."""

    def __init__(self) -> None:
        self._leads_to_file: dict[str, bool] = {}

    def learn(self, card: Card, *, is_file: bool) -> None:
        """Remember what one of them has led to."""
        self._leads_to_file[self._of(card)] = is_file

    def leads_to_file(self, card: Card) -> bool | None:
        """Tell what a card leads to; None where none like it was followed yet."""
        return self._leads_to_file.get(self._of(card))

    @staticmethod
    def _of(card: Card) -> str:
        # One group may hold links to files, and links to pages for what is no file.
        return f"{card.shape} {looks_like_picture(card.url)}"


@dataclass(frozen=True)
class Bounds:
    """How far the way through a gallery goes."""

    start: str
    """The address that a person has named."""
    most_depth: int


def plan(reading: Reading, url: str, step: Step, shapes: Shapes, bounds: Bounds) -> GalleryPage:
    """Return what follows from what was read on a page.

    Where a machine-readable description tells of all there is, it is asked
    instead. Cards whose shape is known become pictures or steps. Of the others one goes
    ahead, and its siblings wait for what it turns out to be.
    """
    here = _place(reading, step)
    if not step.source and not step.is_as_shown and (source := complete_source(reading)):
        described = replace(here, url=source.url, ask=Ask.SOURCE, source=source.kind)
        return GalleryPage(url, reading.kinds, (), (described,), category=here.category)
    if step.depth >= bounds.most_depth:
        reading = replace(reading, cards=())
    cards = [card for card in reading.cards if is_followed(card, bounds.start)]
    pictures = list(reading.pictures)
    if not reading.kinds - {Kind.NONE} and step.card is not None:
        # A page that says nothing: what its card has shown is the most that there is.
        pictures = [step.card.picture]
    pictures += [card.picture for card in cards if shapes.leads_to_file(card)]
    further = [address for address in reading.next_pages if in_scope(bounds.start, address)]
    return GalleryPage(
        url,
        reading.kinds,
        tuple(pictures),
        (*_further(further, here), *_steps(cards, here, shapes)),
        category=here.category,
        facts=reading.facts,
        is_end=not further,
    )


def _place(reading: Reading, step: Step) -> Step:
    """Return the step with the album that its page belongs to, or is."""
    facts, card = reading.facts, step.card
    if card is None:
        category = step.category or facts.category or facts.title or ""
        return replace(step, category=category, siblings=())
    if reading.kinds & {Kind.LISTING, Kind.ALBUMS}:
        category = card.picture.facts.title or facts.title or step.category
        return replace(step, category=category, album=step.url, card=None, siblings=())
    return replace(step, card=None, siblings=())


def complete_source(reading: Reading) -> Source | None:
    """Return the description that is worth more than the pages, if there is one."""
    return next((source for source in reading.sources if source.is_complete), None)


def is_followed(card: Card, start: str) -> bool:
    """Tell whether a card may be followed: pages of the gallery, and files anywhere."""
    return looks_like_picture(card.url) or in_scope(start, card.url)


def _further(addresses: Sequence[str], here: Step) -> Iterator[Step]:
    ask = Ask.SOURCE if here.source else Ask.LISTING
    for address in addresses:
        yield replace(here, url=address, ask=ask, number=here.number + 1)


def _steps(cards: Iterable[Card], here: Step, shapes: Shapes) -> Iterator[Step]:
    def shape_of(card: Card) -> tuple[str, bool]:
        return card.shape, looks_like_picture(card.url)

    below = replace(here, page=here.url, depth=here.depth + 1, number=1, source="")
    for _, group in groupby(sorted(cards, key=shape_of), key=shape_of):
        alike = list(group)
        leads_to_file = shapes.leads_to_file(alike[0])
        if leads_to_file is None:
            yield ahead(alike, below)
        elif not leads_to_file:
            yield from (follow(card, below) for card in alike)


def ahead(cards: Sequence[Card], below: Step) -> Step:
    """Return the step of the first of some cards, for which the others wait."""
    return replace(follow(cards[0], below), siblings=tuple(cards[1:]))


def follow(card: Card, below: Step) -> Step:
    """Return the step to what a card leads to."""
    ask = Ask.FILE if looks_like_picture(card.url) else Ask.CARD
    return replace(below, url=card.url, ask=ask, card=card, siblings=())
