"""Cards: what repeats on a page, where it leads, and what is none of it."""

import pytest

from spiders_project.pages.generic.cards import Group, find_groups
from spiders_project.pages.generic.previews import find_previews
from spiders_project.pages.page import Page
from tests.pages.generic.galleries import ADDRESSES, page, saved

BIRDS = ["heron", "kingfisher", "bittern", "egret", "crane", "stork", "grebe", "heath", "moor"]


def groups_of(one: Page, known_shapes: tuple[str, ...] = ()) -> list[Group]:
    return find_groups(one, find_previews(one), known_shapes)


def links_of(one: Page) -> list[list[str | None]]:
    return [[card.link for card in group.cards] for group in groups_of(one)]


def links_in(body: str) -> list[list[str | None]]:
    prefix = "https://g.example/a/"
    return [
        [link.removeprefix(prefix) if link else None for link in links]
        for links in links_of(page(body))
    ]


def named(pattern: str, names: list[str] = BIRDS) -> list[str]:
    return [pattern.format(name=name, number=number) for number, name in enumerate(names)]


SITE = "https://g.example"
EXPECTED: dict[str, list[list[str]]] = {
    "backgrounds/index.html": [named(SITE + "/series/{name}/", BIRDS[:6])],
    "beside/index.html": [named(SITE + "/prints/{name}", BIRDS[:5])],
    "coppermine/displayimage.html": [
        [f"{SITE}/displayimage.php?album=5&pid={number}" for number in range(20, 25)]
    ],
    "coppermine/thumbnails.html": [
        [f"{SITE}/displayimage.php?album=5&pid={number}" for number in range(20, 28)]
    ],
    "cover/album.html": [named(SITE + "/birds/{name}")],
    "gbk/list.html": [[f"{SITE}/tupian/{number}.html" for number in range(2300, 2309)]],
    "gbk/detail.html": [[f"{SITE}/tupian/2303_2.html"]],
    "index/apache.html": [named(SITE + "/photos/{name}.jpg"), [SITE + "/photos/moors/"]],
    "index/nginx.html": [named(SITE + "/photos/{name}.jpg"), [SITE + "/photos/moors/"]],
    "mediawiki/category.html": [
        [f"{SITE}/wiki/File:{name.title()}.jpg" for name in BIRDS],
    ],
    "nikola/index.html": [named(SITE + "/galleries/{name}/", BIRDS[:3])],
    "photoswipe/index.html": [named("https://cdn.example/photos/{number}/full.jpg")],
    "piwigo/category.html": [
        [f"{SITE}/picture.php?/{number}/category/3" for number in range(70, 79)],
        [f"{SITE}/index.php?/category/{number}" for number in range(40, 43)],
    ],
    "sections/index.html": [
        [f"{SITE}/p/{name}/" for name in ("1-a", "1-b", "1-c", "2-d", "3-e", "3-f")]
    ],
    "sigal/album.html": [
        named(SITE + "/birds/{name}.jpg"),
        [SITE + "/birds/2019/index.html", SITE + "/birds/2020/index.html"],
    ],
    "tables/index.html": [named(SITE + "/~me/trip/{name}.htm", BIRDS[:7])],
    "target/index.html": [named(SITE + "/css/full/{name}.jpg")],
    "thumbsup/index.html": [
        named(SITE + "/media/large/{name}.jpg"),
        named(SITE + "/{name}/index.html", BIRDS[:4]),
    ],
    "wallpapers/tag.html": [named(SITE + "/w/{name}-{number}")],
    "wordpress/category.html": [named("https://wp.example/birds/{name}/", BIRDS[:5])],
    "wordpress/classic_gallery.html": [named("https://wp.example/moor/{name}/")],
    "wordpress/last.html": [["https://wp.example/birds/moor/"]],
}


@pytest.mark.parametrize("name", EXPECTED)
def test_finds_the_cards_of_a_gallery_and_no_others(name: str) -> None:
    assert links_of(saved(name)) == EXPECTED[name]


@pytest.mark.parametrize("name", ["lightgallery/index.html", "linkless/index.html"])
def test_pictures_without_link_are_cards_too(name: str) -> None:
    assert links_of(saved(name)) == [[None] * 9]


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_card_is_listed_once(name: str) -> None:
    for group in groups_of(saved(name)):
        links = [card.link for card in group.cards if card.link]
        assert len(links) == len(set(links))


def test_a_shape_is_the_same_on_the_last_page() -> None:
    first = groups_of(saved("wordpress/category.html"))
    last = groups_of(saved("wordpress/last.html"))
    assert [group.shape for group in first] == [group.shape for group in last]


CARDS = "".join(f"<li class=card><a href={name}><img src={name}.jpg></a></li>" for name in "abcd")


def each(card: str, names: str = "abcd") -> str:
    """Repeat the markup of a card, with a name for each percent sign."""
    return "".join(card.replace("%", name) for name in names)


ROW = "<div class=col-md-6><a href=%><img src=%.jpg></a></div>"


