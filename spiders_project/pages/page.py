"""A web page as a value: its address, its text, and what selectors find in it."""

import re
from collections.abc import Iterator
from functools import cached_property
from urllib.parse import urljoin

from parsel import Selector
from w3lib.encoding import html_to_unicode
from w3lib.url import safe_url_string

from spiders_project.politeness.opt_outs import opt_outs_of
from spiders_project.urls import split_web_address

_CONTROLS_AND_SPACE = "".join(map(chr, range(0x21)))
_TABS_AND_LINE_ENDS = dict.fromkeys(map(ord, "\t\r\n"))
_PLAIN = re.compile(
    r"/?(?:[a-zA-Z0-9_][a-zA-Z0-9._-]*/)*[a-zA-Z0-9_][a-zA-Z0-9._-]*(?:\?[\w=&.-]+)?", re.ASCII
)
"""Most links: nothing to quote and no dots to resolve, a path from the folder or from the root."""
_HEADER_LINK = re.compile(r"<([^<>]*)>((?:;|\s|[\w*-]+=(?:\"[^\"<>]*\"|[^\s\",;<>]*))*)")
_RELATION = re.compile(r"\brel=(?:\"([^\"]*)\"|([^\s\",;]+))", re.IGNORECASE)


class Page:
    """One page; every address that it gives is absolute and safe to request."""

    def __init__(
        self,
        url: str,
        body: bytes,
        content_type: str | None = None,
        link_header: str | None = None,
    ) -> None:
        """Read the bytes of a page.

        ``content_type`` is the HTTP header; without a charset in it the bytes
        themselves tell (byte order mark, meta, UTF-8, then the fallbacks of
        w3lib), as in browsers: ``gbk`` is read as its superset gb18030.
        ``link_header`` is another one (RFC 8288), several joined by commas.
        """
        self.url = url
        self.body = body
        """As it came: what is no text, such as a compressed sitemap, is read from it."""
        self.encoding, self.text = html_to_unicode(content_type, body)
        self._link_header = link_header or ""

    @cached_property
    def selector(self) -> Selector:
        """The parsed page, for sites that need more than a declaration."""
        selector = Selector(text=self.text or "<html/>", type="html")
        # lxml makes an element anew for each look at it, unless somebody holds it.
        self._elements = list(selector.root.iter())
        return selector

    @cached_property
    def base_url(self) -> str:
        """The address that relative links start from: ``<base href>`` or the page's own."""
        href = self.selector.xpath("//base/@href").get(default="")
        try:
            base = urljoin(self.url, _trimmed(href))
        except ValueError:
            return self.url
        return base if split_web_address(base) else self.url

    def texts(self, selectors: str | tuple[str, ...]) -> list[str]:
        """Return the texts, stripped and not empty, of the first selector that finds any.

        A selector is CSS with ``::text`` or ``::attr(name)``; XPath where it
        begins with ``/`` or ``(``. Without either, the text of the element.
        """
        for values in self._found(selectors):
            if texts := [text for value in values if (text := " ".join(value.split()))]:
                return texts
        return []

    def text_of(self, selectors: str | tuple[str, ...]) -> str | None:
        """Return the first text that the selectors find, or None."""
        return next(iter(self.texts(selectors)), None)

    def links(self, selectors: str | tuple[str, ...]) -> list[str]:
        """Return the web addresses that the selectors find, absolute, each once, in page order."""
        for values in self._found(selectors):
            addresses = [self.absolute(value) for value in values]
            if links := list(dict.fromkeys(filter(None, addresses))):
                return links
        return []

    def absolute(self, link: str) -> str | None:
        """Return a link as an absolute web address, None where it leads to none.

        ``javascript:``, ``data:`` and ``file:`` are none; the fragment is dropped.
        """
        if link not in self._absolute:
            self._absolute[link] = (
                self._prefixes[link.startswith("/")] + link
                if _PLAIN.fullmatch(link) and all(self._prefixes)
                else self._resolved(link)
            )
        return self._absolute[link]

    @cached_property
    def _absolute(self) -> dict[str, str | None]:
        """What each link of the page leads to: all readers of a page ask for the same ones."""
        return {}

    @cached_property
    def _prefixes(self) -> tuple[str, str]:
        """What stands before a link from the folder of the page, and from the root of the site."""
        folder, root = self._resolved("x"), self._resolved("/x")
        return (folder or "x").removesuffix("x"), (root or "/x").removesuffix("/x")

    def _resolved(self, link: str) -> str | None:
        if not _trimmed(link):
            return None
        try:
            url = safe_url_string(urljoin(self.base_url, _trimmed(link)), self.encoding)
        except ValueError:
            return None
        parts = split_web_address(url)
        return parts._replace(fragment="").geturl() if parts else None

    @cached_property
    def header_links(self) -> list[tuple[str, str]]:
        """The links of the HTTP header ``Link``: relation in small letters, absolute address."""
        return [
            (relation, address)
            for target, parameters in _HEADER_LINK.findall(self._link_header)
            if (address := self.absolute(target)) is not None
            for named in _RELATION.findall(parameters)
            for relation in "".join(named).lower().split()
        ]

    @property
    def opt_outs(self) -> list[str]:
        """Uses of its pictures that the page reserves in its meta tags."""
        return opt_outs_of(self._meta("robots"), self._meta("tdm-reservation"))

    def _meta(self, name: str) -> list[str]:
        return [content for named, content in self._metas if named == name]

    @cached_property
    def _metas(self) -> list[tuple[str, str]]:
        return [
            (name.strip().lower(), content)
            for tag in self.selector.root.iter("meta")
            if (name := tag.get("name")) is not None and (content := tag.get("content")) is not None
        ]

    def _found(self, selectors: str | tuple[str, ...]) -> Iterator[list[str]]:
        """Yield what each selector finds."""
        for selector in (selectors,) if isinstance(selectors, str) else selectors:
            is_xpath = selector.startswith(("/", "("))
            nodes = self.selector.xpath(selector) if is_xpath else self.selector.css(selector)
            yield [
                node.get() if isinstance(node.root, str) else node.xpath("string()").get(default="")
                for node in nodes
            ]


def _trimmed(link: str) -> str:
    """Return a link as browsers take it (WHATWG URL, 4.4: basic URL parser, steps 1 to 3)."""
    return link.strip(_CONTROLS_AND_SPACE).translate(_TABS_AND_LINE_ENDS)
