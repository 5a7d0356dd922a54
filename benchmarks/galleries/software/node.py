"""Generators from npm."""

from benchmarks.galleries.gallery import Build, Gallery
from benchmarks.galleries.workshop import Needs, Workshop


def _thumbsup(*options: str) -> Build:
    def build(shop: Workshop) -> None:
        places = ("--input", str(shop.album.folder), "--output", str(shop.site))
        shop.run("thumbsup", *places, "--title", "Two journeys", "--log", "info", *options)

    return build


_THUMBSUP = Needs(npm=("thumbsup@2.18.0",), apt=("libimage-exiftool-perl", "graphicsmagick"))
GALLERIES = (
    Gallery(
        "thumbsup-cards",
        "thumbsup, theme cards, originals for download, pages of 8",
        _THUMBSUP,
        _thumbsup(
            "--theme", "cards", "--photo-download", "copy", "--albums-output-folder", "albums"
        ),
    ),
    Gallery(
        "thumbsup-classic",
        "thumbsup, theme classic, resized only",
        _THUMBSUP,
        _thumbsup("--theme", "classic"),
    ),
)
