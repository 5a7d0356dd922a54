"""Makes addresses of what JSON data spells: relative to a page, to a file, to a prefix."""

import re
from dataclasses import dataclass

from spiders_project.pages.generic.loose import Json
from spiders_project.pages.generic.spelling.addresses import folder_of, is_picture_name
from spiders_project.pages.generic.spelling.sizes import is_small
from spiders_project.pages.page import Page

_PREFIX_KEY = re.compile(
    r"base|prefix|root|path|dir|folder|cdn|host|server|location|^(?:url|href|link|src|id|album)$",
    re.IGNORECASE,
)
_CLEAR_PREFIX_KEY = re.compile(r"base|prefix|root|path|dir|folder|cdn|host", re.IGNORECASE)


@dataclass(frozen=True)
class Prefix:
    """A part of an address that stands apart from the names that it belongs to."""

    key: str
    text: str

    @property
    def is_small(self) -> bool:
        """Whether it leads to small versions."""
        return is_small(self.key)


def prefixes_of(value: dict[str, Json]) -> tuple[Prefix, ...]:
    """Return what an object says of where the names in it start from."""
    return tuple(
        Prefix(key, text if text.endswith(("/", "=", "-", "_")) else text + "/")
        for key, text in value.items()
        if isinstance(text, str) and _PREFIX_KEY.search(key) and _is_prefix(key, text)
    )


def _is_prefix(key: str, text: str) -> bool:
    if not 0 < len(text) < 300 or " " in text or is_picture_name(text) or "?" in text:
        return False
    is_page = re.search(r"\.\w{2,5}$", text.rpartition("/")[2]) is not None
    is_clear = _CLEAR_PREFIX_KEY.search(key) is not None
    return text.endswith("/") or (is_clear and not is_page)


class Places:
    """The addresses that a relative link in some data may have, the likeliest first."""

    def __init__(self, document: Page, gallery: str | None = None) -> None:
        """``document`` holds the data; ``gallery`` is the address of the page that loads it."""
        self._document = document
        self._gallery = Page(gallery, b"") if gallery else document
        own, loading = folder_of(document.url), folder_of(self._gallery.url)
        self._is_one_folder = own == loading
        self.url = document.url

    def of(self, link: str, prefixes: tuple[Prefix, ...]) -> list[str]:
        """Return the absolute addresses of a link."""
        spelled = [link]
        is_whole = link.startswith(("http:", "https:", "/"))
        fitting = [p for p in prefixes if not p.is_small and not link.startswith(p.text)]
        if fitting and not is_whole:
            joined = fitting[-1].text
            for outer in reversed(fitting[:-1]):
                if joined.startswith(("http:", "https:", "/")):
                    break
                joined = outer.text + joined
            made = [joined + link] + ([fitting[-1].text + link] if len(fitting) > 1 else [])
            is_bare = "/" not in link.removeprefix("./")
            spelled = [*made, link] if is_bare or _is_base(fitting[-1]) else [link, *made]
        found = [url for each in spelled for url in self._absolute(each, is_bare="/" not in link)]
        return list(dict.fromkeys(found))[:4]

    def _absolute(self, link: str, *, is_bare: bool) -> list[str]:
        """Resolve a link as ``fetch`` would for the page, and as the file's own neighbour.

        Names alone lie mostly beside the file that lists them; what already
        starts with the file's folder starts from the page.
        """
        if self._is_one_folder:
            return [url for url in (self._gallery.absolute(link),) if url]
        by_page, by_file = self._gallery.absolute(link), self._document.absolute(link)
        both = [by_file, by_page] if is_bare else [by_page, by_file]
        return [url for url in both if url]


def _is_base(prefix: Prefix) -> bool:
    return re.search(r"base|prefix|root|cdn|host", prefix.key, re.IGNORECASE) is not None
