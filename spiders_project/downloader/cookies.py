"""Scrapy's cookies, beginning with those of COOKIES_FILE."""

from typing import Self

from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares import cookies as scrapy_cookies
from tldextract import TLDExtract

from spiders_project.values.cookies_txt import read_cookies

# Scrapy's would fetch the list of public suffixes at the first cookie, on the event loop; the
# library brings one with it.
scrapy_cookies._split_domain = TLDExtract(
    suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True
)


class CookiesMiddleware(scrapy_cookies.CookiesMiddleware):
    """Sends each cookie to the site that it belongs to, and to no other (RFC 6265, 5.4)."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the middleware; raises WrongInput for a file that is no cookies.txt."""
        middleware = super().from_crawler(crawler)
        if file := crawler.settings.get("COOKIES_FILE"):
            for cookie in read_cookies(file):
                middleware.jars[None].set_cookie(cookie)
        return middleware