@pytest.mark.parametrize(
    "body",
    [
        f"<ul>{CARDS}</ul>",
        "<div class=g>" + each("<p><a href=%><img src=%.jpg></a></p>") + "</div>",
        # Rows of two.
        f"<main><div class=row>{each(ROW, 'ab')}</div><div class=row>{each(ROW, 'cd')}</div>",
        # Two classes by turns, a class of its own for each, a counter in each.
        each("<div class=blue><a href=%><img src=%.jpg></a></div>", "a")
        + each("<div class=red><a href=%><img src=%.jpg></a></div>", "b")
        + each("<div class=blue><a href=%><img src=%.jpg></a></div>", "cd"),
        each("<div class='item topic-%' id=i%><a href=%><img src=%.jpg></a></div>"),
        each("<div class='post-%1 post'><a href=%><img src=%.jpg></a></div>"),
        each("<div class='%'><a href=%><img src=%.jpg></a></div>"),
        # The link beside the picture: below it, above it, stretched, in a script.
        each("<li><img src=%.jpg><h3><a href=%>%</a></h3></li>"),
        each("<li><h3><a href=%>%</a></h3><img src=%.jpg></li>"),
        each("<li><img src=%.jpg><a class=stretched-link href=%></a></li>"),
        "<div>" + each("<img src=%.jpg><a href=%>%</a>") + "</div>",
        each("<div onclick=\"location.href='/a/%'\"><img src=%.jpg></div>"),
        each("<article data-href=/a/%><img src=%.jpg></article>"),
        each("<a href=\"javascript:openWin('/a/%')\"><img src=%.jpg></a>"),
        each("<a href='#' onclick=\"show('/a/%'); return false\"><img src=%.jpg></a>"),
        # The link around all of the card, around picture and words of their own.
        each("<a href=%><div><div><img src=%.jpg></div><b>%</b></div></a>"),
        each("<li><a href=%><img src=%.jpg></a><a href=%>%</a></li>"),
        each("<li><a href=%><img src=%.jpg><img class=second src=%2.jpg></a></li>"),
        # Other links in each card.
        each(
            "<li><a href=/author/x><img class=avatar src=x.jpg></a><img src=%.jpg>"
            "<a href=/category/sea>Sea</a><a class=title href=%>%</a><a href=/like/%>♥</a>"
            "<a href=https://facebook.com/sharer?u=%>Share</a></li>"
        ),
        each(
            "<li><a href=%><img src=%.jpg width=300></a>"
            "<a href=/people/%><img src=/p/%.jpg width=48 height=48></a></li>"
        ),
        each(
            "<figure><div style='background-image:url(%.jpg)'><img src=%.jpg></div>"
            "<a href=%></a><figcaption>%</figcaption></figure>"
        ),
        # A header of an article, alt words that all have in common.
        each("<article><header><a href=%><img src=%.jpg></a></header></article>"),
        each("<a href=%><img src=%.jpg alt=next></a>") * 2,
        # A sidebar that is the page.
        f"<div class=has-sidebar><div class=sidebar-right-layout><ul>{CARDS}</ul></div></div>",
        f"<div class=sidebar><ul>{CARDS}</ul></div>",
        f"<div class='related-photos'><ul>{CARDS}</ul></div>",
    ],
)
def test_finds_cards_in_any_arrangement(body: str) -> None:
    assert links_in(body) == [["a", "b", "c", "d"]]


NOISE = "".join(f"<a href=x{number}><img src=x{number}.jpg></a>" for number in range(3))


@pytest.mark.parametrize(
    "noise",
    [
        f"<nav>{NOISE}</nav>",
        f"<footer>{NOISE}</footer>",
        f"<header>{NOISE}</header>",
        f"<aside>{NOISE}</aside>",
        f"<div role=navigation>{NOISE}</div>",
        f"<div class=sidebar>{NOISE}</div>",
        f"<div id=footer>{NOISE}</div>",
        f"<div class='social share'>{NOISE}</div>",
        f"<div class=ad-sponsors>{NOISE}</div>",
        f"<div class=relatedPosts>{NOISE}</div>",
        f"<div class=flags>{NOISE}</div>",
        f"<h3>Related photos</h3><div>{NOISE}</div>",
        f"<section><h2>You may also like</h2><ul>{NOISE}</ul></section>",
        f"<div><div class=box-hd><h4>猜你喜欢</h4></div><div class=bd>{NOISE}</div></div>",
        f"<div><div class=title>相关推荐</div><div>{NOISE}</div></div>",
        f"<div><h3>Das könnte Ihnen auch gefallen</h3><div>{NOISE}</div></div>",
        f"<div><h3>Похожие обои</h3><div>{NOISE}</div></div>",
        f"<div><h3>おすすめの画像</h3><div>{NOISE}</div></div>",
        f"<div><h3>Vous aimerez aussi</h3><div>{NOISE}</div></div>",
        f"<div><h3>También te puede gustar</h3><div>{NOISE}</div></div>",
        "<a href=/><img src=/logo.png></a>",
        "<a href=b.html><img src=prev.gif></a><a href=c.html><img src=next.gif></a>",
        "<a href=b.html rel=prev><img src=b.jpg></a><a href=c.html rel=next><img src=c.jpg></a>",
        "<p><a href=https://validator.w3.org/><img src=valid.png></a></p>",
        "<p><img src=decoration.jpg></p>",
        "<p><a href=https://other.example/><img src=banner.jpg></a></p>",
    ],
)
def test_leaves_out_what_is_no_content(noise: str) -> None:
    assert links_in(f"<main><ul>{CARDS}</ul></main>{noise}") == [["a", "b", "c", "d"]]


