"""Generators from PyPI."""

import shutil

from benchmarks.galleries.gallery import Build, Gallery
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


def _nikola(shop: Workshop) -> None:
    shop.run("nikola", "init", "-q", "-d", "blog")
    shutil.copytree(shop.album.folder, shop.work / "blog" / "galleries" / "journeys")
    shop.run("nikola", "build", folder=shop.work / "blog")
    shutil.move(shop.work / "blog" / "output", shop.site)


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
        Needs(pip=("Nikola[extras]==8.3.3",)),
        _nikola,
        start="/galleries/journeys/",
    ),
)
