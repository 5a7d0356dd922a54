"""Programs from Debian: generators, most of them older than the pictures of most people."""

import shutil

from benchmarks.galleries.gallery import Gallery
from benchmarks.galleries.workshop import Needs, Workshop


def _llgal(shop: Workshop) -> None:
    shutil.copytree(shop.album.plain_folder, shop.site)
    shop.run("llgal", "-R", "-L", "--title", "Two journeys", "-d", str(shop.site))


GALLERIES = (Gallery("llgal", "llgal, slides", Needs(apt=("llgal", "imagemagick")), _llgal),)
