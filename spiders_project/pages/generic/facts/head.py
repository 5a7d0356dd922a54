"""What the head of a page says: OpenGraph, Twitter cards, Dublin Core, names of the site."""

from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from spiders_project.pages.generic.facts.evidence import Evidence, Voice
from spiders_project.pages.generic.facts.ground import Ground
from spiders_project.pages.generic.facts.roles import Role
from spiders_project.pages.generic.facts.schema import NAMING_THE_SITE, types_of, words_in
from spiders_project.pages.generic.texts import clean, text_of
from spiders_project.pages.page import Page

_METAS: tuple[tuple[Role, Voice, tuple[str, ...]], ...] = (
    (Role.TITLE, Voice.META, ("og:title", "twitter:title", "dc.title", "dcterms.title", "title")),
    (Role.AUTHOR, Voice.META, ("article:author", "og:author", "dc.creator", "dcterms.creator")),
    (Role.AUTHOR, Voice.HEAD, ("author", "sailthru.author", "parsely-author")),
    (Role.AUTHOR, Voice.NAME, ("twitter:creator",)),
    (Role.LICENSE, Voice.META, ("dcterms.license", "dc.license", "license")),
    (Role.LICENSE, Voice.HEAD, ("dc.rights", "dcterms.rights")),
    (
        Role.PUBLISHED,
        Voice.META,
        (
            "article:published_time",
            "og:published_time",
            "og:article:published_time",
            "datepublished",
        ),
    ),
    (
        Role.PUBLISHED,
        Voice.HEAD,
        (
            "dcterms.issued",
            "dc.date.issued",
            "dcterms.created",
            "dc.date.created",
            "dc.date",
            "dcterms.date",
            "date",
            "pubdate",
            "publish_date",
            "sailthru.date",
            "parsely-pub-date",
        ),
    ),
    (Role.TAG, Voice.META, ("article:tag", "og:video:tag", "book:tag")),
    (Role.TAG, Voice.HEAD, ("dc.subject", "dcterms.subject")),
    (Role.TAG, Voice.NAME, ("keywords", "news_keywords")),
    (Role.CATEGORY, Voice.META, ("article:section", "og:article:section")),
    (
        Role.DESCRIPTION,
        Voice.META,
        ("og:description", "twitter:description", "dc.description", "dcterms.description"),
    ),
    (Role.DESCRIPTION, Voice.HEAD, ("description",)),
)
_SITE_NAMES = ("og:site_name", "application-name", "apple-mobile-web-app-title", "dc.publisher")
_SITE_CLASSES = "site-title site-name sitename site-logo navbar-brand brand logo blog-title".split()
_LONGEST = 200


def head_evidence(page: Page, ground: Ground) -> Iterator[Evidence]:
    """Yield what the metas of a page say."""
    for role, voice, names in _METAS:
        for name in names:
            for content in ground.metas.get(name, ()):
                yield Evidence(role, voice, content)


def site_names(page: Page, ground: Ground) -> Iterator[str]:
    """Yield what a page calls its site."""
    for name in _SITE_NAMES:
        yield from ground.metas.get(name, ())
    for node in ground.nodes:
        if types_of(node) & NAMING_THE_SITE:
            yield from words_in(node.get("name"))
        yield from words_in(node.get("publisher"))
    for element in islice(ground.root.iter("a", "div", "span", "h1", "h2", "p", "img"), 400):
        classes = (element.get("class") or element.get("id") or "").lower().split()
        if any(name in _SITE_CLASSES for name in classes):
            yield from _name_in(element)


def _name_in(element: HtmlElement) -> Iterator[str]:
    yield clean(element.get("alt") or text_of(element), _LONGEST) or ""
