"""The pictures that a page shows, in every markup that shows pictures."""

import pytest

from spiders_project.pages.generic.previews import Preview, find_previews
from spiders_project.pages.generic.values import Clue
from spiders_project.pages.page import Page

PIXEL = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"


def previews_of(body: str) -> list[Preview]:
    return find_previews(Page("https://g.example/a/", f"<body>{body}</body>".encode()))


def addresses(body: str) -> list[list[str]]:
    return [
        [candidate.url.removeprefix("https://g.example/a/") for candidate in preview.candidates]
        for preview in previews_of(body)
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<img src=a.jpg>", ["a.jpg"]),
        ("<amp-img src=a.jpg width=300 height=200></amp-img>", ["a.jpg"]),
        ("<form><input type=image src=a.jpg></form>", ["a.jpg"]),
        ("<svg><image xlink:href=a.jpg width=300 height=200 /></svg>", ["a.jpg"]),
        ("<svg><image href=a.jpg /></svg>", ["a.jpg"]),
        ('<div style="background-image: url(a.jpg)"></div>', ["a.jpg"]),
        ("<div style=\"background:#fff url('a b.jpg') no-repeat\"></div>", ["a%20b.jpg"]),
        ('<a style="background-image:url(&quot;a.jpg&quot;)" href=b></a>', ["a.jpg"]),
        ("<div class=lazy data-bg=a.jpg></div>", ["a.jpg"]),
        ("<div data-background-image=a.jpg></div>", ["a.jpg"]),
        ("<section class=lazy data-bg=\"url('a.jpg')\"></section>", ["a.jpg"]),
        ("<div class=img data-src=a.jpg></div>", ["a.jpg"]),
        (f'<img src="{PIXEL}" data-src=a.jpg>', ["a.jpg"]),
        ("<img src=/images/blank.gif data-original=a.jpg>", ["a.jpg"]),
        ("<img src=s.gif data-lazy=a.jpg>", ["a.jpg", "s.gif"]),
        ("<img src=a.jpg data-lazy=true>", ["a.jpg"]),
        ("<img src=loading.gif zoomfile=a.jpg>", ["a.jpg"]),
        (
            "<img file=a.jpg src=static/image/common/none.gif>",
            ["a.jpg", "static/image/common/none.gif"],
        ),
        ("<img srcset='s.jpg 300w, m.jpg 800w' src=t.jpg>", ["m.jpg", "s.jpg", "t.jpg"]),
        ("<img srcset='a.jpg 1x,b.jpg 2x' src=a.jpg>", ["b.jpg", "a.jpg"]),
        ("<img srcset='a,1.jpg, b,2.jpg 2x'>", ["b,2.jpg", "a,1.jpg"]),
        ("<img data-srcset='s.jpg 300w, m.jpg 800w'>", ["m.jpg", "s.jpg"]),
        (
            "<picture><source type=image/webp srcset='a.webp 900w'><img src=a.jpg></picture>",
            ["a.webp", "a.jpg"],
        ),
        (
            "<picture><source data-srcset=a.webp><noscript><img src=a.jpg></noscript></picture>",
            ["a.webp", "a.jpg"],
        ),
        ("<img class=lazy data-src=a.jpg><noscript><img src=a.jpg></noscript>", ["a.jpg"]),
        (
            "<noscript><img src=b.jpg></noscript><img class=lazyload data-src=a.jpg>",
            ["a.jpg", "b.jpg"],
        ),
        (f'<img src="{PIXEL}" data-id=7><noscript><img src=a.jpg></noscript>', ["a.jpg"]),
        ("<noscript><ul><li><img src=a.jpg></li></ul></noscript>", ["a.jpg"]),
        ("<img src=grey-heron.png>", ["grey-heron.png"]),
        ("<img src=' \n a.jpg '>", ["a.jpg"]),
    ],
)
def test_finds_one_picture(body: str, expected: list[str]) -> None:
    assert addresses(body) == [expected]


