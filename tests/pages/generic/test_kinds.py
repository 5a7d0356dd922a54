"""What a page is: a listing, an album list, the page of a picture, or two of them at once."""

import pytest

from spiders_project.pages.generic.cards import find_groups
from spiders_project.pages.generic.kinds import kinds_of, main_picture
from spiders_project.pages.generic.previews import find_previews
from spiders_project.pages.generic.values import Candidate, Card, Clue, Kind, Picture
from spiders_project.pages.page import Page
from tests.pages.generic.galleries import page, saved

STRIP_LINKS = tuple(f"https://g.example/displayimage.php?album=5&pid={n}" for n in range(40))
L, A, D, N = Kind.LISTING, Kind.ALBUMS, Kind.DETAIL, Kind.NONE


def kinds(one: Page, came_from: Card | None = None, siblings: tuple[str, ...] = ()) -> set[Kind]:
    previews = find_previews(one)
    return set(kinds_of(one, previews, find_groups(one, previews), came_from, siblings))


def card(url: str, shown: str) -> Card:
    candidate = Candidate(shown, Clue.SHOWN, is_preview=True)
    return Card(url, "ul>li>a>img", Picture((candidate,)))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("backgrounds/index.html", {A}),
        ("beside/index.html", {L}),
        ("coppermine/displayimage.html", {D, L}),
        ("coppermine/thumbnails.html", {L}),
        ("cover/album.html", {L}),
        ("gbk/detail.html", {D}),
        ("gbk/list.html", {L}),
        ("index/apache.html", {A, L}),
        ("index/nginx.html", {A, L}),
        ("lightgallery/index.html", {L}),
        ("linkless/index.html", {L}),
        ("mediawiki/category.html", {L}),
        ("mediawiki/file.html", {D}),
        ("neighbours/photo.html", {D}),
        ("nikola/index.html", {A}),
        ("photoswipe/index.html", {L}),
        ("piwigo/category.html", {A, L}),
        ("piwigo/picture.html", {D}),
        ("sections/index.html", {L}),
        ("sigal/album.html", {A, L}),
        ("tables/heron.htm", {D}),
        ("tables/index.html", {L}),
        ("target/index.html", {L}),
        ("thumbsup/index.html", {A, L}),
        ("wallpapers/tag.html", {L}),
        ("wordpress/category.html", {L}),
        ("wordpress/classic_gallery.html", {L}),
        ("wordpress/last.html", {L}),
        ("wordpress/post.html", {D}),
    ],
)
def test_says_what_a_saved_page_is(name: str, expected: set[Kind]) -> None:
    assert kinds(saved(name)) == expected


@pytest.mark.parametrize(
    ("name", "shown", "siblings"),
    [
        (
            "coppermine/displayimage.html",
            "https://g.example/albums/birds/thumb_kingfisher.jpg",
            STRIP_LINKS,
        ),
        ("gbk/detail.html", "https://img.example/uploads/2303-lp.jpg", ()),
        ("mediawiki/file.html", "https://up.example/thumb/a/Heron.jpg/120px-Heron.jpg", ()),
        ("neighbours/photo.html", "https://g.example/trip/thumbs/thumb_kingfisher.jpg", ()),
        ("piwigo/picture.html", "https://g.example/i.php?/upload/2020/kingfisher-th.jpg", ()),
        ("tables/heron.htm", "https://g.example/~me/trip/tn_heron.jpg", ()),
        ("wordpress/post.html", "https://wp.example/uploads/heron-300x200.jpg", ()),
    ],
)
def test_what_a_card_of_a_picture_leads_to_is_its_page(
    name: str, shown: str, siblings: tuple[str, ...]
) -> None:
    one = saved(name)
    assert kinds(one, card(one.url, shown), siblings) == {D}


