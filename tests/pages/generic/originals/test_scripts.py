"""Script-only galleries: the list of pictures in a script of the page."""

import json

import pytest

from spiders_project.pages.generic.originals import pictures_in_scripts
from spiders_project.pages.page import Page

URL = "https://example.org/g/"

Found = list[tuple[str, str | None]]


def found(script: str, kind: str = "") -> Found:
    html = f"<html><body><script {kind}>{script}</script></body></html>"
    page = Page(URL, html.encode(), "text/html; charset=utf-8")
    return [
        (picture.candidates[0].url.removeprefix(URL), picture.facts.title)
        for picture in pictures_in_scripts(page)
    ]


TWO: Found = [("b/1.jpg", "One"), ("b/2.jpg", "Two")]
JSON_TYPE = 'type="application/json"'

SCRIPTS = {
    "PhotoSwipe 4: an array of objects with bare keys": """
        var pswpElement = document.querySelectorAll('.pswp')[0];
        // build items array
        var items = [
            { src: 'b/1.jpg', msrc: 't/1.jpg', w: 964, h: 1024, title: 'One' },
            { src: 'b/2.jpg', msrc: 't/2.jpg', w: 1024, h: 683, title: "Two", },
        ];
        var gallery = new PhotoSwipe(pswpElement, PhotoSwipeUI_Default, items, {index: 0});""",
    "PhotoSwipe, responsive": """
        items.push({ mediumImage: {src: 'm/1.jpg', w: 800, h: 600},
          originalImage: {src: 'b/1.jpg', w: 1400, h: 1050}, title: 'One' });
        items.push({ mediumImage: {src: 'm/2.jpg', w: 800, h: 600},
          originalImage: {src: 'b/2.jpg', w: 1400, h: 1050}, title: 'Two' });""",
    "lightGallery: dynamicEl": """
        $(this).lightGallery({ dynamic: true, dynamicEl: [
          {"src": 'b/1.jpg', 'thumb': 't/1.jpg', 'subHtml': '<h4>One</h4>'},
          {'src': 'b/2.jpg', 'thumb': 't/2.jpg', 'subHtml': "<h4>Two</h4>"}]})""",
    "Fancybox: open": """
        $.fancybox.open([{src: 'b/1.jpg', opts: {caption: 'One', thumb: 't/1.jpg'}},
          {src: 'b/2.jpg', opts: {caption: 'Two', thumb: 't/2.jpg'}}], {loop: true});""",
    "nanogallery2: a base for all": """
        jQuery("#n").nanogallery2({ thumbnailWidth: 'auto', itemsBaseURL: 'https://example.org/g/b',
          items: [ { src: '1.jpg', srct: '1_t.jpg', title: 'One' },
                   { src: '2.jpg', srct: '2_t.jpg', title: 'Two' } ] });""",
    "Galleria: data": """
        var data = [{image:"m/1.jpg",thumb:"t/1.jpg",big:"b/1.jpg",title:"One",link:"http://x.example"},
                    {image:"m/2.jpg",thumb:"t/2.jpg",big:"b/2.jpg",title:"Two"}];
        Galleria.run('#galleria', {dataSource: data});""",
    "JSON with escaped slashes": r"""
        window.__INITIAL_STATE__ = {"photos":[
        {"title":"One","url":"https:\/\/example.org\/g\/b\/1.jpg"},
        {"title":"Two","url":"https:\u002F\u002Fexample.org\u002Fg\u002Fb\u002F2.jpg"}],"n":2};""",
    "JSON in a text": r"""
        var state = JSON.parse('[{"file":"b\/1.jpg","caption":"One"},'
            + '{"file":"b\/2.jpg","caption":"Two"}]')""",
    "old Java script: arrays that are filled one by one": """
        <!--
        var pic = new Array(); var txt = new Array();
        pic[0] = "b/1.jpg"; txt[0] = "One";
        pic[1] = "b/2.jpg"; txt[1] = "Two";
        //-->""",
    "calls of a function": """
        addImage("t/1.jpg", "b/1.jpg", "One");
        addImage("t/2.jpg", "b/2.jpg", "Two");""",
    "a folder in a name of its own": """
        var dir = 'b/';
        show([{url: dir + '1.jpg', name: 'One'}, {url: dir + '2.jpg', name: 'Two'}]);""",
    "preloaded images": "a=new Image;a.src='b/1.jpg';b=new Image();b.src='b/2.jpg';",
    "a plain list": "const photos = ['b/1.jpg', `b/2.jpg`,];",
    "lists of lists": "G([['b/1.jpg', 't/1.jpg', 'One'], ['b/2.jpg', 't/2.jpg', 'Two']])",
    "React's stream": r"""
        self.__next_f.push([1,"5:[\"$\",\"div\",null,{\"items\":[{\"src\":\"b/1.jpg\",\"title\":\"One\"},{\"src\":\"b/2.jpg\",\"title\":\"Two\"}]}]\n"])""",
    "a regular expression with a quote comes first": """
        s=s.replace(/"/g,'');x=/[/"]/.test(s);
        var i=[{src:"b/1.jpg",alt:"One"},{src:"b/2.jpg",alt:"Two"}]""",
}


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=SCRIPTS)
def test_reads_the_list_of_a_script(script: str) -> None:
    pictures = found(script)
    assert [url for url, _ in pictures] == ["b/1.jpg", "b/2.jpg"]
    assert [title for _, title in pictures] in (["One", "Two"], [None, None])


