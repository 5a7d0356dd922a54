"""Finds the pictures that a page shows, whatever markup shows them."""

from dataclasses import dataclass

from lxml.html import HtmlElement

from spiders_project.pages.generic.values import Candidate
from spiders_project.pages.page import Page


@dataclass(frozen=True)
class Preview:
    """A picture that a page shows, small or large."""

    element: HtmlElement
    """The ``img``, or the element whose CSS background it is."""
    candidates: tuple[Candidate, ...]
    """Its own addresses, each once: ``srcset``, lazy ``data-*``, ``src``; the widest first."""
    width: int | None = None
    """Pixels on the screen, as attributes or inline styles say."""
    height: int | None = None
    text: str = ""
    """Its ``alt`` or ``title``."""


def find_previews(page: Page) -> list[Preview]:
    """Return the pictures of a page in document order, each element once."""
    raise NotImplementedError(page.url)
