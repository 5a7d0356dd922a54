"""The pages of the difficulties: they look like the gallery's, their links do not."""

from __future__ import annotations

from collections.abc import Iterable

from spiders_project.demo.hosts import Hosts
from spiders_project.demo.layout import Layout, listing_path, page_name, pagination
from spiders_project.demo.markup import Page, tag, text

from .difficulty import Album, Ending
from .table import ALBUMS, HARD_PICTURES, HardPicture

_NEIGHBOURS = 2
"""How many page numbers an endless listing shows on each side."""


class DifficultPages:
    """Builds the listings and the picture pages of the difficult albums, and an overview."""

    def __init__(self, hosts: Hosts) -> None:
        """Remember the hosts that links may name."""
        self._hosts = hosts
        self._layout = Layout(hosts.picture_url)

    def overview(self) -> Page:
        """Return the page that leads to the albums and says what is difficult about them."""
        body = tag("h1", "The difficulties of real life")
        body += tag("p", "Further albums, for crawlers to prove themselves.", class_="lead")
        for album in ALBUMS:
            wrong = dict.fromkeys(one.what for one in album.difficulties)
            body += tag("h2", tag("a", album.category.title, href=listing_path(album.category)))
            body += tag("ul", "\n".join(tag("li", text(what)) for what in wrong))
        return self._layout.page("The difficulties of real life", body)

    def listing(self, album: Album, number: int) -> Page | None:
        """Return one page of an album, or nothing beyond its last page."""
        pictures = _pictures_of(album)
        pages = -(-len(pictures) // album.page_size)
        is_endless = album.ending is Ending.MORE
        if number < 1 or (number > pages and not is_endless):
            return None
        start = 0 if is_endless else (number - 1) * album.page_size
        base = album.base if number > 1 else ""
        up = "../" if base else ""
        numbers = _endless_numbers(number) if is_endless else range(1, pages + 1)
        following = _following(album, number, pages)
        body = (
            tag("h1", text(album.category.title))
            + tag(
                "p", f"{len(pictures)} · {number} / {'∞' if is_endless else pages}", class_="lead"
            )
            + self._cards(pictures[start : start + album.page_size])
            + pagination(number, numbers, up + page_name(following) if following else None, up)
        )
        return self._layout.page(f"{album.category.title} · {number}", body, album.category, base)

    def detail(self, hard: HardPicture) -> Page:
        """Return the page of one picture."""
        category = hard.album.category
        body = self._layout.picture(hard.picture, category, hard.link(self._hosts))
        others = (other.picture for other in _pictures_of(hard.album) if other is not hard)
        body += self._layout.related("You may also like", list(others)[:6])
        return self._layout.page(hard.picture.title, body, category, hard.base(self._hosts))

    def _cards(self, shown: Iterable[HardPicture]) -> str:
        return self._layout.cards((hard.picture, hard.card(self._hosts)) for hard in shown)


def _pictures_of(album: Album) -> list[HardPicture]:
    return [hard for hard in HARD_PICTURES if hard.album is album]


def _following(album: Album, number: int, pages: int) -> int | None:
    """Return the number of the page that a page names as the next one."""
    if number < pages or album.ending is Ending.MORE:
        return number + 1
    return number if album.ending is Ending.ITSELF else None


def _endless_numbers(number: int) -> range:
    return range(max(1, number - _NEIGHBOURS), number + _NEIGHBOURS + 1)
