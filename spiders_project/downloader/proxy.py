"""Proxies: those of the usual environment variables, or the one of a setting."""

from collections.abc import Callable
from functools import lru_cache
from typing import Self
from urllib.request import proxy_bypass

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.httpproxy import HttpProxyMiddleware

from spiders_project.urls import host_of

_SCHEMES = ("http", "https")


class ProxyMiddleware(HttpProxyMiddleware):
    """Scrapy's, with PROXY before the environment and ALL_PROXY behind it; NO_PROXY holds for all.

    ``http://``, ``https://``, ``socks5://`` and ``socks5h://``, with
    ``user:password@`` where the proxy asks for it.
    """

    _is_direct: Callable[[str], bool]

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Choose the proxies."""
        middleware = super().from_crawler(crawler)
        assert isinstance(middleware, cls)
        # Each look goes through the whole environment.
        middleware._is_direct = lru_cache(maxsize=1024)(_is_direct)
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
        if "proxy" in request.meta or not self._is_direct(host_of(request.url)):
            super().process_request(request)
            return
        request.headers.pop("Proxy-Authorization", None)
        request.meta.pop("_auth_proxy", None)


def _is_direct(host: str) -> bool:
    """Tell whether NO_PROXY, or the system, excepts a host."""
    return bool(host and proxy_bypass(host))
