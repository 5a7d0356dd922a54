"""Generators from Debian, most of them older than the pictures of most people."""

import shutil

from benchmarks.galleries.gallery import Build, Gallery
from benchmarks.galleries.workshop import Needs, Workshop

_JPEG = (".jpg",)


def _llgal(shop: Workshop) -> None:
    shop.album.copy(shop.site, is_plain=True)
    shop.run("llgal", "-R", "-L", "-S", "--title", "Two journeys", "-d", str(shop.site))


def _llgal_captions(shop: Workshop) -> None:
    shop.album.copy_flat(shop.site)
    options = ("-s", "--cf", "-u", "-a", "-w", "4", "--title", "Two journeys")
    shop.run("llgal", *options, "-d", str(shop.site))


def _igal(*options: str) -> Build:
    def build(shop: Workshop) -> None:
        shop.album.copy_flat(shop.site, ".jpg", ".png")
        shop.run("igal2", "-d", str(shop.site), *options)

    return build


def _jigl(*options: str) -> Build:
    def build(shop: Workshop) -> None:
        pictures = shop.work / "journeys"
        shop.album.copy_flat(pictures, *_JPEG)
        shop.run("jigl", "-iw", "5", *options, str(pictures))
        # Originals can be linked from their own folder only.
        own = pictures / "web"
        shutil.move(own if own.exists() else pictures, shop.site)

    return build


def _fgallery(*options: str) -> Build:
    def build(shop: Workshop) -> None:
        shop.album.copy(shop.work / "pictures", is_plain=True)
        places = (str(shop.work / "pictures"), str(shop.site))
        shop.run("fgallery", "-k", "-d", "-j", "2", *options, *places, "Two journeys")

    return build


def _lazygal(*options: str) -> Build:
    def build(shop: Workshop) -> None:
        shop.run("lazygal", *options, "-o", str(shop.site), str(shop.album.folder))

    return build


_IGAL = Needs(apt=("igal2", "imagemagick"))
_JIGL = Needs(apt=("jigl", "imagemagick", "jhead"))
_FGALLERY = Needs(
    apt=("fgallery", "imagemagick", "libimage-exiftool-perl", "liblcms2-utils", "exiftran")
)
_LAZYGAL = Needs(apt=("lazygal",))
_LLGAL = Needs(apt=("llgal", "imagemagick"))

GALLERIES = (
    Gallery("llgal", "llgal, slides, folders below each other", _LLGAL, _llgal),
    Gallery("llgal-table", "llgal, no slides, captions and sizes", _LLGAL, _llgal_captions),
    Gallery(
        "igal2",
        "igal2, slides, pages of 10",
        _IGAL,
        _igal("-u", "--pagination", "10"),
        further=r"/\d*index\.html",
    ),
    Gallery("igal2-direct", "igal2, no slides", _IGAL, _igal("-s", "-u")),
    Gallery(
        "jigl-originals",
        "jigl, slides that link originals, pages of 10",
        _JIGL,
        _jigl("-ir", "2", "-lo"),
        further=r"/index\d*\.html",
    ),
    Gallery("jigl", "jigl, shrunk slides and info pages", _JIGL, _jigl()),
    Gallery(
        "fgallery",
        "fgallery, data.json alone, originals included",
        _FGALLERY,
        _fgallery("-i"),
        is_script_only=True,
    ),
    Gallery(
        "fgallery-slim",
        "fgallery, data.json alone, shrunk",
        _FGALLERY,
        _fgallery("-s"),
        is_script_only=True,
    ),
    Gallery(
        "lazygal-originals",
        "lazygal, originals included, pages of 5, two sizes",
        _LAZYGAL,
        _lazygal("-O", "-n", "5", "-s", "medium=800x600,large=1600x1200"),
        further=r"/index(_\d+)?\.html",
    ),
    Gallery(
        "lazygal-nojs",
        "lazygal, theme nojs, shrunk",
        _LAZYGAL,
        _lazygal("-t", "nojs", "-s", "medium=900x700"),
    ),
)
