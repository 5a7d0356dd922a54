"""Finds the machine-readable descriptions that a page names, the most useful first.

All wrong turns of a gallery of n pictures together may cost max(10, n/10)
requests, so a source has to earn its request:

1. IIIF manifests: complete, in order, one request for all pictures with the
   measures and facts of each; a viewer's page shows nothing else.
2. Data that scripts load: complete, since the page itself is made from it.
3. Media RSS for a slide show (``id="gallery"``, Cooliris, PicLens): written
   for this gallery, mostly complete, with originals.
4. The interfaces of MediaWiki and WordPress, asked for just what the page
   shows: complete, at 50 and 100 pictures a request; they add licences,
   authors and uploads that no page links.

From 5 on only where the page shows no pictures of its own:

5. Sitemaps that the page names: complete for the site, but mostly pages only.
6. Scripts of the site itself: they may hold the data, or name it.
7. Feeds below the gallery's own address: the newest ten or twenty of it.
8. oEmbed: one picture a request, scaled down to 1024 pixels mostly.
9. Feeds and media of the whole site: more of other things than of this.
"""

import re
from collections.abc import Iterator
from itertools import chain
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from spiders_project.pages.generic.sources.mediawiki_api import file_requests
from spiders_project.pages.generic.sources.scripts import (
    data_in_attributes,
    data_loaded,
    inline_scripts,
    own_scripts,
)
from spiders_project.pages.generic.sources.wordpress import media_addresses, site_media
from spiders_project.pages.generic.spelling.addresses import folder_of, path_of
from spiders_project.pages.generic.values import Source
from spiders_project.pages.page import Page
from spiders_project.urls import origin_of

_FEEDS = ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "text/xml")
_JSON_FEEDS = ("application/feed+json", "application/json")
_SLIDE_SHOW = re.compile(
    r"piclens|cooliris|slideshow|media ?rss|photos?\.rss|gallery", re.IGNORECASE
)
_COMMENTS = re.compile(r"comment|kommentar|reply|评论", re.IGNORECASE)
_LINK = re.compile(r"[^\"'`\s<>=&,;(){}|]+")
_MANIFEST = re.compile(
    r"/manifest(?:\.json)?$|/info\.json$|/(?:iiif|presentation)/\S*\.json$"
    r"|/iiif/\S*/(?:manifest|collection)|manifest[\w-]*\.json$|/collection[\w-]*\.json$",
    re.IGNORECASE,
)
_LONGEST = 500
_VIEWERS = ("iiif", "mirador", "universalviewer", "openseadragon", "tify", "clover")
_UNIVERSAL_VIEWER = re.compile(r"\buv\b")
_MOST = 12
"""Sources of one kind that a page may name before they are taken for something else."""


def sources_of(page: Page) -> tuple[Source, ...]:
    """Return what a page names, each once, in the order in which it is worth a request."""
    found: dict[str, Source] = {}
    for source in sorted(_named(page), key=lambda each: each.rank):
        if source.url != page.url:
            found.setdefault(source.url, source)
    counts: dict[str, int] = {}
    kept = []
    for source in found.values():
        counts[source.kind] = counts.get(source.kind, 0) + 1
        if counts[source.kind] <= _MOST:
            kept.append(source)
    return tuple(kept)


def known_places(url: str) -> tuple[Source, ...]:
    """Return what nobody names and many sites have; each is a guess that costs a request."""
    place = origin_of(url) + "/sitemap.xml"
    return (Source(place, "sitemap", is_complete=True, rank=9),) if origin_of(url) else ()


def sitemaps_of_robots(page: Page) -> tuple[Source, ...]:
    """Return the sitemaps that a robots.txt names (sitemaps.org, protocol)."""
    lines = re.findall(r"^\s*sitemap\s*:\s*(\S+)", page.text, re.IGNORECASE | re.MULTILINE)
    urls = dict.fromkeys(filter(None, map(page.absolute, lines)))
    return tuple(Source(url, "sitemap", is_complete=True, rank=5) for url in urls)


def _named(page: Page) -> Iterator[Source]:
    links = list(page.selector.root.iter("link"))
    yield from _manifests(page, links)
    yield from _data(page)
    yield from (each for link in links for each in _linked(page, link))
    yield from _wiki(page)
    yield from _wordpress(page, links)
    for relation, url in page.header_links:
        if relation == "sitemap":
            yield Source(url, "sitemap", is_complete=True, rank=5)


