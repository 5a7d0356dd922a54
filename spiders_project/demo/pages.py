"""The gallery's own pages: front page, listings and picture pages."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from .catalogue import CATEGORIES, PICTURES, album
from .layout import Layout, page_name, pagination
from .markup import Page, tag, text
from .picture import Category, DemoPicture

PAGE_SIZE = 12


def page_count(pictures: Sequence[object], size: int = PAGE_SIZE) -> int:
    """Return how many pages a listing has."""
    return -(-len(pictures) // size)


class GalleryPages:
    """Builds the pages of the six albums."""

    def __init__(self, picture_url: str) -> None:
        """Remember the picture host's address, without a slash at its end."""
        self._picture_url = picture_url
        self._layout = Layout(picture_url)

    def front(self) -> Page:
        """Return the front page with one album for each category."""
        albums = "\n".join(
            self._layout.album(category, album(category.slug)) for category in CATEGORIES
        )
        body = (
            tag("h1", "Wallpapers for every screen")
            + tag("p", f"{len(PICTURES)} pictures in {len(CATEGORIES)} albums.", class_="lead")
            + tag("div", albums, class_="gallery")
            + self._layout.related("Fresh on the wall", _newest())
        )
        return self._layout.page("Wallpaper Demo", body)

    def listing(self, category: Category, number: int) -> Page | None:
        """Return one page of a category, or nothing beyond its last page."""
        pictures = album(category.slug)
        pages = page_count(pictures)
        if not 1 <= number <= pages:
            return None
        shown = pictures[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
        lead = f"{len(pictures)} · {number} / {pages}"
        following = page_name(number + 1) if number < pages else None
        body = (
            tag("h1", text(category.title))
            + tag("p", lead, class_="lead")
            + self._layout.cards((picture, quote(f"{picture.slug}.html")) for picture in shown)
            + pagination(number, range(1, pages + 1), following)
            + self._layout.related("Editor's picks", _picks(category.slug, number))
        )
        return self._layout.page(f"{category.title} · {number}", body, category)

    def detail(self, picture: DemoPicture) -> Page:
        """Return the page of one picture."""
        category = next(one for one in CATEGORIES if one.slug == picture.category)
        others = album(picture.category)
        place = others.index(picture)
        near = [others[(place + step) % len(others)] for step in (5, 7, 11, 13, 17, 19)]
        original = self._picture_url + picture.original_path
        body = self._layout.picture(picture, category, original)
        body += self._layout.related("You may also like", near)
        return self._layout.page(picture.title, body, category)


def _newest() -> list[DemoPicture]:
    """Return the pictures published last."""
    return sorted(PICTURES, key=lambda picture: picture.published, reverse=True)[:6]


def _picks(category: str, number: int) -> list[DemoPicture]:
    """Return a few pictures of other categories, different ones on every page."""
    others = [picture for picture in PICTURES if picture.category != category]
    return [others[(number * 29 + step * 23) % len(others)] for step in range(6)]
