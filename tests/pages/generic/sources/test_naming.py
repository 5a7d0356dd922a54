"""What a page names for machines, and in which order it is worth a request."""

import pytest

from spiders_project.pages.generic.sources import known_places, sources_of
from spiders_project.pages.generic.values import WHERE_NOTHING_ELSE
from tests.pages.generic.sources.documents import text_page

URL = "https://g.example/trip/index.html"


def named(html: str, url: str = URL) -> list[tuple[str, str]]:
    return [
        (source.kind, source.url.removeprefix("https://g.example/"))
        for source in sources_of(text_page(html, url))
    ]


def test_feeds_of_the_gallery_come_before_those_of_the_site() -> None:
    html = """<link rel="alternate" type="application/rss+xml" href="/feed/" title="Blog">
      <link rel="alternate" type="application/rss+xml" href="/comments/feed/">
      <link rel="alternate" type="application/atom+xml" href="feed.atom">
      <link rel="alternate" type="application/rss+xml" href="photos.rss" id="gallery">
      <link rel="alternate" type="application/feed+json" href="/feed.json">
      <link rel="alternate" type="text/html" hreflang="de" href="/de/">
      <link rel="alternate" type="application/json+oembed" href="/oembed?url=x">
      <link rel="sitemap" type="application/xml" href="/sitemap.xml">
      <link rel="stylesheet" href="x.css">"""
    assert named(html) == [
        ("feed", "trip/photos.rss"),
        ("sitemap", "sitemap.xml"),
        ("feed", "trip/feed.atom"),
        ("oembed", "oembed?url=x"),
        ("feed", "feed/"),
        ("feed", "comments/feed/"),
        ("json-feed", "feed.json"),
    ]


def test_only_what_is_complete_is_asked_beside_a_page_with_pictures() -> None:
    html = """<link rel="alternate" type="application/atom+xml" href="feed.atom">
      <script src="gallery.js"></script><script>fetch("photos.json")</script>
      <div data-manifest="/iiif/1/manifest"></div>"""
    early = [s for s in sources_of(text_page(html, URL)) if s.rank < WHERE_NOTHING_ELSE]
    assert [(source.kind, source.is_complete) for source in early] == [
        ("iiif", True),
        ("data", True),
    ]


@pytest.mark.parametrize(
    ("html", "manifest"),
    [
        (
            '<div data-manifest="https://m.example/1/manifest"></div>',
            "https://m.example/1/manifest",
        ),
        (
            (
                r'<script>Mirador.viewer({windows:[{manifestId:"https:\/\/m.example\/2\/manifest.json"}]})'
                "</script>"
            ),
            "https://m.example/2/manifest.json",
        ),
        (
            '<a href="https://v.example/uv.html#?manifest=https://m.example/3/manifest.json">view</a>',
            "https://m.example/3/manifest.json",
        ),
        (
            '<iframe src="/mirador?iiif-content=https%3A%2F%2Fm.example%2F4"></iframe>',
            "https://m.example/4",
        ),
        (
            '<script>OpenSeadragon({tileSources: ["https://m.example/iiif/5/info.json"]})</script>',
            "https://m.example/iiif/5/info.json",
        ),
        (
            (
                '<link rel="alternate" type="application/ld+json;profile=&quot;http://iiif.io/api/'
                'presentation/3/context.json&quot;" href="https://m.example/6">'
            ),
            "https://m.example/6",
        ),
    ],
)
def test_finds_iiif_manifests(html: str, manifest: str) -> None:
    application = '<link rel="manifest" href="/manifest.json">'
    assert named(application + html) == [("iiif", manifest)]


@pytest.mark.parametrize(
    ("script", "found"),
    [
        ("fetch('photos.json').then(show)", ["trip/photos.json"]),
        ('$.getJSON( "data/list.json?v=2", show)', ["trip/data/list.json?v=2"]),
        ("$.ajax({ url: '/api/albums/1/photos', dataType: 'json' })", ["api/albums/1/photos"]),
        ("x.open('GET', 'gallery.xml', true)", ["trip/gallery.xml"]),
        ("const source = 'album.json'; load(source)", ["trip/album.json"]),
        ("fetch('/locales/en.json'); fetch('/search.json'); fetch('a.html')", []),
        ("fetch('https://www.google-analytics.com/photos/collect')", []),
        ("import('./chunk.js'); fetch('a.jpg')", []),
    ],
)
def test_finds_the_data_that_scripts_load(script: str, found: list[str]) -> None:
    assert named(f"<script>{script}</script>") == [("data", url) for url in found]


def test_finds_data_in_attributes_and_scripts_of_the_site_itself() -> None:
    html = """<div data-src="gallery.json"></div><my-gallery src="list.json"></my-gallery>
      <a href="download.json">x</a><script src="https://cdn.example/jquery.min.js"></script>
      <script src="/js/lightgallery.umd.js"></script><script src="view.js"></script>"""
    assert named(html) == [
        ("data", "trip/gallery.json"),
        ("data", "trip/list.json"),
        ("script", "trip/view.js"),
    ]


def test_names_the_sitemap_of_a_header_and_never_the_page_itself() -> None:
    header = '</sitemap.xml>; rel="sitemap"'
    page = text_page(f'<script>fetch("{URL}")</script>', URL, header)
    assert [source.url for source in sources_of(page)] == ["https://g.example/sitemap.xml"]


def test_a_guess_is_a_guess() -> None:
    (place,) = known_places(URL)
    assert (place.url, place.rank) == ("https://g.example/sitemap.xml", 9)
