"""Turns what was seen of a site into the declarations of its site file."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from spiders_project.newsite.addresses import ListingAddress, listing_address, page_pattern
from spiders_project.newsite.meanings import (
    DATE,
    LICENSE,
    LINKS,
    NEXT_LINK,
    TEXT,
    TEXTS,
    Meaning,
    Sample,
)
from spiders_project.newsite.samples import SeenDetail, Survey
from spiders_project.newsite.selectors import infer_selector
from spiders_project.pages.generic.values import Candidate, Clue
from spiders_project.urls import origin_of

FACTS: dict[str, Meaning] = {
    "title": TEXT,
    "tags": TEXTS,
    "author": TEXT,
    "license": LICENSE,
    "published": DATE,
    "description": TEXT,
}
"""What else a detail page says."""
_FALLBACK_TITLE = "title"
_MOST_HOSTS = 4


@dataclass
class Declarations:
    """The declarations of a site file, and what could not become one."""

    address: ListingAddress
    hosts: tuple[str, ...]
    categories: dict[str, str]
    card_link: str
    picture: str
    listing_page_address: str | None = None
    next_link: str | None = None
    title: str = _FALLBACK_TITLE
    tags: str | None = None
    author: str | None = None
    license: str | None = None
    published: str | None = None
    description: str | None = None
    unreachable: dict[str, str] = field(default_factory=dict)
    """Values that the pages have and no selector gives, by the names of the fields."""

    def selector_of(self, name: str) -> str | None:
        """Return the selector that a field is declared with."""
        selector: str | None = getattr(self, name)
        return selector


LISTING_FIELDS = ("next_link", "card_link")
DETAIL_FIELDS = ("picture", *FACTS)
"""The fields that a selector reads, in the order of site files."""


class CannotDescribe(Exception):
    """The declarations of a site file cannot express how the site works; the text says why."""


def describe(survey: Survey) -> Declarations:
    """Return declarations that give on the seen pages what the generic reader has found.

    Raises CannotDescribe where no selector gives the cards, or the pictures.
    """
    listings = survey.listings
    cards = infer_selector([Sample(each.answer.page, each.card_urls) for each in listings], LINKS)
    if cards is None:
        raise CannotDescribe("no selector gives exactly the links to its detail pages")
    picture = _picture(survey.details)
    if picture is None:
        raise CannotDescribe("no selector gives exactly the originals of its detail pages")
    address = listing_address(listings[0].answer.url, [card.url for card in survey.sister_listings])
    found = Declarations(address, _hosts(survey), _categories(survey, address), cards, picture)
    _add_next(found, survey)
    for name, meaning in FACTS.items():
        _add_fact(found, name, meaning, survey.details)
    return found


def _hosts(survey: Survey) -> tuple[str, ...]:
    """Return where the listing and the detail pages are, with their ports."""
    urls = [survey.listings[0].answer.url, *survey.listings[0].card_urls]
    netlocs = (origin_of(url).partition("://")[2] for url in urls)
    return tuple(dict.fromkeys(netlocs))[:_MOST_HOSTS]


def _add_next(found: Declarations, survey: Survey) -> None:
    """Declare how the next listing is reached, where there is one."""
    following = survey.listings[0].next_page
    if following is None:
        return
    samples = [
        Sample(each.answer.page, (each.next_page,) if each.next_page else ())
        for each in survey.listings
    ]
    found.next_link = infer_selector(samples, NEXT_LINK)
    if found.next_link is None:
        first = survey.listings[0].answer.url
        found.listing_page_address = page_pattern(first, following, found.address)
    if found.next_link is None and found.listing_page_address is None:
        found.unreachable["next_link"] = following


def _add_fact(
    found: Declarations, name: str, meaning: Meaning, details: Sequence[SeenDetail]
) -> None:
    values = [_values(getattr(each.facts, name)) for each in details]
    samples = [Sample(each.answer.page, value) for each, value in zip(details, values, strict=True)]
    selector = infer_selector(samples, meaning)
    if selector is not None:
        setattr(found, name, selector)
    elif any(values):
        found.unreachable[name] = next(", ".join(value) for value in values if value)


def _values(value: str | tuple[str, ...] | None) -> tuple[str, ...]:
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (value,)


def _picture(details: Sequence[SeenDetail]) -> str | None:
    """Return the selector of the originals: of the addresses that were best, then of the others."""
    for chosen in _columns(details):
        samples = [
            Sample(each.answer.page, values) for each, values in zip(details, chosen, strict=True)
        ]
        if all(sample.values for sample in samples) and (
            selector := infer_selector(samples, LINKS)
        ):
            return selector
    return None


def _columns(details: Sequence[SeenDetail]) -> list[list[tuple[str, ...]]]:
    """Return the addresses of the pictures of each page, found in the same way on all pages."""
    first = details[0].original
    clues = [first.candidate.clue] if first else []
    clues += [each.clue for seen in details for each in seen.pictures[0].candidates]
    return [
        [_by_clue(each, clue) for each in details]
        for clue in dict.fromkeys(clues)
        if clue != Clue.NAME
    ]


def _by_clue(detail: SeenDetail, clue: Clue) -> tuple[str, ...]:
    found = []
    for number, picture in enumerate(detail.pictures):
        candidates = picture.candidates
        best = _best(detail, candidates, clue) if number == 0 else _first(candidates, clue)
        if best is None:
            return ()
        found.append(best.url)
    return tuple(dict.fromkeys(found))


def _best(detail: SeenDetail, candidates: Sequence[Candidate], clue: Clue) -> Candidate | None:
    if detail.original and detail.original.candidate.clue == clue:
        return detail.original.candidate
    return _first(candidates, clue)


def _first(candidates: Sequence[Candidate], clue: Clue) -> Candidate | None:
    return next((each for each in candidates if each.clue == clue), None)


def _categories(survey: Survey, address: ListingAddress) -> dict[str, str]:
    """Return the categories by the words in their addresses, the seen one first."""
    title = survey.reading.facts.title or address.category
    found = {address.category: title}
    for card in survey.sister_listings:
        sister = listing_address(card.url, [survey.listings[0].answer.url])
        if sister.pattern == address.pattern and sister.root == address.root:
            found.setdefault(sister.category, card.picture.facts.title or sister.category)
    return found
