"""RSS, Atom, Media RSS and JSON Feed."""

import json

import pytest

from spiders_project.pages.generic.sources import read_source
from spiders_project.pages.generic.values import Kind
from spiders_project.pages.page import Page
from tests.pages.generic.sources.documents import firsts, saved, text_page, urls

RSS = "https://gallery.example/harbour/photos.rss"


def test_reads_a_media_group_as_sizes_of_one_picture() -> None:
    card = read_source("feed", saved("feeds/media.rss", RSS)).cards[0]
    assert card.url == "https://gallery.example/harbour/crane.html"
    assert urls(card.picture) == [
        "https://gallery.example/harbour/full/crane.jpg",
        "https://gallery.example/harbour/800/crane.jpg",
        "https://gallery.example/harbour/thumbs/crane.jpg",
    ]
    largest, _, thumbnail = card.picture.candidates
    assert (largest.width, largest.height, largest.size_bytes) == (4000, 3000, 3456789)
    assert thumbnail.is_preview


def test_reads_the_facts_of_media_rss() -> None:
    facts = read_source("feed", saved("feeds/media.rss", RSS)).cards[0].picture.facts
    assert facts.title == "Crane at dusk"
    assert facts.author == "Ann Other"
    assert facts.license == "https://creativecommons.org/licenses/by/4.0/"
    assert facts.published == "2024-03-05T18:30:00+01:00"
    assert facts.description == "The last crane"
    assert facts.tags == ("harbour", "evening", "crane")


def test_takes_contents_outside_of_a_group_for_several_pictures_and_no_films() -> None:
    reading = read_source("feed", saved("feeds/media.rss", RSS))
    assert firsts(reading) == [
        "https://gallery.example/harbour/full/boat-1.jpg",
        "https://gallery.example/harbour/full/boat-2.jpg",
    ]


def test_reads_enclosures_and_keeps_to_the_scope() -> None:
    everything = read_source("feed", saved("feeds/media.rss", RSS))
    assert everything.cards[1].picture.candidates[0].size_bytes == 2345678
    inside = read_source("feed", saved("feeds/media.rss", RSS), scope="https://gallery.example/")
    assert [card.url for card in inside.cards] == ["https://gallery.example/harbour/crane.html"]
    assert len(inside.pictures) == 2


def test_names_the_next_page_and_the_title_of_a_feed() -> None:
    reading = read_source("feed", saved("feeds/media.rss", RSS))
    assert reading.next_pages == ("https://gallery.example/harbour/photos_2.rss",)
    assert reading.facts.title == "Harbour walk"
    assert reading.kinds == {Kind.LISTING}


def test_reads_the_pictures_in_the_text_of_an_entry() -> None:
    atom = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Walks</title><entry>
      <title>Fox</title><link href="https://blog.example/fox/"/><author><name>Ann</name></author>
      <published>2024-03-05T17:30:00Z</published><category term="fox"/>
      <content type="html">&lt;a href="/up/fox.jpg"&gt;&lt;img src="/up/fox-300x200.jpg" width="300"
      height="200"&gt;&lt;/a&gt;&lt;img src="/pixel.gif" width="1" height="1"&gt;</content>
      <link rel="license" href="https://creativecommons.org/licenses/by/4.0/"/></entry></feed>"""
    card = read_source("feed", text_page(atom, "https://blog.example/feed.atom")).cards[0]
    assert urls(card.picture) == [
        "https://blog.example/up/fox.jpg",
        "https://blog.example/up/fox-300x200.jpg",
    ]
    assert card.picture.facts.author == "Ann"
    assert card.picture.facts.tags == ("fox",)
    assert card.picture.facts.published == "2024-03-05T17:30:00+00:00"
    assert card.picture.facts.license == "https://creativecommons.org/licenses/by/4.0/"


def test_reads_rss_1() -> None:
    rdf = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
      xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
      <channel><title>C</title></channel><item><title>One</title><link>https://g.example/1.jpg</link>
      <dc:creator>Ann</dc:creator><description>&lt;img src="https://g.example/t/1.jpg"&gt;</description>
      </item></rdf:RDF>"""
    reading = read_source("feed", text_page(rdf, "https://g.example/rss"))
    assert [urls(picture) for picture in reading.pictures] == [["https://g.example/t/1.jpg"]]


