"""Reads the pages of a MediaWiki: File pages, categories, and articles with a gallery.

A wiki keeps thumbnails at ``thumb/<path of the file>/<size>px-<name>`` (manual,
$wgThumbnailScriptPath), so that the address of a thumbnail tells the original.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from spiders_project.pages.generic.dates import date_of
from spiders_project.pages.generic.loose import first_text, plain, whole_number
from spiders_project.pages.generic.sources.once import once
from spiders_project.pages.generic.spelling.addresses import is_picture_name, name_of
from spiders_project.pages.generic.values import (
    Candidate,
    Card,
    Clue,
    Facts,
    Kind,
    Picture,
    Reading,
)
from spiders_project.pages.page import Page

_THUMBNAIL = re.compile(r"/thumb(/(?:[^/?]+/)*?[^/?]+\.\w{2,5})/[^/?]*\d+px-[^/?]+(?:\?.*)?$")
_NO_RASTER = (".svg", ".pdf", ".djvu", ".webm", ".ogv", ".ogg", ".stl", ".xcf")
_SMALLEST = 50
_BOX = re.compile(r"(?:^|\s)(?:gallerybox|thumbinner)(?:\s|$)")
_NEAREST = 8
"""Elements between a thumbnail and its box, at most."""
_INFORMATION = "//*[@id='fileinfotpl_{}']/following-sibling::td[1]"


def is_mediawiki(page: Page) -> bool:
    """Tell whether a page was made by MediaWiki."""
    root = page.selector.root
    generators = root.xpath("//meta[@name='generator']/@content")
    return any(str(each).startswith("MediaWiki") for each in generators) or bool(
        root.xpath("//link[@rel='EditURI'][contains(@href, 'api.php')]")
    )


def original_of(thumbnail: str) -> str | None:
    """Return the file that a thumbnail's address was made from."""
    found = _THUMBNAIL.search(thumbnail)
    if found is None or found[1].lower().endswith(_NO_RASTER):
        return None
    return thumbnail[: found.start()] + found[1]


def read_wiki_page(page: Page) -> Reading | None:
    """Return what a wiki's page shows; None where it shows no files."""
    if file := page.selector.root.xpath("//*[@id='file'][contains(@class, 'fullImageLink')]"):
        return _file_page(page, file[0])
    shown = (_card(page, image) for image in page.selector.root.iter("img"))
    cards = {card.url: card for card in shown if card is not None}
    albums = _subcategories(page)
    if not cards and not albums:
        return None
    kinds = {Kind.LISTING} if cards else set()
    return Reading(
        frozenset(kinds | ({Kind.ALBUMS} if albums else set())),
        (*albums, *cards.values()),
        next_pages=_next_pages(page),
        facts=Facts(title=_title(page)),
    )


def _file_page(page: Page, file: Any) -> Reading:
    root = page.selector.root
    links = [
        *root.xpath("//*[contains(@class, 'fullMedia')]//a[contains(@class, 'internal')]/@href"),
        *file.xpath(".//a/@href"),
    ]
    originals = [url for link in links if (url := page.absolute(link)) and is_picture_name(url)]
    images = file.xpath(".//img")
    width = whole_number(images[0].get("data-file-width")) if images else None
    height = whole_number(images[0].get("data-file-height")) if images else None
    shown = [candidate for image in images for candidate in _versions(page, image)]
    found = once([*(Candidate(url, Clue.DOWNLOAD, width, height) for url in originals[:1]), *shown])
    facts = _facts(page)
    pictures = (Picture(found, facts),) if found else ()
    return Reading(frozenset({Kind.DETAIL}), pictures=pictures, facts=facts)


def _versions(page: Page, image: Any) -> Iterator[Candidate]:
    """Yield the original that a thumbnail tells, then what is shown."""
    links = [part.split()[0] for part in (image.get("srcset") or "").split(",") if part.strip()]
    urls = [
        url for link in [*reversed(links), image.get("src") or ""] if (url := page.absolute(link))
    ]
    width, height = (whole_number(image.get(f"data-file-{n}")) for n in ("width", "height"))
    for url in urls:
        if original := original_of(url):
            yield Candidate(original, Clue.NAME, width, height)
    for url in urls:
        yield Candidate(url, Clue.SHOWN, is_preview=original_of(url) is not None)


def _card(page: Page, image: Any) -> Card | None:
    above = list(islice(image.iterancestors(), _NEAREST))
    box = next((each for each in above if _is_box(each)), None)
    link = next((each for each in above if each.tag == "a"), None)
    if box is None or link is None:
        return None
    url = page.absolute(link.get("href") or "")
    if url is None or (whole_number(image.get("width")) or _SMALLEST) < _SMALLEST:
        return None
    words = box.xpath(".//*[contains(@class, 'gallerytext') or self::figcaption]")
    caption = plain(words[0].text_content()) if words else None
    title = _without_ending(name_of(url).partition(":")[2] or name_of(url))
    facts = Facts(title=title, description=caption if caption and title not in caption else None)
    return Card(url, "wiki file", Picture(once(_versions(page, image)), facts))


def _is_box(element: Any) -> bool:
    is_figure = element.tag == "figure" and "mw:File" in (element.get("typeof") or "")
    return is_figure or bool(_BOX.search(element.get("class") or ""))


def _subcategories(page: Page) -> list[Card]:
    links = page.selector.root.xpath("//*[@id='mw-subcategories']//li//a[@title]")
    found = {}
    for link in links:
        if url := page.absolute(link.get("href") or ""):
            found[url] = Card(
                url, "wiki category", Picture((), Facts(title=plain(link.text_content())))
            )
    return list(found.values())


def _next_pages(page: Page) -> tuple[str, ...]:
    """Return the next page of the files or subcategories; ``fileuntil=`` leads back."""
    links = page.selector.root.xpath("//a[contains(@href, 'from=')]/@href")
    onwards = [link for link in links if re.search(r"[?&](?:file|subcat)from=", link)]
    return tuple(dict.fromkeys(filter(None, map(page.absolute, onwards))))


def _title(page: Page) -> str | None:
    return page.text_of(("h1#firstHeading::text", "h1#firstHeading", "h1"))


def _without_ending(name: str) -> str:
    return re.sub(r"\.\w{2,5}$", "", name.replace("_", " ")).strip()


def _facts(page: Page) -> Facts:
    heading = page.text_of(("h1#firstHeading", "h1")) or ""
    name = heading.partition(":")[2] or heading
    return Facts(
        title=_without_ending(name) or None,
        tags=tuple(page.texts("#mw-normal-catlinks ul li a")),
        author=page.text_of(_INFORMATION.format("aut")),
        license=first_text(
            *page.texts("//*[contains(@class, 'licensetpl_link')]"),
            *page.links("a[rel~=license]::attr(href)"),
        ),
        published=date_of(
            first_text(
                *page.texts("//*[@id='fileinfotpl_date']/following-sibling::td[1]//time/@datetime")
            )
            or page.text_of(_INFORMATION.format("date"))
        ),
        description=page.text_of(_INFORMATION.format("desc")),
    )