WITHOUT_TITLES = (
    "old Java script: arrays that are filled one by one",
    "preloaded images",
    "a plain list",
)


@pytest.mark.parametrize("name", sorted(set(SCRIPTS) - set(WITHOUT_TITLES)))
def test_reads_the_titles_of_a_script(name: str) -> None:
    assert found(SCRIPTS[name]) == TWO


DATA: dict[str, object] = {
    "fgallery: addresses with sizes": {
        "index": {"title": "Trip"},
        "data": [
            {"thumb": [f"t/{n}.jpg", [267, 200]], "img": [f"m/{n}.jpg", [1600, 1200]]}
            | {"file": [f"b/{n}.jpg", [4000, 3000]], "caption": title}
            for n, title in ((1, "One"), (2, "Two"))
        ],
    },
    "Flickr: keys with letters": {
        "photoset": {
            "photo": [
                {"id": n, "title": title, "url_sq": f"{URL}s/{n}.jpg", "width_sq": 75}
                | {"url_o": f"{URL}b/{n}.jpg", "width_o": 4000, "height_o": 3000}
                | {"url_l": f"{URL}l/{n}.jpg", "width_l": "1024", "height_l": "768"}
                for n, title in ((1, "One"), (2, "Two"))
            ]
        }
    },
    "Unsplash: urls by size, the author's portrait beside": [
        {
            "id": str(n),
            "description": title,
            "urls": {
                "raw": f"{URL}b/{n}.jpg",
                "full": f"{URL}f/{n}.jpg",
                "thumb": f"{URL}t/{n}.jpg",
            },
            "links": {"html": f"https://example.org/p/{n}"},
            "user": {"profile_image": {"large": f"https://example.org/u/{n}.jpg"}},
            "title": title,
        }
        for n, title in ((1, "One"), (2, "Two"))
    ],
    "Next.js: deep below, sizes in a list": {
        "props": {
            "pageProps": {
                "logo": "/logo.png",
                "album": {
                    "title": "Trip",
                    "cover": "/g/t/1.jpg",
                    "photos": [
                        {
                            "title": title,
                            "sizes": [
                                {"label": "Thumbnail", "source": f"/g/t/{n}.jpg", "width": 100},
                                {"label": "Original", "source": f"/g/b/{n}.jpg", "width": 4000},
                                {"label": "Large", "source": f"/g/l/{n}.jpg", "width": 1024},
                            ],
                        }
                        for n, title in ((1, "One"), (2, "Two"))
                    ],
                },
            }
        }
    },
    "a srcset in a key": [
        {"alt": title, "srcset": f"t/{n}.jpg 300w, b/{n}.jpg 2400w", "src": f"t/{n}.jpg"}
        for n, title in ((1, "One"), (2, "Two"))
    ],
    "sizes as keys": [
        {"title": title, "files": {"640x480": f"t/{n}.jpg", "4000x3000": f"b/{n}.jpg"}}
        for n, title in ((1, "One"), (2, "Two"))
    ],
    "folder and name apart": [
        {"title": title, "folder": "b", "filename": f"{n}.jpg"}
        for n, title in ((1, "One"), (2, "Two"))
    ],
    "albums of pictures with covers": {
        "albums": [
            {"name": "A", "cover": "c/a.jpg", "pictures": [{"src": "b/1.jpg", "title": "One"}] * 2},
            {"name": "B", "cover": "c/b.jpg", "pictures": [{"src": "b/2.jpg", "title": "Two"}] * 2},
        ]
    },
}


@pytest.mark.parametrize("data", DATA.values(), ids=DATA)
def test_reads_the_list_of_json(data: object) -> None:
    assert found(json.dumps(data), JSON_TYPE) == TWO


def test_reads_the_flat_list_of_nuxt_3() -> None:
    flat = [
        ["Reactive", 1],
        {"data": 2},
        {"photos": 3},
        [4, 7],
        {"src": 5, "title": 6},
        "b/1.jpg",
        "One",
        {"src": 8, "title": 9},
        "b/2.jpg",
        "Two",
    ]
    kind = 'type="application/json" id="__NUXT_DATA__"'
    assert found(json.dumps(flat), kind) == TWO


def test_reads_the_parameters_of_nuxt_2() -> None:
    script = """window.__NUXT__=(function(a,b){return {data:[{list:[{src:a,title:"One"},
        {src:"b/2.jpg",title:b}]}]}}("b/1.jpg","Two"))"""
    assert found(script) == TWO


def test_an_entity_in_an_address_is_read() -> None:
    assert found("x=[{src:'/i?id=1&amp;full=1', w:9, h:9}]") == [
        ("https://example.org/i?id=1&full=1", None)
    ]


@pytest.mark.parametrize(
    "script",
    [
        "",
        "var a = 'no picture';",
        "var site = {logo: '/img/logo.png', user: {avatar: '/u/1.jpg'}};",
        "var page = {url: '/about', image: null, n: 1.5e3};",
        "{{{{[[[((('a.jp",
        "]]]}}}))) , ; : = + 'x' :",
        "var s = 'unclosed.jpg",
        r"'\u{110000}\ud800\x4'; `\`; a.jpg",
    ],
)
def test_finds_nothing_where_nothing_is(script: str) -> None:
    assert found(script) == []


def test_skips_templates_and_descriptions() -> None:
    picture = '[{"src": "b/1.jpg"}]'
    assert found(picture, 'type="text/template"') == []
    assert found(picture, 'type="application/ld+json"') == []
