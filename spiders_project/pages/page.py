"""A web page as a value: its address, its text, and what selectors find in it."""

from functools import cached_property
from urllib.parse import urljoin

from parsel import Selector
from w3lib.encoding import html_to_unicode
from w3lib.url import safe_url_string

from spiders_project.urls import split_web_address


class Page:
    """One page; every address that it gives is absolute and safe to request."""

    def __init__(self, url: str, body: bytes, content_type: str | None = None) -> None:
        """Read the bytes of a page.

        ``content_type`` is the HTTP header; without a charset in it the bytes
        themselves tell (byte order mark, meta, UTF-8, then the fallbacks of
        w3lib), as in browsers: ``gbk`` is read as its superset gb18030.
        """
        self.url = url
        self.encoding, self.text = html_to_unicode(content_type, body)

    @cached_property
    def selector(self) -> Selector:
        """The parsed page, for sites that need more than a declaration."""
        return Selector(text=self.text or "<html/>", type="html")

    @cached_property
    def base_url(self) -> str:
        """The address that relative links start from: ``<base href>`` or the page's own."""
        href = self.selector.xpath("//base/@href").get()
        return urljoin(self.url, href.strip()) if href else self.url

    def texts(self, selectors: str | tuple[str, ...]) -> list[str]:
        """Return the texts, stripped and not empty, of the first selector that finds any.

        A selector is CSS with ``::text`` or ``::attr(name)``; XPath where it
        begins with ``/`` or ``(``. Without either, the text of the element.
        """
        for selector in (selectors,) if isinstance(selectors, str) else selectors:
            if found := [text for text in map(_squeezed, self._select(selector)) if text]:
                return found
        return []

    def text_of(self, selectors: str | tuple[str, ...]) -> str | None:
        """Return the first text that the selectors find, or None."""
        return next(iter(self.texts(selectors)), None)

    def links(self, selectors: str | tuple[str, ...]) -> list[str]:
        """Return the web addresses that the selectors find, absolute, each once, in page order."""
        addresses = map(self.absolute, self.texts(selectors))
        return list(dict.fromkeys(address for address in addresses if address))

    def absolute(self, link: str) -> str | None:
        """Return a link as an absolute web address, None where it leads to none.

        ``javascript:``, ``data:`` and ``file:`` are none; the fragment is dropped.
        """
        try:
            url = safe_url_string(urljoin(self.base_url, link.strip()), self.encoding)
        except ValueError:
            return None
        parts = split_web_address(url)
        return parts._replace(fragment="").geturl() if parts else None

    def _select(self, selector: str) -> list[str]:
        if selector.startswith(("/", "(")):
            return self.selector.xpath(selector).getall()
        if "::" in selector:
            return self.selector.css(selector).getall()
        elements = self.selector.css(selector)
        return [str(element.xpath("string()").get()) for element in elements]


def _squeezed(text: str) -> str:
    return " ".join(text.split())
