"""Machine-readable descriptions of galleries: which a page names, and what each tells.

``sources_of`` names them and ``read_source`` reads what one answers;
``read_software`` reads pages whose software is known by more than its looks.
None of them makes a request: an answer that has further pages names them in
``next_pages``, and what it leads to in ``sources``.
"""

from collections.abc import Callable

from spiders_project.pages.generic.loose import json_of
from spiders_project.pages.generic.sources.buckets import read_bucket
from spiders_project.pages.generic.sources.data import read_data
from spiders_project.pages.generic.sources.directory_index import is_directory_index, read_index
from spiders_project.pages.generic.sources.feeds import read_feed
from spiders_project.pages.generic.sources.iiif import is_iiif, read_iiif
from spiders_project.pages.generic.sources.json_feed import is_json_feed, read_json_feed
from spiders_project.pages.generic.sources.listings import read_listing
from spiders_project.pages.generic.sources.mediawiki import is_mediawiki, read_wiki_page
from spiders_project.pages.generic.sources.mediawiki_api import read_query
from spiders_project.pages.generic.sources.naming import (
    known_places,
    sitemaps_of_robots,
    sources_of,
)
from spiders_project.pages.generic.sources.oembed import read_oembed
from spiders_project.pages.generic.sources.script_source import read_script
from spiders_project.pages.generic.sources.sitemaps import read_sitemap
from spiders_project.pages.generic.sources.wordpress import read_media
from spiders_project.pages.generic.sources.xml import root_of, tag_of, unpacked
from spiders_project.pages.generic.sources.xml_data import read_xml
from spiders_project.pages.generic.values import Reading
from spiders_project.pages.page import Page

__all__ = [
    "XML_DATA",
    "is_directory_index",
    "kind_of_document",
    "known_places",
    "read_index",
    "read_software",
    "read_source",
    "sitemaps_of_robots",
    "sources_of",
]


XML_DATA = "xml-data"
"""Kind of a document that is XML, and of no known vocabulary."""
_BY_ITSELF: dict[str, Callable[[Page], Reading]] = {
    "iiif": read_iiif,
    "mediawiki": read_query,
    "wordpress": read_media,
    "oembed": read_oembed,
}
_WITHIN_SCOPE: dict[str, Callable[[Page, str | None], Reading]] = {
    "sitemap": read_sitemap,
    "feed": read_feed,
    "json-feed": read_json_feed,
}
_FROM_GALLERY: dict[str, Callable[[Page, str | None], Reading]] = {
    "data": read_data,
    "script": read_script,
    XML_DATA: read_xml,
}


def read_source(
    kind: str, page: Page, gallery: str | None = None, scope: str | None = None
) -> Reading:
    """Return what a source answered.

    ``kind`` is that of the ``Source``; a document that shows to be of another
    kind is read as what it is. ``gallery`` is the address of the page that
    named the source: what relative links in scripts and their data start
    from. ``scope`` is the beginning of the addresses that belong to the
    gallery: entries of sitemaps and feeds outside of it are left out.
    """
    if listing := read_bucket(page) or read_listing(page):
        return listing
    kind = kind_of_document(page) or kind
    if kind in _BY_ITSELF:
        return _BY_ITSELF[kind](page)
    if kind in _WITHIN_SCOPE:
        return _WITHIN_SCOPE[kind](page, scope)
    return _FROM_GALLERY.get(kind, read_data)(page, gallery)


def kind_of_document(page: Page) -> str | None:
    """Return the kind of source that a document shows to be, None where it shows nothing."""
    text = unpacked(page).text.lstrip("\ufeff \t\r\n")
    if text[:1] in ("{", "[") and '"media_details"' in text and '"source_url"' in text:
        return "wordpress"
    if text[:1] == "{":
        return _kind_of_json(text)
    if text[:1] != "<" or text[:9].lower().startswith(("<!doctype", "<html")):
        return None
    root = root_of(unpacked(page))
    tag = tag_of(root) if root is not None else ""
    if tag in ("urlset", "sitemapindex"):
        return "sitemap"
    if tag in ("rss", "rdf", "feed"):
        return "feed"
    return None if tag in ("", "html", "oembed") else XML_DATA


_KNOWN_IN_JSON = (
    "iiif.io/api/",
    "jsonfeed.org",
    "shared-canvas",
    # Presentation 3 without its context, which some builders leave out.
    '"Manifest"',
    '"Collection"',
)


def _kind_of_json(text: str) -> str | None:
    if not any(word in text for word in _KNOWN_IN_JSON):
        return None
    value = json_of(text)
    if is_json_feed(value):
        return "json-feed"
    return "iiif" if is_iiif(value) else None


def read_software(page: Page) -> Reading | None:
    """Return what a page shows whose software is certain; None for all other pages.

    Those are directory indexes of web servers, for people and for programs,
    listings of buckets, and pages of a MediaWiki that show files.
    """
    if listing := read_bucket(page) or read_listing(page):
        return listing
    if is_mediawiki(page):
        return read_wiki_page(page)
    return read_index(page) if is_directory_index(page) else None
