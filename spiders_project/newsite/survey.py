"""Looks at a few pages of a site: a listing, its second page, some detail pages, their pictures."""

from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import replace

from spiders_project.errors import PersonsError
from spiders_project.newsite.samples import Answer, Original, SeenDetail, SeenListing, Survey
from spiders_project.pages.generic.originals import Probed, best_of, dimensions_of
from spiders_project.pages.generic.reader import read
from spiders_project.pages.generic.values import Candidate, Card, Kind, Picture, Reading

Fetch = Callable[[str, str | None], Awaitable[Answer]]
"""An address, and the page that it was found on; raises CannotRead."""

_DETAILS = 3
_SHAPES = 3
_COMPARED = 3
_TILES = 12
_MANY = frozenset({Kind.LISTING, Kind.ALBUMS})


class CannotRead(PersonsError):
    """A page or picture that the server does not give."""


class NoGallery(PersonsError):
    """What was found at an address is nothing that a site file could describe."""


async def survey(url: str, fetch: Fetch) -> Survey:
    """Return what there is at the address of a listing, or of an overview of listings.

    About ten pages are asked for, and a dozen pictures. Raises NoGallery with
    a sentence, and CannotRead where the first page is not to be had.
    """
    return await _Surveyor(fetch).look_at(url)


class _Surveyor:
    """Asks for each address once."""

    def __init__(self, fetch: Fetch) -> None:
        self._fetch_anew = fetch
        self._known: dict[str, Answer] = {}
        self._problem: CannotRead | None = None
        self._has_met_files = False

    async def look_at(self, url: str) -> Survey:
        """Return what there is at an address."""
        start = await self._fetch_anew(url, None)
        reading = _read(start)
        if reading is None:
            raise NoGallery(f"{url} is a picture, and no gallery")
        if not reading.cards:
            raise NoGallery(_why_not(url, reading))
        for cards in _by_shape(reading.cards):
            if found := await self._behind(start, reading, cards):
                return found
        shows_pictures = any(card.picture.candidates for card in reading.cards)
        if not (shows_pictures or self._has_met_files):
            raise NoGallery(_why_not(url, reading))
        if self._problem is not None:
            raise NoGallery(f"what {url} shows cannot be read: {self._problem}")
        raise NoGallery(
            f"the pictures at {url} have no pages of their own, so a site file has nothing to add; "
            f"scrapy crawl wallpapers -a site={url} reads them as they are"
        )

    async def _fetch(self, url: str, found_on: str) -> Answer | None:
        """Return an answer, None where there is none to be had."""
        if url not in self._known:
            try:
                self._known[url] = await self._fetch_anew(url, found_on)
            except CannotRead as problem:
                self._problem = self._problem or problem
                return None
        return self._known[url]

    async def _behind(
        self, listing: Answer, reading: Reading, cards: Sequence[Card]
    ) -> Survey | None:
        """Return what lies behind cards of one shape: detail pages, albums, or nothing of use."""
        first = await self._page(cards[0], listing.url)
        if first is None:
            return None
        answer, inner = first
        if Kind.DETAIL in inner.kinds and inner.pictures:
            return await self._of_details(listing, reading, cards)
        deeper = [group for group in _by_shape(inner.cards) if inner.kinds & _MANY]
        for group in deeper:
            if await self._leads_to_details(group[0], answer.url):
                found = await self._of_details(answer, inner, group)
                return replace(found, sister_listings=tuple(cards)) if found else None
        return await self._of_details(listing, reading, cards)

    async def _leads_to_details(self, card: Card, url: str) -> bool:
        found = await self._page(card, url)
        return found is not None and Kind.DETAIL in found[1].kinds and bool(found[1].pictures)

    async def _of_details(
        self, listing: Answer, reading: Reading, cards: Sequence[Card]
    ) -> Survey | None:
        pages = [await self._page(card, listing.url) for card in _spread(cards, _DETAILS)]
        seen = [detail for found in pages if found and (detail := _detail(*found))]
        details = [await self._with_original(detail) for detail in seen]
        if not details:
            return None
        listings = [SeenListing(listing, tuple(cards), next(iter(reading.next_pages), None))]
        if second := await self._second(listings[0], cards[0].shape):
            listings.append(second)
        visited = {detail.answer.url for detail in details}
        others = [card for card in cards if card.url not in visited]
        previews = await self._previews(others[: _TILES - len(details)], listing)
        return Survey(tuple(listings), tuple(details), reading, previews=previews)

    async def _second(self, first: SeenListing, shape: str) -> SeenListing | None:
        if first.next_page is None:
            return None
        answer = await self._fetch(first.next_page, first.answer.url)
        if answer is None:
            return None
        reading = read(answer.page, known_shapes=(shape,))
        cards = tuple(card for card in reading.cards if card.shape == shape)
        known = {first.answer.url, first.next_page, answer.url}
        following = (url for url in reading.next_pages if url not in known)
        return SeenListing(answer, cards, next(following, None)) if cards else None

    async def _page(self, card: Card, url: str) -> tuple[Answer, Reading] | None:
        """Return what a card leads to, None for a picture or nothing."""
        answer = await self._fetch(card.url, url)
        reading = _read(answer, card) if answer else None
        self._has_met_files |= answer is not None and reading is None
        return (answer, reading) if answer and reading else None

    async def _with_original(self, detail: SeenDetail) -> SeenDetail:
        """Look at the first picture; of its candidates at several, where they leave a doubt."""
        picture = detail.pictures[0]
        seen: list[tuple[Probed, bytes]] = []
        for candidate in picture.candidates[:_COMPARED]:
            if (found := await self._picture(candidate, detail.answer.url)) is not None:
                seen.append(found)
            if seen and not picture.is_doubtful:
                break
        best = best_of([probed for probed, _ in seen])
        if best is None:
            return detail
        body = next(body for probed, body in seen if probed == best)
        original = Original(best.candidate, body, best.width, best.height)
        return replace(detail, original=original)

    async def _picture(self, candidate: Candidate, url: str) -> tuple[Probed, bytes] | None:
        answer = await self._fetch(candidate.url, url)
        found = dimensions_of(answer.body) if answer else None
        if answer is None or found is None:
            return None
        return Probed(candidate, *found, len(answer.body)), answer.body

    async def _previews(self, cards: Sequence[Card], listing: Answer) -> dict[str, bytes]:
        found = {}
        for card in cards:
            shown = [each for each in card.picture.candidates if each.url != card.url]
            small = next((each for each in shown if each.is_preview), next(iter(shown[-1:]), None))
            if small and (picture := await self._picture(small, listing.url)):
                found[card.url] = picture[1]
        return found


