"""Reads the attribute ``srcset``: addresses, each with its width or density."""

import re
from dataclasses import dataclass

_DESCRIPTOR = re.compile(r"(\d{1,6})(?:\.\d+)?w|(\d{1,3}(?:\.\d{1,3})?)x", re.IGNORECASE)


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
