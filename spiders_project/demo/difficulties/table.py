"""The table of difficulties: listings, pages, the manifest and the documentation derive from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import quote, urljoin

from spiders_project.demo.catalogue import PICTURES as GALLERY
from spiders_project.demo.hosts import Hosts
from spiders_project.demo.picture import DemoPicture

from .contents import PICTURES
from .difficulty import Album, Difficulty
from .roads import CALENDAR, FORBIDDEN, LINKS, ROBOTS
from .servers import SERVERS
from .titles import TITLES

ALBUMS = (TITLES, PICTURES, SERVERS, LINKS, ROBOTS, CALENDAR, FORBIDDEN)

_SIZE = (640, 360)
_MODELS = [picture for picture in GALLERY if picture.encoding == "jpeg"]
_STEP = 7


@dataclass(frozen=True)
class HardPicture:
    """A difficulty, and the picture that is painted for it."""

    album: Album
    difficulty: Difficulty
    picture: DemoPicture

    @property
    def path(self) -> str:
        """The percent-encoded path of the original, on whatever host it is."""
        file = self.difficulty.file
        return quote(f"/originals/{file}") if file else self.picture.original_path

    def page_url(self, hosts: Hosts) -> str:
        """Return the address of the picture's page."""
        return hosts.url + self.picture.page_path

    def card(self, hosts: Hosts) -> str:
        """Return the link to the page as the listing has it."""
        return self._filled(self.difficulty.card, hosts)

    def link(self, hosts: Hosts) -> str:
        """Return the link to the original as the page has it."""
        return self._filled(self.difficulty.link, hosts)

    def base(self, hosts: Hosts) -> str:
        """Return where the links of the page start from, "" if from the page."""
        return self._filled(self.difficulty.base, hosts)

    def url(self, hosts: Hosts) -> str:
        """Return the address that the link to the original means (RFC 3986, section 5)."""
        return urljoin(urljoin(self.page_url(hosts), self.base(hosts)), self.link(hosts))

    def _filled(self, link: str, hosts: Hosts) -> str:
        return link.format(
            pages=hosts.pages,
            pictures=hosts.pictures,
            ailing=hosts.ailing,
            unhurried=hosts.unhurried,
            page_path=self.picture.page_path,
            path=self.path,
            page=self.picture.page_path.rpartition("/")[2],
            file=self.path.rpartition("/")[2],
        )


def _hard_pictures() -> Iterator[HardPicture]:
    """Give every difficulty a small picture of its own; twins get the same one."""
    models: dict[str, int] = {}
    for album in ALBUMS:
        for difficulty in album.difficulties:
            likeness = difficulty.twin_of or f"{album.category.slug}/{difficulty.slug}"
            number = models.setdefault(likeness, len(models))
            yield HardPicture(album, difficulty, _painted(album, difficulty, number))


def _painted(album: Album, difficulty: Difficulty, number: int) -> DemoPicture:
    model = _MODELS[number * _STEP % len(_MODELS)]
    return replace(
        model,
        category=album.category.slug,
        slug=difficulty.slug,
        title=difficulty.title,
        description=difficulty.what,
        brief=replace(model.brief, size=_SIZE),
        encoding=difficulty.encoding,
    )


HARD_PICTURES: tuple[HardPicture, ...] = tuple(_hard_pictures())


def documentation() -> list[str]:
    """Return the table of docs/difficulties.md, one line for each difficulty."""
    lines = ["| category | difficulty | promised outcome |", "|---|---|---|"]
    for (category, what), promises in _by_difficulty().items():
        lines.append(f"| `{category}` | {what} | {'; the others '.join(promises)} |")
    return lines


def _by_difficulty() -> dict[tuple[str, str], dict[str, None]]:
    """Return the different promises of each difficulty; some have several pictures."""
    found: dict[tuple[str, str], dict[str, None]] = {}
    for hard in HARD_PICTURES:
        key = (hard.album.category.slug, hard.difficulty.what)
        found.setdefault(key, {})[str(hard.difficulty.promise)] = None
    return found
