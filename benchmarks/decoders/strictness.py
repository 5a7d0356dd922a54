"""How many damaged pictures each decoder notices, of those that are cut and those with a hole."""

import logging
from collections.abc import Sequence
from typing import Any

from benchmarks.decoders.contestants import CONTESTANTS, Contestant, encoded
from benchmarks.gallery.picture_sets import PictureSet
from benchmarks.table import table

_PICTURE = PictureSet("strictness", 800, 500, grain=8, usual_count=1)
_PLACES = 20
_HOLE_BYTES = 2000
_HEADER_BYTES = 700
_KINDS: Sequence[tuple[str, str, dict[str, Any]]] = (
    ("JPEG", "JPEG", {}),
    ("JPEG, progressive", "JPEG", {"progressive": True}),
    ("PNG", "PNG", {}),
    ("WebP", "WEBP", {}),
    ("WebP, lossless", "WEBP", {"lossless": True}),
    ("GIF", "GIF", {}),
    ("TIFF, deflate", "TIFF", {"compression": "tiff_adobe_deflate"}),
    ("TIFF, LZW", "TIFF", {"compression": "tiff_lzw"}),
    ("TIFF, JPEG", "TIFF", {"compression": "jpeg"}),
    ("TIFF, raw", "TIFF", {}),
    ("AVIF", "AVIF", {}),
    ("JPEG 2000", "JPEG2000", {}),
)


def strictness() -> str:
    """Return a table: cut files and files with a hole that each decoder refuses, of 20 each."""
    logging.disable(logging.ERROR)
    head = ["refused of 20: cut / hole", *(each.name for each in CONTESTANTS)]
    return table(head, [_row(*kind) for kind in _KINDS])


def _row(label: str, picture_format: str, options: dict[str, Any]) -> list[str]:
    body = encoded(_PICTURE.jpeg(1), picture_format, **options)
    cells = [label]
    for contestant in CONTESTANTS:
        if picture_format not in contestant.formats:
            cells.append("-")
            continue
        cut = sum(not _accepts(contestant, each) for each in _cuts(body))
        hollow = sum(not _accepts(contestant, each) for each in _with_holes(body))
        cells.append(f"{cut} / {hollow}" if _accepts(contestant, body) else "refuses the whole one")
    return cells


def _cuts(body: bytes) -> list[bytes]:
    return [body[: len(body) * number // (_PLACES + 1)] for number in range(1, _PLACES + 1)]


def _with_holes(body: bytes) -> list[bytes]:
    """Return the picture with 2,000 zeros at places behind its header."""
    room = len(body) - _HEADER_BYTES - _HOLE_BYTES
    starts = [_HEADER_BYTES + room * number // _PLACES for number in range(_PLACES)]
    return [body[:start] + bytes(_HOLE_BYTES) + body[start + _HOLE_BYTES :] for start in starts]


def _accepts(contestant: Contestant, body: bytes) -> bool:
    try:
        contestant.prove(body)
    except Exception:  # noqa: BLE001 - each library has its own
        return False
    return True
