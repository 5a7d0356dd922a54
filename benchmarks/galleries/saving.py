"""Saves a few pages of each gallery with what they show, for tests that need no software."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

from benchmarks.galleries.explore import Found, targets
from benchmarks.galleries.gallery import Gallery
from benchmarks.galleries.pictures import Album
from benchmarks.galleries.recognition import Seen, look_at
from benchmarks.galleries.running import serving
from benchmarks.galleries.truth import Offer, truth_of
from benchmarks.galleries.workshop import Workshop
from benchmarks.processes import PROJECT

FOLDER = PROJECT / "tests" / "fixtures" / "galleries" / "built"
_HOST = "http://gallery.test"
_LARGEST = 60_000
_SCRIPT = re.compile(rb"<script.*?</script>", re.DOTALL | re.IGNORECASE)
_BREAK = re.compile(r"\n {5,}|\n {4}(?=})")
"""Line breaks within what is told of one picture."""
_LISTINGS = 2
_SEVERAL = 3


@dataclass(frozen=True)
class Shown:
    """A picture that a page shows or leads to."""

    originals: Sequence[str]
    """Its address, whether the page names it or not, and those of its equals."""
    names_original: bool
    details: Sequence[str]
    """Pages of this picture alone that the page links."""
    copies: Sequence[str]
    """All its versions that the page names."""
    titles: Sequence[str]


@dataclass(frozen=True)
class SavedPage:
    """What is known of a saved page."""

    file: str
    url: str
    content_type: str
    is_detail: bool
    pictures: Sequence[Shown]
    others: Sequence[str]
    """Pages that it links and that are about other pictures."""
    further: Sequence[str]
    """Other pages of the same listing."""
    following: Sequence[str]
    """Those of them that come after this one."""


class _Map:
    """Which page of a gallery shows which pictures."""

    def __init__(self, seen: Seen, offers: Sequence[Offer]):
        self.pages = {page.url: page for page in seen.texts if "html" in page.kind}
        self.copies = {url: copy.picture.number for url, copy in seen.copies.items()}
        self.offers = {offer.number: offer for offer in offers}
        self.equals = {offer.number: _equals(seen, offer) for offer in offers}
        self.links = {url: set(targets(page, url)) for url, page in self.pages.items()}
        self.outside = {url: _outside_scripts(page) for url, page in self.pages.items()}
        self.details = {url: found[0] for url in self.pages if (found := self._alone(url))}
        self.listings = [url for url in self.pages if self._is_listing(url)]

    def numbers(self, url: str) -> list[int]:
        """Return the pictures that a page names or whose detail pages it links."""
        shown = {self.copies[link] for link in self.links[url] & self.copies.keys()}
        return sorted(shown or {self.details[link] for link in self._led_to(url)})

    def leads_elsewhere(self, url: str) -> list[str]:
        """Return the other pages with pictures that a page links: not the details of its own.

        A page with one cover, which leads to an album, looks like one that is about a picture.
        """
        own = set(self.numbers(url))
        linked = (self.links[url] & self.pages.keys()) - {url}
        return sorted(
            link for link in linked if self.numbers(link) and self.details.get(link) not in own
        )

    def _led_to(self, url: str) -> set[str]:
        return self.links[url] & self.details.keys()

    def _alone(self, url: str) -> list[int]:
        """Return the picture that a page is about, if it is about one."""
        in_all = {self.copies[link] for link in self.links[url] & self.copies.keys()}
        named = {self.copies[link] for link in self.outside[url] & self.copies.keys()}
        best = {each for each in named if self.outside[url].intersection(self.equals[each])}
        # Scripts may load the next and the previous one.
        return list(best or named) if len(best or named) == 1 and len(in_all) <= _SEVERAL else []

    def _is_listing(self, url: str) -> bool:
        return url not in self.details and len(self.numbers(url)) >= _SEVERAL

    def copies_on(self, url: str) -> int:
        """Return how many pictures a page shows itself."""
        return len({self.copies[link] for link in self.links[url] & self.copies.keys()})


def save(gallery: Gallery, workshop: Workshop, album: Album) -> Path:
    """Write pages and manifest of a gallery that was built; return its folder."""
    folder = FOLDER / gallery.name
    folder.mkdir(parents=True, exist_ok=True)
    with serving(gallery, workshop) as served:
        seen = look_at([served.url + gallery.start], album)
        host = served.url
    truth = truth_of(seen, album, by_files=gallery.is_named_by_files)
    known = _Map(seen, truth.offers)
    saved = []
    for name, url in _chosen(known, host + gallery.start):
        page = known.pages[url]
        (folder / name).write_bytes(page.body.replace(host.encode(), _HOST.encode()))
        saved.append(asdict(_describe(gallery, known, page, name)))
    manifest = {"software": workshop.versions(), "label": gallery.label, "pages": saved}
    text = _BREAK.sub(" ", json.dumps(manifest, indent=1, ensure_ascii=False))
    (folder / "manifest.json").write_text(text.replace(host, _HOST) + "\n", encoding="utf-8")
    return folder


def _equals(seen: Seen, offer: Offer) -> list[str]:
    """Return the addresses of an original and of files that are as good, that one first."""
    marks = (offer.sha256, *offer.also)
    found = [(marks.index(c.sha256), url) for url, c in seen.copies.items() if c.sha256 in marks]
    return [url for _, url in sorted(found)]


def _outside_scripts(page: Found) -> set[str]:
    """Return the links of a page but for words that look like some, and what scripts load."""
    body = _SCRIPT.sub(b"", page.body)
    return set(targets(replace(page, body=body), page.url, in_attributes=True))


def _once(texts: Iterable[Found]) -> list[Found]:
    """Return each page at its first address only."""
    return list({text.body: text for text in reversed([*texts])}.values())[::-1]


def _chosen(known: _Map, start: str) -> list[tuple[str, str]]:
    """Return names and addresses of the pages to save: the first, two listings, a detail page."""
    small = [page.url for page in _once(known.pages.values()) if len(page.body) <= _LARGEST]
    listings = [url for url in small if url in known.listings]
    listings.sort(key=lambda url: known.copies_on(url) < _SEVERAL)
    first = [url for url in small if urlsplit(url).path == urlsplit(start).path][:1]
    kept = list(dict.fromkeys([*first, *listings[:_LISTINGS]]))
    linked = set().union(*(known.links[url] for url in kept))
    # Not the first one, which has none before it.
    details = [url for url in small if url in known.details and url in linked - set(kept)][1:2]
    chosen = list(zip(("start.html", "listing.html", "album.html"), kept, strict=False))
    return [*chosen, *(("detail.html", url) for url in details)]


def _describe(gallery: Gallery, known: _Map, page: Found, name: str) -> SavedPage:
    url = page.url
    is_detail = name == "detail.html"
    further = [] if is_detail else sorted(_further(gallery, known.links[url], url))
    numbers = [known.details[url]] if is_detail else known.numbers(url)
    return SavedPage(
        file=name,
        url=url,
        content_type=page.content_type,
        is_detail=is_detail,
        pictures=[_shown(known, url, number) for number in numbers],
        others=known.leads_elsewhere(url),
        further=further,
        following=[link for link in further if _number(link) > _number(url)],
    )


def _further(gallery: Gallery, links: set[str], url: str) -> Iterator[str]:
    """Yield the further pages of the listing that a page is one of."""
    if not gallery.further:
        return
    here, own = url.removesuffix("index.html"), _place(gallery, url)
    for link in links:
        is_further = re.search(gallery.further, _tail(link)) and _place(gallery, link) == own
        if is_further and link.removesuffix("index.html") != here:
            yield link


def _number(url: str) -> int:
    """Return the number of a page among those of its listing; the first may have none."""
    found = re.findall(r"\d+", _tail(url))
    return int(found[-1]) if found else 0


def _place(gallery: Gallery, url: str) -> str:
    """Return what the pages of one listing have in common: their address but for its number."""
    return re.sub(gallery.further, "", _tail(url)).strip("/?")


def _tail(url: str) -> str:
    parts = urlsplit(url)
    path = f"{parts.path}index.html" if parts.path.endswith("/") else parts.path
    return f"{unquote(path)}?{parts.query}"


def _shown(known: _Map, url: str, number: int) -> Shown:
    links = known.links[url]
    originals = known.equals[number]
    return Shown(
        originals=originals,
        names_original=bool(links.intersection(originals)),
        details=sorted(link for link in links if known.details.get(link) == number),
        copies=sorted(link for link in links if known.copies.get(link) == number),
        titles=known.offers[number].titles,
    )
