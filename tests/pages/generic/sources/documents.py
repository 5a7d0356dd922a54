"""Saved documents as pages, and short words for what is read from them."""

from pathlib import Path

from spiders_project.pages.generic.values import Picture, Reading
from spiders_project.pages.page import Page

FIXTURES = Path(__file__).parents[3] / "fixtures" / "galleries"


def saved(name: str, url: str, content_type: str | None = None) -> Page:
    return Page(url, (FIXTURES / name).read_bytes(), content_type)


def text_page(text: str, url: str, link_header: str | None = None) -> Page:
    return Page(url, text.encode("utf-8"), link_header=link_header)


def firsts(reading: Reading) -> list[str]:
    """Return the likeliest original of each picture."""
    return [picture.candidates[0].url for picture in reading.pictures]


def urls(picture: Picture) -> list[str]:
    return [candidate.url for candidate in picture.candidates]