@pytest.mark.parametrize(
    "body",
    [
        '<?xml version="1.0" encoding="GBK"?><rss><channel><item><title>壁纸</title>'
        '<enclosure url="http://g.example/1.jpg"/></item></channel></rss>'.encode("gbk"),
        '<?xml version="1.0" encoding="UTF-16"?><rss><channel><item><title>壁纸</title>'
        '<enclosure url="http://g.example/1.jpg"/></item></channel></rss>'.encode("utf-16"),
        '<?xml version="1.0" encoding="UTF-16"?><rss><channel><item><title>壁纸</title>'
        '<enclosure url="http://g.example/1.jpg"/></item></channel></rss>'.encode("utf-16-le"),
        '\n \n<?xml version="1.0"?><rss><channel><item><title>壁纸</title>\x08&nbsp;<b>'
        '<media:thumbnail url="x"/></b><enclosure url="http://g.example/1.jpg">'.encode(),
    ],
    ids=["gbk", "utf-16", "utf-16 without mark", "broken"],
)
def test_reads_any_encoding_and_what_is_left_of_broken_feeds(body: bytes) -> None:
    reading = read_source("feed", Page("http://g.example/rss", body))
    assert firsts(reading) == ["http://g.example/1.jpg"]
    assert reading.pictures[0].facts.title == "壁纸"


def test_opens_no_entities() -> None:
    bomb = """<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">
      <!ENTITY f SYSTEM "file:///etc/hostname">]><rss><channel><item><title>&b;&f;</title>
      <enclosure url="http://g.example/1.jpg"/></item></channel></rss>"""
    facts = read_source("feed", text_page(bomb, "http://g.example/rss")).pictures[0].facts
    assert "aaaa" not in (facts.title or "")


JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Walks",
    "next_url": "feed2.json",
    "items": [
        {
            "id": "1",
            "url": "https://blog.example/fox/",
            "title": "Fox",
            "image": "/up/fox-800.jpg",
            "date_published": "2024-03-05T17:30:00Z",
            "authors": [{"name": "Ann"}],
            "tags": ["fox", "garden"],
            "attachments": [
                {"url": "/up/fox.jpg", "mime_type": "image/jpeg", "size_in_bytes": 99},
                {"url": "/up/fox.mp3", "mime_type": "audio/mpeg"},
            ],
        },
        {
            "id": "2",
            "content_html": "<p><img src='/up/a.jpg' alt='A tree'><img src='/up/b.jpg'></p>",
        },
        {"id": "3", "url": "https://elsewhere.example/x", "image": "/up/c.jpg"},
    ],
}


def test_reads_a_json_feed() -> None:
    page = text_page(json.dumps(JSON_FEED), "https://blog.example/feed.json")
    reading = read_source("json-feed", page, scope="https://blog.example/")
    assert [card.url for card in reading.cards] == ["https://blog.example/fox/"]
    picture = reading.cards[0].picture
    assert urls(picture) == [
        "https://blog.example/up/fox.jpg",
        "https://blog.example/up/fox-800.jpg",
    ]
    assert picture.candidates[0].size_bytes == 99
    assert (picture.facts.author, picture.facts.tags) == ("Ann", ("fox", "garden"))
    assert firsts(reading) == ["https://blog.example/up/a.jpg", "https://blog.example/up/b.jpg"]
    assert reading.pictures[0].facts.title == "A tree"
    assert reading.next_pages == ("https://blog.example/feed2.json",)


def test_reads_oembed_in_json_and_xml() -> None:
    told = {
        "type": "photo",
        "url": "https://live.example/1_b.jpg",
        "width": "1024",
        "height": "683",
        "title": "Fox",
        "author_name": "Ann",
        "license_url": "https://creativecommons.org/licenses/by/2.0/",
        "thumbnail_url": "https://live.example/1_q.jpg",
    }
    xml = "<oembed>" + "".join(f"<{k}>{v}</{k}>" for k, v in told.items()) + "</oembed>"
    for text in (json.dumps(told), f'<?xml version="1.0"?>{xml}'):
        picture = read_source("oembed", text_page(text, "https://live.example/oembed")).pictures[0]
        assert urls(picture) == ["https://live.example/1_b.jpg", "https://live.example/1_q.jpg"]
        assert [candidate.is_preview for candidate in picture.candidates] == [False, True]
        assert picture.facts.author == "Ann"
        assert picture.facts.license == "https://creativecommons.org/licenses/by/2.0/"


def test_a_film_in_oembed_has_a_thumbnail_only() -> None:
    told = {
        "type": "video",
        "url": "https://v.example/1",
        "thumbnail_url": "https://v.example/1.jpg",
    }
    reading = read_source("oembed", text_page(json.dumps(told), "https://v.example/oembed"))
    assert urls(reading.pictures[0]) == ["https://v.example/1.jpg"]
    assert reading.pictures[0].candidates[0].is_preview
