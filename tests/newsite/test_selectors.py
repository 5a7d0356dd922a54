"""The shortest sturdy selector that gives exactly the wanted values on all pages."""

from collections.abc import Sequence

import pytest

from spiders_project.newsite.meanings import (
    DATE,
    LICENSE,
    LINKS,
    NEXT_LINK,
    TEXT,
    TEXTS,
    Meaning,
    Sample,
)
from spiders_project.newsite.selectors import infer_selector
from spiders_project.pages.page import Page

URL = "https://gallery.example/a/"


def sample(markup: str, *values: str) -> Sample:
    return Sample(Page(URL, markup.encode()), values)


def links(*names: str) -> tuple[str, ...]:
    return tuple(URL + name for name in names)


@pytest.mark.parametrize(
    ("samples", "meaning", "selector"),
    [
        ([sample("<h1>Heron</h1><p>Heron</p>", "Heron")], TEXT, "h1"),
        (
            [sample("<h1>Us</h1><h2 class=name>Heron</h2>", "Heron")],
            TEXT,
            "h2.name",
        ),
        (
            [
                sample("<h1>Us</h1><h2 class='name p-482'>Heron</h2>", "Heron"),
                sample("<h1>Us</h1><h2 class='name p-483'>Coot</h2>", "Coot"),
            ],
            TEXT,
            "h2.name",
        ),
        (
            [sample("<div id=post-48><b>x</b><i>Heron</i></div>", "Heron")],
            TEXT,
            "i",
        ),
        (
            [
                sample("<p>Us</p><div class=who><p>Anna</p></div>", "Anna"),
                sample("<p>Us</p><div class=who></div>"),
            ],
            TEXT,
            "div.who p",
        ),
        (
            [sample("<a rel=license class=x href='/by'>BY</a>", "https://gallery.example/by")],
            LICENSE,
            "a[rel=license]::attr(href)",
        ),
        (
            [sample("<p>12 March 2024</p><time datetime=2024-03-12>x</time>", "2024-03-12")],
            DATE,
            "time::attr(datetime)",
        ),
        ([sample("<p class=when>12 March 2024</p>", "2024-03-12")], DATE, "p.when"),
        (
            [sample("<ul class=tags><li>a</li><li>b</li></ul><li>c</li>", "a", "b")],
            TEXTS,
            "ul.tags li",
        ),
        (
            [sample("<a class=card href=1>.</a><a href=x>.</a><a class=card href=2>.</a>",
                    *links("1", "2"))],
            LINKS,
            "a.card::attr(href)",
        ),
        (
            [
                sample("<a class=next href=2>.</a>", *links("2")),
                sample("<a href=1>.</a>"),
            ],
            NEXT_LINK,
            "a.next::attr(href)",
        ),
        (
            [sample("<div class=col-md-4><a data-full=o.jpg href=p>.</a></div>", *links("o.jpg"))],
            LINKS,
            "a::attr(data-full)",
        ),
    ],
)  # fmt: skip
def test_selector(samples: Sequence[Sample], meaning: Meaning, selector: str) -> None:
    assert infer_selector(samples, meaning) == selector


@pytest.mark.parametrize(
    ("samples", "meaning"),
    [
        (
            [
                sample("<dl><dt>Name<dd>Heron<dt>Author<dd>Anna</dl>", "Anna"),
                sample("<dl><dt>Author<dd>Ben<dt>Name<dd>Coot</dl>", "Ben"),
            ],
            TEXT,
        ),
        (
            [
                sample("<table><tr><td>Zeit</td><td>7</td></tr><tr><td>Foto</td><td>Anna</td></tr>",
                       "Anna"),
                sample("<table><tr><td>Foto</td><td>Ben</td></tr></table>", "Ben"),
            ],
            TEXT,
        ),
        (
            [
                sample("<p>浏览：7</p><p>作者：张三</p>", "张三"),
                sample("<p>作者：李四</p><p>浏览：7</p>", "李四"),
            ],
            TEXT,
        ),
        (
            [
                sample("<div><b>Views:</b> 7 <b>Author:</b> Anna</div>", "Anna"),
                sample("<div><b>Author:</b> Ben <b>Views:</b> 7</div>", "Ben"),
            ],
            TEXT,
        ),
        (
            [
                sample("<a href=1>1</a><a href=2>2</a><a href=2>下一页</a>", *links("2")),
                sample("<a href=1>1</a><a href=2>2</a><a href=3>3</a><a href=3>下一页</a>",
                       *links("3")),
                sample("<a href=1>1</a><a href=2>2</a>"),
            ],
            NEXT_LINK,
        ),
    ],
)  # fmt: skip
def test_label_leads_where_no_class_does(samples: Sequence[Sample], meaning: Meaning) -> None:
    selector = infer_selector(samples, meaning)
    assert selector is not None
    assert selector.startswith(("/", "("))
    for each in samples:
        assert meaning.reads(each.page, selector) == each.values


@pytest.mark.parametrize(
    "samples",
    [
        [],
        [sample("<h1>Heron</h1>")],
        [sample("<h1>Heron</h1>", "Coot")],
        [sample("<h1>Heron</h1>", "Heron"), sample("<h1>Coot</h1>", "Somebody else")],
        [sample("<p>Heron</p><p>Coot</p>", "Heron"), sample("<p>Coot</p><p>Elk</p>", "Elk")],
        [sample("", "Heron")],
    ],
)
def test_none_where_none_fits_all_pages(samples: Sequence[Sample]) -> None:
    assert infer_selector(samples, TEXT) is None


@pytest.mark.parametrize(
    "classes", ["css-1x2y3z4", "sc-bdVaJa1", "col-md-4", "active", "lazyload", "post-1234"]
)
def test_passing_class_is_not_relied_upon(classes: str) -> None:
    markup = f"<p>Us</p><section><p class='{classes}'>Heron</p></section>"
    selector = infer_selector([sample(markup, "Heron")], TEXT)
    assert selector is not None
    assert classes not in selector


def test_selector_fits_into_a_line_of_a_site_file() -> None:
    name = "very-" * 7 + "long"
    deep = f"<p>Us</p><div class={name}><div class={name}-2><p class={name}>Heron</p></div></div>"
    selector = infer_selector([sample(deep, "Heron")], TEXT)
    assert selector is not None
    assert len(selector) <= 84
