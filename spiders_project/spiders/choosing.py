"""Chooses the original of each picture, and asks the web no more than it must."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from scrapy.crawler import Crawler
from scrapy.http import Response

from spiders_project import counters
from spiders_project.catalogue.catalogue import Catalogue, CatalogueFailed, catalogue_of
from spiders_project.catalogue.pictures import known_pictures
from spiders_project.pages.generic.originals.names import apply_rule, rule_of, variants_of_name
from spiders_project.pages.generic.originals.probing import Probe, best_of, probe_of
from spiders_project.pages.generic.values import Candidate, Clue, Picture
from spiders_project.downloader.picture_request import picture_request

_LEAST_PROBES = 10
_PICTURES_A_PROBE = 10
"""A gallery of n pictures costs max(10, n/10) probes and wrong turns at most."""
_ENOUGH = 2
"""Pictures of a shape that are compared before the others follow."""
_COMPARED = 3
"""Candidates of a picture that are compared at most."""
_OK, _PARTIAL = 200, 206
_FIRST_BYTES = "bytes=0-65535"


@dataclass
class _Experience:
    """What comparing the candidates of one shape has taught."""

    clues: list[Clue] = field(default_factory=list)
    """Of the originals that were found."""
    rules: dict[Any, int] = field(default_factory=dict)
    """How names of originals follow from those of previews, and how often that was so."""
    misses: int = 0
    """Pictures for which no guessed name was one."""


class Chooser:
    """Puts the candidates of a picture in the order in which they are tried.

    Where the page leaves a doubt, the first bytes of the candidates are read,
    for the first pictures of a shape; the others follow what these have taught.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._catalogue: Catalogue = catalogue_of(crawler)
        self._shapes: dict[str, _Experience] = {}
        self._probes = 0
        self._pictures = 0

    async def chosen(self, picture: Picture, shape: str, page_url: str) -> Picture:
        """Return a picture with its original first; the others are there to fall back on."""
        self._pictures += 1
        if not picture.candidates:
            return picture
        if known := self._known(picture.candidates):
            return _with_first(picture, known)
        experience = self._shapes.setdefault(shape, _Experience())
        best = picture.candidates[0]
        if best.is_preview and not picture.is_doubtful:
            return await self._guessed(picture, experience, page_url)
        if not picture.is_doubtful:
            return picture
        if len(experience.clues) >= _ENOUGH:
            return _by_clue(picture, experience.clues[-1])
        return await self._compared(picture, experience, page_url)

    async def file(self, picture: Picture, url: str, shape: str, page_url: str) -> Picture:
        """Return the picture of a card whose link is a picture file, as has turned out."""
        link = Candidate(url, Clue.LINK)
        others = [each for each in picture.candidates if each.url != url]
        said = next((each for each in picture.candidates if each.url == url), link)
        candidates = tuple(
            [*[each for each in others if _beats_link(each)], said]
            + [each for each in others if not _beats_link(each)]
        )
        return await self.chosen(replace(picture, candidates=candidates), shape, page_url)

    async def _guessed(self, picture: Picture, experience: _Experience, page_url: str) -> Picture:
        """Try names that differ from the preview's by a size word or number only."""
        preview = picture.candidates[0]
        for rule, count in experience.rules.items():
            if count >= _ENOUGH and (url := apply_rule(rule, preview.url)):
                return _with_first(picture, Candidate(url, Clue.NAME))
        if experience.misses >= _ENOUGH:
            return picture
        guesses = list(variants_of_name(preview.url))[:_COMPARED]
        probes = await self._probed([preview, *guesses] if guesses else [], page_url)
        best = best_of(probes)
        if best is None or best.candidate.url == preview.url:
            experience.misses += 1
            return picture
        if (rule := rule_of(preview.url, best.candidate.url)) is not None:
            experience.rules[rule] = experience.rules.get(rule, 0) + 1
        return _with_first(picture, best.candidate)

    async def _compared(self, picture: Picture, experience: _Experience, page_url: str) -> Picture:
        best = best_of(await self._probed(picture.candidates[:_COMPARED], page_url))
        if best is None:
            return replace(picture, is_doubtful=False)
        experience.clues.append(best.candidate.clue)
        return _with_first(picture, best.candidate)

    async def _probed(self, candidates: Iterable[Candidate], page_url: str) -> list[Probe]:
        """Return what the first bytes of some addresses say, as far as probes are left."""
        found = []
        for candidate in candidates:
            if self._probes >= max(_LEAST_PROBES, self._pictures // _PICTURES_A_PROBE):
                break
            self._probes += 1
            self._crawler.stats.inc_value(counters.PROBES)
            if (probe := await self._probe(candidate, page_url)) is not None:
                found.append(probe)
        return found

    async def _probe(self, candidate: Candidate, page_url: str) -> Probe | None:
        request = picture_request(candidate.url, page_url)
        request.headers["Range"] = _FIRST_BYTES
        try:
            response = await self._crawler.engine.download_async(request)
        except Exception:  # noqa: BLE001 - whatever keeps it from being looked at
            return None
        if response.status not in (_OK, _PARTIAL):
            return None
        return probe_of(candidate, response.body, _size_of(response))

    def _known(self, candidates: Sequence[Candidate]) -> Candidate | None:
        """Return the one that an earlier run has stored."""
        try:
            known = self._catalogue.look(known_pictures, [each.url for each in candidates])
        except CatalogueFailed:
            return None  # the crawl is being stopped
        return next((each for each in candidates if each.url in known), None)


def _beats_link(candidate: Candidate) -> bool:
    return candidate.clue is Clue.DOWNLOAD


def _with_first(picture: Picture, first: Candidate) -> Picture:
    others = [each for each in picture.candidates if each.url != first.url]
    return replace(picture, candidates=(first, *others), is_doubtful=False)


def _by_clue(picture: Picture, clue: Clue) -> Picture:
    first = next((each for each in picture.candidates if each.clue is clue), None)
    return _with_first(picture, first or picture.candidates[0])


def _size_of(response: Response) -> int | None:
    """Return the size of the whole file in bytes, where the server says it."""
    if response.status == _PARTIAL:
        total = (response.headers.get("Content-Range") or b"").rpartition(b"/")[2]
    else:
        total = response.headers.get("Content-Length") or b""
    return int(total) if total.isdigit() else None
