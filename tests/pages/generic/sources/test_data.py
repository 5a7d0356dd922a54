"""JSON and script data of any shape: which addresses are one picture, and where they lie."""

import json
from typing import Any

import pytest

from spiders_project.pages.generic.sources import read_source
from spiders_project.pages.generic.values import Reading
from tests.pages.generic.sources.documents import firsts, text_page

PAGE = "https://g.example/trip/index.html"


def read(data: Any, url: str = "https://g.example/trip/data.json", kind: str = "data") -> Reading:
    text = data if isinstance(data, str) else json.dumps(data)
    return read_source(kind, text_page(text, url), PAGE)


def names(reading: Reading) -> list[str]:
    return [url.removeprefix("https://g.example/") for url in firsts(reading)]


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (["a.jpg", "b.jpg"], ["trip/a.jpg", "trip/b.jpg"]),
        ({"photos": ["a.jpg", "b.jpg"]}, ["trip/a.jpg", "trip/b.jpg"]),
        (
            {"data": [{"thumb": ["t/a.jpg", [150, 112]], "img": ["i/a.jpg", [1600, 1200]],
                       "file": ["f/a.jpg", [4000, 3000]], "blur": "b/a.jpg"}]},
            ["trip/f/a.jpg"],
        ),
        (
            {"photos": {"7": {"title": "P", "url": "big/7.jpg", "thumbUrl": "thumb/7.jpeg"},
                        "9": {"title": "Q", "url": "big/9.jpg", "thumbUrl": "thumb/9.jpeg"}}},
            ["trip/big/7.jpg", "trip/big/9.jpg"],
        ),
        (
            [{"title": "X", "images": [{"url": "a-300.jpg", "width": 300, "height": 200},
                                       {"url": "a-3000.jpg", "width": 3000, "height": 2000}]}],
            ["trip/a-3000.jpg"],
        ),
        (
            [{"sizes": {"large": {"source_url": "x/1.jpg", "width": 1024, "height": 768},
                        "thumb": {"source_url": "y/2.jpg", "width": 150, "height": 112}}}],
            ["trip/x/1.jpg"],
        ),
        ([["a.jpg", "Ape"], ["b.jpg", "Bee"]], ["trip/a.jpg", "trip/b.jpg"]),
        ([["t/a.jpg", "l/a.jpg", 800, 600, "Ape"]], ["trip/l/a.jpg"]),
        ([{"src": "i/1.jpg", "srct": "i/t1.jpg"}, {"src": "i/2.jpg", "srct": "i/t2.jpg"}],
         ["trip/i/1.jpg", "trip/i/2.jpg"]),
        ([{"src": "a-300x200.jpg", "srcset": "a-300x200.jpg 300w, a-1024x683.jpg 1024w"}],
         ["trip/a-1024x683.jpg"]),
        ([{"filename": "a.jpg", "thumb": "thumbs/a.jpg"}], ["trip/a.jpg"]),
        ([{"src": "a.jpg", "author": {"name": "Ann", "avatar": "ann.jpg"}}], ["trip/a.jpg"]),
        ([{"type": "video", "src": "a.mp4", "poster": "a.jpg"}, {"type": "image", "src": "b.jpg"}],
         ["trip/b.jpg"]),
        ({"a.jpg": {"src": "p/a.jpg", "size": [2400, 1600], "thumbnail": "t/a.jpg"},
          "b.jpg": {"src": "p/b.jpg", "size": [2400, 1600], "thumbnail": "t/b.jpg"}},
         ["trip/p/a.jpg", "trip/p/b.jpg"]),
        ({"image1": "a.jpg", "image2": "b.jpg"}, ["trip/a.jpg", "trip/b.jpg"]),
        ({"src": "data:image/gif;base64,AAAA", "title": "a.b"}, []),
    ],
)  # fmt: skip
def test_takes_the_largest_of_each_picture(data: Any, found: list[str]) -> None:
    assert names(read(data)) == found


def test_previews_are_marked() -> None:
    picture = read([{"thumbnail": "/m/1.jpg", "original": "/m/2.jpg", "width": 90, "height": 60}])
    assert [(c.is_preview, c.width) for c in picture.pictures[0].candidates] == [
        (False, 90),
        (True, None),
    ]


def test_flickr_like_answers_tell_widths_by_the_suffix_of_the_key_and_count_their_pages() -> None:
    told = {"photos": {"page": 1, "pages": 3, "photo": [
        {"id": "1", "title": "T", "url_sq": "https://f.example/1_s.jpg", "width_sq": 75,
         "height_sq": 75, "url_o": "https://f.example/1_o.jpg", "width_o": "4000",
         "height_o": "3000", "ownername": "Bob"}]}}  # fmt: skip
    reading = read(told, "https://g.example/api?page=1&q=x")
    assert firsts(reading) == ["https://f.example/1_o.jpg"]
    assert reading.pictures[0].candidates[0].width == 4000
    assert reading.pictures[0].facts.author == "Bob"
    assert reading.next_pages == ("https://g.example/api?page=2&q=x",)


@pytest.mark.parametrize("told", [{"next": "?page=2"}, {"links": {"next": {"href": "?page=2"}}}])
def test_follows_the_next_page_that_an_answer_names(told: dict[str, Any]) -> None:
    reading = read({**told, "items": [{"src": "a.jpg"}]}, "https://g.example/api")
    assert reading.next_pages == ("https://g.example/api?page=2",)


