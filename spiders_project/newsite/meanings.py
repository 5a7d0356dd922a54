"""What a declaration of a site file has to give on a page, compared with what was found there."""

from collections.abc import Callable
from dataclasses import dataclass

from spiders_project.pages.generic.dates import iso_date
from spiders_project.pages.generic.facts.ground import ground_of
from spiders_project.pages.generic.texts import clean
from spiders_project.pages.page import Page

Reads = Callable[[Page, str], tuple[str, ...]]
_MOST = 5000


@dataclass(frozen=True)
class Meaning:
    """How the values of a selector are read, and which of them count."""

    reads: Reads
    """A page and a selector to the values that a site file would give, in their final form."""
    is_link: bool = False
    is_date: bool = False

    def is_alike(self, text: str, wanted: str, page: Page) -> bool:
        """Tell whether a text of a page means a wanted value that is written otherwise."""
        return self.is_date and iso_date(text, _language(page)) == wanted


@dataclass(frozen=True)
class Sample:
    """A page, and what has to be found on it: nothing, a value, or several in page order."""

    page: Page
    values: tuple[str, ...]


def as_found(text: str) -> str:
    """Return a text of a page in the form that facts have."""
    return clean(text, _MOST) or ""


def _links(page: Page, selector: str) -> tuple[str, ...]:
    return tuple(page.links(selector))


def _next_link(page: Page, selector: str) -> tuple[str, ...]:
    return tuple(link for link in page.links(selector) if link != page.url)[:1]


def _texts(page: Page, selector: str) -> tuple[str, ...]:
    return tuple(as_found(text) for text in page.texts(selector))


def _text(page: Page, selector: str) -> tuple[str, ...]:
    return _texts(page, selector)[:1]


def _date(page: Page, selector: str) -> tuple[str, ...]:
    texts = page.texts(selector)[:1]
    return tuple(day for text in texts if (day := iso_date(text, _language(page))))


def _language(page: Page) -> str:
    return ground_of(page).language


def _license(page: Page, selector: str) -> tuple[str, ...]:
    texts = _text(page, selector)
    is_address = "::attr(" in selector or "/@" in selector
    return tuple((page.absolute(text) or text) if is_address else text for text in texts)


LINKS = Meaning(_links, is_link=True)
NEXT_LINK = Meaning(_next_link, is_link=True)
TEXT = Meaning(_text)
TEXTS = Meaning(_texts)
DATE = Meaning(_date, is_date=True)
LICENSE = Meaning(_license)
