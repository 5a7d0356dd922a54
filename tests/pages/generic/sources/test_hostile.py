"""Nothing that a page holds makes a reader raise, or read for long."""

import json

import pytest

from spiders_project.pages.generic.sources import read_software, read_source, sources_of
from spiders_project.pages.page import Page

URL = "https://h.example/p/"
KINDS = (
    *("sitemap", "feed", "json-feed", "iiif", "mediawiki", "wordpress", "oembed"),
    *("data", "script", "xml-data", "unheard of"),
)
N = 4000
HOSTILE = {
    "nothing": "",
    "bytes": bytes(range(256)).decode("latin-1") * 20,
    "brackets": "[" * N,
    "objects": '{"a":' * N,
    "albums": '{"a":[{"b.jpg":' * N,
    "quotes": "\\'\"`" * N,
    "escapes": "'\\" * N,
    "regular expressions": "x=/[/(" * N,
    "comments": "/*/" * N,
    "tags": "<div>" * N + "<a href=a.jpg>a.jpg</a>",
    "xml": "<?xml version='1.0'?>" + "<rss><channel><item>" * N,
    "one row": "<title>Index of /p/</title><table><tr>" + "<td><a href=a.jpg>a.jpg</a>" * N,
    "boxes": "<meta name=generator content='MediaWiki'>" + "<p class=gallerybox>" * N + "<a><img>",
    "links": "<a href='javascript:x'>" + "<a href='http://[::1'><img src='//\ud800'>" * 200,
    "manifests": "mirador" + '"/iiif/manifest' * N,
    "surrogates": json.dumps([{"src": "\ud800.jpg", "title": "\udfff"}] * 9),
    "strange values": json.dumps(
        [
            {"src": "a.jpg", "width": 1e308, "height": True, "title": 7, "tags": {"x": 1}},
            {"version": "https://jsonfeed.org/version/1", "items": [{"url": 5, "image": []}]},
            {"query": {"pages": [{"imageinfo": [{"url": "http://[", "mime": 1}], "title": 1}]}},
            {"source_url": "http://[", "media_details": {"sizes": [1]}},
        ]
    ),
    "numbers": '{"a":' + "9" * 5000 + ', "b": "x.jpg"}',
    "dates": json.dumps(
        [{"src": "a.jpg", "date": date} for date in ("0000-00-00", 1e300, "x" * 50)]
    ),
    "sitemap": "<urlset>" + "<url><loc>http://[</loc><image:image/></url>" * 50,
    "gzip": "\x1f\x8b\x08" + "x" * 99,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_readers_are_total(name: str) -> None:
    body = HOSTILE[name].encode(
        "latin-1" if name in ("bytes", "gzip") else "utf-8", "surrogatepass"
    )
    page = Page(URL, body)
    sources_of(page)
    read_software(page)
    for kind in KINDS:
        reading = read_source(kind, page, gallery=URL, scope=URL)
        assert all(picture.candidates for picture in reading.pictures)
        for picture in reading.pictures:
            repr(picture).encode("utf-8")


def test_an_answer_of_another_kind_is_read_as_what_it_is() -> None:
    rss = "<rss><channel><item><enclosure url='http://h.example/1.jpg'/></item></channel></rss>"
    for kind in ("sitemap", "data", "script"):
        assert len(read_source(kind, Page(URL, rss.encode())).pictures) == 1