@pytest.mark.parametrize(
    "body",
    [
        "<img src=i.png width=32 height=24>",
        "<img src=i.png style='width:16px;height:16px'>",
        "<img src=t.gif width=1 height=1>",
        "<img src=line.gif width=600 height=2>",
        "<img src=/img/spacer.gif width=100 height=20>",
        "<img class=emoji src=1f600.png>",
        "<img src=https://s.example/core/emoji/2/72x72/1f600.png>",
        f'<img src="{PIXEL}">',
        "<img>",
        "<img src='javascript:x()'>",
        "<img src='http://['>",
        "<template><img src=a.jpg></template>",
        "<input type=text src=a.jpg>",
        "<iframe data-src=https://v.example/1.jpg></iframe>",
        "<div style='background: red'></div>",
        "<div style='background: url()'></div>",
        "<div data-src=player.html></div>",
    ],
)
def test_leaves_out_what_is_no_picture(body: str) -> None:
    assert addresses(body) == []


def test_a_background_and_the_image_in_it_are_one_picture() -> None:
    body = "<div style='background-image:url(a.jpg)'><a href=b><img src=a.jpg></a></div>"
    assert [preview.element.tag for preview in previews_of(body)] == ["img"]
    other = "<div style='background-image:url(a.jpg)'><img src=b.jpg></div>"
    assert addresses(other) == [["a.jpg"], ["b.jpg"]]


def test_leaves_out_the_placeholder_that_all_have_in_common() -> None:
    body = "".join(f"<img src=wait.jpg data-src={name}.jpg>" for name in "abc")
    assert addresses(body) == [["a.jpg"], ["b.jpg"], ["c.jpg"]]


def test_keeps_a_picture_that_is_shown_again_and_again_if_it_has_no_other_address() -> None:
    assert addresses("<img src=folder.png>" * 3) == [["folder.png"]] * 3


def test_keeps_a_placeholder_that_a_script_fills() -> None:
    assert addresses(f'<a href=1><img class=lazy src="{PIXEL}"></a>') == [[]]


def test_says_size_and_words() -> None:
    preview = previews_of("<img src=a.jpg width=300 style='height: 200px' alt=' A \n b '>")[0]
    assert (preview.width, preview.height, preview.text) == (300, 200, "A b")


def test_a_size_in_percent_is_none() -> None:
    assert previews_of("<img src=a.jpg width=100%>")[0].width is None


def test_says_where_an_address_stands_and_how_wide_it_is() -> None:
    found = previews_of("<img srcset='m.jpg 800w' data-src=l.jpg src=s.jpg>")[0].candidates
    assert [(one.clue, one.width) for one in found] == [
        (Clue.SRCSET, 800),
        (Clue.DATA, None),
        (Clue.SHOWN, None),
    ]


@pytest.mark.parametrize(
    ("body", "is_preview"),
    [
        ("<img src=a.jpg width=200 height=150>", True),
        ("<img src=thumbs/a.jpg>", True),
        ("<img src=a.jpg width=1200 height=800>", False),
        ("<img src=a.jpg>", False),
    ],
)
def test_says_what_is_shown_small(body: str, is_preview: bool) -> None:
    assert previews_of(body)[0].candidates[0].is_preview is is_preview


def test_lists_in_the_order_of_the_page() -> None:
    body = "<img src=a.jpg><p style='background:url(b.jpg)'></p><amp-img src=c.jpg></amp-img>"
    assert addresses(body) == [["a.jpg"], ["b.jpg"], ["c.jpg"]]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\x00\xff\xfe",
        b"<img src=a.jpg" * 1000,
        b"<div>" * 100_000 + b"<img src=a.jpg>",
        b"<img src='&#xD800;.jpg'>",
        b"<img srcset='" + b"," * 100_000 + b"'>",
        b"<p style='background:" + b"url( " * 50_000 + b"'>",
    ],
)
def test_survives_any_page(body: bytes) -> None:
    assert isinstance(find_previews(Page("https://g.example/", body)), list)
