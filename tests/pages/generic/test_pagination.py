"""Further pages of a listing: however they are linked, and never a loop."""

import pytest

from spiders_project.pages.generic.pagination import next_pages
from spiders_project.pages.generic.values import Kind
from tests.pages.generic.galleries import page, saved

LISTING = frozenset({Kind.LISTING})


def found(body: str, url: str = "https://g.example/a/") -> list[str]:
    return [link.removeprefix("https://g.example") for link in next_pages(page(body, url), LISTING)]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("beside/index.html", ["/prints?start=5", "/prints?start=10"]),
        (
            "coppermine/thumbnails.html",
            ["/thumbnails.php?album=5&page=2", "/thumbnails.php?album=5&page=3"],
        ),
        (
            "gbk/list.html",
            ["/fengjing/index_2.html", "/fengjing/index_3.html", "/fengjing/index_88.html"],
        ),
        ("mediawiki/category.html", ["/w/index.php?title=Category:Herons&filefrom=M"]),
        (
            "piwigo/category.html",
            ["/index.php?/category/3/start-15", "/index.php?/category/3/start-30"],
        ),
        ("sections/index.html", []),
        ("sigal/album.html", []),
        ("tables/index.html", ["/~me/trip/index2.htm"]),
        ("wallpapers/tag.html", ["/tag/nature?page=2"]),
        ("wordpress/category.html", ["/category/birds/page/2/", "/category/birds/page/9/"]),
        ("wordpress/last.html", []),
        ("index/apache.html", []),
        ("index/nginx.html", []),
    ],
)
def test_finds_the_pages_of_a_gallery(name: str, expected: list[str]) -> None:
    links = next_pages(saved(name), LISTING)
    assert ["/" + link.split("/", 3)[3] for link in links] == expected


WORDS = [
    *("Next", "next page", "Next »", "Older posts", "Load more", "Show more photos"),  # English
    *("Weiter", "nächste Seite", "Suivant", "Page suivante »", "Siguiente", "Página siguiente"),
    *("Próxima", "Seguinte", "Successivo", "Avanti", "Volgende", "Nästa", "Neste", "Næste"),
    *("Seuraava", "Następna", "Další", "Ďalšia", "Következő", "Următoarea", "Следующая", "Вперёд"),
    *("Наступна", "Επόμενη", "Sonraki", "הבא", "التالي", "بعدی", "अगला", "ถัดไป", "Trang sau"),
    *("Tiếp", "Berikutnya", "Selanjutnya", "Sljedeća", "Naslednja", "Järgmine", "Kitas", "Напред"),
    *("下一页", "下一頁", "下页", "次へ", "次のページ", "다음", "다음 페이지"),
    *("»", "›", ">", "→", "&raquo;", "&gt;&gt;"),
]
LINKS = [
    "<a href=x.html>{}</a>",
    "<a href=x.html title='{}'>.</a>",
    "<a href=x.html aria-label='{}'></a>",
]


@pytest.mark.parametrize("words", WORDS)
@pytest.mark.parametrize("link", LINKS)
def test_knows_next_in_many_languages(words: str, link: str) -> None:
    assert found(link.format(words)) == ["/a/x.html"]


@pytest.mark.parametrize(
    "body",
    [
        "<link rel=next href=?page=2>",
        "<a rel=next href=?page=2>Birds</a>",
        "<a class=next href=?page=2></a>",
        "<li class=pagination-next><a href=?page=2><i class=x></i></a></li>",
        "<a href=?page=2><i class='icon icon-next'></i></a>",
        "<a href=?page=2><img src=/b/next.png></a>",
        "<a href=?page=2><img src=/b/1.png alt=Next></a>",
        "<p>1 <a href=?page=2>2</a></p>",
        "<p><b>[1]</b> <a href=?page=2>[2]</a></p>",
        "<ul><li class=active><a href=?page=1>1</a></li><li><a href=?page=2>2</a></li></ul>",
        "<select><option value=?page=1>1</option><option value=?page=2>2</option></select>",
        "<p>Page 1 of 2 <a href=?page=2>Page 2</a></p>",
        "<p>第1页 <a href=?page=2>第2页</a></p>",
        "<p>&lt;0&gt; <a href=?page=2>[1]</a></p>",
        "<button class=load-more data-url=?page=2>More</button>",
        "<button data-href='/a/?page=2'>Load more</button>",
        "<div class=infinite-scroll data-next-url=?page=2></div>",
        "<div hx-get='/a/?page=2' hx-trigger=revealed></div>",
        "<button class=load-more data-next-page=2>Load more</button>",
        "<button class=btn data-page=1>Mehr laden</button>",
    ],
)
def test_finds_the_second_page_in_any_markup(body: str) -> None:
    assert found(body) == ["/a/?page=2"]


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("/a/", "?page=2"),
        ("/a/", "page/2/"),
        ("/a/", "page2.html"),
        ("/a/", "index2.html"),
        ("/a/index.html", "index_2.html"),
        ("/a/birds.html", "birds-2.html"),
        ("/a/birds-2.html", "birds-3.html"),
        ("/a/page/2/", "/a/page/3/"),
        ("/a/?album=3", "?album=3&start=20"),
        ("/a/?album=3&start=20", "?album=3&start=40"),
        ("/a/?offset=10", "?offset=20"),
        ("/a/list_1.html", "list_2.html"),
        ("/a/album3/", "/a/album3/?p=2"),
        ("/index.php?/category/3", "/index.php?/category/3/start-15"),
    ],
)
def test_follows_addresses_that_count_up(url: str, link: str) -> None:
    body = f"<p>1 <a href='{link}'>2</a></p>"
    assert len(found(body, "https://g.example" + url)) == 1


