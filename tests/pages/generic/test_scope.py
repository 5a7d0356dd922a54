"""Which addresses belong to a gallery, and when two addresses mean one page."""

import pytest

from spiders_project.pages.generic.scope import Scope, in_scope, is_action
from spiders_project.pages.generic.spelling.same_pages import form_of, same_page_key

SITE = "https://g.example"


@pytest.mark.parametrize(
    ("start", "url"),
    [
        ("/photos/", "/photos/a.html"),
        ("/photos/", "/photos/2024/a/"),
        ("/photos/index.html", "/photos/a.html"),
        ("/photos/index.html", "/photos/"),
        ("/photos", "/photos/a"),
        ("/photos/birds.html", "/photos/heron.html"),
        ("/", "/anything/at/all.html"),
        ("/index.php?/category/3", "/picture.php?/71/category/3"),
        ("/gallery.php?album=5", "/gallery.php?album=6"),
        ("/g/?album=5", "/g/?album=5&photo=2"),
        ("/photos/", "/photos/?page=2"),
        ("/%E5%A3%81/", "/壁/1.html"),
    ],
)
def test_belongs_to_the_gallery(start: str, url: str) -> None:
    assert in_scope(SITE + start, SITE + url)


@pytest.mark.parametrize(
    ("start", "url"),
    [
        ("/photos/", "/blog/"),
        ("/photos/", "/"),
        ("/photos/", "/photos-of-others/"),
        ("/photos/2024/", "/photos/2023/"),
        ("/photos/", "/photos/login"),
        ("/photos/", "/photos/login.php?next=x"),
        ("/photos/", "/photos/?action=edit"),
        ("/photos/", "/photos/a/delete"),
        ("/photos/", "/photos/feed/"),
        ("/photos/", "/photos/all.zip"),
        ("/photos/", "/photos/a?add-to-cart=7"),
        ("/photos/", "/photos/a?replytocom=7"),
        ("/wiki/Category:A", "/wiki/index.php?title=B&action=history"),
        ("/photos/", "/photos/film.mp4"),
        ("/photos/", "/photos/style.css"),
        ("/photos/", "/photos/logout"),
    ],
)
def test_does_not_belong_to_the_gallery(start: str, url: str) -> None:
    assert not in_scope(SITE + start, SITE + url)


@pytest.mark.parametrize(
    "url",
    ["https://other.example/photos/a", "ftp://g.example/photos/a", "", "mailto:a@b", "http://["],
)
def test_other_hosts_do_not_belong_to_the_gallery(url: str) -> None:
    assert not in_scope(SITE + "/photos/", url)


def test_www_and_the_scheme_make_no_difference() -> None:
    assert in_scope("http://www.g.example/photos/", "https://g.example/photos/a")


def test_what_the_start_page_shows_as_cards_belongs_to_it_with_all_beside() -> None:
    scope = Scope(SITE + "/galleries.html", [SITE + "/album/birds/", SITE + "/album/moors/"])
    assert scope.holds(SITE + "/album/birds/")
    assert scope.holds(SITE + "/album/birds/heron.html")
    assert scope.holds(SITE + "/album/lakes/")

    beside = Scope(SITE + "/tag/nature", [SITE + "/w/heron-1", SITE + "/w/egret-2"])
    assert beside.holds(SITE + "/w/moor-3")
    assert not beside.holds(SITE + "/user/ann")
    assert not beside.holds(SITE + "/w/moor-3/edit")


def test_a_gallery_may_start_where_others_have_actions() -> None:
    assert in_scope(SITE + "/print/", SITE + "/print/1.html")


@pytest.mark.parametrize(
    "url", ["/?sid=1", "/a.html", "/a?page=2", "/a/contacts-sheet", "/feeding-birds/", "/prints/1"]
)
def test_ordinary_addresses_are_no_actions(url: str) -> None:
    assert not is_action(SITE + url)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/a/", "/a/index.html"),
        ("/a/", "/a"),
        ("/a?x=1&y=2", "/a?y=2&x=1"),
        ("/a?x=1", "/a?x=1&PHPSESSID=99"),
        ("/a", "/a?sid=0123456789abcdef"),
        ("/a", "/a;jsessionid=ABC"),
        ("/a", "/a?utm_source=x&utm_medium=y&fbclid=z"),
        ("/a#top", "/a"),
    ],
)
def test_addresses_that_mean_one_page_have_one_key(one: str, other: str) -> None:
    assert same_page_key(SITE + one) == same_page_key(SITE + other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/a?page=1", "/a?page=2"),
        ("/a?from=20", "/a?from=40"),
        ("/view.php?src=a.jpg", "/view.php?src=b.jpg"),
        ("/a?sid=5", "/a?sid=6"),
        ("/index.php?/category/3", "/index.php?/category/4"),
        ("/a", "/b"),
        ("/a?id=1", "/a?id=2"),
    ],
)
def test_addresses_of_different_pages_have_different_keys(one: str, other: str) -> None:
    assert same_page_key(SITE + one) != same_page_key(SITE + other)


@pytest.mark.parametrize(
    ("url", "form"),
    [
        ("/a/b.jpg", "file"),
        ("/a/b.PNG", "file"),
        ("/a/b.html", "html"),
        ("/a/b/", "/"),
        ("/a/b", ""),
        ("/a.php?album=1&pid=2&page=3", "a.php?album&pid"),
        ("/a?id=3", "?id"),
    ],
)
def test_says_the_form_of_an_address(url: str, form: str) -> None:
    assert form_of(SITE + url) == form
