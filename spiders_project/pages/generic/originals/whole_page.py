"""The candidates of a page that is about one picture, from all of the page."""

from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from spiders_project.pages.generic.originals.addresses import Nature, is_ornament, nature_of
from spiders_project.pages.generic.originals.links import download_of, pixels
from spiders_project.pages.generic.originals.names import same_picture
from spiders_project.pages.generic.originals.records import Record
from spiders_project.pages.generic.originals.scripts import records_in_scripts
from spiders_project.pages.generic.originals.structured import pictures_in_json_ld
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
    found += downloads if _are_of_one(downloads) else _agreeing(downloads, known)
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
    files = [one.url for one in downloads if nature_of(one.url) is Nature.FILE]
    if len(files) < 2:
        return len(downloads) <= 30
    return all(same_picture(files[0], url) for url in files[1:])


def _agreeing(downloads: list[Candidate], known: list[str]) -> Iterator[Candidate]:
    for one in downloads:
        if any(same_picture(one.url, url) for url in known):
            yield one


def _own_records(page: Page, records: tuple[Record, ...], known: list[str]) -> Iterator[Record]:
    """Yield the records of scripts that are the page's own picture."""
    if len(records) == 1:
        yield records[0]
        return
    pieces = {unquote(piece) for piece in urlsplit(page.url).path.split("/")[-3:] if piece}
    for record in records:
        urls = [one.url for one in record.picture.candidates[:4]]
        if record.names & pieces or any(same_picture(a, b) for a in urls for b in known[:4]):
            yield record