def test_a_block_is_the_whole_card() -> None:
    body = "".join(f"<li><a href={n}><img src={n}.jpg></a><p class=by>{n}</p></li>" for n in "abcd")
    cards = groups_of(page(f"<ul>{body}</ul>"))[0].cards
    assert [card.element.text_content() for card in cards] == ["a", "b", "c", "d"]


def test_the_block_of_the_last_card_of_a_row_of_its_own_is_no_larger() -> None:
    cell = "<td><a href=%><img src=%.jpg></a></td>"
    body = "".join(f"<tr>{each(cell, row)}</tr>" for row in ("ab", "cd", "e"))
    cards = groups_of(page(f"<table>{body}</table>"))[0].cards
    assert [card.element.tag for card in cards] == ["td"] * 5


def test_albums_and_pictures_are_two_groups_though_they_look_the_same() -> None:
    body = "".join(f"<li><a href={n}/><img src={n}.jpg></a></li>" for n in "ab")
    body += "".join(f"<li><a href={n}.jpg><img src={n}-s.jpg></a></li>" for n in "cdef")
    assert links_in(f"<ul>{body}</ul>") == [["c.jpg", "d.jpg", "e.jpg", "f.jpg"], ["a/", "b/"]]


@pytest.mark.parametrize(
    "album",
    [
        "<div class=album><a href=snow/><img src=snow/cover.jpg></a></div>",
        "<div class=sub><a href=snow/index.html><img src=snow/index.png></a></div>",
        "<div class=header><a href=snow/index.html>Open the album</a></div>",
        "<ul class=folders><li><a href=snow/>Snow</a></li></ul>",
    ],
)
def test_a_single_album_beside_pictures_is_found(album: str) -> None:
    links = links_in(f"<main>{album}<ul>{CARDS}</ul></main>")
    assert links[0] == ["a", "b", "c", "d"]
    assert links[1:] in ([["snow/"]], [["snow/index.html"]])


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<ul><li><a href=1.html>Birds</a></li><li><a href=2.html>Moors</a></li></ul>", 2),
        ("<div class=header><a href=1/>Birds</a></div><div class=header><a href=2/>B</a></div>", 2),
        ("<div class=footer><a href=1/>Birds</a><a href=2/>Moors</a></div>", 0),
        ("<nav><a href=1/>Birds</a><a href=2/>Moors</a></nav>", 0),
        ("<p>" + "Words. " * 30 + "<a href=1/>Birds</a></p>", 0),
        ("<a href=/blog/>Blog</a><a href=?C=N;O=D>Name</a><a href=../>Parent</a>", 0),
    ],
)
def test_a_page_without_pictures_may_list_albums_in_words(body: str, expected: int) -> None:
    assert sum(len(links) for links in links_in(body)) == expected


def test_a_known_shape_makes_a_single_card_a_group() -> None:
    body = "<div class=grid>{}</div><div class=other>{}</div>"
    card = "<a class=c href=/elsewhere/{0}><img src={0}.jpg></a>"
    shape = groups_of(page(body.format(card.format("a") + card.format("b"), "")))[0].shape
    other = "<p><a href=/x><img src=x.jpg></a><a href=/y><img src=y.jpg></a></p>"
    single = page(body.format(card.format("z"), other))
    assert shape not in {group.shape for group in groups_of(single)}
    assert shape in {group.shape for group in groups_of(single, (shape,))}


def test_the_largest_group_comes_first() -> None:
    few = "".join(f"<p><a href={n}><img src={n}.jpg></a></p>" for n in "xy")
    assert links_in(f"{few}<ul>{CARDS}</ul>")[0] == ["a", "b", "c", "d"]


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<a><img src=a.jpg></a>",
        "<a href='javascript:void(0)'><img src=a.jpg></a>",
        "<a href='http://['><img src=a.jpg></a>" * 3,
        "<div>" * 50_000 + "<a href=a><img src=a.jpg></a>" * 3,
        "<a href=x><b>" * 20_000 + "<img src=a.jpg>",
        "<div onclick=\"go('/x')\">" * 300 + "<img src=a.jpg>" * 300,
        "<h3>Related</h3>" * 3000 + "<img src=a.jpg>" * 3000,
    ],
)
def test_survives_any_page(body: str) -> None:
    assert isinstance(groups_of(page(body)), list)
