"""The candidates of one preview: all in and around its card that may be its original."""

from collections.abc import Iterator

from lxml.html import HtmlElement

from spiders_project.pages.generic.loose import pixels
from spiders_project.pages.generic.originals.attributes import candidates_in
from spiders_project.pages.generic.originals.links import (
    download_of,
    is_lightbox,
    link_around,
    links_in_code,
)
from spiders_project.pages.generic.originals.names import variants_of_name
from spiders_project.pages.generic.originals.ranking import ranked, size_of_name
from spiders_project.pages.generic.previews import Preview
from spiders_project.pages.generic.spelling.addresses import Nature, is_ornament, nature_of
from spiders_project.pages.generic.spelling.sameness import same_picture
from spiders_project.pages.generic.spelling.services import inner_of
from spiders_project.pages.generic.spelling.sizes import FULL, width_in
from spiders_project.pages.generic.values import Candidate, Clue
from spiders_project.pages.page import Page

_MOST_ELEMENTS = 400
_MOST_LEVELS = 12
_ICON_PIXELS = 48
_BARREN = frozenset(["script", "style", "source", "br", "b", "i", "em", "strong", "path", "use"])
_SOURCES = ("src", "data-src", "data-original", "data-lazy-src")


def candidates_of(page: Page, preview: Preview, block: HtmlElement) -> tuple[Candidate, ...]:
    """Return all addresses in and around a card or figure that may be its picture's original.

    Each stands there once with each of its clues, in no order that matters: ``ranked`` orders. The
    block may be larger than the picture's own: what belongs to other pictures in it is left out.
    """
    scope = _scope(page, preview, block)
    found = list(_around(page, preview))
    found += _inside(page, preview, scope)
    found += preview.candidates
    found = list(dict.fromkeys(found))
    return (*found, *_other_names(found))


def _around(page: Page, preview: Preview) -> Iterator[Candidate]:
    """Yield what the links and other elements around a preview tell."""
    element = preview.element
    for _ in range(_MOST_LEVELS):
        if element is None or element.tag in ("body", "html", "main"):
            return
        if element.tag == "a":
            around = link_around(page, element)
            yield from filter(None, [around, download_of(page, element)])
            if around and (inner := inner_of(around.url)):
                yield Candidate(inner, Clue.LINK)
            yield from links_in_code(page, element)
            yield from candidates_in(page, element)
            return
        element = element.getparent()


def _inside(page: Page, preview: Preview, scope: HtmlElement) -> Iterator[Candidate]:
    around = set(preview.element.iterancestors("a"))
    for count, element in enumerate(scope.iter("*")):
        if count == _MOST_ELEMENTS:
            return
        if element.tag in _BARREN or not element.attrib or element in around:
            continue
        if element.tag == "img" and not _is_of(page, preview, element):
            continue
        yield from candidates_in(page, element)
        yield from links_in_code(page, element)
        if element.tag == "a":
            yield from _beside(page, element)
    yield from _of_ancestors(page, preview, scope)


def _of_ancestors(page: Page, preview: Preview, scope: HtmlElement) -> Iterator[Candidate]:
    """Yield what the element around the scope tells, where it holds no other picture."""
    outer = scope.getparent()
    if outer is not None and outer.tag in ("li", "div", "figure", "article") and len(outer) == 1:
        yield from candidates_in(page, outer)
        yield from links_in_code(page, outer)


def _beside(page: Page, link: HtmlElement) -> Iterator[Candidate]:
    if candidate := download_of(page, link):
        yield candidate
        return
    around = link_around(page, link)
    if around is None:
        return
    if nature_of(around.url) is Nature.FILE or (is_lightbox(link) and len(link) == 0):
        yield around


def _scope(page: Page, preview: Preview, block: HtmlElement) -> HtmlElement:
    """Return the largest element around a preview, up to the block, with no other picture in it."""
    if not _holds_others(page, preview, block):
        return block
    scope = preview.element
    for element in preview.element.iterancestors():
        if element is block or _holds_others(page, preview, element):
            break
        scope = element
    return scope


def _holds_others(page: Page, preview: Preview, element: HtmlElement) -> bool:
    for count, image in enumerate(element.iter("img")):
        if count == _MOST_ELEMENTS or not _is_of(page, preview, image):
            return True
    return False


def _is_of(page: Page, preview: Preview, image: HtmlElement) -> bool:
    """Return whether an image in the block is none of another picture."""
    if image is preview.element:
        return True
    sizes = [pixels(image.get("width")), pixels(image.get("height"))]
    if any(size and size <= _ICON_PIXELS for size in sizes):
        return True
    urls = [url for name in _SOURCES if (text := image.get(name)) and (url := page.absolute(text))]
    if not urls or all(map(is_ornament, urls)):
        return True
    own = [candidate.url for candidate in preview.candidates[:3]]
    return any(same_picture(url, other) for url in urls for other in own)


def _other_names(found: list[Candidate]) -> Iterator[Candidate]:
    """Yield the names that the best candidate says of itself that it is a size of."""
    if any(one.clue is Clue.DOWNLOAD for one in found):
        return
    order, _ = ranked(found)
    best = next((one for one in order if nature_of(one.url) is Nature.FILE), None)
    best = best or next(iter(order), None)
    if best is None or (best is order[0] and _is_whole(best)):
        return
    known = {one.url for one in found}
    yield from (one for one in variants_of_name(best.url) if one.url not in known)


def _is_whole(best: Candidate) -> bool:
    """Return whether nothing says that an address is a size of another one."""
    if best.is_preview or best.clue is Clue.SHOWN or "?" in best.url:
        return False
    return width_in(best.url) is None and (size_of_name(best.url) or FULL) >= FULL
