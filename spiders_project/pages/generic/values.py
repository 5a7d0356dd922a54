"""What the generic reader finds on a page."""

from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What a page is; one page can be two at once."""

    LISTING = "listing"
    """It shows previews, each of a picture of its own."""
    ALBUMS = "albums"
    """It shows covers that lead to listings."""
    DETAIL = "detail"
    """It is about one picture, or one set that belongs together."""
    PICTURE = "picture"
    """It is no page but a picture file."""
    NONE = "none"


class Clue(StrEnum):
    """Why an address may be that of an original: what an item says in ``original_by``."""

    LINK = "link"
    """The link around a preview."""
    DOWNLOAD = "download"
    """A ``download`` attribute, or a link whose words say download, original, full size, 原图."""
    SRCSET = "srcset"
    DATA = "data"
    """An attribute such as ``data-full``."""
    LIGHTBOX = "lightbox"
    """The markup of a well-known lightbox library."""
    SCRIPT = "script"
    """JSON or an array in a script or an attribute."""
    JSON_LD = "json-ld"
    """``ImageObject.contentUrl`` and its like."""
    META = "meta"
    """``og:image``, ``image_src``, ``twitter:image``."""
    NAME = "name"
    """The name of the preview without its size word or number; nobody links it."""
    SHOWN = "shown"
    """The picture as the page shows it."""
    FEED = "feed"
    """Media RSS, Atom enclosures, JSON Feed, sitemaps."""
    MANIFEST = "manifest"
    """IIIF."""
    INDEX = "index"
    """A directory index of a web server."""
    API = "api"
    """MediaWiki, WordPress, oEmbed, and what scripts of a page load."""


@dataclass(frozen=True)
class Candidate:
    """An address at which one picture may lie."""

    url: str
    clue: Clue
    width: int | None = None
    """Pixels, as the page claims them; a srcset of ``2x`` tells none."""
    height: int | None = None
    is_preview: bool = False
    """True where the page itself shows it small, so that it is an original only for want of one."""
    label: str = ""
    """What the page calls it, such as ``data-full``, ``url_o`` or the words of a link; of a NAME
    the rule that made it."""
    size_bytes: int | None = None
    """Bytes, as a directory index or a feed claims them; an index may round."""


@dataclass(frozen=True)
class Facts:
    """What a page, or a part of it, says of a picture."""

    title: str | None = None
    tags: tuple[str, ...] = ()
    author: str | None = None
    license: str | None = None
    """Address of the licence where one is linked, otherwise its words."""
    published: str | None = None
    """ISO 8601 date, or date and time, where it can be read as one."""
    description: str | None = None
    category: str | None = None


@dataclass(frozen=True)
class Picture:
    """One picture that a page shows, with all addresses at which its original may lie."""

    candidates: tuple[Candidate, ...]
    """The likeliest original first."""
    facts: Facts = Facts()
    is_doubtful: bool = False
    """True where only a look at the first bytes of several candidates can tell the largest."""


@dataclass(frozen=True)
class Card:
    """One of a group of links that repeat the same structure around a preview."""

    url: str
    """Where it leads: a detail page, a listing, or the picture file itself."""
    shape: str
    """The same for all cards of a group, on all pages of a site: what one of them leads to, the
    others lead to, too."""
    picture: Picture
    """What the card itself tells of its picture; its candidates hold ``url`` too, as LINK, where
    it may be a file. Of an album it is the cover."""


WHERE_NOTHING_ELSE = 5


@dataclass(frozen=True)
class Source:
    """A machine-readable description of the gallery that a page names or that is a known place."""

    url: str
    kind: str
    """sitemap, feed, json-feed, iiif, mediawiki, wordpress, oembed, data, script."""
    is_complete: bool = False
    """True where it tells all pictures of what named it, so that no page need be walked for them;
    a feed tells the newest ones, or nobody knows which."""
    rank: int = 9
    """Sources are asked in this order, the smallest first; those from ``WHERE_NOTHING_ELSE`` on
    are worth a request only where the page itself shows no pictures."""


@dataclass(frozen=True)
class Reading:
    """All that the generic reader finds on one page."""

    kinds: frozenset[Kind]
    cards: tuple[Card, ...] = ()
    pictures: tuple[Picture, ...] = ()
    """Pictures that the page itself offers: those of a detail page, and those of a listing whose
    previews have no link."""
    next_pages: tuple[str, ...] = ()
    """Addresses of further pages of the same listing, in order."""
    sources: tuple[Source, ...] = ()
    facts: Facts = field(default_factory=Facts)
    """What the page says of itself."""
