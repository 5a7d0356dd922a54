"""What a card, a figure or a link says of its picture, in the markup of many libraries."""

import pytest

from spiders_project.pages.generic.facts import facts_of_block
from spiders_project.pages.generic.previews import find_previews
from spiders_project.pages.generic.values import Facts
from spiders_project.pages.page import Page
from tests.pages.generic.facts.test_pages import BY, saved_page

EXPECTED = {
    "cards": [
        Facts(
            title="Valley of mist",
            tags=("mist", "valley"),
            author="Ida Berg",
            license=f"{BY}/4.0/",
            published="2022-02-01",
        ),
        Facts(title="The ridge", tags=("ridge", "rock"), author="Ole Dahl", published="2022-02-02"),
        Facts(title="Dunes", author="Kim Oh", published="2022-02-03"),
    ],
    "lightboxes": [
        Facts(title="Old bridge", author="Ana"),
        Facts(title="Red barn"),
        Facts(title="White fence", description="Somewhere in Ohio"),
        Facts(title="Corn field"),
        Facts(title="Water tower", description="Taken from the car"),
        Facts(title="Gas station at night"),
        Facts(title="route 66"),
        Facts(),
    ],
    "lightgallery": [
        Facts(title="Lighthouse", description="The one in the north, built 1871."),
        Facts(title="Dunes", author="Nils"),
        Facts(title="Gulls"),
        Facts(title="IMG_0004"),
    ],
    "photoswipe": [
        Facts(title="Blue arch"),
        Facts(title="Seals on ice"),
        Facts(title="Sunrise over the shelf map"),
        Facts(title="Whale"),
    ],
    "table_1999": [
        Facts(title="The fjord in the morning"),
        Facts(title="Our ferry"),
        Facts(title="The cabin", published="1999-07-12"),
        Facts(title="DSC00017"),
    ],
    "wordpress_gallery": [
        Facts(title="Cheese stall"),
        Facts(title="DSC_0042"),
        Facts(title="fish", description="Fresh from the boat"),
    ],
}


def blocks_of(page: Page) -> list[Facts]:
    """Return the facts of each picture; its block is the link around it, where there is one."""
    facts = []
    for preview in find_previews(page):
        link = next(preview.element.iterancestors("a"), preview.element)
        facts.append(facts_of_block(page, link, preview))
    return facts


@pytest.mark.parametrize("name", EXPECTED)
def test_facts_of_each_picture_of_a_listing(name: str) -> None:
    assert blocks_of(saved_page(name)) == EXPECTED[name]


def title_of(markup: str) -> str | None:
    return blocks_of(Page("https://gallery.example/", markup.encode()))[0].title


BUTTONS = "<a href=/tag/sky>sky</a><a href=/like/1>♥</a>"


@pytest.mark.parametrize(
    ("markup", "title"),
    [
        (f"<figure><a href=1/><img src=elk.png></a><figcaption>{BUTTONS}</figcaption>", "elk"),
        ("<a href=1.jpg><img src=t.jpg alt='Photo 3 of 20'><b>Elk</b></a>", "Elk"),
        ("<a href=1.jpg><img src=t.jpg alt='IMG_1.JPG'></a><p>Elk</p>", "Elk"),
        ("<figure><img src=t.jpg alt=x1><figcaption>Elk &amp;amp; fox</figcaption>", "Elk & fox"),
        ("<a href=red_elk.jpg title='Click to enlarge'><img src=t.jpg></a>", "red elk"),
        ("<a href=1.html><img src='/m/red-elk_400x300.jpg'></a>", "red elk"),
        ("<a href=1.html><img src='/m/%E9%B9%BF.jpg'></a>", "鹿"),
        ("<a href=1.html><img src='/m/3f1d0a77c2.jpg'></a>", None),
        ("<li><a href=1.html><img src=t.jpg></a><h3>Elk</h3><h3>120 views</h3></li>", "Elk"),
        ("<li><a href=1.html><img src=t.jpg alt='Fox at dawn'></a><h4>Elk</h4></li>", "Elk"),
        ("<a href=1/><img src=t.jpg alt=Cover><span><b>Elks</b><i>24</i></span></a>", "Elks"),
        ("<a href=1.html title='图1'><img src=/2300-lp.jpg alt='图1'></a>", "图1"),
        ("<a href=1.html data-title='&lt;i&gt;Elk&lt;/i&gt;'><img src=t.jpg></a>", "Elk"),
        ("<a href=1.jpg><img src=t.jpg alt='' aria-labelledby=e></a><p id=e>Elk</p>", "Elk"),
        ("<a href=1.jpg><img src=t.jpg alt='" + "elk " * 5000 + "'></a>", ("elk " * 62).strip()),
    ],
)
def test_title_is_what_says_most(markup: str, title: str | None) -> None:
    assert title_of(markup) == title


def test_links_to_people_and_tags_say_so() -> None:
    markup = (
        "<li><a href=1.html><img src=elk.jpg></a><a href=/user/7>Anna</a>"
        "<a href='/?tag=sky'>sky</a><a href=/tags/elk>#elk</a></li>"
    )
    (facts,) = blocks_of(Page("https://gallery.example/", markup.encode()))
    assert facts == Facts(title="elk", author="Anna", tags=("sky", "elk"))


def test_heading_of_a_gallery_is_not_the_title_of_its_only_picture() -> None:
    markup = "<div><h2>Animals</h2><div><a href=1.jpg><img src=t.jpg alt=Elk></a></div></div>"
    assert title_of(markup) == "Elk"
