"""The links around a picture and beside it, as candidates."""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from spiders_project.pages.generic.loose import pixels
from spiders_project.pages.generic.originals.wording import (
    is_download_class,
    is_download_wording,
    is_of_many,
    is_original_wording,
)
from spiders_project.pages.generic.spelling.addresses import Nature, is_picture_name, nature_of
from spiders_project.pages.generic.spelling.sizes import pair_in
from spiders_project.pages.generic.values import Candidate, Clue
from spiders_project.pages.page import Page

_LIGHTBOXES = re.compile(
    r"lightbox|fancybox|swipebox|glightbox|venobox|colorbox|magnific|mfp|pswp|photoswipe|prettyphoto"
    r"|thickbox|highslide|shadowbox|lightgallery|lg-item|gallery-lightbox|simplelightbox|baguette"
    r"|chocolat|featherlight|photobox|nanobox|fresco|spotlight|image-popup|popup-image|zoombox",
    re.IGNORECASE,
)
_NO_PICTURES = frozenset(
    ["iframe", "inline", "ajax", "video", "youtube", "vimeo", "html", "map", "pdf"]
)
_SIZES = ("data-size", "data-lg-size", "data-dimensions", "data-image-size")
_WIDTHS = ("data-pswp-width", "data-width", "data-w", "data-image-width", "data-full-width")
_HEIGHTS = ("data-pswp-height", "data-height", "data-h", "data-image-height", "data-full-height")
_QUOTED = re.compile(r"""(['"])((?:(?!\1)[^<>\s\\]){5,1000})\1""")


def words_of_link(link: HtmlElement) -> str:
    """Return what a person reads of a link: its text, or its title and labels."""
    text = " ".join("".join(link.itertext()).split()) if len(link) < 20 else ""
    labels = (link.get("title") or "", link.get("aria-label") or "", *_labels_inside(link))
    return " ".join(filter(None, dict.fromkeys([text, *labels])))


def _labels_inside(link: HtmlElement) -> Iterator[str]:
    for image in link.iter("img"):
        yield image.get("alt") or ""
        return


def link_around(page: Page, link: HtmlElement) -> Candidate | None:
    """Return the address that a link around a preview leads to."""
    href = link.get("href") or ""
    if (link.get("data-type") or "").lower() in _NO_PICTURES:
        return None
    url = page.absolute(href) if not href.startswith("#") else None
    if url is None or url == page.url or nature_of(url) is Nature.OTHER:
        return None
    width, height = size_beside(link)
    clue = Clue.LIGHTBOX if is_lightbox(link) else Clue.LINK
    if link.get("download") is not None:
        clue = Clue.DOWNLOAD
    return Candidate(url, clue, width, height)


def is_lightbox(link: HtmlElement) -> bool:
    """Return whether a link is marked up for one of the well-known lightbox libraries."""
    marks = " ".join(
        value if name in ("class", "rel") else name
        for name, value in link.items()
        if name in ("class", "rel") or name.startswith("data-")
    )
    return bool(_LIGHTBOXES.search(marks))


def size_beside(element: HtmlElement) -> tuple[int | None, int | None]:
    """Return the width and height that attributes of a link tell of what it leads to."""
    for name in _SIZES:
        if (value := element.get(name)) and (pair := pair_in(value.rpartition(",")[2] or value)):
            return pair
    return (
        next((n for name in _WIDTHS if (n := pixels(element.get(name)))), None),
        next((n for name in _HEIGHTS if (n := pixels(element.get(name)))), None),
    )


def download_of(page: Page, link: HtmlElement) -> Candidate | None:
    """Return what a link offers for download, None where its words promise no picture."""
    href = link.get("href")
    if not href or href.startswith("#"):
        return None
    words = words_of_link(link)
    name = link.get("download")
    is_promise = is_original_wording(words) or is_download_wording(words)
    if not is_promise and name is None and not _is_button(link):
        return None
    if is_of_many(words):
        return None
    url = page.absolute(href)
    if url is None or url == page.url or nature_of(url) is Nature.OTHER:
        return None
    if name and not is_picture_name(name) and re.search(r"\.\w{2,4}$", name):
        return None
    pair = pair_in(words) or size_beside(link)
    return Candidate(url, Clue.DOWNLOAD, *pair, label=words[:80] or "download")


def _is_button(link: HtmlElement) -> bool:
    marks = f"{link.get('class') or ''} {link.get('id') or ''}"
    return len(marks) > 1 and is_download_class(marks)


def links_in_code(page: Page, element: HtmlElement) -> Iterator[Candidate]:
    """Yield the picture addresses in ``onclick`` and in ``javascript:`` links."""
    for name in ("onclick", "ondblclick", "href"):
        code = element.get(name) or ""
        if name == "href" and not code.lstrip().lower().startswith("javascript:"):
            continue
        for _, text in _QUOTED.findall(code[:4000]):
            if is_picture_name(text) and (url := page.absolute(text)):
                yield Candidate(url, Clue.SCRIPT, label=name)
