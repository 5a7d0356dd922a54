"""What a crawl yields: one item for each detail page, with the pictures found on it."""

from dataclasses import dataclass, field
from typing import TypedDict


class StoredPicture(TypedDict):
    """One entry of ``images``: a picture that lies in the store, in Scrapy's convention."""

    url: str
    """Address it was asked for at."""
    path: str
    """Place in the store, relative to IMAGES_STORE, with ``/`` on every system."""
    checksum: str
    """MD5 of the stored bytes, as Scrapy's pipelines give it."""
    sha256: str
    size_bytes: int
    format: str
    """What the bytes are: JPEG, PNG, WEBP, GIF, ..."""
    width: int
    """Pixels, as displayed (after EXIF orientation)."""
    height: int
    phash: str | None
    """Perceptual hash in hex digits."""
    thumbnail: str | None
    """Small picture for browsing, relative to THUMBS_STORE."""
    status: str
    """An outcome: downloaded, unchanged, duplicate, similar."""
    duplicate_of: str | None
    """Path of the picture with the same bytes, for duplicates."""
    similar_to: str | None
    """Path of a picture that looks the same (re-encoded, resized) and was there first."""
    is_recommended: bool
    """False where one that looks the same is larger."""
    is_placeholder: bool
    """True where the same bytes lie behind so many titles that none can mean them."""
    frames: int
    """More than 1 for animations."""
    colours: list[str]
    """Up to five dominant colours as ``#rrggbb``, the one with the largest share first."""
    metadata: dict[str, str]
    """What the file says about itself (IPTC, XMP, EXIF), by the names of the item's fields."""
    trailing_bytes: int
    """Bytes behind the end of the picture, such as the film of a motion photo."""
    opt_outs: list[str]
    """Uses that the owner reserves: noai, noimageai, noindex, noimageindex, tdm-reservation."""


class Failure(TypedDict):
    """One entry of ``failures``: a picture address that ended without a stored picture."""

    url: str
    outcome: str
    reason: str


@dataclass
class PictureItem:
    """One picture, or one set of pictures that share a detail page."""

    site: str
    """Name of the site, as ``scrapy sites`` lists it."""
    category: str
    """Category of the listing it was found on."""
    title: str
    page_url: str
    """Address of the detail page."""
    image_urls: list[str]
    """Addresses of the originals on the page, in page order."""
    original_by: list[str] = field(default_factory=list)
    """Why each was taken for it: ``link``, ``srcset``, ``json-ld``, ...; ``site-file`` where
    a site file says so."""
    alternatives: dict[str, list[str]] = field(default_factory=dict)
    """Where else the same picture lies, likelier originals first: what is tried where the first
    address leads to no picture."""
    images: list[StoredPicture] = field(default_factory=list)
    """Filled by the images pipeline."""
    tags: list[str] = field(default_factory=list)
    author: str | None = None
    license: str | None = None
    """Address of the licence where the page links one, otherwise its words."""
    published: str | None = None
    """ISO 8601 date, or date and time, as the page gives it."""
    description: str | None = None
    """What the page does not say of title, author, license, published and description, the first
    picture's own metadata may: the images pipeline fills it in."""
    opt_outs: list[str] = field(default_factory=list)
    """What the page says, as in ``images``; each picture adds what its own headers say."""
    crawled_at: str | None = None
    """ISO 8601 time (UTC) when the page was read."""
    failures: list[Failure] = field(default_factory=list)
    """Filled by the images pipeline."""
