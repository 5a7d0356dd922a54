"""Lightbox and gallery libraries from npm, on pages as their own documentation shows them."""

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks.galleries.gallery import Build, Gallery
from benchmarks.galleries.software import markup
from benchmarks.galleries.software.frame import album_pages, numbered_pages, one_page
from benchmarks.galleries.software.tiles import Tile, lay_out
from benchmarks.galleries.workshop import Needs, Workshop

Layout = Callable[..., None]


@dataclass(frozen=True)
class Library:
    """One library: what is loaded, and how it wants its pictures written."""

    package: str
    """Name and version in npm."""
    files: Sequence[str]
    """Of the package, that a page loads."""
    tile: Callable[[Tile], str]
    around: str
    """Where the tiles go in place of ``%s``, scripts included."""
    layout: Layout = one_page


_JQUERY = '<script src="https://code.jquery.com/jquery-3.7.1.min.js"></script>'
_LIBRARIES = {
    "photoswipe-5": Library(
        "photoswipe@5.4.4",
        ("dist/photoswipe.css",),
        markup.photoswipe5,
        '<div class="pswp-gallery" id="my-gallery">%s</div><script type="module">import '
        "PhotoSwipeLightbox from '/vendor/photoswipe-lightbox.esm.js'; const lightbox = new "
        "PhotoSwipeLightbox({gallery: '#my-gallery', children: 'a', pswpModule: () => "
        "import('/vendor/photoswipe.esm.js')}); lightbox.init();</script>",
        album_pages,
    ),
    "photoswipe-4": Library(
        "photoswipe@4.1.3",
        ("dist/photoswipe.css", "dist/photoswipe.min.js"),
        markup.photoswipe4,
        '<div class="my-gallery" itemscope itemtype="http://schema.org/ImageGallery">%s</div>',
        numbered_pages,
    ),
    "lightgallery": Library(
        "lightgallery@2.9.0",
        ("css/lightgallery-bundle.css", "lightgallery.min.js"),
        markup.lightgallery,
        '<div id="lightgallery">%s</div>'
        "<script>lightGallery(document.getElementById('lightgallery'), {speed: 500});</script>",
    ),
    "lightgallery-items": Library(
        "lightgallery@2.9.0",
        ("css/lightgallery-bundle.css", "lightgallery.min.js"),
        markup.lightgallery_items,
        '<ul id="lightgallery" class="list-unstyled row">%s</ul>'
        "<script>lightGallery(document.getElementById('lightgallery'), {selector: 'li'});</script>",
        album_pages,
    ),
    "lightgallery-dynamic": Library(
        "lightgallery@2.9.0",
        ("css/lightgallery-bundle.css", "lightgallery.min.js"),
        markup.items({"src": "full", "thumb": "thumb", "subHtml": "title"}),
        '<button id="open">Open the gallery</button><script>const dynamicGallery = lightGallery('
        "document.getElementById('open'), {dynamic: true, dynamicEl: [\n%s]});</script>",
    ),
    "fancybox-3": Library(
        "@fancyapps/fancybox@3.5.7",
        ("dist/jquery.fancybox.min.css", "dist/jquery.fancybox.min.js"),
        markup.fancybox3,
        f"{_JQUERY}%s",
        numbered_pages,
    ),
    "fancybox-ui": Library(
        "@fancyapps/ui@6.1.15",
        ("dist/fancybox/fancybox.css", "dist/fancybox/fancybox.umd.js"),
        markup.fancybox_ui,
        '%s<script>Fancybox.bind("[data-fancybox]", {});</script>',
    ),
    "lightbox2": Library(
        "lightbox2@2.12.0",
        ("dist/css/lightbox.min.css", "dist/js/lightbox-plus-jquery.min.js"),
        markup.lightbox2,
        '<section><h3>A set</h3><div class="image-row"><div class="image-set">%s</div></div>'
        "</section>",
        album_pages,
    ),
    "glightbox": Library(
        "glightbox@3.3.1",
        ("dist/css/glightbox.min.css", "dist/js/glightbox.min.js"),
        markup.glightbox,
        "%s<script>const lightbox = GLightbox();</script>",
    ),
    "magnific-popup": Library(
        "magnific-popup@1.2.0",
        ("dist/magnific-popup.css", "dist/jquery.magnific-popup.min.js"),
        markup.magnific,
        f"{_JQUERY}"
        '<div class="popup-gallery">%s</div><script>$(".popup-gallery").magnificPopup({delegate: '
        '"a", type: "image", gallery: {enabled: true}});</script>',
    ),
    "simplelightbox": Library(
        "simplelightbox@2.14.3",
        ("dist/simple-lightbox.min.css", "dist/simple-lightbox.min.js"),
        markup.simplelightbox,
        '<div class="gallery">%s</div><script>new SimpleLightbox(".gallery a");</script>',
        album_pages,
    ),
    "nanogallery2": Library(
        "nanogallery2@3.0.5",
        ("dist/css/nanogallery2.min.css", "dist/jquery.nanogallery2.min.js"),
        markup.nanogallery,
        f"{_JQUERY}"
        '<div id="nanogallery2" data-nanogallery2=\'{"thumbnailHeight": 150, "itemsBaseURL": ""}\'>'
        "%s</div>",
    ),
    "nanogallery2-items": Library(
        "nanogallery2@3.0.5",
        ("dist/css/nanogallery2.min.css", "dist/jquery.nanogallery2.min.js"),
        markup.items({"src": "full", "srct": "thumb", "title": "title"}),
        f'{_JQUERY}<div id="nanogallery2"></div><script>jQuery("#nanogallery2").nanogallery2({{'
        "items: [\n%s], thumbnailWidth: 'auto'}});</script>",
    ),
    "galleria": Library(
        "galleria@1.6.1",
        ("dist/themes/classic/galleria.classic.css", "dist/galleria.min.js"),
        markup.galleria,
        f'{_JQUERY}<div class="galleria">%s</div><script>Galleria.run(".galleria");</script>',
        album_pages,
    ),
    "fotorama": Library(
        "fotorama@4.6.4",
        ("fotorama.css", "fotorama.js"),
        markup.fotorama,
        f'{_JQUERY}<div class="fotorama" data-nav="thumbs" data-allowfullscreen="true">%s</div>',
    ),
    "viewerjs": Library(
        "viewerjs@1.15.0",
        ("dist/viewer.css", "dist/viewer.js"),
        markup.viewer,
        '<ul id="images" class="pictures">%s</ul><script>new Viewer(document.getElementById('
        "'images'), {url: 'data-original'});</script>",
        numbered_pages,
    ),
    "spotlight": Library(
        "spotlight.js@0.7.72",
        ("dist/spotlight.bundle.js",),
        markup.spotlight,
        '<div class="spotlight-group">%s</div>',
    ),
    "baguettebox": Library(
        "baguettebox.js@1.13.0",
        ("dist/baguetteBox.min.css", "dist/baguetteBox.min.js"),
        markup.baguettebox,
        '<div class="gallery">%s</div><script>baguetteBox.run(".gallery");</script>',
        album_pages,
    ),
    "blueimp": Library(
        "blueimp-gallery@3.4.0",
        ("css/blueimp-gallery.min.css", "js/blueimp-gallery.min.js"),
        markup.blueimp,
        '<div id="links">%s</div><div id="blueimp-gallery" class="blueimp-gallery"><div class='
        '"slides"></div><h3 class="title"></h3></div>',
    ),
    "justified-gallery": Library(
        "justifiedGallery@3.8.1",
        ("dist/css/justifiedGallery.min.css", "dist/js/jquery.justifiedGallery.min.js"),
        markup.justified,
        f"{_JQUERY}"
        '<div id="mygallery" class="justified-gallery">%s</div>'
        "<script>$('#mygallery').justifiedGallery();</script>",
        numbered_pages,
    ),
    "colorbox": Library(
        "jquery-colorbox@1.6.4",
        ("example1/colorbox.css", "jquery.colorbox-min.js"),
        markup.colorbox,
        f"{_JQUERY}<h2>Elastic Transition</h2>%s<script>$('.group1').colorbox();</script>",
    ),
    "medium-zoom": Library(
        "medium-zoom@1.1.0",
        ("dist/medium-zoom.min.js",),
        markup.medium_zoom,
        "<article>%s</article><script>mediumZoom('[data-zoomable]')</script>",
    ),
    "lazysizes": Library(
        "lazysizes@5.3.2",
        ("lazysizes.min.js",),
        markup.lazysizes,
        "<section>%s</section>",
        album_pages,
    ),
    "bigger-picture": Library(
        "bigger-picture@1.1.20",
        ("dist/bigger-picture.css", "dist/bigger-picture.min.js"),
        markup.bigger_picture,
        '<div id="images">%s</div><script>BiggerPicture({target: document.body})</script>',
    ),
    "bs5-lightbox": Library(
        "bs5-lightbox@1.8.5",
        ("dist/index.bundle.min.js",),
        markup.bs5,
        '<div class="container"><div class="row">%s</div></div>',
        numbered_pages,
    ),
}


def _built(library: Library) -> Build:
    def build(shop: Workshop) -> None:
        tiles = lay_out(shop.album, shop.site)
        vendor = shop.site / "vendor"
        vendor.mkdir()
        name = library.package.rpartition("@")[0]
        for file in library.files:
            shutil.copy(shop.modules / name / file, vendor)
        loaded = "".join(_loading(file.rpartition("/")[2]) for file in library.files)

        def contents(own: Sequence[Tile]) -> str:
            return library.around.replace("%s", "".join(map(library.tile, own)))

        library.layout(shop.site, tiles, loaded, contents)

    return build


def _loading(name: str) -> str:
    if name.endswith(".css"):
        return f'<link rel="stylesheet" href="/vendor/{name}">\n'
    return f'<script defer src="/vendor/{name}"></script>\n'


_LAYOUTS = {one_page: "one page", album_pages: "albums", numbered_pages: "numbered pages"}
GALLERIES = tuple(
    Gallery(
        name,
        f"{library.package.rpartition('@')[0]}, {_LAYOUTS[library.layout]}",
        Needs(npm=(library.package,)),
        _built(library),
        further=r"/(page-\d+|index)\.html" if library.layout is numbered_pages else "",
    )
    for name, library in _LIBRARIES.items()
)
