"""Turns lists of sizes, ``srcset`` and what lightbox libraries write like it, into candidates."""

import re
from collections.abc import Callable, Iterator

from spiders_project.pages.generic.srcset import parsed_srcset
from spiders_project.pages.generic.values import Candidate, Clue

_LONGEST = 20_000
_LISTED = re.compile(r"\S\s+\d+(?:\.\d+)?[wx]\s*(?:,|$)")
_BARE_WIDTH = re.compile(r"(\s\d{2,5})(?=\s*(?:,|$))")


def is_srcset(text: str) -> bool:
    """Return whether a text lists addresses with widths or densities."""
    return bool(_LISTED.search(text[:4000]))


def candidates_in_srcset(
    text: str, absolute: Callable[[str], str | None], label: str = ""
) -> Iterator[Candidate]:
    """Yield what a list of sizes offers.

    A number without a letter is a width, as lightGallery's ``data-responsive`` has it; a density
    stands in the label.
    """
    for offer in parsed_srcset(_BARE_WIDTH.sub(r"\1w", text[:_LONGEST])):
        if url := absolute(offer.link):
            words = f"{label} {offer.density:g}x".strip() if offer.density else label
            yield Candidate(url, Clue.SRCSET, offer.width, label=words)
