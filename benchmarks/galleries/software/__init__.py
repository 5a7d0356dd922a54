"""Galleries by the software that makes them."""

from benchmarks.galleries.gallery import Gallery
from benchmarks.galleries.software import debian, node, python

GALLERIES: tuple[Gallery, ...] = (*python.GALLERIES, *node.GALLERIES, *debian.GALLERIES)
