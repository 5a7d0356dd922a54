"""Headers that belong to one site: sent there, and taken off when a redirect leaves it."""

from collections.abc import Mapping
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler

from spiders_project.urls import host_of

_ADDED = "site_headers"


class SiteHeadersMiddleware:
    """Adds the headers of SITE_HEADERS by host; a host stands for those below it too."""

    def __init__(self, headers: Mapping[str, Mapping[str, str]]) -> None:
        self._headers = {host.lower(): named for host, named in headers.items()}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Read SITE_HEADERS."""
        return cls(crawler.settings.getdict("SITE_HEADERS"))

    def process_request(self, request: Request) -> None:
        """Give a request the headers of its host, and none of another one."""
        for name in request.meta.pop(_ADDED, ()):
            request.headers.pop(name, None)
        host = host_of(request.url)
        for site, headers in self._headers.items():
            if host == site or host.endswith(f".{site}"):
                for name, value in headers.items():
                    request.headers[name] = value
                request.meta[_ADDED] = list(headers)
