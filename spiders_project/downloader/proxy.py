"""Proxies: those of the usual environment variables, or the one of a setting."""

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.httpproxy import HttpProxyMiddleware

_SCHEMES = ("http", "https")


class ProxyMiddleware(HttpProxyMiddleware):
    """Scrapy's, with PROXY before the environment and ALL_PROXY behind it; NO_PROXY holds for all.

    ``http://``, ``https://``, ``socks5://`` and ``socks5h://``, with
    ``user:password@`` where the proxy asks for it.
    """

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Choose the proxies."""
        middleware = super().from_crawler(crawler)
        assert isinstance(middleware, cls)
        proxies = middleware.proxies
        if proxy := crawler.settings.get("PROXY"):
            proxies.update({scheme: middleware._get_proxy(proxy, scheme) for scheme in _SCHEMES})
        elif every := proxies.get("all"):
            for scheme in _SCHEMES:
                proxies.setdefault(scheme, every)
        return middleware

    def process_request(self, request: Request) -> None:  # type: ignore[override]  # as documented
        """Choose the proxy of a request, anew after a redirect to another host."""
        if request.meta.pop("_scheme_proxy", False):
            request.meta.pop("proxy", None)
        super().process_request(request)
