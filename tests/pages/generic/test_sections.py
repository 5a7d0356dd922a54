"""Headings that lead to all of what stands below them."""

import pytest

from spiders_project.pages.generic.cards import find_groups
from spiders_project.pages.generic.kinds import kinds_of
from spiders_project.pages.generic.pagination import next_pages
from spiders_project.pages.generic.previews import find_previews
from spiders_project.pages.generic.values import Kind
from spiders_project.pages.page import Page

HERE = "https://g.example/photos/"


def samples(name: str, count: int) -> str:
    cards = "".join(
        f'<a href="/photo/{name}{n}/"><img src="/t/{name}{n}.jpg" alt="{name} {n}"></a>'
        for n in range(count)
    )
    return f'<div class="sample"><h2><a href="/gallery/{name}/">{name}</a></h2>{cards}</div>'


def page_of(body: str, url: str = HERE) -> Page:
    return Page(url, body.encode(), "text/html; charset=utf-8")


def words_of(page: Page) -> list[list[str | None]]:
    """Return the links of the groups of cards that are words."""
    groups = find_groups(page, find_previews(page))
    return [[card.link for card in group.cards] for group in groups if not group.cards[0].preview]


def test_headings_above_samples_are_albums() -> None:
    page = page_of(samples("alps", 4) + samples("sea", 3))
    previews = find_previews(page)
    groups = find_groups(page, previews)

    assert words_of(page) == [["https://g.example/gallery/alps/", "https://g.example/gallery/sea/"]]
    assert len([card for group in groups for card in group.cards if card.preview]) == 7
    assert kinds_of(page, previews, groups) == {Kind.LISTING, Kind.ALBUMS}


@pytest.mark.parametrize(
    "body",
    [
        samples("alps", 4),
        samples("alps", 1) + samples("sea", 1) + samples("sky", 1),
        samples("alps", 3).replace("/gallery/alps/", "https://elsewhere.example/")
        + samples("sea", 3).replace("/gallery/sea/", "https://elsewhere.example/b"),
        samples("alps", 3).replace("/gallery/alps/", "/photos/") * 2,
    ],
    ids=["a single one", "titles of cards", "of other sites", "the page itself"],
)
def test_other_headings_are_none(body: str) -> None:
    assert words_of(page_of(body)) == []


def test_a_further_page_may_say_its_order_and_another_order_is_none() -> None:
    links = "".join(
        f'<li><a href="/?page={n}&amp;sort=-1&amp;items=25">{n}</a></li>' for n in (1, 2, 3)
    )
    page = page_of(
        f'<ul class="pagination">{links}<li><a href="/?sort=1">next</a></li></ul>',
        "https://g.example/",
    )

    assert next_pages(page, {Kind.LISTING}) == (
        "https://g.example/?page=2&sort=-1&items=25",
        "https://g.example/?page=3&sort=-1&items=25",
    )
