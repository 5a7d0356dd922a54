"""A site as declarations: where its listings are and what to read on its pages."""

import re
from dataclasses import dataclass, field
from typing import ClassVar
from urllib.parse import quote, unquote, urlsplit

from spiders_project.errors import WrongInput
from spiders_project.pages.page import Page
from spiders_project.urls import host_of, split_web_address

Selectors = str | tuple[str, ...]
"""One selector, or several of which the first that finds something counts."""


@dataclass(frozen=True)
class Listing:
    """What a listing page says."""

    cards: list[str]
    """Addresses of the detail pages, in page order."""
    next_page: str | None
    """Address of the next listing page; None where the page knows of none."""


@dataclass(frozen=True)
class Detail:
    """What a detail page says of its picture or set of pictures."""

    title: str | None
    image_urls: list[str]
    tags: list[str] = field(default_factory=list)
    author: str | None = None
    license: str | None = None
    published: str | None = None
    description: str | None = None


class Site:
    """A site file subclasses this: declarations first, a method only where the site is odd.

    All attributes below are facts about the site. Selectors are CSS with
    ``::attr(name)`` or ``::text``, or XPath; several in a tuple are tried in order.
    """

    name: ClassVar[str]
    """What a person types after ``site=``."""
    revision: ClassVar[str] = ""
    """A digest of the site file, which the registry sets."""
    is_described: ClassVar[bool] = True
    """False for a gallery that is read as it is, without declarations."""
    label: ClassVar[str]
    """A few words for ``scrapy sites``."""
    root: ClassVar[str]
    """Where the site lives, such as ``https://www.example.org``, without a slash at the end."""
    hosts: ClassVar[tuple[str, ...]]
    """Hosts whose addresses are read with this file; pictures may lie anywhere."""
    verified: ClassVar[str]
    """Against what the declarations were last checked, and when."""

    categories: ClassVar[dict[str, str]] = {}
    """Known categories: the word in the address, and its title."""
    has_other_categories: ClassVar[bool] = False
    """True where the site has more categories than the ones listed here."""
    default_categories: ClassVar[tuple[str, ...]] = ()
    """Crawled when no category is asked for; empty means all known ones."""

    listing_address: ClassVar[str]
    """First listing page, with ``{root}`` and ``{category}``."""
    listing_page_address: ClassVar[str | None] = None
    """Later listing pages, with ``{page}`` too, where pages are counted in the address."""
    next_link: ClassVar[Selectors | None] = None
    """The link to the next listing page, where pages are linked."""
    card_link: ClassVar[Selectors]
    """The links from a listing to detail pages."""

    picture: ClassVar[Selectors]
    """The addresses of the originals on a detail page."""
    title: ClassVar[Selectors]
    tags: ClassVar[Selectors | None] = None
    author: ClassVar[Selectors | None] = None
    license: ClassVar[Selectors | None] = None
    published: ClassVar[Selectors | None] = None
    description: ClassVar[Selectors | None] = None

    headers: ClassVar[dict[str, str]] = {}
    """Sent with requests to the hosts of the site, and to no others."""
    concurrent_requests: ClassVar[int] = 4
    """Requests at once to one host of the site."""
    delay_seconds: ClassVar[float] = 0.5
    """Mean time between two requests to one host of the site."""

    def __init__(self, root: str | None = None) -> None:
        """Read the site at its own address, or at that of a mirror."""
        self.address = (root or self.root).rstrip("/")

    def listing_url(self, category: str, page: int = 1) -> str:
        """Return the address of a listing page, counted from 1."""
        pattern = self.listing_address
        if page > 1:
            if self.listing_page_address is None:
                raise ValueError(f"the pages of {self.name} are linked, not counted")
            pattern = self.listing_page_address
        return pattern.format(root=self.address, category=quote(category, safe=""), page=page)

    def has(self, address: str) -> bool:
        """Tell whether an address lies on the site, and not on one that it links to."""
        hosts = {host_of(self.address), *(netloc.partition(":")[0] for netloc in self.hosts)}
        return host_of(address) in hosts

    def category_of(self, address: str) -> str | None:
        """Return the category whose listing an address shows.

        None for anything but an address; raises WrongInput for an address of the
        site that is neither its front page nor a listing.
        """
        parts = split_web_address(address)
        is_front = parts is None or parts.path in ("", "/", urlsplit(self.address).path + "/")
        if parts is None or (is_front and not parts.query):
            return None
        for pattern in filter(None, (self.listing_address, self.listing_page_address)):
            asked = f"{parts.path}?{parts.query}" if "?" in pattern else parts.path
            if match := re.fullmatch(self._as_expression(pattern), asked):
                named = match.groupdict().get("category")
                # A site whose listings name none has a single category.
                return unquote(named) if named else next(iter(self.categories), None)
        if is_front:
            return None
        example = self.listing_url(next(iter(self.categories), "CATEGORY"))
        raise WrongInput(
            f"site={address} is no listing of {self.name}; "
            f"give its front page {self.root}/ or a listing such as {example}"
        )

    def _as_expression(self, pattern: str) -> str:
        """Return a regular expression for the path, and the query, of a listing address."""
        parts = urlsplit(pattern.replace("{root}", self.address))
        path = re.escape(parts.path + (f"?{parts.query}" if parts.query else ""))
        path = path.replace(r"\{page\}", r"\d+")
        return path.replace(r"\{category\}", "(?P<category>[^/?&]+)")

    def read_listing(self, page: Page) -> Listing:
        """Return the cards of a listing page and its next page."""
        next_links = page.links(self.next_link) if self.next_link else []
        return Listing(
            cards=page.links(self.card_link),
            next_page=next((link for link in next_links if link != page.url), None),
        )

    def read_detail(self, page: Page) -> Detail:
        """Return what a detail page says."""
        return Detail(
            title=page.text_of(self.title),
            image_urls=page.links(self.picture),
            tags=page.texts(self.tags) if self.tags else [],
            author=page.text_of(self.author) if self.author else None,
            license=page.text_of(self.license) if self.license else None,
            published=page.text_of(self.published) if self.published else None,
            description=page.text_of(self.description) if self.description else None,
        )
