"""What the gallery knows about a picture before it is painted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from .art.brief import Brief

_EXTENSIONS = {"jpeg": "jpg", "png": "png", "webp": "webp"}


@dataclass(frozen=True, slots=True)
class Category:
    """An album: its folder, its title and the character encoding of its pages."""

    slug: str
    title: str
    charset: str = "utf-8"


@dataclass(frozen=True, slots=True)
class Licence:
    """The terms a picture is offered under."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class DemoPicture:
    """One picture: what its page says and how it is painted and encoded."""

    category: str
    slug: str
    title: str
    description: str
    tags: tuple[str, ...]
    author: str
    licence: Licence
    published: date
    brief: Brief
    encoding: str

    @property
    def format(self) -> str:
        """Return the format of the original: jpeg, png or webp."""
        return self.encoding.partition("-")[0]

    @property
    def width(self) -> int:
        """Return the width in pixels, as displayed."""
        return self.brief.size[0]

    @property
    def height(self) -> int:
        """Return the height in pixels, as displayed."""
        return self.brief.size[1]

    @property
    def page_path(self) -> str:
        """Return the percent-encoded path of the picture's page."""
        return quote(f"/{self.category}/{self.slug}.html")

    @property
    def original_path(self) -> str:
        """Return the percent-encoded path of the original on the picture host."""
        return quote(f"/originals/{self.category}/{self.slug}.{_EXTENSIONS[self.format]}")

    def copy_path(self, kind: str) -> str:
        """Return the percent-encoded path of a smaller copy (previews or medium)."""
        return quote(f"/{kind}/{self.category}/{self.slug}.jpg")
