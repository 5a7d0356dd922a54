"""Reads lists of sizes: ``srcset`` and what lightbox libraries and JSON write like it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from spiders_project.pages.generic.values import Candidate, Clue

_DESCRIPTOR = re.compile(r"(\d{1,6})(?:\.\d+)?w|(\d{1,3}(?:\.\d{1,3})?)x", re.IGNORECASE)
_LONGEST = 20_000
_LISTED = re.compile(r"\S\s+\d+(?:\.\d+)?[wx]\s*(?:,|$)")
_BARE_WIDTH = re.compile(r"(\s\d{2,5})(?=\s*(?:,|$))")


@dataclass(frozen=True)
class Offer:
    """One version of a picture."""

    link: str
    """As it stands in the attribute."""
    width: int | None = None
    """Pixels."""
    density: float | None = None
    """Pixels of the picture for each of the screen's."""


def parsed_srcset(srcset: str) -> list[Offer]:
    """Return the versions that a ``srcset`` offers, in its order (HTML 4.8.4.2.1).

    A comma inside an address belongs to it; one at its end, or behind a descriptor, separates.
    """
    offers: list[Offer] = []
    link = descriptor = ""
    for word in srcset.split():
        rest = word
        if link:
            descriptor, comma, rest = word.partition(",")
            if not comma:
                continue
            offers.append(_offer(link, descriptor))
            link = descriptor = ""
        if rest := rest.lstrip(","):
            link = rest.rstrip(",")
            if rest.endswith(","):
                offers.append(_offer(link, ""))
                link = ""
    return [*offers, _offer(link, descriptor)] if link else offers


def _offer(link: str, descriptor: str) -> Offer:
    found = _DESCRIPTOR.fullmatch(descriptor)
    if not found:
        return Offer(link)
    width, density = found.groups()
    return Offer(link, int(width) or None) if width else Offer(link, density=float(density))


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
