"""The original of a detail page, from all of the page."""

import json

import pytest

from spiders_project.pages.generic.originals import candidates_of_page, pictures_in_json_ld, ranked
from spiders_project.pages.generic.values import Clue
from spiders_project.pages.page import Page

URL = "https://example.org/photo/heron-77"


def page(html: str) -> Page:
    return Page(URL, html.encode(), "text/html; charset=utf-8")


def best(html: str) -> tuple[str, Clue] | None:
    order, _ = ranked(candidates_of_page(page(html)))
    return (order[0].url.removeprefix("https://example.org"), order[0].clue) if order else None


def json_ld(value: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


SHARED = '<meta property="og:image" content="/share/heron.jpg">'
IMAGE = {"@type": "ImageObject", "contentUrl": "/o/heron.jpg", "thumbnailUrl": "/t/heron.jpg"}

PAGES = {
    "only meta": (SHARED, "/share/heron.jpg", Clue.META),
    "image_src": ('<link rel="image_src" href="/l/heron.jpg">', "/l/heron.jpg", Clue.META),
    "JSON-LD": (SHARED + json_ld(IMAGE), "/o/heron.jpg", Clue.JSON_LD),
    "JSON-LD in a graph": (
        SHARED
        + json_ld(
            {"@graph": [{"@type": "WebSite", "logo": IMAGE | {"contentUrl": "/l.png"}}, IMAGE]}
        ),
        "/o/heron.jpg",
        Clue.JSON_LD,
    ),
    "JSON-LD that is not quite JSON": (
        '<script type="application/ld+json">{"@type":"Photo","image":"/o/heron.jpg",}</script>',
        "/o/heron.jpg",
        Clue.JSON_LD,
    ),
    "a download link": (
        SHARED + json_ld(IMAGE) + '<a href="/dl?id=77&amp;full=1">Download original</a>',
        "/dl?id=77&full=1",
        Clue.DOWNLOAD,
    ),
    "the largest of several downloads": (
        (
            '<a class="btn" href="/w/heron-1280x720.jpg">Download 1280x720</a>'
            '<a class="btn" href="/w/heron-3840x2160.jpg">Download 3840x2160</a>'
            '<a class="btn" href="/w/heron-1920x1080.jpg">Download 1920x1080</a>'
        ),
        "/w/heron-3840x2160.jpg",
        Clue.DOWNLOAD,
    ),
    "German": ('<a href="/o/heron.jpg">Original herunterladen</a>', "/o/heron.jpg", Clue.DOWNLOAD),
    "French": ('<a href="/o/heron.jpg">Télécharger</a>', "/o/heron.jpg", Clue.DOWNLOAD),
    "Spanish": ('<a href="/o/heron.jpg">Descargar</a>', "/o/heron.jpg", Clue.DOWNLOAD),
    "Russian": ('<a href="/o/heron.jpg">Скачать оригинал</a>', "/o/heron.jpg", Clue.DOWNLOAD),
    "Chinese": ('<a href="/o/heron.jpg">查看原图</a>', "/o/heron.jpg", Clue.DOWNLOAD),
    "Japanese": ('<a href="/o/heron.jpg">ダウンロード</a>', "/o/heron.jpg", Clue.DOWNLOAD),
    "MediaWiki's file page": (
        (
            '<div id="file"><a href="/images/a/ab/Heron.jpg"><img src="/t/Heron.jpg"></a></div>'
            '<a href="/images/a/ab/Heron.jpg" class="internal" title="Heron.jpg">Original file</a>'
        ),
        "/images/a/ab/Heron.jpg",
        Clue.DOWNLOAD,
    ),
    "an icon that is a download": (
        '<a class="icon-download" href="/o/77" aria-label="Download this photo"></a>',
        "/o/77",
        Clue.DOWNLOAD,
    ),
    "a script with sizes": (
        SHARED + '<script>y = {photo: {id: 77, sizes: {t: {url: "//example.org/t.jpg", width: 100},'
        ' o: {url: "//example.org/o.jpg", width: 4000}}}}</script>',
        "/o.jpg",
        Clue.SCRIPT,
    ),
    "of many in a script the one that the address names": (
        '<script type="application/json">'
        + json.dumps([{"slug": f"heron-{n}", "src": f"/o/{n}.jpg"} for n in (76, 77, 78)])
        + "</script>",
        "/o/77.jpg",
        Clue.SCRIPT,
    ),
}


@pytest.mark.parametrize(("html", "url", "clue"), PAGES.values(), ids=PAGES)
def test_finds_the_original(html: str, url: str, clue: Clue) -> None:
    assert best(html) == (url, clue)


def test_many_downloads_of_other_pictures_are_none_of_the_page() -> None:
    links = "".join(f'<a href="/o/bird-{n}.jpg" download>Download</a>' for n in "abcdef")
    assert best(links) is None


def test_of_many_downloads_the_one_that_the_address_names_is_the_page_s() -> None:
    links = "".join(f'<a href="/download/{n}">Download</a>' for n in (76, 77, 78))
    assert best(links) is None
    links = "".join(f'<a href="/download/heron-{n}">Download</a>' for n in (76, 77, 78))
    assert best(links) == ("/download/heron-77", Clue.DOWNLOAD)


@pytest.mark.parametrize(
    "link",
    [
        '<a href="/app.apk">Download</a>',
        '<a href="/app">Download the app for Android</a>',
        '<a href="/album.zip">Download original</a>',
        '<a href="/dl/all">Download all photos</a>',
        '<a href="#" class="download">Download</a>',
        '<a href="javascript:void(0)">下载</a>',
        f'<a href="{URL}">Download</a>',
        '<a href="/news">' + "An original article about downloads " * 3 + "</a>",
        '<a href="/o" download="notes.txt">notes</a>',
    ],
)
def test_what_is_no_download_of_the_picture(link: str) -> None:
    assert best(link) is None


def test_the_description_of_a_gallery_lists_its_pictures() -> None:
    media = [
        {"@type": "ImageObject", "contentUrl": f"/o/{name}.jpg", "name": name, "width": "4000 px"}
        for name in ("heron", "eagle")
    ]
    pictures = pictures_in_json_ld(
        page(json_ld({"@type": "ImageGallery", "associatedMedia": media}))
    )
    assert [(p.candidates[0].url, p.candidates[0].width, p.facts.title) for p in pictures] == [
        ("https://example.org/o/heron.jpg", 4000, "heron"),
        ("https://example.org/o/eagle.jpg", 4000, "eagle"),
    ]


def test_a_share_picture_that_was_cropped_is_a_preview() -> None:
    html = (
        '<meta property="og:image" content="/share/77.jpg"><meta property="og:image:width"'
        ' content="1200"><meta property="og:image:height" content="630">' + json_ld(IMAGE)
    )
    order, is_doubtful = ranked(candidates_of_page(page(html)))
    assert order[0].url == "https://example.org/o/heron.jpg"
    assert not is_doubtful