def _read(answer: Answer, card: Card | None = None) -> Reading | None:
    """Return what is on a page; None for a picture."""
    return None if dimensions_of(answer.body) else read(answer.page, card)


def _detail(answer: Answer, reading: Reading) -> SeenDetail | None:
    pictures: Iterable[Picture] = reading.pictures
    if Kind.DETAIL not in reading.kinds:
        pictures = [*reading.pictures, *(card.picture for card in reading.cards)]
    shown = tuple(each for each in pictures if each.candidates)
    return SeenDetail(answer, reading.facts, shown) if shown else None


def _by_shape(cards: Sequence[Card]) -> list[list[Card]]:
    """Return the cards in groups of the same shape, the largest group first."""
    counts = Counter(card.shape for card in cards)
    return [
        [card for card in cards if card.shape == shape] for shape, _ in counts.most_common(_SHAPES)
    ]


def _spread(cards: Sequence[Card], count: int) -> list[Card]:
    """Return the first card, the last one, and some between."""
    if len(cards) <= count:
        return list(cards)
    step = (len(cards) - 1) / (count - 1)
    return [cards[round(number * step)] for number in range(count)]


def _why_not(url: str, reading: Reading) -> str:
    if reading.pictures:
        return (
            f"the pictures at {url} lead nowhere, so a site file has nothing to add; "
            f"scrapy crawl wallpapers -a site={url} reads them as they are"
        )
    return f"there is no gallery at {url}: no links around pictures that repeat the same structure"
