"""Galleries by the software that makes them."""

from benchmarks.galleries.gallery import Gallery
from benchmarks.galleries.software import (
    debian,
    lightboxes,
    node,
    python,
    servers,
    stories,
    wikis,
)

GALLERIES: tuple[Gallery, ...] = (
    *python.GALLERIES,
    *stories.GALLERIES,
    *node.GALLERIES,
    *debian.GALLERIES,
    *servers.GALLERIES,
    *wikis.GALLERIES,
    *lightboxes.GALLERIES,
)
