"""MediaWiki and WordPress: their pages, and what their interfaces answer."""

import json

import pytest

from spiders_project.pages.generic.sources import read_software, read_source, sources_of
from spiders_project.pages.generic.values import Clue, Kind
from spiders_project.pages.page import Page
from tests.pages.generic.sources.documents import firsts, saved, text_page, urls

CATEGORY = "https://wiki.example/wiki/Category:Lighthouses"
FILE = "https://wiki.example/wiki/File:Old_light.jpg"
ORIGINAL = "https://static.wiki.example/images/a/ab/Old_light.jpg"
API = (
    "https://wiki.example/w/api.php?action=query&format=json&formatversion=2&prop=imageinfo"
    "&iiprop=url%7Csize%7Cmime%7Cextmetadata"
)


def test_reads_a_category_with_the_originals_of_its_thumbnails() -> None:
    reading = read_software(saved("mediawiki-api/category.html", CATEGORY))
    assert reading is not None
    album, light, tiny = reading.cards
    assert album.url == "https://wiki.example/wiki/Category:Lighthouses_in_Norway"
    assert light.url == FILE
    assert urls(light.picture)[0] == ORIGINAL
    assert light.picture.candidates[0].width == 3000
    assert light.picture.facts.title == "Old light"
    assert urls(tiny.picture) == ["https://static.wiki.example/images/c/cd/Tiny.png"]
    assert reading.kinds == {Kind.LISTING, Kind.ALBUMS}


def test_turns_the_pages_of_a_category_forwards_only() -> None:
    reading = read_software(saved("mediawiki-api/category.html", CATEGORY))
    assert reading is not None
    assert reading.next_pages == (
        "https://wiki.example/w/index.php?title=Category:Lighthouses&filefrom=Red+tower.jpg",
    )


def test_reads_a_file_page() -> None:
    reading = read_software(saved("mediawiki-api/file.html", FILE))
    assert reading is not None
    (picture,) = reading.pictures
    assert urls(picture) == [
        ORIGINAL,
        "https://static.wiki.example/images/thumb/a/ab/Old_light.jpg/800px-Old_light.jpg",
    ]
    assert picture.candidates[0].clue is Clue.DOWNLOAD
    facts = picture.facts
    assert facts.title == "Old light"
    assert (facts.author, facts.published) == ("Ann Other", "2019-08-04")
    assert facts.license == "https://creativecommons.org/licenses/by-sa/4.0"
    assert facts.description == "A lighthouse before a storm"
    assert facts.tags == ("Lighthouses", "Storms")


def test_reads_the_gallery_of_an_article() -> None:
    article = """<meta name="generator" content="MediaWiki 1.41"><h1>Fox</h1>
      <p><a href="/wiki/File:I.png"><img
      src="/images/thumb/1/12/I.png/20px-I.png" width="20"></a></p>
      <figure typeof="mw:File/Thumb"><a href="/wiki/File:Fox.jpg"><img
      src="/images/thumb/2/23/Fox.jpg/250px-Fox.jpg" width="250"></a>
      <figcaption>Cub</figcaption></figure>"""
    reading = read_software(text_page(article, "https://wiki.example/wiki/Fox"))
    assert reading is not None
    assert [card.url for card in reading.cards] == ["https://wiki.example/wiki/File:Fox.jpg"]
    assert urls(reading.cards[0].picture)[0] == "https://wiki.example/images/2/23/Fox.jpg"
    assert reading.cards[0].picture.facts.description == "Cub"


def test_a_wiki_page_without_files_is_left_to_others() -> None:
    page = text_page('<meta name="generator" content="MediaWiki 1.41"><p>x</p>', FILE)
    assert read_software(page) is None


@pytest.mark.parametrize(
    ("name", "url", "query"),
    [
        (
            "category.html",
            CATEGORY,
            (
                "&generator=categorymembers&gcmtitle=Category%3ALighthouses&gcmtype=file%7Csubcat"
                "&gcmlimit=50"
            ),
        ),
        ("file.html", FILE, "&titles=File%3AOld_light.jpg"),
    ],
)
def test_names_the_request_that_tells_all_files(name: str, url: str, query: str) -> None:
    named = [
        each for each in sources_of(saved(f"mediawiki-api/{name}", url)) if each.kind == "mediawiki"
    ]
    assert [each.url for each in named] == [API + query]
    assert named[0].is_complete


