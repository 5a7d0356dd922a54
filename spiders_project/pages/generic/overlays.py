"""Pairs previews with the large picture that lies hidden on the same page and opens by ``#id``."""

from lxml.html import HtmlElement

from spiders_project.pages.generic.previews import Preview
from spiders_project.pages.page import Page

_DEPTH = 8


class Overlays:
    """The parts of a page that links around previews open, where they hold one picture each."""

    def __init__(self, page: Page, previews: list[Preview]) -> None:
        """Read the page once."""
        self._shown: dict[str, Preview] = {}
        self._inside: dict[HtmlElement, str] = {}
        wanted = {
            href[1:]
            for link in page.selector.root.iter("a")
            if len(href := (link.get("href") or "").strip()) > 1 and href[0] == "#"
        }
        for preview in previews if wanted else ():
            if name := _named_above(preview.element, wanted):
                self._inside[preview.element] = name
                self._shown.setdefault(name, preview)
        self._opened = {
            name
            for preview in previews
            if preview.element not in self._inside and (name := _opened_by(preview.element))
        }

    def opened_by(self, link: HtmlElement) -> str | None:
        """Return the address of the picture that a link opens on the page."""
        preview = self._shown.get((link.get("href") or "").strip()[1:])
        return preview.candidates[0].url if preview and preview.candidates else None

    def holds(self, element: HtmlElement) -> bool:
        """Tell whether a picture lies in a part that a link around another preview opens."""
        return self._inside.get(element) in self._opened


def _named_above(element: HtmlElement, wanted: set[str]) -> str | None:
    above = element
    for _ in range(_DEPTH):
        if above is None or above.tag == "body":
            return None
        if (name := above.get("id")) in wanted:
            return str(name)
        above = above.getparent()
    return None


def _opened_by(element: HtmlElement) -> str | None:
    above = element.getparent()
    for _ in range(_DEPTH):
        if above is None:
            return None
        if above.tag == "a":
            href = (above.get("href") or "").strip()
            return href[1:] if href.startswith("#") else None
        above = above.getparent()
    return None
