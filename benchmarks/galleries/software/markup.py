"""How one picture is written for each lightbox library, as its own documentation has it."""

import json
from collections.abc import Callable
from html import unescape

from benchmarks.galleries.software.tiles import Tile


def _img(tile: Tile, more: str = "") -> str:
    return f'<img src="{tile.thumb}" alt="{tile.title}"{more}>'


def photoswipe5(t: Tile) -> str:
    """Return a picture for PhotoSwipe 5."""
    size = f'data-pswp-width="{t.width}" data-pswp-height="{t.height}"'
    return f'<a href="{t.full}" {size} target="_blank">{_img(t)}</a>\n'


def photoswipe4(t: Tile) -> str:
    """Return a picture for PhotoSwipe 4, with microdata."""
    return (
        '<figure itemprop="associatedMedia" itemscope itemtype="http://schema.org/ImageObject">'
        f'<a href="{t.full}" itemprop="contentUrl" data-size="{t.width}x{t.height}">'
        f'<img src="{t.thumb}" itemprop="thumbnail" alt="{t.title}"></a>'
        f'<figcaption itemprop="caption description">{t.title}</figcaption></figure>\n'
    )


def lightgallery(t: Tile) -> str:
    """Return a picture for lightGallery."""
    size = f'data-lg-size="{t.width}-{t.height}"'
    words = f'data-sub-html="&lt;h4&gt;{t.title}&lt;/h4&gt;"'
    return f'<a href="{t.full}" {size} {words}>{_img(t)}</a>\n'


def lightgallery_items(t: Tile) -> str:
    """Return a picture for items of lightGallery with smaller pictures and a download."""
    sources = f'data-src="{t.medium}" data-responsive="{t.thumb} 320, {t.medium} 1200"'
    download = f'data-download-url="{t.full}" data-sub-html=".caption{t.number}"'
    words = f'<div class="caption{t.number}" style="display:none"><h4>{t.title}</h4></div>'
    return f'<li class="col" {sources} {download}><a href="">{_img(t)}</a>{words}</li>\n'


def fancybox3(t: Tile) -> str:
    """Return a picture for Fancybox 3."""
    return f'<a data-fancybox="gallery" href="{t.full}" data-caption="{t.title}">{_img(t)}</a>\n'


def fancybox_ui(t: Tile) -> str:
    """Return a picture for Fancybox of Fancyapps UI."""
    words = f'data-fancybox="gallery" data-src="{t.full}" data-caption="{t.title}"'
    return f'<img {words} src="{t.thumb}" width="200" alt="">\n'


def lightbox2(t: Tile) -> str:
    """Return a picture for Lightbox2."""
    words = f'data-lightbox="journey" data-title="{t.title}"'
    return f'<a class="example-image-link" href="{t.full}" {words}>{_img(t)}</a>\n'


def glightbox(t: Tile) -> str:
    """Return a picture for GLightbox."""
    words = f'class="glightbox" data-gallery="gallery1" data-glightbox="title: {t.title}"'
    return f'<a href="{t.full}" {words}>{_img(t)}</a>\n'


def magnific(t: Tile) -> str:
    """Return a picture for Magnific Popup."""
    return f'<a href="{t.full}" title="{t.title}">{_img(t, " width=75 height=75")}</a>\n'


def simplelightbox(t: Tile) -> str:
    """Return a picture for SimpleLightbox."""
    return f'<a href="{t.full}"><img src="{t.thumb}" alt="" title="{t.title}"></a>\n'


def nanogallery(t: Tile) -> str:
    """Return a picture for nanogallery2."""
    return f'<a href="{t.full}" data-ngthumb="{t.thumb}" data-ngdesc="">{t.title}</a>\n'


def galleria(t: Tile) -> str:
    """Return a picture for Galleria."""
    words = f'data-big="{t.full}" data-title="{t.title}"'
    return f'<a href="{t.medium}"><img src="{t.thumb}" {words}></a>\n'


def fotorama(t: Tile) -> str:
    """Return a picture for Fotorama."""
    return f'<a href="{t.medium}" data-full="{t.full}" data-caption="{t.title}">{_img(t)}</a>\n'


def viewer(t: Tile) -> str:
    """Return a picture for Viewer.js."""
    return f'<li><img src="{t.thumb}" data-original="{t.full}" alt="{t.title}"></li>\n'


def spotlight(t: Tile) -> str:
    """Return a picture for Spotlight."""
    return f'<a class="spotlight" href="{t.full}" data-title="{t.title}">{_img(t)}</a>\n'


def baguettebox(t: Tile) -> str:
    """Return a picture for baguetteBox.js."""
    sizes = f'data-at-450="{t.thumb}" data-at-800="{t.medium}" data-at-1920="{t.full}"'
    return f'<a href="{t.medium}" data-caption="{t.title}" {sizes}>{_img(t)}</a>\n'


def blueimp(t: Tile) -> str:
    """Return a picture for blueimp Gallery."""
    return f'<a href="{t.full}" title="{t.title}" data-gallery="">{_img(t)}</a>\n'


def justified(t: Tile) -> str:
    """Return a picture for Justified Gallery."""
    words = f'<div class="jg-caption">{t.title}</div>'
    return f'<div><a href="{t.full}">{_img(t)}</a>{words}</div>\n'


def colorbox(t: Tile) -> str:
    """Return a picture for Colorbox: text alone, nothing is shown before somebody clicks."""
    return f'<p><a class="group1" href="{t.full}" title="{t.title}">{t.title}</a></p>\n'


def medium_zoom(t: Tile) -> str:
    """Return a picture for medium-zoom."""
    zoom = f'data-zoomable data-zoom-src="{t.full}"'
    return f'<figure><img src="{t.medium}" {zoom} alt="{t.title}"></figure>\n'


def lazysizes(t: Tile) -> str:
    """Return a picture for lazysizes."""
    widths = f"{t.thumb} 320w, {t.medium} 1200w, {t.full} {t.width}w"
    lazy = f'data-sizes="auto" data-src="{t.medium}" data-srcset="{widths}" class="lazyload"'
    shown = f'<noscript><img src="{t.medium}" alt="{t.title}"></noscript>'
    return f'<figure><img {lazy} alt="{t.title}">{shown}</figure>\n'


def bigger_picture(t: Tile) -> str:
    """Return a picture for BiggerPicture."""
    size = f'data-height="{t.height}" data-width="{t.width}"'
    words = f'data-img="{t.full}" data-thumb="{t.thumb}" data-alt="{t.title}"'
    return f'<a href="{t.full}" {words} {size}>{_img(t)}</a>\n'


def bs5(t: Tile) -> str:
    """Return a picture for bs5-lightbox."""
    words = f'data-toggle="lightbox" data-gallery="example-gallery" data-caption="{t.title}"'
    link = f'<a href="{t.full}" {words} class="col-sm-4">'
    return f'{link}<img src="{t.thumb}" class="img-fluid"></a>\n'


def items(names: dict[str, str]) -> Callable[[Tile], str]:
    """Return a tile that is an object of a script."""

    def tile(t: Tile) -> str:
        values = {mine: unescape(getattr(t, its)) for mine, its in names.items()}
        return json.dumps(values, ensure_ascii=False) + ",\n"

    return tile
