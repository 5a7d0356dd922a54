"""Decides what follows from a page of a gallery that nobody has described; pure, no requests."""

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from itertools import groupby

from spiders_project.pages.generic.scope import Scope
from spiders_project.pages.generic.values import Card, Kind, Reading, Source
from spiders_project.spiders.steps import Ask, GalleryPage, Step
from spiders_project.urls import looks_like_picture

_SCRIPT = "script"
"""Kind of a source that may hold the data, or name where they are."""
_MOST_SOURCES = 4
"""Descriptions that are tried where a page shows nothing."""
_BETTER_THAN_PAGES = (1, 4)
"""Ranks of descriptions that know originals which pages do not show: IIIF, and the interfaces of
MediaWiki and WordPress."""


class Shapes:
    """What the cards of each shape have led to so far: files, or pages."""

    def __init__(self) -> None:
        self._leads_to_file: dict[str, bool] = {}
        self._met: set[str] = set()

    @property
    def known(self) -> Set[str]:
        """The shapes of all cards that were met."""
        return self._met

    def meet(self, cards: Iterable[Card]) -> None:
        """Remember the shapes of some cards."""
        self._met.update(card.shape for card in cards)

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

    scope: Scope
    most_depth: int
    may_ask: bool = True
    """False where no more wrong turns are allowed: what looks like a picture is taken for one."""


def plan(reading: Reading, url: str, step: Step, shapes: Shapes, bounds: Bounds) -> GalleryPage:
    """Return what follows from what was read on a page.

    Where a machine-readable description tells of all there is, it is asked
    instead. Cards whose shape is known become pictures or steps. Of the others
    one goes ahead, and its siblings wait for what it turns out to be.
    """
    here = _place(reading, step)
    described = tuple(_descriptions(reading, here))
    if described and (step.source in ("", _SCRIPT) or is_empty(reading)):
        return GalleryPage(url, reading.kinds, steps=described, category=here.category)
    if step.source and is_empty(reading):
        return GalleryPage(url, frozenset({Kind.NONE}), steps=tuple(instead_of(step)))
    cards = [card for card in reading.cards if is_followed(card, bounds.scope)]
    if step.depth >= bounds.most_depth:
        cards = []
    pictures = list(reading.pictures)
    if not reading.kinds - {Kind.NONE} and step.card is not None:
        # A page that says nothing: what its card has shown is the most that there is.
        pictures = [step.card.picture]
    files = [card for card in cards if _is_file(card, shapes, bounds)]
    others = [card for card in cards if not _is_file(card, shapes, bounds)]
    further = [
        address for address in reading.next_pages if step.source or bounds.scope.holds(address)
    ]
    return GalleryPage(
        url,
        reading.kinds,
        tuple(picture for picture in pictures if picture.candidates),
        tuple(files),
        (*_further(further, here), *described, *_steps(others, here, shapes)),
        category=here.category,
        facts=reading.facts,
        is_end=not further,
    )


def is_empty(reading: Reading) -> bool:
    """Tell whether nothing follows from a page."""
    return not (reading.pictures or reading.cards or reading.next_pages)


def _descriptions(reading: Reading, here: Step) -> Iterator[Step]:
    """Yield the steps to descriptions that are worth more than the page that names them.

    Where the page shows nothing they are asked in their order until one tells something.
    """
    below = replace(here, ask=Ask.SOURCE, page=here.page if here.source else here.url, number=1)
    if here.source not in ("", _SCRIPT):
        # A description of descriptions, such as a collection of manifests: all of them.
        for source in reading.sources:
            yield from _asked(source, (), below)
        return
    if here.is_as_shown and not here.source:
        return
    best = [source for source in reading.sources if source.is_complete]
    if is_empty(reading) or (here.source == _SCRIPT and best):
        if sources := (best if here.source else reading.sources)[:_MOST_SOURCES]:
            yield from _asked(sources[0], sources[1:], below)
    elif not here.source:
        best = [source for source in best if source.rank in _BETTER_THAN_PAGES]
        for source in best:
            if source.kind == best[0].kind:
                yield from _asked(source, (), replace(below, is_as_shown=True))


def _asked(source: Source, more: Sequence[Source], below: Step) -> Iterator[Step]:
    yield replace(below, url=source.url, source=source.kind, more_sources=tuple(more))


def instead_of(step: Step) -> Iterator[Step]:
    """Yield what is asked where a description is not there, or tells nothing."""
    if step.more_sources:
        yield from _asked(step.more_sources[0], step.more_sources[1:], step)
    elif step.is_as_shown:
        yield Step(
            step.page, Ask.LISTING, step.album, step.category, is_as_shown=True, is_again=True
        )


def _place(reading: Reading, step: Step) -> Step:
    """Return the step with the album that its page belongs to, or is."""
    facts, card = reading.facts, step.card
    if step.source:
        return replace(step, category=step.category or facts.title or "")
    if card is None:
        category = step.category or facts.category or facts.title or ""
        return replace(step, category=category, siblings=())
    if reading.kinds & {Kind.LISTING, Kind.ALBUMS}:
        category = card.picture.facts.title or facts.title or step.category
        return replace(step, category=category, album=step.url, card=None, siblings=())
    return replace(step, card=None, siblings=())


def is_followed(card: Card, scope: Scope) -> bool:
    """Tell whether a card may be followed: pages of the gallery, and files anywhere."""
    return looks_like_picture(card.url) or scope.holds(card.url)


def _further(addresses: Sequence[str], here: Step) -> Iterator[Step]:
    ask = Ask.SOURCE if here.source else Ask.LISTING
    for address in addresses:
        yield replace(here, url=address, ask=ask, number=here.number + 1)


def _is_file(card: Card, shapes: Shapes, bounds: Bounds) -> bool:
    known = shapes.leads_to_file(card)
    return looks_like_picture(card.url) and not bounds.may_ask if known is None else known


def _steps(cards: Iterable[Card], here: Step, shapes: Shapes) -> Iterator[Step]:
    def shape_of(card: Card) -> tuple[str, bool]:
        return card.shape, looks_like_picture(card.url)

    below = replace(here, page=here.url, depth=here.depth + 1, number=1, source="")
    for _, group in groupby(sorted(cards, key=shape_of), key=shape_of):
        alike = list(group)
        if shapes.leads_to_file(alike[0]) is None:
            yield from ahead(alike, below)
        else:
            yield from (follow(card, below) for card in alike)


def ahead(cards: Sequence[Card], below: Step) -> Iterator[Step]:
    """Yield the step of the first of some cards, for which the others wait."""
    for card in cards[:1]:
        ask = Ask.FILE if looks_like_picture(card.url) else Ask.CARD
        yield replace(follow(card, below), ask=ask, siblings=tuple(cards[1:]))


def follow(card: Card, below: Step) -> Step:
    """Return the step to the page that a card leads to."""
    return replace(below, url=card.url, ask=Ask.CARD, card=card, siblings=())
