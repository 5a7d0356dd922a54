"""A page as a value: its text in any encoding, and addresses that are safe to request."""

import codecs

import pytest

from spiders_project.pages.page import Page

URL = "https://example.org/gallery/index.html?page=1#top"
TITLE = "<title>高清壁纸</title>"


def page(html: str, url: str = URL) -> Page:
    return Page(url, html.encode("utf-8"), "text/html; charset=utf-8")


def link(href: str, base: str = "") -> list[str]:
    return page(f'{base}<a href="{href}">.</a>').links("a::attr(href)")


# --- encodings ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (TITLE.encode("utf-8"), "text/html; charset=utf-8"),
        (TITLE.encode("utf-8"), "text/html"),
        (TITLE.encode("utf-8"), None),
        (codecs.BOM_UTF8 + TITLE.encode("utf-8"), None),
        (codecs.BOM_UTF8 + TITLE.encode("utf-8"), "text/html; charset=gbk"),
        (TITLE.encode("utf-16"), None),
        (TITLE.encode("gbk"), "text/html; charset=gbk"),
        (TITLE.encode("gbk"), "text/html; charset=GB2312"),
        (b"<meta charset=gbk>" + TITLE.encode("gbk"), None),
        (b'<meta charset="gb2312">' + TITLE.encode("gbk"), "text/html"),
        (
            b'<meta http-equiv="Content-Type" content="text/html; charset=gbk">'
            + TITLE.encode("gbk"),
            "text/html",
        ),
        (b"<meta charset=gbk>" + TITLE.encode("utf-8"), "text/html; charset=utf-8"),
        (TITLE.encode("utf-8"), "text/html; charset=no-such-thing"),
        (b"<meta charset=no-such-thing>" + TITLE.encode("utf-8"), "text/html"),
    ],
    ids=[
        "header",
        "nothing said",
        "no header",
        "byte order mark",
        "byte order mark beats header",
        "utf-16",
        "gbk by header",
        "gb2312 by header",
        "gbk by meta",
        "gb2312 by meta",
        "gbk by http-equiv",
        "header beats meta",
        "unknown by header",
        "unknown by meta",
    ],
)
def test_reads_the_text_in_its_encoding(body: bytes, content_type: str | None) -> None:
    assert Page(URL, body, content_type).text_of("title") == "高清壁纸"


def test_gb2312_is_read_with_all_characters_of_its_superset() -> None:
    body = b"<meta charset=gb2312><title>" + "朱镕基".encode("gbk") + b"</title>"
    assert Page(URL, body).text_of("title") == "朱镕基"


def test_wrong_encoding_loses_letters_and_nothing_else() -> None:
    body = '<title>壁纸</title><a href="/1.html">.</a>'.encode("gbk")
    mistaken = Page(URL, body, "text/html; charset=utf-8")
    assert mistaken.text_of("title") != "壁纸"
    assert mistaken.links("a::attr(href)") == ["https://example.org/1.html"]


@pytest.mark.parametrize(
    "body",
    [b"", b" \n", b"\0", b"<", b"<!--", codecs.BOM_UTF8, b"\xff\xfe", b"{}", b"\x89PNG\r\n\x1a\n"],
)
def test_page_without_content_has_nothing_on_it(body: bytes) -> None:
    empty = Page(URL, body)
    assert empty.links("a::attr(href)") == []
    assert empty.text_of("h1") is None
    assert empty.texts("//img/@src") == []


def test_xml_declaration_with_an_encoding_is_no_obstacle() -> None:
    assert page('<?xml version="1.0" encoding="gbk"?><html><h1>壁纸</h1>').text_of("h1") == "壁纸"


# --- selectors ---------------------------------------------------------------

ALBUM = """
<div class="album"><h1> Sunset <b>over</b>
  the sea </h1><p class="tags"><a>red</a> <a> </a> <a>blue</a></p>
<img src="1.jpg" title="one"><img src="2.jpg" title=""><img src="1.jpg"></div>
"""


@pytest.mark.parametrize(
    ("selector", "texts"),
    [
        ("h1", ["Sunset over the sea"]),
        ("h1::text", ["Sunset", "the sea"]),
        (".tags a", ["red", "blue"]),
        (".tags a::text", ["red", "blue"]),
        ("img::attr(src)", ["1.jpg", "2.jpg", "1.jpg"]),
        ("img::attr(title)", ["one"]),
        ("//img/@src", ["1.jpg", "2.jpg", "1.jpg"]),
        ("(//img/@src)[2]", ["2.jpg"]),
        ("//h1/b/text()", ["over"]),
        ("//h1", ["Sunset over the sea"]),
        ("h2", []),
        ("//h2/text()", []),
    ],
)
def test_texts_are_stripped_and_not_empty(selector: str, texts: list[str]) -> None:
    assert page(ALBUM).texts(selector) == texts


