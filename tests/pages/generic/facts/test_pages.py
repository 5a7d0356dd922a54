"""The facts of pages as galleries write them; the pages were written by hand."""

from pathlib import Path

import pytest

from spiders_project.pages.generic.facts import facts_of
from spiders_project.pages.generic.values import Facts
from spiders_project.pages.page import Page
from tests.conftest import PROJECT

GALLERIES = PROJECT / "tests" / "fixtures" / "galleries"
BY = "https://creativecommons.org/licenses/by"

EXPECTED = {
    "wordpress_attachment": Facts(
        title="Grey heron at dawn",
        tags=("heron", "fog"),
        author="Anna Lindqvist",
        published="2023-04-02T05:51:12+00:00",
        description="A heron waits in the reeds while the fog lifts.",
        category="Birds of the lake",
    ),
    "piwigo": Facts(
        title="Col du Galibier",
        tags=("montagne", "neige"),
        author="Claire Dubois",
        published="2022-07-14",
        description="La route du col, juste après l'orage.",
        category="Été 2022",
    ),
    "coppermine": Facts(
        title="Snowman",
        tags=("snow", "garden"),
        published="2009-01-04",
        description="The one with the blue hat",
        category="Winter 2009",
    ),
    "mediawiki": Facts(
        title="Common kingfisher on a branch",
        author="Marek Nowak",
        license=f"{BY}-sa/4.0/deed.en",
        published="2019-05-11T08:12:00",
        description="English: A kingfisher with a fish",
        category="Alcedo atthis",
    ),
    "microdata": Facts(
        title="Boats at low tide",
        tags=("boats", "low tide"),
        author="Jo Hartley",
        license="https://gallery.example/licence.html",
        published="2021-09-03",
        description="Three boats on the mud of Whitby.",
        category="Harbours",
    ),
    "museum": Facts(
        title="Gezicht op de haven",
        tags=("haven", "schepen"),
        author="Jan de Vries",
        license="https://creativecommons.org/publicdomain/mark/1.0/",
        published="1874-06-01",
        description="Ets van de haven bij avond.",
    ),
    "gbk_wallpaper": Facts(
        title="雪山下的湖泊高清壁纸",
        tags=("雪山", "湖泊"),
        author="李雷",
        published="2023-08-05T09:30:00",
        description="雪山下的湖泊高清壁纸下载",
        category="风景壁纸",
    ),
    "german_blog": Facts(
        title="Nebel im Moor",
        tags=("Nebel", "Moor", "Herbst"),
        author="Petra Wolf",
        license="CC BY-NC 4.0",
        published="2020-11-03",
        description="Morgens um sechs, kurz vor dem Regen.",
        category="Landschaft",
    ),
    "japanese": Facts(
        title="桜の並木道",
        tags=("桜", "春"),
        author="山田太郎",
        license="CC BY 4.0",
        published="2022-04-03",
        category="花",
    ),
    "russian": Facts(
        title="Старая мельница",
        tags=("мельница", "река"),
        author="Иван Петров",
        license=f"{BY}-nd/4.0/",
        published="2018-06-14",
    ),
}
"""What each detail page says."""

LISTINGS = {
    "cards": "Landscapes",
    "lightboxes": "Many lightboxes",
    "lightgallery": "Summer",
    "photoswipe": "Icebergs",
    "table_1999": "Our trip to Norway",
    "wordpress_gallery": "Market day",
}


def saved_page(name: str) -> Page:
    path: Path = next((GALLERIES / f"facts_{name}").glob("*.html"))
    return Page("https://gallery.example/a/page.html", path.read_bytes())


@pytest.mark.parametrize("name", EXPECTED)
def test_facts_of_a_detail_page(name: str) -> None:
    assert facts_of(saved_page(name)) == EXPECTED[name]


@pytest.mark.parametrize("name", LISTINGS)
def test_listing_has_a_title_and_none_of_the_facts_of_its_cards(name: str) -> None:
    assert facts_of(saved_page(name)) == Facts(title=LISTINGS[name])