@pytest.mark.parametrize(
    ("url", "body"),
    [
        ("/a/", "<a href=#>Next</a><a href=''>2</a>"),
        ("/a/", "<a href=/a/>Next</a>"),
        ("/a/", "<a href=/a/index.html>Next</a>"),
        ("/a/", "<a href='/a/?PHPSESSID=1a2b'>Next</a>"),
        ("/a/", "<a href='/a/?utm_source=x'>Next</a>"),
        ("/a/?page=2", "<a rel=prev href=?page=1>Previous</a><a href=?page=1>1</a>"),
        ("/a/page/3/", "<a href=/a/page/2/>2</a><a href=/a/>1</a><a href=/a/page/3/>3</a>"),
        ("/a/", "<a href=?sort=date>Next</a>"),
        ("/a/?page=1", "<a href='?page=2&sort=date'>2</a>"),
        ("/a/", "<a href='?C=M;O=A'>2</a>"),
        ("/a/", "<a href=/logout?page=2>2</a>"),
        ("/a/", "<a href=https://other.example/?page=2>Next</a>"),
        ("/a/", "<a href=photo.jpg>Next</a>"),
        ("/a/", "<a href='javascript:next()'>Next</a>"),
        ("/a/", "<p><a href=/tag/2019>2019</a> <a href=/tag/2020>2020</a></p>"),
        ("/a/", "<div class=calendar><a href=/a/2024/06/>Next month</a></div>"),
        ("/a/", "<nav class=post-navigation><a rel=next href=/b/>Other things</a></nav>"),
        ("/a/", "<a href=/b/>Next album</a><a href=/c/>Next gallery »</a>"),
        ("/a/", "<a href=/a/comment-page-2/>2</a>"),
        ("/a/", "<link rel=next title='Another story' href=/b/>"),
    ],
)
def test_is_led_into_no_loop(url: str, body: str) -> None:
    assert found(body, "https://g.example" + url) == []


def test_the_days_of_a_month_are_no_pages() -> None:
    cells = "".join(f"<td><a href=/a/2024/05/{day}/>{day}</a></td>" for day in range(1, 32))
    assert found(f"<table><tr>{cells}</tr></table>") == []


def test_lists_pages_in_order() -> None:
    body = "<a rel=next href=?page=2></a><p><a href=?page=9>9</a><a href=?page=3>3</a></p>"
    assert found(body) == ["/a/?page=2", "/a/?page=3", "/a/?page=9"]


@pytest.mark.parametrize("kinds", [frozenset({Kind.DETAIL}), frozenset({Kind.NONE})])
def test_next_of_a_picture_is_no_page_of_a_listing(kinds: frozenset[Kind]) -> None:
    one = page("<a rel=next href=2.html>Next</a>", "https://g.example/a/1.html")
    assert next_pages(one, kinds) == ()


@pytest.mark.parametrize(
    ("url", "body", "expected"),
    [
        ("/a/23.html", "<a href=23_2.html>2</a><a href=24.html>Next</a>", ["/a/23_2.html"]),
        ("/a/23.html", "<a href=23_2.html>下一页</a>", ["/a/23_2.html"]),
        ("/a/23_2.html", "<a href=23.html>1</a><a href=23_3.html>3</a>", ["/a/23_3.html"]),
        ("/a/heron/", "<a href=2/>2</a><a href=3/>3</a>", ["/a/heron/2/", "/a/heron/3/"]),
        ("/a/heron", "<a href='?page=2'>Next</a>", ["/a/heron?page=2"]),
        ("/a/23.html", "<a rel=next href=24.html>Next</a><a href=22.html>22</a>", []),
        ("/a/3.html", "<a href=index.html>Index</a><a href=4.html>Next</a>", []),
        ("/a/photo-3.html", "<a href=./>Index</a><a href=photo-4.html>Next</a>", []),
        ("/a/3/", "<a href=/a/>Album</a><a href=/a/4/>Next</a>", []),
    ],
)
def test_follows_the_parts_of_a_set_and_no_other_picture(
    url: str, body: str, expected: list[str]
) -> None:
    links = next_pages(page(body, "https://g.example" + url), frozenset({Kind.DETAIL}))
    assert [link.removeprefix("https://g.example") for link in links] == expected


def test_a_card_is_no_page_of_a_listing() -> None:
    body = "<p><a href=1.html>1</a><a href=2.html>2</a><a href=3.html>3</a></p>"
    cards = [f"https://g.example/a/{number}.html" for number in (1, 2, 3)]
    assert next_pages(page(body), LISTING, cards) == ()


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<a href='http://['>2</a>",
        "<a>2</a>" * 3000,
        "<p>" * 20_000 + "<a href=?page=2>2</a>",
        "".join(f"<a href=/{number}/{number}.html>{number}</a>" for number in range(3000)),
    ],
)
def test_survives_any_page(body: str) -> None:
    assert len(found(body)) <= 1