@pytest.mark.parametrize(
    ("selectors", "texts"),
    [
        (("h2", "h1"), ["Sunset over the sea"]),
        (("h1", ".tags a"), ["Sunset over the sea"]),
        (("img[src='2.jpg']::attr(title)", "//b/text()"), ["over"]),
        (("h2", "h3"), []),
        ((), []),
    ],
)
def test_first_selector_that_finds_something_counts(
    selectors: tuple[str, ...], texts: list[str]
) -> None:
    assert page(ALBUM).texts(selectors) == texts


def test_text_of_is_the_first_text() -> None:
    assert page(ALBUM).text_of(".tags a") == "red"
    assert page(ALBUM).text_of("h2") is None


def test_links_are_absolute_and_each_stands_once() -> None:
    addresses = ["https://example.org/gallery/1.jpg", "https://example.org/gallery/2.jpg"]
    assert page(ALBUM).links("img::attr(src)") == addresses


# --- addresses ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("a.html", "https://example.org/gallery/a.html"),
        ("./a.html", "https://example.org/gallery/a.html"),
        ("../a.html", "https://example.org/a.html"),
        ("../../../a.html", "https://example.org/a.html"),
        ("/a.html", "https://example.org/a.html"),
        ("b/a.php?x=1&y=b", "https://example.org/gallery/b/a.php?x=1&y=b"),
        ("/b/.././a.html", "https://example.org/a.html"),
        ("//cdn.example.net/a.jpg", "https://cdn.example.net/a.jpg"),
        ("http://example.net/a.jpg", "http://example.net/a.jpg"),
        ("HTTPS://example.net/a.jpg", "https://example.net/a.jpg"),
        ("?page=2", "https://example.org/gallery/index.html?page=2"),
        ("a.html#comments", "https://example.org/gallery/a.html"),
        ("#comments", "https://example.org/gallery/index.html?page=1"),
        (" a.html ", "https://example.org/gallery/a.html"),
        ("\n a.html\t", "https://example.org/gallery/a.html"),
        ("a b.jpg", "https://example.org/gallery/a%20b.jpg"),
        ("a  b.jpg", "https://example.org/gallery/a%20%20b.jpg"),
        ("a\nb.jpg", "https://example.org/gallery/ab.jpg"),
        ("a%20b.jpg", "https://example.org/gallery/a%20b.jpg"),
        ("壁纸.jpg", "https://example.org/gallery/%E5%A3%81%E7%BA%B8.jpg"),
        ("a.php?x=1&amp;y=2", "https://example.org/gallery/a.php?x=1&y=2"),
        ("https://bücher.example/a", "https://xn--bcher-kva.example/a"),
        ("https://example.org:8443/a", "https://example.org:8443/a"),
        ("http://[2001:db8::1]/a", "http://[2001:db8::1]/a"),
    ],
)
def test_link_becomes_an_absolute_address(href: str, address: str) -> None:
    assert link(href) == [address]


@pytest.mark.parametrize(
    "href",
    [
        "",
        " ",
        "javascript:void(0)",
        "JavaScript:;",
        "java\nscript:alert(1)",
        "data:image/png;base64,AAAA",
        "file:///etc/passwd",
        "ftp://example.org/a.jpg",
        "mailto:a@example.org",
        "tel:123",
        "about:blank",
        "blob:https://example.org/1",
        "s3://bucket/a.jpg",
        "http://",
        "http://[::1",
        "http://[not an address]/",
        "http://example.org:port/",
        "http://example.org:99999/",
    ],
)
def test_link_that_leads_to_no_web_address_is_none(href: str) -> None:
    assert link(href) == []


def test_query_is_written_in_the_encoding_of_the_page() -> None:
    body = b"<meta charset=gbk>" + '<a href="/s?q=壁">.</a>'.encode("gbk")
    assert Page(URL, body).links("a::attr(href)") == ["https://example.org/s?q=%B1%DA"]


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("https://cdn.example.net/x/", "https://cdn.example.net/x/a.jpg"),
        ("/x/", "https://example.org/x/a.jpg"),
        ("x/", "https://example.org/gallery/x/a.jpg"),
        ("//cdn.example.net/", "https://cdn.example.net/a.jpg"),
        (" /x/ ", "https://example.org/x/a.jpg"),
        ("", "https://example.org/gallery/a.jpg"),
    ],
)
def test_links_start_from_the_base_of_the_page(href: str, address: str) -> None:
    assert link("a.jpg", base=f'<base href="{href}">') == [address]


@pytest.mark.parametrize(
    "href", ["http://[", "javascript:void(0)", "data:text/html,.", "about:blank", "file:///tmp/"]
)
def test_base_that_is_no_web_address_is_passed_over(href: str) -> None:
    assert link("a.jpg", base=f'<base href="{href}">') == ["https://example.org/gallery/a.jpg"]


def test_base_without_address_is_passed_over() -> None:
    base = '<base target="_blank"><base href="/x/">'
    assert link("a.jpg", base=base) == ["https://example.org/x/a.jpg"]


def test_absolute_takes_what_a_site_file_found_itself() -> None:
    assert page("").absolute("/a.jpg") == "https://example.org/a.jpg"
    assert page("").absolute("javascript:;") is None
