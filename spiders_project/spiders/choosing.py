"""Chooses the original of each picture, and asks the web no more than it must."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from scrapy.crawler import Crawler
from scrapy.http import Response

from spiders_project import counters
from spiders_project.catalogue.catalogue import Catalogue, CatalogueFailed, catalogue_of
from spiders_project.catalogue.pictures import known_pictures
from spiders_project.downloader.picture_request import picture_request
from spiders_project.pages.generic.values import Candidate, Card, Clue, Picture

if TYPE_CHECKING:
    from spiders_project.pages.generic.originals import Probed

_LEAST = 10
_PICTURES_A_TURN = 10
_ENOUGH = 2
"""Pictures of a shape that agree before the others follow."""
_MOST_COMPARED = 4
"""Pictures of a shape that are compared where they do not agree."""
_COMPARED = 3
"""Candidates of a picture that are compared at most."""
_OK, _PARTIAL = 200, 206
_FIRST_BYTES = "bytes=0-65535"


class Budget:
    """The probes and wrong turns of a gallery: max(10, n/10) for n pictures."""

    def __init__(self) -> None:
        self._pictures = 0
        self._spent = 0

    def meet_picture(self) -> None:
        """Note one more picture of the gallery."""
        self._pictures += 1

    def spend(self) -> None:
        """Note a request that has led to nothing new."""
        self._spent += 1

    @property
    def is_left(self) -> bool:
        """Whether one more is allowed."""
        return self._spent < max(_LEAST, self._pictures // _PICTURES_A_TURN)


class _Experience:
    """What comparing the candidates of one shape has taught."""

    def __init__(self) -> None:
        self._found: list[tuple[Clue, str]] = []
        self.wrong_names: set[str] = set()
        """Ways to make a name of another, by which there was no picture."""

    def learn(self, best: Candidate) -> None:
        """Remember by what an original was found."""
        self._found.append((best.clue, best.label))

    def of(self, picture: Picture) -> Candidate | None:
        """Return the candidate that all of the last pictures have taught to take."""
        last = self._found[-_ENOUGH:]
        if len(last) < _ENOUGH or len(set(last)) > 1:
            return None
        return next(
            (each for each in picture.candidates if (each.clue, each.label) == last[0]), None
        )

    @property
    def is_settled(self) -> bool:
        """Whether more comparing would teach nothing new."""
        return len(self._found) >= _MOST_COMPARED


class Chooser:
    """Puts the candidates of a picture in the order in which they are tried.

    Where the page leaves a doubt, the first bytes of the candidates are read,
    for the first pictures of a shape; the others follow what these have taught.
    """

    def __init__(self, crawler: Crawler, budget: Budget) -> None:
        self._crawler = crawler
        self._catalogue: Catalogue = catalogue_of(crawler)
        self._shapes: dict[str, _Experience] = {}
        self._budget = budget

    async def chosen(self, picture: Picture, shape: str, page_url: str) -> Picture:
        """Return a picture with its original first; the others are there to fall back on."""
        self._budget.meet_picture()
        if not picture.candidates:
            return picture
        best = picture.candidates[0]
        if not picture.is_doubtful and best.clue is not Clue.NAME:
            return _with_first(picture, best)
        if known := self._known(picture.candidates):
            return _with_first(picture, known)
        experience = self._shapes.setdefault(shape, _Experience())
        if taught := experience.of(picture):
            return _with_first(picture, taught)
        if experience.is_settled:
            return _with_first(picture, _surest(picture))
        return _with_first(picture, await self._compared(picture, experience, page_url))

    async def _compared(
        self, picture: Picture, experience: _Experience, page_url: str
    ) -> Candidate:
        """Return the largest of the likeliest candidates, as their first bytes tell."""
        # Crawls of sites with a site file need not load it.
        from spiders_project.pages.generic.originals import best_of  # noqa: PLC0415

        likely = [each for each in picture.candidates if each.label not in experience.wrong_names]
        asked, probed = await self._probed(likely[:_COMPARED], page_url)
        seen = {each.candidate.url for each in probed}
        for candidate in asked:
            if candidate.clue is Clue.NAME and candidate.url not in seen:
                experience.wrong_names.add(candidate.label)
        found = best_of(probed)
        best = found.candidate if found else _surest(picture)
        experience.learn(best)
        return best

    async def file(self, card: Card, page_url: str) -> Picture:
        """Return the picture of a card whose link is a picture file, as has turned out."""
        picture = card.picture
        known = next((each for each in picture.candidates if each.url == card.url), None)
        link = known or Candidate(card.url, Clue.LINK)
        others = [each for each in picture.candidates if each.url != card.url]
        # It is there for sure, which a small picture and a guess are not worth.
        place = next((n for n, each in enumerate(others) if _is_poor(each)), len(others))
        if known:
            place = min(place, picture.candidates.index(known))
        candidates = (*others[:place], link, *others[place:])
        return await self.chosen(replace(picture, candidates=candidates), card.shape, page_url)

    async def _probed(
        self, candidates: Iterable[Candidate], page_url: str
    ) -> "tuple[list[Candidate], list[Probed]]":
        """Return what was asked for, as far as the budget goes, and what the first bytes say."""
        asked, found = [], []
        for candidate in candidates:
            if not self._budget.is_left:
                break
            self._budget.spend()
            self._crawler.stats.inc_value(counters.PROBES)
            asked.append(candidate)
            if (probe := await self._probe(candidate, page_url)) is not None:
                found.append(probe)
        return asked, found

    async def _probe(self, candidate: Candidate, page_url: str) -> "Probed | None":
        request = picture_request(candidate.url, page_url)
        request.headers["Range"] = _FIRST_BYTES
        try:
            response = await self._crawler.engine.download_async(request)
        except Exception:  # noqa: BLE001 - whatever keeps it from being looked at
            return None
        if response.status not in (_OK, _PARTIAL):
            return None
        from spiders_project.pages.generic.originals import (  # noqa: PLC0415
            Probed,
            dimensions_of,
        )

        found = dimensions_of(response.body)
        return Probed(candidate, *found, _size_of(response)) if found else None

    def _known(self, candidates: Sequence[Candidate]) -> Candidate | None:
        """Return the one that an earlier run has stored."""
        try:
            known = self._catalogue.look(known_pictures, [each.url for each in candidates])
        except CatalogueFailed:
            return None  # the crawl is being stopped
        return next((each for each in candidates if each.url in known), None)


def _is_poor(candidate: Candidate) -> bool:
    return candidate.is_preview or candidate.clue is Clue.NAME


def _surest(picture: Picture) -> Candidate:
    """Return the likeliest of those that something points to."""
    named = (each for each in picture.candidates if each.clue is not Clue.NAME)
    return next(named, picture.candidates[0])


def _with_first(picture: Picture, first: Candidate) -> Picture:
    """Return a picture with what to fall back on behind its original: nothing that is a guess."""
    others = [
        each for each in picture.candidates if each.url != first.url and each.clue is not Clue.NAME
    ]
    return replace(picture, candidates=(first, *others), is_doubtful=False)


def _size_of(response: Response) -> int | None:
    """Return the size of the whole file in bytes, where the server says it."""
    if response.status == _PARTIAL:
        total = (response.headers.get("Content-Range") or b"").rpartition(b"/")[2]
    else:
        total = response.headers.get("Content-Length") or b""
    return int(total) if total.isdigit() else None
