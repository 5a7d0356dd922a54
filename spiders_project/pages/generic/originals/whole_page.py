"""The candidates of a page that is about one picture, from all of the page."""

import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from spiders_project.pages.generic.loose import pixels
from spiders_project.pages.generic.originals.links import download_of
from spiders_project.pages.generic.originals.scripts import Record, records_in_scripts
from spiders_project.pages.generic.originals.structured import pictures_in_json_ld
from spiders_project.pages.generic.spelling.addresses import Nature, is_ornament, nature_of
from spiders_project.pages.generic.spelling.sameness import same_picture
from spiders_project.pages.generic.values import Candidate, Clue
from spiders_project.pages.page import Page

_META = (
    "og:image:secure_url",
    "og:image:url",
    "og:image",
    "twitter:image",
    "twitter:image:src",
    "thumbnail",
)
_MOST_LINKS = 60
_MOST_SIZES = 30
_WORD = re.compile(r"[\w-]+")


def candidates_of_page(page: Page) -> tuple[Candidate, ...]:
    """Return the addresses at which the one picture of a detail page may lie.

    From meta tags, JSON-LD, download links and scripts; where a page tells of several pictures
    in one of these places, only what agrees with another place is the page's own.
    """
    found = list(_of_meta(page))
    downloads = list(_of_downloads(page))
    described = pictures_in_json_ld(page)
    if len(described) == 1:
        found += described[0].candidates
    known = [one.url for one in found if not is_ornament(one.url)]
    for picture in described if len(described) > 1 else ():
        if any(same_picture(picture.candidates[0].url, url) for url in known):
            found += picture.candidates
    if not _are_of_one(downloads):
        downloads = [one for one in downloads if _is_own(page, one, known)]
    found += downloads
    known += [one.url for one in downloads if nature_of(one.url) is Nature.FILE]
    for record in _own_records(page, records_in_scripts(page), known):
        found += record.picture.candidates
    return tuple(dict.fromkeys(found))


def _of_meta(page: Page) -> Iterator[Candidate]:
    sizes: dict[str, int | None] = {}
    links: dict[str, str] = {}
    for meta in page.selector.root.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        content = meta.get("content") or ""
        if name in ("og:image:width", "og:image:height"):
            sizes.setdefault(name, pixels(content))
        elif name in _META or name == "image":
            links.setdefault(name, content)
    size = sizes.get("og:image:width"), sizes.get("og:image:height")
    for name, link in links.items():
        if url := page.absolute(link):
            known = size if name.startswith("og:") else (None, None)
            small = name == "thumbnail"
            yield Candidate(url, Clue.META, *known, is_preview=small, label=name)
    for tag in page.selector.root.iter("link"):
        if (tag.get("rel") or "").lower() == "image_src" and (
            url := page.absolute(tag.get("href") or "")
        ):
            yield Candidate(url, Clue.META, label="image_src")


def _of_downloads(page: Page) -> Iterator[Candidate]:
    count = 0
    for link in page.selector.root.iter("a"):
        if candidate := download_of(page, link):
            yield candidate
            count += 1
            if count == _MOST_LINKS:
                return


def _are_of_one(downloads: list[Candidate]) -> bool:
    """Return whether download links are of one picture: alike, or each called otherwise."""
    if len(downloads) < 2:
        return True
    first = downloads[0].url
    files = [one for one in downloads if nature_of(one.url) is Nature.FILE]
    labels = {one.label for one in downloads}
    urls = {one.url for one in downloads}
    if len(files) < 2 and len(labels) == len(urls) <= _MOST_SIZES:
        return True
    return all(same_picture(first, url) for url in urls)


def _is_own(page: Page, one: Candidate, known: list[str]) -> bool:
    """Return whether one of many downloads is of the picture that the page is about."""
    if any(same_picture(one.url, url) for url in known):
        return True
    target = urlsplit(one.url)
    return bool(_pieces(page) & set(_WORD.findall(f"{target.path} {target.query}")))


def _pieces(page: Page) -> set[str]:
    """Return by which names the address of a page may call its picture."""
    address = urlsplit(page.url)
    last = unquote(address.path).rstrip("/").rpartition("/")[2]
    pieces = {last.partition(".")[0], *_WORD.findall(f"{last} {address.query}")}
    return {piece for piece in pieces if any(map(str.isdigit, piece)) or len(piece) > 5}


def _own_records(page: Page, records: tuple[Record, ...], known: list[str]) -> Iterator[Record]:
    """Yield the records of scripts that are the page's own picture."""
    if len(records) == 1:
        yield records[0]
        return
    pieces = _pieces(page)
    pieces |= {unquote(piece) for piece in urlsplit(page.url).path.split("/")[-3:] if piece}
    for record in records:
        urls = [one.url for one in record.picture.candidates[:4]]
        if record.names & pieces or any(same_picture(a, b) for a in urls for b in known[:4]):
            yield record
