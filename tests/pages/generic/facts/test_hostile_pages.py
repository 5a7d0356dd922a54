"""Pages that are broken, endless or made to hurt give what can be had, and no error."""

import json

import pytest

from spiders_project.pages.generic.facts import facts_of, facts_of_block
from spiders_project.pages.generic.previews import Preview
from spiders_project.pages.generic.values import Facts
from spiders_project.pages.page import Page


def page_of(markup: str | bytes) -> Page:
    body = markup if isinstance(markup, bytes) else markup.encode("utf-8", "surrogatepass")
    return Page("https://gallery.example/a/", body)


def json_ld(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


NOTHING = [
    "",
    b"\x00\xff\xfe",
    bytes(range(256)) * 500,
    "<div>" * 30_000,
    "<div class=title>" * 5_000,
    "<div itemscope itemprop=name>" * 5_000,
    "<div class=a><img></div><div class=a><img></div><div class=a>" * 2_000,
    "<p><b>Author:</b> " * 2_000,
    "<a rel=license href='http://[::1'></a><a rel=license href='javascript:x'></a>",
    json_ld("[" * 100_000),
    json_ld('{"@type":"ImageObject","name":'),
    json_ld('[{"@type":["ImageObject",3,null],"name":{"a":1},"author":[[],{"name":5}],'
            '"keywords":[1,null],"license":{"url":[1]},"isPartOf":[1]},'
            '{"@type":"BreadcrumbList","itemListElement":{"position":"x","item":3}}]'),
    "<title>" + "a - " * 50_000 + "</title>",
    "<table>" + "<tr><td>Author:</td><td>Anna</td></tr><tr><td>Author:</td><td>B</td></tr>" * 500,
]  # fmt: skip


@pytest.mark.parametrize("markup", NOTHING, ids=range(len(NOTHING)))
def test_page_without_end_or_sense_is_read(markup: str | bytes) -> None:
    page = page_of(markup)
    assert isinstance(facts_of(page), Facts)
    for element in list(page.selector.root.iter("img", "div", "td"))[:50]:
        assert isinstance(facts_of_block(page, element, Preview(element, ())), Facts)


def test_half_surrogates_are_left_out() -> None:
    facts = facts_of(page_of(json_ld(r'{"@type":"ImageObject","name":"\ud800 Elk \ud83e\udd8c"}')))
    assert facts.title == "Elk 🦌"


@pytest.mark.parametrize(
    "text",
    [
        '{"@type":"ImageObject","name":"Elk",}',
        '// made by hand\n{"@type":"ImageObject","name":"Elk"};',
        '<!-- {"@type":"ImageObject","name":"Elk"} -->',
        '/*<![CDATA[*/ {"@type":"ImageObject","name":"Elk"} /*]]>*/',
        '{"@type":"ImageObject","name":"El\tk\n"}',
        '{"@graph":[[{"@type":["ImageObject","Thing"],"name":["Elk"]}]]}',
        '{"@type":"http://schema.org/ImageObject","name":{"@value":"Elk"}}',
    ],
)
def test_json_ld_is_read_although_it_is_broken(text: str) -> None:
    title = facts_of(page_of(json_ld("{broken") + json_ld(text))).title
    assert title is not None
    assert title.replace(" ", "") == "Elk"


def test_markup_and_entities_are_no_part_of_a_text() -> None:
    value = "<b>Elk</b> &amp; &lt;fox&gt; <script>alert(1)</script>"
    text = json.dumps({"@type": "Photograph", "name": value}).replace("</", "<\\/")
    facts = facts_of(page_of(json_ld(text)))
    assert facts.title == "Elk & <fox>"


def test_title_is_as_long_as_a_name_may_be() -> None:
    facts = facts_of(page_of(f"<h1>{'word ' * 10_000}</h1>"))
    assert facts.title is not None
    assert len(facts.title) <= 250
    assert facts.title.endswith("word")
