"""Which of the names on a page is that of its picture."""

import pytest

from spiders_project.pages.generic.facts import facts_of
from spiders_project.pages.page import Page


def title_of(markup: str) -> str | None:
    return facts_of(Page("https://www.birdhouse.example/a/b.html", markup.encode())).title


@pytest.mark.parametrize(
    ("markup", "title"),
    [
        ("<title>Heron | Our site</title>", "Heron"),
        ("<title>Heron - 我的相册</title>", "Heron"),
        ("<title>苍鹭_鸟类_我的图库</title>", "苍鹭_鸟类"),
        ("<title>Heron - Birdhouse</title>", "Heron"),
        ("<title>Birdhouse - Heron</title>", "Heron"),
        ("<title>Heron - Lake Garda</title>", "Heron - Lake Garda"),
        ("<title>Heron — Page 2</title>", "Heron"),
        ("<title>Heron</title><h1>My photo gallery</h1>", "My photo gallery"),
        ("<title>Heron | Photos</title><h1>Photos</h1>", "Heron"),
        ("<title>My photos | Heron</title><h1>Heron</h1>", "Heron"),
        ("<title>Heron - Trip - Us</title><h1>Trip</h1><img src=h.jpg alt=Heron>", "Heron"),
        ("<title>x</title><h1><a href='/'>Us</a></h1><h2>Heron</h2>", "x"),
        ("<h1><a href='/'>Us</a></h1><h2>Heron</h2>", "Heron"),
        ("<h1 class=site-title>Us</h1><h2>Heron</h2>", "Heron"),
        ("<h1><img src=logo.png alt=Heron></h1>", "Heron"),
        ("<h1>Heron</h1><nav><h1>Menu of it</h1></nav>", "Heron"),
        ("<meta property='og:title' content='Heron'><title>Photo</title>", "Heron"),
        ("<meta property='og:site_name' content='Us'><title>Heron ~ Us</title>", "Heron"),
        ("<title>heron-at-dawn.jpg</title>", "heron at dawn"),
        ("<title>DSC_0042.jpg - Photos</title><h1>DSC_0042.jpg</h1>", "DSC_0042"),
        ("<title>Photo 3 of 20</title>", None),
        ("<title>Photo 3</title><h1>Photo 3</h1><h3>Related photos</h3>", "Photo 3"),
        ("<title>图3</title><h1>图3</h1><h3>相关壁纸推荐</h3>", "图3"),
        ("<title>Birds - WP</title><h1>Category: Birds</h1>", "Birds"),
        ("<h1>Category:Herons</h1>", "Herons"),
        ("<h1>Fish &amp;amp; <i>chips</i>\n\n here</h1>", "Fish & chips here"),
        ("<h1>R&amp;D &lt;3</h1>", "R&D <3"),
    ],
)
def test_title_of_a_page(markup: str, title: str | None) -> None:
    assert title_of(markup) == title