@pytest.mark.parametrize(
    ("name", "shown", "expected"),
    [
        ("cover/album.html", "https://g.example/c/heron-small.jpg", {L}),
        ("sections/index.html", "https://g.example/t/2024.jpg", {L}),
        ("photoswipe/index.html", "https://cdn.example/photos/0/heron-200.jpg", {L}),
        ("sigal/album.html", "https://g.example/birds/thumbnails/heron.jpg", {A, L}),
        ("piwigo/category.html", "https://g.example/_data/i/upload/2020/egret-th.jpg", {A, L}),
        ("tables/index.html", "https://g.example/cover.jpg", {L}),
        ("linkless/index.html", "https://g.example/slides/heron-small.jpg", {L}),
    ],
)
def test_what_a_card_of_an_album_leads_to_is_a_listing(
    name: str, shown: str, expected: set[Kind]
) -> None:
    one = saved(name)
    assert kinds(one, card(one.url, shown), ("https://g.example/other/",)) == expected


HERO = "<div><img src=big/heron.jpg width=1200 height=800></div>"
STRIP = "".join(
    f"<a class=t href={number}.html><img src=t/{number}.jpg width=100 height=80></a>"
    for number in range(6)
)


def test_a_strip_of_the_same_listing_belongs_to_the_page_of_a_picture() -> None:
    one = page(f"{HERO}<div class=strip>{STRIP}</div>", "https://g.example/a/3.html")
    siblings = tuple(f"https://g.example/a/{number}.html" for number in range(40))
    came_from = card(one.url, "https://g.example/a/t/heron.jpg")
    assert kinds(one, came_from, siblings) == {D}


def test_files_that_were_shown_before_are_no_strip() -> None:
    body = "".join(f"<li><a href={n}.jpg><img src=t/{n}.jpg></a></li>" for n in "abc")
    siblings = tuple(f"https://g.example/a/{n}.jpg" for n in "abcdef")
    assert kinds(page(f"<ul>{body}</ul>"), card("https://g.example/a/", "x.jpg"), siblings) == {L}


def test_a_crawl_that_starts_at_a_picture_finds_the_others_in_its_strip() -> None:
    one = page(f"{HERO}<div class=strip>{STRIP}</div>", "https://g.example/a/3.html")
    assert kinds(one) == {D, L}


def test_a_few_other_pictures_do_not_make_a_listing_of_the_page_of_a_picture() -> None:
    one = page(f"{HERO}<div class=more>{STRIP}</div>", "https://g.example/a/heron.html")
    assert kinds(one, card(one.url, "https://g.example/a/t/heron.jpg")) == {D}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("", {N}),
        ("<p>Please log in.</p>", {N}),
        ("<p>Words</p><img src=/logo.png width=20 height=20>", {N}),
        ("<img src=a.jpg>", {D}),
        ("<figure><a href=a.jpg><img src=a-800.jpg width=800 height=600></a></figure>", {D}),
        ("<div class=album><a href=snow/><img src=a.jpg></a></div>", {A}),
        ("<div><a href=snow/><img src=a.jpg></a></div><img class=icon src=b.png>", {L}),
        ("<img src=a.jpg><img src=b.jpg><img src=c.jpg>", {L}),
        ("<div class=photo><img src=a.jpg></div><a href=b.html><img src=b.jpg></a>", {D, L}),
        ("<ul><li><a href=a.html><img src=t/a.jpg width=150 height=100></a></li></ul>", {L}),
    ],
)
def test_tells_small_pages_apart(body: str, expected: set[Kind]) -> None:
    assert kinds(page(body)) == expected


@pytest.mark.parametrize(
    "words", ["12 photos", "(12)", "34 images", "8 Bilder", "共12张", "12枚", "Photos: 5", "7 фото"]
)
def test_counts_make_albums_of_cards(words: str) -> None:
    body = "".join(f"<li><a href={n}><img src={n}.jpg></a><p>{words}</p></li>" for n in "abc")
    assert kinds(page(f"<ul>{body}</ul>")) == {A}


def test_the_main_picture_is_the_one_that_the_card_promised() -> None:
    one = page("<p><img src=x.jpg></p><img src=large/heron_1024.jpg>")
    came_from = card(one.url, "https://g.example/t/heron_150.jpg")
    found = main_picture(one, find_previews(one), [], came_from)
    assert found is not None
    assert found.candidates[0].url.endswith("heron_1024.jpg")
