"""Reads ``srcset`` and the lists of sizes that lightbox libraries write like it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_PIECE = re.compile(
    r"[\s,]*(\S*[^\s,])(?:\s+(\d+(?:\.\d+)?)([wxh]?)(?:\s+\d+h)?)?(?:\s*,|\s*$|\s+(?=\S*[/.]))"
)
_MOST = 100


@dataclass(frozen=True)
class Size:
    """One address of a ``srcset``."""

    link: str
    width: int | None
    density: float | None


def sizes_in(text: str) -> Iterator[Size]:
    """Yield the addresses of a ``srcset`` (HTML, 4.8.4.2.1) with their widths or densities.

    A number without a letter is a width, as lightGallery's ``data-responsive`` has it.
    """
    for count, found in enumerate(_PIECE.finditer(text)):
        if count == _MOST:
            return
        number, unit = found[2], found[3]
        if not found[1]:
            continue
        width = int(float(number)) if number and unit != "x" and unit != "h" else None
        yield Size(found[1], width, float(number) if unit == "x" and number else None)


def is_srcset(text: str) -> bool:
    """Return whether a text lists addresses with widths or densities."""
    return bool(re.search(r"\S\s+\d+(?:\.\d+)?[wx]\s*(?:,|$)", text[:4000]))
