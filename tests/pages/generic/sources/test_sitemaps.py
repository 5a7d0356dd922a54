"""Sitemaps with pictures, indexes of them, packed and plain ones."""

import gzip

from spiders_project.pages.generic.sources import read_source, sitemaps_of_robots
from spiders_project.pages.page import Page
from tests.pages.generic.sources.documents import FIXTURES, firsts, saved, text_page, urls

URL = "https://gallery.example/sitemap.xml"
SCOPE = "https://gallery.example/birds/"


def test_reads_the_pictures_of_the_gallery_only() -> None:
    reading = read_source("sitemap", saved("sitemaps/images.xml", URL), scope=SCOPE)
    assert firsts(reading) == [
        "https://cdn.example/full/tern.jpg",
        "https://cdn.example/full/swift.jpg",
    ]
    heron, about = reading.cards
    assert heron.url == "https://gallery.example/birds/heron.html"
    assert urls(heron.picture) == ["https://cdn.example/full/heron.jpg?a=1&b=2"]
    assert heron.picture.facts.title == "Heron"
    assert heron.picture.facts.description == "Waiting"
    assert heron.picture.facts.license == "https://creativecommons.org/licenses/by/4.0/"
    assert (about.url, about.picture.candidates) == ("https://gallery.example/birds/about.html", ())
    assert about.shape != heron.shape


def test_reads_the_whole_site_without_a_scope() -> None:
    assert len(read_source("sitemap", saved("sitemaps/images.xml", URL)).cards) == 3


def test_reads_a_packed_sitemap_even_if_cut() -> None:
    packed = gzip.compress((FIXTURES / "sitemaps/images.xml").read_bytes())
    page = Page(URL + ".gz", packed, "application/x-gzip")
    assert len(read_source("sitemap", page, scope=SCOPE).cards) == 2
    assert read_source("sitemap", Page(URL, packed[:150]), scope=SCOPE).pictures == ()


def test_an_index_names_the_likeliest_sitemaps_first() -> None:
    names = ("video", "posts", "image-1", "birds")
    parts = "".join(f"<sitemap><loc>https://gallery.example/{n}.xml</loc></sitemap>" for n in names)
    xml = (
        f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{parts}</sitemapindex>'
    )
    reading = read_source("sitemap", text_page(xml, URL), scope=SCOPE)
    found = [url.removeprefix("https://gallery.example/") for url in reading.next_pages]
    assert found == ["image-1.xml", "birds.xml", "posts.xml", "video.xml"]


def test_reads_a_plain_list_of_addresses() -> None:
    lines = "https://gallery.example/birds/a.jpg\nhttps://gallery.example/birds/b.html\nnonsense\n"
    reading = read_source("sitemap", text_page(lines, URL), scope=SCOPE)
    assert firsts(reading) == ["https://gallery.example/birds/a.jpg"]
    assert [card.url for card in reading.cards] == ["https://gallery.example/birds/b.html"]


def test_finds_the_sitemaps_in_robots_txt() -> None:
    robots = text_page("User-agent: *\nSitemap: /s1.xml\nsitemap:https://o.example/s2.xml", URL)
    assert [source.url for source in sitemaps_of_robots(robots)] == [
        "https://gallery.example/s1.xml",
        "https://o.example/s2.xml",
    ]