def test_albums_give_categories_and_their_covers_are_no_pictures() -> None:
    reading = read({"title": "All", "albums": [
        {"title": "Cats", "cover": "c/0.jpg", "photos": [{"src": "c/1.jpg", "caption": "one"},
                                                          {"src": "c/2.jpg"}]},
        {"title": "Dogs", "photos": [{"src": "d/1.jpg"}, {"src": "d/2.jpg"}]}]})  # fmt: skip
    assert names(reading) == ["trip/c/1.jpg", "trip/c/2.jpg", "trip/d/1.jpg", "trip/d/2.jpg"]
    assert [picture.facts.category for picture in reading.pictures] == ["Cats"] * 2 + ["Dogs"] * 2
    assert reading.pictures[0].facts.title == "one"
    assert reading.facts.title == "All"


def test_albums_in_files_of_their_own_are_sources() -> None:
    cats = {"title": "Cats", "cover": "c/1.jpg", "data": "cats.json"}
    dogs = {"title": "Dogs", "cover": "d/1.jpg", "data": "dogs.json"}
    reading = read({"albums": [cats, dogs]})
    assert reading.pictures == ()
    assert [source.url for source in reading.sources] == [
        "https://g.example/trip/cats.json",
        "https://g.example/trip/dogs.json",
    ]


@pytest.mark.parametrize(
    "shown", [{"thumb": "t/1.jpg"}, {"src": "thumbs/1.jpg"}, {"image": "1_s.jpg"}]
)
def test_what_links_a_page_and_shows_it_small_is_a_card(shown: dict[str, str]) -> None:
    (card,) = read([{**shown, "url": "photo/1.html", "title": "One"}]).cards
    assert card.url == "https://g.example/trip/photo/1.html"
    assert card.picture.facts.title == "One"


@pytest.mark.parametrize(
    ("data", "url", "found"),
    [
        ({"basePath": "full/", "photos": ["a.jpg"]}, "trip/data.json", "trip/full/a.jpg"),
        ({"thumbPath": "t/", "imagePath": "img", "photos": [{"file": "a.jpg"}, {"file": "b.jpg"}]},
         "trip/data.json", "trip/img/a.jpg"),
        ({"base": "https://cdn.example/", "albums": [{"path": "x/", "images": ["a.jpg", "b.jpg"]}]},
         "trip/data.json", "https://cdn.example/x/a.jpg"),
        ({"images": ["a.jpg"]}, "trip/photos/list.json", "trip/photos/a.jpg"),
        ({"images": ["photos/a.jpg"]}, "trip/data/list.json", "trip/photos/a.jpg"),
        ({"images": ["/photos/a.jpg"]}, "trip/data/list.json", "photos/a.jpg"),
    ],
)  # fmt: skip
def test_finds_where_names_start_from(data: Any, url: str, found: str) -> None:
    assert names(read(data, f"https://g.example/{url}"))[0] == found


def test_reads_the_facts_of_a_record() -> None:
    (picture,) = read([{"src": "x.jpg", "title": {"en": "Fox"}, "tags": [{"name": "red"}, "cub"],
                        "user": {"name": "Ann"}, "license": {"url": "https://l.example"},
                        "exif": {"DateTimeOriginal": "2020:01:02 03:04:05"},
                        "description": "<p>In the &amp; out</p>"}]).pictures  # fmt: skip
    facts = picture.facts
    assert (facts.title, facts.tags, facts.author) == ("Fox", ("red", "cub"), "Ann")
    assert (facts.license, facts.published) == ("https://l.example", "2020-01-02T03:04:05")
    assert facts.description == "In the & out"


def test_reads_xml_of_old_viewers() -> None:
    xml = """<?xml version="1.0" encoding="UTF-8"?><simpleviewergallery title="Trip">
      <image imageURL="images/a.jpg" thumbURL="thumbs/a.jpg"><caption>Ape</caption></image>
      <image imageURL="images/b.jpg" thumbURL="thumbs/b.jpg"><caption>Bee</caption></image>
      </simpleviewergallery>"""
    reading = read(xml, "https://g.example/trip/gallery.xml")
    assert names(reading) == ["trip/images/a.jpg", "trip/images/b.jpg"]
    assert [picture.facts.title for picture in reading.pictures] == ["Ape", "Bee"]


SCRIPT = """// made by hand
var base = "full/", logo = {src: 'img/logo.png'};
if (!window.x) { show({icon: "img/icon.png"}); }
const photos = [
  {url: base + "a.jpg", thumbnail: `thumb/a.jpg`, title: 'It\\'s an ape',
   open() { return /["']/; }},
  {url: base + "b.jpg", thumbnail: "thumb/b.jpg", width: -1, },
];
$.ajax({url: "more.json"}).then(d => render(d));
"""


def test_reads_the_data_in_a_script_and_names_what_it_loads() -> None:
    reading = read(SCRIPT, "https://g.example/trip/js/app.js", "script")
    assert names(reading) == ["trip/full/a.jpg", "trip/full/b.jpg"]
    assert reading.pictures[0].facts.title == "It's an ape"
    assert [source.url for source in reading.sources] == ["https://g.example/trip/more.json"]


def test_the_icons_that_a_script_lists_are_no_pictures() -> None:
    script = "Asset.images(['throbber.gif', 'left.png', 'right.png']); load('data.json');"
    reading = read(script, kind="script")
    assert reading.pictures == ()
    assert [source.url for source in reading.sources] == ["https://g.example/trip/data.json"]


@pytest.mark.parametrize(
    ("data", "found"),
    [
        ({"url": "album/", "photos": ["a.jpg", "b.jpg"]}, ["trip/album/a.jpg", "trip/album/b.jpg"]),
        ([{"link": "walk/fox/", "sizes": {"large": {"src": "/u/l/1.jpg"}, "thumb": "/u/t/1.jpg"}}],
         ["u/l/1.jpg"]),
    ],
)  # fmt: skip
def test_only_what_an_album_lists_starts_from_its_address(data: Any, found: list[str]) -> None:
    assert names(read(data)) == found
