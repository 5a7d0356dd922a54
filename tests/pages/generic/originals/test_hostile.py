"""Pages that are broken, hostile or huge."""

import pytest

from spiders_project.pages.generic.data.literals import read_script
from spiders_project.pages.generic.originals import (
    candidates_of,
    candidates_of_page,
    pictures_in_json_ld,
    pictures_in_scripts,
    ranked,
)
from spiders_project.pages.generic.previews import find_previews
from spiders_project.pages.page import Page

JSON = '<script type="application/json">'
JSON_LD = '<script type="application/ld+json">'
MARKUP = {
    "nothing": "",
    "half surrogates": '<a href="\ud800.jpg"><img src="\udfff.jpg" data-full="\ud800/x.jpg"></a>',
    "links that lead nowhere": '<a href="javascript:0"><img src="x.jpg" data-full="data:,"></a>',
    "broken addresses": '<a href="http://[::1"><img src="http://[x/a.jpg" data-b="//[/a.jpg"></a>',
    "ports": '<a href="http://e.org:99999/a.jpg"><img src="a.jpg" data-big="http://e:x/b.jpg"></a>',
    "broken srcset": '<img src="a.jpg" srcset=",,, 1w, a.jpg 1e999w, b.jpg 99999999999999w,,">',
    "sizes that are none": '<a href="b.jpg" data-w="９" data-size="xxx"><img src="a.jpg"></a>',
    "broken JSON": """<div data-a='[{"src": "b.jpg", '><img src="a.jpg" data-x='{"a": '></div>""",
    "deep JSON": "<img src=a.jpg data-x='" + "[" * 50_000 + "'>",
    "deep script": "<script>x='.jpg';y=" + "[{a:" * 50_000 + "</script>",
    "deep JSON-LD": JSON_LD + '{"image":[' * 50_000 + "</script>",
    "deep tags": "<div>" * 100_000 + '<img src="a.jpg">',
    "JSON of all kinds": JSON + '[1, null, "a.jpg", {"src": 3, "w": {}}]</script>',
    "huge numbers": "<script>x={src:'a.jpg',w:" + "9" * 10_000 + ",h:1e9999}</script>",
    "JSON-LD of all kinds": JSON_LD + '{"@type":[{}],"image":{"@type":7}}</script>',
    "types": JSON_LD + '{"@type":"ImageObject","contentUrl":{"url":[]}}</script>',
    "endless escapes": "<script>x='.jpg" + "\\" * 10_001 + "'</script>",
    "embedded again and again": "<script>x='" + '{"a":"' * 3000 + ".jpg'</script>",
}


def read_all(page: Page) -> int:
    count = len(pictures_in_scripts(page)) + len(pictures_in_json_ld(page))
    count += len(ranked(candidates_of_page(page))[0])
    for preview in find_previews(page):
        block = preview.element.getparent()
        count += len(ranked(candidates_of(page, preview, block))[0])
    return count


@pytest.mark.parametrize("html", MARKUP.values(), ids=MARKUP)
def test_a_broken_page_raises_nothing(html: str) -> None:
    page = Page(
        "https://example.org/g/", html.encode("utf-8", "surrogatepass"), "text/html; charset=utf-8"
    )
    assert read_all(page) >= 0


def test_the_block_may_be_the_whole_page() -> None:
    """What belongs to other pictures in it is left out."""
    cards = "".join(f'<li><a href="b/{n}.jpg"><img src="t/{n}.jpg"></a></li>' for n in range(800))
    page = Page("https://example.org/", f"<ul>{cards}</ul>".encode(), "text/html; charset=utf-8")
    body = page.selector.css("body")[0].root
    for n, preview in enumerate(find_previews(page)):
        order, _ = ranked(candidates_of(page, preview, body))
        assert order[0].url == f"https://example.org/b/{n}.jpg"
        assert {c.url.rpartition("/")[2] for c in order} == {f"{n}.jpg"}


@pytest.mark.parametrize(
    "piece",
    ["/*", "'", '"', "`", "{a:", "=[", ",/", "=/[", "(", "a.", "+", "\\", "b=c,", "//", "<!--"],
)
def test_the_time_to_read_a_script_grows_with_its_length(piece: str) -> None:
    """A reader that is quadratic anywhere would take hours for these."""
    told = read_script(piece * (150_000 // len(piece)))
    assert told is None or isinstance(told, str | int | float | list | dict)
