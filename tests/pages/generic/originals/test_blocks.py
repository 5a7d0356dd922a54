"""The original of a preview, from the markup that galleries really have."""

import pytest

from spiders_project.pages.generic.originals import candidates_of, ranked
from spiders_project.pages.generic.previews import Preview, find_previews
from spiders_project.pages.generic.values import Clue
from spiders_project.pages.page import Page

URL = "https://example.org/gallery/index.html"
HERE = "https://example.org/gallery/"


def page(html: str) -> Page:
    return Page(URL, f"<body><main>{html}</main></body>".encode(), "text/html; charset=utf-8")


def best(html: str, block: str | None = None) -> tuple[str, Clue]:
    read = page(html)
    preview = find_previews(read)[0]
    around = read.selector.css(block)[0].root if block else block_of(preview)
    candidate = ranked(candidates_of(read, preview, around))[0][0]
    return candidate.url.removeprefix(HERE), candidate.clue


def block_of(preview: Preview) -> object:
    names = ("li", "figure", "article", "td", "dl")
    above = [element for element in preview.element.iterancestors() if element.tag in names]
    around = preview.element.getparent()
    return above[0] if above else around


MARKUP = {
    "a plain link (sigal, 1999)": (
        '<td><a href="full/heron.jpg"><img src="thumbs/heron.jpg" width=150></a></td>',
        "full/heron.jpg",
        Clue.LINK,
    ),
    "WordPress: attachment link, Jetpack's attributes": (
        (
            '<figure class="wp-block-image"><a href="https://example.org/gallery/heron/">'
            '<img data-attachment-id="7" data-orig-file="https://example.org/up/heron.jpg"'
            ' data-orig-size="4000,3000" data-medium-file="https://example.org/up/heron-300x225.jpg"'
            ' data-large-file="https://example.org/up/heron-1024x768.jpg"'
            ' src="https://example.org/up/heron-300x225.jpg" srcset="'
            "https://example.org/up/heron-300x225.jpg 300w,"
            'https://example.org/up/heron-1024x768.jpg 1024w"></a></figure>'
        ),
        "https://example.org/up/heron.jpg",
        Clue.DATA,
    ),
    "WordPress: link to the media file": (
        (
            '<figure><a href="/up/heron-scaled.jpg"><img src="/up/heron-300x225.jpg"'
            ' srcset="/up/heron-300x225.jpg 300w, /up/heron-1536x1152.jpg 1536w"></a></figure>'
        ),
        "https://example.org/up/heron-scaled.jpg",
        Clue.LINK,
    ),
    "WordPress: the srcset is wider than a linked size": (
        (
            '<figure><a href="/up/heron-1024x768.jpg"><img src="/up/heron-300x225.jpg"'
            ' srcset="/up/heron-300x225.jpg 300w, /up/heron.jpg 2560w"></a></figure>'
        ),
        "https://example.org/up/heron.jpg",
        Clue.SRCSET,
    ),
    "PhotoSwipe 5": (
        (
            '<li><a href="img/heron.jpg" data-pswp-width="3000" data-pswp-height="2000"'
            ' data-pswp-srcset="img/heron-600.jpg 600w, img/heron-1200.jpg 1200w">'
            '<img src="img/heron-t.jpg"></a></li>'
        ),
        "img/heron.jpg",
        Clue.LIGHTBOX,
    ),
    "PhotoSwipe 4": (
        (
            '<figure itemprop="associatedMedia"><a href="large/heron.jpg" itemprop="contentUrl"'
            ' data-size="1024x683"><img src="small/heron.jpg" itemprop="thumbnail"></a></figure>'
        ),
        "large/heron.jpg",
        Clue.LINK,
    ),
    "lightGallery 1: the item carries the address": (
        (
            '<ul><li data-responsive="img/1-375.jpg 375, img/1-800.jpg 800" data-src="img/1.jpg">'
            '<a href=""><img src="img/thumb-1.jpg"></a></li></ul>'
        ),
        "img/1.jpg",
        Clue.DATA,
    ),
    "lightGallery 2: a download address of its own": (
        (
            '<div id="g"><a data-lg-size="1600-1067" data-src="img/1-1600.jpg"'
            ' data-download-url="img/1-orig.jpg" href="img/1-1600.jpg">'
            '<img src="img/thumb-1.jpg"></a></div>'
        ),
        "img/1-orig.jpg",
        Clue.DATA,
    ),
    "lightGallery: exThumbImage is a thumbnail": (
        '<li data-exthumbimage="img/tiny.jpg" data-src="img/heron.jpg"><img src="img/sq.jpg"></li>',
        "img/heron.jpg",
        Clue.DATA,
    ),
    "Fancybox 3: the image in data-src, no href": (
        '<div data-fancybox="g" data-src="big/heron.jpg"><img src="s/heron.jpg"></div>',
        "big/heron.jpg",
        Clue.DATA,
    ),
    "Fancybox 2": (
        '<li><a class="fancybox" rel="g" href="b/heron.jpg"><img src="s/heron.jpg"></a></li>',
        "b/heron.jpg",
        Clue.LIGHTBOX,
    ),
    "Lightbox2, without an ending": (
        '<a href="/image/17" data-lightbox="set"><img src="/image/17/thumb"></a>',
        "https://example.org/image/17",
        Clue.LIGHTBOX,
    ),
    "GLightbox": (
        '<a href="b/heron.jpg" class="glightbox" data-gallery="g"><img src="s/heron.jpg"></a>',
        "b/heron.jpg",
        Clue.LIGHTBOX,
    ),
    "Magnific Popup": (
        '<div><a data-mfp-src="b/heron.jpg" href="#"><img src="s/heron.jpg"></a></div>',
        "b/heron.jpg",
        Clue.DATA,
    ),
    "nanogallery2": (
        (
            '<a href="b/heron.jpg" data-ngThumb="t/heron.jpg" data-ngdesc="x">'
            '<img src="t/heron.jpg"></a>'
        ),
        "b/heron.jpg",
        Clue.LINK,
    ),
    "Galleria": (
        (
            '<a href="m/heron.jpg"><img src="t/heron.jpg" data-big="b/heron.jpg"'
            ' data-title="Heron"></a>'
        ),
        "b/heron.jpg",
        Clue.DATA,
    ),
    "elevateZoom": (
        '<div><img src="m/heron.jpg" data-zoom-image="l/heron.jpg"></div>',
        "l/heron.jpg",
        Clue.DATA,
    ),
    "baguetteBox: widths in the names of attributes": (
        (
            '<div class="g"><a href="b/heron.jpg" data-at-450="b/450/heron.jpg"'
            ' data-at-800="b/800/heron.jpg"><img src="t/heron.jpg"></a></div>'
        ),
        "b/heron.jpg",
        Clue.LINK,
    ),
    "Viewer.js: the lazy address of the image itself": (
        '<li><img src="t/heron.jpg" data-original="b/heron.jpg"></li>',
        "b/heron.jpg",
        Clue.DATA,
    ),
    "a figure with a download link": (
        (
            '<figure><a href="heron.html"><img src="t/heron.jpg"></a><figcaption>Heron'
            ' <a href="/dl/77" download>Download</a></figcaption></figure>'
        ),
        "https://example.org/dl/77",
        Clue.DOWNLOAD,
    ),
    "the original beside a linked size": (
        (
            '<figure><a href="web/heron.jpg"><img src="t/heron.jpg"></a>'
            '<a href="orig/heron.jpg">Original (12 MB)</a></figure>'
        ),
        "orig/heron.jpg",
        Clue.DOWNLOAD,
    ),
    "Chinese words": (
        (
            '<li><a href="show-9.html"><img data-original="/s/9.jpg" src="/img/blank.gif"></a>'
            '<a href="/d/9.jpg">下载原图</a></li>'
        ),
        "https://example.org/d/9.jpg",
        Clue.DOWNLOAD,
    ),
    "the largest of the sizes that a wallpaper has": (
        (
            '<article><img src="/w/heron-preview.jpg">'
            '<a href="/w/heron/1280x720" class="download">1280x720</a>'
            '<a href="/w/heron/3840x2160" class="download">3840x2160</a>'
            '<a href="/w/heron/1920x1080" class="download">1920x1080</a></article>'
        ),
        "https://example.org/w/heron/3840x2160",
        Clue.DOWNLOAD,
    ),
    "a zip beside it is no picture": (
        (
            '<figure><a href="b/heron.jpg"><img src="t/heron.jpg"></a>'
            '<a href="album.zip">Download</a><a href="/all">Download all</a></figure>'
        ),
        "b/heron.jpg",
        Clue.LINK,
    ),
    "the widest of a picture element, JPEG before WebP of the same width": (
        (
            '<figure><picture><source type="image/webp" srcset="a-4.webp 400w, a-16.webp 1600w">'
            '<source type="image/jpeg" srcset="a-4.jpeg 400w, a-16.jpeg 1600w">'
            '<img src="a-4.jpeg"></picture></figure>'
        ),
        "a-16.jpeg",
        Clue.SRCSET,
    ),
    "densities": (
        '<div><img src="a.jpg" srcset="a.jpg 1x, a@2x.jpg 2x"></div>',
        "a@2x.jpg",
        Clue.SRCSET,
    ),
    "JSON in an attribute: sizes by name": (
        """<p><img src="t/1.jpg" data-sizes='{"640x360": "s.jpg", "1920x1080": "l.jpg"}'></p>""",
        "l.jpg",
        Clue.SCRIPT,
    ),
    "JSON in an attribute of Vue": (
        """<div :photo='{"thumb": "t/4.jpg", "original": "o/4.png"}'><img src="t/4.jpg"></div>""",
        "o/4.png",
        Clue.SCRIPT,
    ),
    "a click opens it": (
        """<td><img src="t/heron.jpg" onclick="window.open('b/heron.jpg','w','width=800')"></td>""",
        "b/heron.jpg",
        Clue.SCRIPT,
    ),
    "a link runs a script": (
        """<td><a href="javascript:show('b/heron.jpg','A')"><img src="t/heron.jpg"></a></td>""",
        "b/heron.jpg",
        Clue.SCRIPT,
    ),
    "a cover link without text": (
        '<div class="card"><img src="t/heron.jpg"><a class="overlay" href="b/heron.jpg"></a></div>',
        "b/heron.jpg",
        Clue.LINK,
    ),
    "a picture in the query of a page": (
        '<td><a href="show.php?img=b/heron.jpg"><img src="t/heron.jpg"></a></td>',
        "b/heron.jpg",
        Clue.LINK,
    ),
    "lowsrc is small": (
        '<div><img src="heron.jpg" lowsrc="heron_low.jpg" data-lowsrc="heron_tiny.jpg"></div>',
        "heron.jpg",
        Clue.SHOWN,
    ),
    "an icon in the link is no other picture": (
        (
            '<figure><img src="t/heron.jpg"><a href="b/heron.jpg" title="Download">'
            '<img src="/icons/download.png" width=16 height=16></a></figure>'
        ),
        "b/heron.jpg",
        Clue.DOWNLOAD,
    ),
    "a video in a lightbox is no picture": (
        (
            '<figure><a data-fancybox data-type="iframe" href="https://video.example/1">'
            '<img src="still.jpg"></a></figure>'
        ),
        "still.jpg",
        Clue.SHOWN,
    ),
    "MediaWiki: the thumbnail tells, the link is a page": (
        (
            '<li class="gallerybox"><a href="/wiki/File:Heron.jpg">'
            '<img src="/images/thumb/a/ab/Heron.jpg/120px-Heron.jpg"'
            ' srcset="/images/thumb/a/ab/Heron.jpg/240px-Heron.jpg 2x"></a></li>'
        ),
        "https://example.org/images/a/ab/Heron.jpg",
        Clue.NAME,
    ),
    "IIIF: the size is in the address": (
        '<figure><img src="https://iiif.example/i/7/full/400,/0/default.jpg" width="400"></figure>',
        "https://iiif.example/i/7/full/max/0/default.jpg",
        Clue.NAME,
    ),
    "Next.js: the picture is in the query": (
        '<div><img src="/_next/image?url=%2Fp%2Fheron.jpg&amp;w=640&amp;q=75" width="300"></div>',
        "https://example.org/p/heron.jpg",
        Clue.NAME,
    ),
}


@pytest.mark.parametrize(("html", "url", "clue"), MARKUP.values(), ids=MARKUP)
def test_finds_the_original(html: str, url: str, clue: Clue) -> None:
    assert best(html) == (url, clue)
