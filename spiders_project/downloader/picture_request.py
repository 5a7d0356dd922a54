"""Requests for pictures, with the headers that originals ask for."""

from scrapy import Request
from scrapy.http.request import NO_CALLBACK

from spiders_project.urls import referer_for


def picture_request(url: str, page_url: str) -> Request:
    """Return the request for a picture that a page shows."""
    headers = {
        # No format is named, so servers that convert on the way send what they have.
        "Accept": "image/*,*/*;q=0.8",
        "Accept-Encoding": "identity",
    }
    if referer := referer_for(page_url, url):
        headers["Referer"] = referer
    # The pipeline asks again itself: a wait there ends with the crawl. The body of the response
    # lies elsewhere, so HTTPCACHE_ENABLED has nothing to keep; the catalogue knows the picture.
    meta = {"dont_retry": True, "dont_cache": True}
    return Request(url, callback=NO_CALLBACK, headers=headers, meta=meta)