def _linked(page: Page, link: Any) -> Iterator[Source]:
    """Yield what a ``link`` element names: sitemaps, feeds, oEmbed."""
    relations = (link.get("rel") or "").lower().split()
    kind = (link.get("type") or "").partition(";")[0].strip().lower()
    url = page.absolute(link.get("href") or "")
    if url is None:
        return
    if "sitemap" in relations:
        yield Source(url, "sitemap", is_complete=True, rank=5)
    elif kind.endswith("+oembed"):
        yield Source(url, "oembed", rank=8)
    elif not {"alternate", "feed", "service.feed"} & set(relations):
        return
    elif kind in _FEEDS:
        yield _feed(page, link, url, "feed")
    elif kind == "application/feed+json" or (kind in _JSON_FEEDS and "feed" in path_of(url)):
        yield _feed(page, link, url, "json-feed")


def _feed(page: Page, link: Any, url: str, kind: str) -> Source:
    title = f"{link.get('title') or ''} {link.get('id') or ''} {path_of(url).rpartition('/')[2]}"
    if _COMMENTS.search(title) or "comments" in path_of(url):
        return Source(url, kind, rank=9)
    if (link.get("id") or "").lower() == "gallery" or _SLIDE_SHOW.search(title):
        return Source(url, kind, is_complete=True, rank=3)
    here = folder_of(page.url)
    is_deep = here.count("/") > 3
    return Source(url, kind, rank=7 if is_deep and url.startswith(here) else 9)


def _manifests(page: Page, links: list[Any]) -> Iterator[Source]:
    told = [
        link.get("href") or ""
        for link in links
        if "iiif.io" in (link.get("type") or "") or "presentation" in (link.get("type") or "")
    ]
    if any(word in page.text for word in ("manifest", "iiif", "data-uri")):
        told += page.selector.root.xpath("//@data-manifest|//@data-iiif-manifest|//@data-uri")
        told += page.selector.root.xpath("//@data-iiif|//@manifest-id|//@iiif-content")
        told += _parameters(page)
    urls = [page.absolute(link) for link in told if "{" not in link]
    if _has_viewer(page.text.lower()):
        application = {
            page.absolute(e.get("href") or "") for e in links if e.get("rel") == "manifest"
        }
        urls += [url for url in _in_text(page) if url not in application]
    for url in dict.fromkeys(filter(None, urls)):
        yield Source(url, "iiif", is_complete=True, rank=1)


def _has_viewer(text: str) -> bool:
    return any(name in text for name in _VIEWERS) or bool(_UNIVERSAL_VIEWER.search(text))


def _in_text(page: Page) -> Iterator[str]:
    """Yield the manifests in the settings of a viewer; one at the root is the application's."""
    for link in _LINK.findall(page.text):
        if len(link) < _LONGEST and _MANIFEST.search(link) and "iiif.io/api/" not in link:
            url = page.absolute(link.replace("\\/", "/"))
            if url and urlsplit(url).path != "/manifest.json":
                yield url


def _parameters(page: Page) -> Iterator[str]:
    """Yield the manifests that viewers are linked with: ``?manifest=``, ``#?manifest=``."""
    for link in chain([page.url], page.selector.root.xpath("//a/@href|//iframe/@src")):
        if "manifest=" in link or "iiif-content=" in link:
            pairs = parse_qsl(link.partition("?")[2].replace("#?", "&"))
            yield from (value for name, value in pairs if name in ("manifest", "iiif-content"))


def _data(page: Page) -> Iterator[Source]:
    links = [
        *data_in_attributes(page),
        *chain.from_iterable(map(data_loaded, inline_scripts(page))),
    ]
    links += page.selector.root.xpath("//link[@rel='preload'][@as='fetch']/@href")
    for url in filter(None, map(page.absolute, links)):
        yield Source(url, "data", is_complete=True, rank=2)
    for url in own_scripts(page):
        yield Source(url, "script", rank=6)


def _wiki(page: Page) -> Iterator[Source]:
    for url in file_requests(page):
        yield Source(url, "mediawiki", is_complete=True, rank=4)


def _wordpress(page: Page, links: list[Any]) -> Iterator[Source]:
    named = [
        page.absolute(e.get("href") or "") for e in links if e.get("rel") == "https://api.w.org/"
    ]
    headed = [url for relation, url in page.header_links if relation == "https://api.w.org/"]
    api = next(filter(None, (*named, *headed)), None)
    if api is None:
        return
    for url in media_addresses(page, api):
        yield Source(url, "wordpress", is_complete=True, rank=4)
    yield Source(site_media(api), "wordpress", rank=9)
