"""Folder listings as web servers really write them, and pages that only look like them."""

from pathlib import Path

import pytest

from spiders_project.pages.generic.sources import is_directory_index, read_index, read_software
from spiders_project.pages.generic.values import Clue, Kind
from spiders_project.pages.page import Page
from tests.pages.generic.sources.documents import FIXTURES, firsts, saved, text_page, urls

HTML = sorted((FIXTURES / "directory-indexes").glob("*.html"))
EVERY = sorted((FIXTURES / "directory-indexes").iterdir())
AT = {
    "apache-fancy": "/fancy/photos/",
    "apache-table": "/table/photos/",
    "nginx-human": "/human/photos/",
    "nginx-json": "/json/photos/",
    "nginx-xml": "/xml/photos/",
    # These two answer without the slash at the end.
    "serve": "/photos",
    "serve-index-details": "/details/photos",
}
EXACT = {"caddy", "nginx", "nginx-json", "nginx-xml", "serve-index", "serve-index-details"}
NONE = {"apache", "python", "serve"}
NAMES = {
    "a.jpg",
    "b.png",
    "c%20d.jpg",
    "a_very_long_name_of_a_picture_that_is_cut_at_fifty_chars_x.jpg",
}


def listing(path: Path) -> Page:
    return Page(f"https://gallery.example{AT.get(path.stem, '/photos/')}", path.read_bytes())


every_server = pytest.mark.parametrize("path", EVERY, ids=lambda path: path.stem)


@pytest.mark.parametrize("path", HTML, ids=lambda path: path.stem)
def test_knows_the_listing_of_every_server(path: Path) -> None:
    assert is_directory_index(listing(path))


@every_server
def test_reads_all_pictures_and_nothing_else(path: Path) -> None:
    reading = read_software(listing(path))
    assert reading is not None
    found = [url.rpartition("/") for url in firsts(reading)]
    assert {name for _, _, name in found} == NAMES
    assert len(found) == len(NAMES)
    assert {folder.rpartition("/")[2] for folder, _, _ in found} == {"photos"}


@every_server
def test_reads_subfolders_as_albums_without_thumbnails(path: Path) -> None:
    reading = read_software(listing(path))
    assert reading is not None
    assert [card.url.rstrip("/").rpartition("/")[2] for card in reading.cards] == ["sub"]
    assert [card.picture.facts.title for card in reading.cards] == ["sub"]
    assert reading.kinds == {Kind.LISTING, Kind.ALBUMS}


@every_server
def test_reads_sizes_where_they_are_told(path: Path) -> None:
    reading = read_software(listing(path))
    assert reading is not None
    sizes = {picture.candidates[0].size_bytes for picture in reading.pictures}
    if path.stem in EXACT:
        assert sizes == {12345}
    elif path.stem in NONE:
        assert sizes == {None}
    else:
        assert all(size is not None and 12000 < size < 12500 for size in sizes)


@pytest.mark.parametrize(
    ("server", "size"),
    [("iis", 12345), ("jetty", 12345), ("darkhttpd", 12345), ("go", None), ("h5ai", 12288)],
)
def test_reads_further_servers(server: str, size: int | None) -> None:
    page = saved(f"further-indexes/{server}.html", "https://gallery.example/p/")
    assert is_directory_index(page)
    reading = read_index(page)
    assert firsts(reading) == ["https://gallery.example/p/a.jpg"]
    assert reading.pictures[0].candidates[0].size_bytes == size
    assert reading.pictures[0].candidates[0].clue is Clue.INDEX
    assert [card.url for card in reading.cards] == ["https://gallery.example/p/sub/"]


@pytest.mark.parametrize(
    "markup",
    [
        (
            "<title>My photos</title><a href='/'>Home</a><a href='a.html'><img src='t/a.jpg'></a>"
            "<a href='b.html'><img src='t/b.jpg'></a>"
        ),
        (
            "<title>Index of photographs</title><a href='a.html'><img src='t/a.jpg'>Ape</a>"
            "<a href='b.html'><img src='t/b.jpg'>Bee</a>"
        ),
        (
            "<title>Index of Pictures</title>Index / <a href='../'>..</a><a href='1.html'>"
            "<img src='.thumb_a.jpg'></a><a href='2.html'><img src='.thumb_b.jpg'></a>"
        ),
        "<title>Index of Pictures</title><a href='../'>..</a><a href='/x/1'><img src='a.jpg'></a>",
        "<a href='photos/'>photos</a> <a href='about/'>about</a><p>Welcome</p>",
        "<a href='a.jpg'>Ape</a> <a href='b.jpg'>Bee</a> <a href='c.jpg'>Cow</a>",
        "",
    ],
    ids=["gallery", "title", "igal", "elsewhere", "navigation", "captions", "empty"],
)
def test_takes_other_pages_for_none(markup: str) -> None:
    assert not is_directory_index(text_page(markup, "https://gallery.example/p/"))


def test_takes_sizes_of_one_picture_for_one() -> None:
    names = {"lake.jpg": 9000, "lake-300x200.jpg": 300, "lake-scaled.jpg": 4000, "lake2.jpg": 8000}
    rows = "".join(f"<a href='{n}'>{n}</a>  12-Jan-2024 10:00  {s}\n" for n, s in names.items())
    page = text_page(f"<title>Index of /p/</title><pre>{rows}</pre>", "https://gallery.example/p/")
    reading = read_index(page)
    assert firsts(reading) == [f"https://gallery.example/p/{n}" for n in ("lake.jpg", "lake2.jpg")]
    assert [name.rpartition("/")[2] for name in urls(reading.pictures[0])] == [
        "lake.jpg",
        "lake-scaled.jpg",
        "lake-300x200.jpg",
    ]


def test_takes_the_folder_of_originals_of_several_sizes() -> None:
    rows = "".join(f"<a href='{n}/'>{n}/</a>\n" for n in ("large", "medium", "originals", "trip"))
    page = text_page(f"<title>Index of /p/</title><pre>{rows}</pre>", "https://gallery.example/p/")
    assert [card.picture.facts.title for card in read_index(page).cards] == ["originals", "trip"]


def test_reads_the_listing_of_a_bucket_page_by_page() -> None:
    page = text_page(
        '<?xml version="1.0"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">'
        "<Name>pics</Name><IsTruncated>true</IsTruncated><NextContinuationToken>t+1"
        "</NextContinuationToken><Contents><Key>a/b c.jpg</Key><Size>123</Size></Contents>"
        "<Contents><Key>a/notes.txt</Key><Size>1</Size></Contents>"
        "<CommonPrefixes><Prefix>a/x/</Prefix></CommonPrefixes></ListBucketResult>",
        "https://s3.example/pics/?list-type=2",
    )
    reading = read_software(page)
    assert reading is not None
    assert firsts(reading) == ["https://s3.example/pics/a/b%20c.jpg"]
    assert reading.pictures[0].candidates[0].size_bytes == 123
    assert [card.url for card in reading.cards] == [
        "https://s3.example/pics/?list-type=2&prefix=a%2Fx%2F"
    ]
    assert reading.next_pages == ("https://s3.example/pics/?list-type=2&continuation-token=t%2B1",)
