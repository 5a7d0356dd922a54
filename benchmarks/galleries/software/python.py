"""Generators from PyPI."""

import shutil
from collections.abc import Sequence

from benchmarks.galleries.gallery import Build, Gallery
from benchmarks.galleries.server import PLACE
from benchmarks.galleries.workshop import Needs, Workshop


def _sigal(theme: str, *, keeps_originals: bool, detail_pages: bool = False) -> Build:
    def build(shop: Workshop) -> None:
        plugins = ["sigal.plugins.media_page"] if detail_pages else []
        config = {
            "source": str(shop.album.folder),
            "theme": theme,
            "img_size": (800, 600),
            "use_orig": False,
            "keep_orig": keeps_originals,
            "plugins": plugins,
            "title": "Two journeys",
        }
        lines = [f"{name} = {value!r}\n" for name, value in config.items()]
        (shop.work / "sigal.conf.py").write_text("".join(lines))
        shop.run("sigal", "build", "-c", "sigal.conf.py", str(shop.album.folder), str(shop.site))

    return build


def _nikola(*more: str) -> Build:
    def build(shop: Workshop) -> None:
        _build_nikola(shop, more)

    return build


def _build_nikola(shop: Workshop, more: Sequence[str]) -> None:
    shop.run("nikola", "init", "-q", "-d", "blog")
    blog = shop.work / "blog"
    settings = (blog / "conf.py").read_text()
    (blog / "conf.py").write_text(settings.replace("https://example.com", PLACE) + "\n".join(more))
    shop.album.copy(blog / "galleries" / "journeys")
    shop.run("nikola", "build", folder=blog)
    shutil.move(blog / "output", shop.site)


_NIKOLA = Needs(pip=("Nikola[extras]==8.3.3",))
_SIGAL = Needs(pip=("sigal==2.6.1",))
GALLERIES = (
    Gallery(
        "sigal-photoswipe",
        "sigal, theme photoswipe, originals kept",
        _SIGAL,
        _sigal("photoswipe", keeps_originals=True),
    ),
    Gallery(
        "sigal-galleria",
        "sigal, theme galleria, resized only",
        _SIGAL,
        _sigal("galleria", keeps_originals=False),
    ),
    Gallery(
        "sigal-colorbox",
        "sigal, theme colorbox, detail pages, originals kept",
        _SIGAL,
        _sigal("colorbox", keeps_originals=True, detail_pages=True),
    ),
    Gallery(
        "nikola",
        "Nikola, galleries below each other",
        _NIKOLA,
        _nikola(),
        start="/galleries/journeys/",
    ),
    Gallery(
        "nikola-originals",
        "Nikola, originals not shrunk, metadata kept",
        _NIKOLA,
        _nikola("MAX_IMAGE_SIZE = 10000", "PRESERVE_EXIF_DATA = True", "THUMBNAIL_SIZE = 240"),
        start="/galleries/journeys/",
    ),
)