def test_asks_for_the_files_that_an_article_shows() -> None:
    article = """<link rel="EditURI" href="//wiki.example/w/api.php?action=rsd">
      <body class="ns-0"><a href="/wiki/File:Fox.jpg"><img
      src="/images/thumb/2/23/Fox.jpg/250px-Fox.jpg"></a>
      <a href="/wiki/Main_Page"><img src="/logo.png"></a>"""
    named = sources_of(text_page(article, "https://wiki.example/wiki/Fox"))
    assert [each.url for each in named] == [API + "&titles=File%3AFox.jpg"]


def test_reads_what_the_wiki_answers() -> None:
    reading = read_source(
        "mediawiki", saved("mediawiki-api/query.json", API + "&gcmtitle=Category%3AX")
    )
    assert firsts(reading) == [ORIGINAL]
    candidate, facts = reading.pictures[0].candidates[0], reading.pictures[0].facts
    assert (candidate.width, candidate.size_bytes) == (3000, 1234567)
    assert (facts.title, facts.author) == ("Old light", "Ann Other")
    assert facts.license == "https://creativecommons.org/licenses/by-sa/4.0"
    assert facts.published == "2019-08-04T18:02:11"
    assert facts.tags == ("Lighthouses", "Storms")
    assert reading.next_pages == (
        API + "&gcmtitle=Category%3AX&gcmcontinue=file%7C524544%7C17&continue=gcmcontinue%7C%7C",
    )
    assert ["Lighthouses+in+Norway" in source.url for source in reading.sources] == [True]


def test_reads_the_older_form_of_an_answer() -> None:
    told = json.loads(saved("mediawiki-api/query.json", API).text)
    told["query"]["pages"] = {str(each["pageid"]): each for each in told["query"]["pages"]}
    assert firsts(read_source("mediawiki", text_page(json.dumps(told), API))) == [ORIGINAL]


MEDIA = "https://blog.example/wp-json/wp/v2/media?include=34&per_page=100"


@pytest.mark.parametrize("kind", ["wordpress", "data"])
def test_takes_the_upload_of_a_scaled_picture(kind: str) -> None:
    reading = read_source(kind, saved("wordpress/media.json", MEDIA))
    (picture,) = reading.pictures
    assert [url.rpartition("/")[2] for url in urls(picture)] == [
        "fox.jpg",
        "fox-scaled.jpg",
        "fox-300x200.jpg",
    ]
    facts = picture.facts
    assert (facts.title, facts.description) == ("Fox & hedge", "In the garden")
    assert (facts.author, facts.license) == ("Ann Other", "CC BY 4.0")
    assert facts.tags == ("fox", "garden")
    assert facts.published == "2024-03-05T17:30:00"


def test_asks_wordpress_for_what_the_page_shows() -> None:
    html = """<link rel="https://api.w.org/" href="https://blog.example/wp-json/">
      <img class="size-large wp-image-12" src="a.jpg"><img data-id="34" src="b.jpg">
      <img aria-describedby="gallery-1-56" src="c.jpg"><img src="logo.png">"""
    first, *_, last = sources_of(text_page(html, "https://blog.example/walk/"))
    assert first.url.startswith(
        "https://blog.example/wp-json/wp/v2/media?include=12%2C34%2C56&per_page=100&_fields="
    )
    assert first.is_complete
    assert not last.is_complete
    assert last.rank > first.rank


def test_turns_the_pages_of_wordpress_by_its_header_or_by_counting() -> None:
    url = "https://blog.example/wp-json/wp/v2/media?page=1&per_page=100"
    full = json.dumps([{"id": n, "source_url": f"https://b.example/{n}.jpg"} for n in range(100)])
    header = '<https://blog.example/wp-json/wp/v2/media?page=2>; rel="next"'
    assert read_source("wordpress", text_page("[]", url)).next_pages == ()
    assert read_source("wordpress", text_page(full, url, header)).next_pages == (
        "https://blog.example/wp-json/wp/v2/media?page=2",
    )
    last = '<https://blog.example/wp-json/wp/v2/media?page=0>; rel="prev"'
    assert read_source("wordpress", text_page(full, url, last)).next_pages == ()
    assert read_source("wordpress", text_page(full, url)).next_pages == (
        "https://blog.example/wp-json/wp/v2/media?page=2&per_page=100",
    )


def test_header_links_are_read_with_any_number_of_relations() -> None:
    header = (
        '<a?x=1,2>; rel="next last"; title="x, y", </w>; rel=https://api.w.org/, <mailto:x>; rel=z'
    )
    assert Page("https://h.example/p/", b"", link_header=header).header_links == [
        ("next", "https://h.example/p/a?x=1,2"),
        ("last", "https://h.example/p/a?x=1,2"),
        ("https://api.w.org/", "https://h.example/w"),
    ]
