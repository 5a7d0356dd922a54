"""Uses of a picture that its owner reserves, as web servers and pages say it.

X-Robots-Tag and meta robots (Google's robots meta tag specification, with the
noai and noimageai of DeviantArt), and the TDM Reservation Protocol (W3C
community group report, 2024) in headers and meta tags.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Protocol

KNOWN = ("noai", "noimageai", "noindex", "noimageindex", "tdm-reservation")
_WITH_VALUE = ("unavailable_after", "max-snippet", "max-image-preview", "max-video-preview")
_CRAWLER = re.compile(r"[a-z][\w.-]*")
_NONE = "none"
"""Stands for noindex and nofollow."""


def opt_outs_of(
    robots: Iterable[str], tdm_reservations: Iterable[str], user_agent: str = ""
) -> list[str]:
    """Return what is reserved, in the order of KNOWN.

    ``robots`` are the values of X-Robots-Tag headers or of meta robots tags; a
    value may begin with the name of a crawler (``otherbot: noai``) and then
    concerns only that one. ``tdm_reservations`` are the values of those headers
    or tags, ``1`` where text and data mining is reserved.
    """
    words = {word for value in robots for word in _directives(value, user_agent)}
    if _NONE in words:
        words.add("noindex")
    if any(value.strip() == "1" for value in tdm_reservations):
        words.add("tdm-reservation")
    return [word for word in KNOWN if word in words]


class _Headers(Protocol):
    def getlist(self, key: str) -> list[bytes]: ...


def opt_outs_in_headers(headers: _Headers, user_agent: str) -> list[str]:
    """Return what the headers of a response reserve, in the order of KNOWN."""
    robots, reservations = (
        [value.decode("latin-1") for value in headers.getlist(name)]
        for name in ("X-Robots-Tag", "TDM-Reservation")
    )
    return opt_outs_of(robots, reservations, user_agent)


def united(*opt_outs: Iterable[str]) -> list[str]:
    """Return what any of several sources reserves, in the order of KNOWN."""
    words = {word for some in opt_outs for word in some}
    return [word for word in KNOWN if word in words]


def _directives(value: str, user_agent: str) -> Iterator[str]:
    """Yield the words of a value that concern us; a crawler's name holds until the next one."""
    product = user_agent.partition("/")[0].strip().lower()
    concerns_us = True
    for part in value.lower().split(","):
        name, colon, word = map(str.strip, part.partition(":"))
        if colon and name not in _WITH_VALUE and _CRAWLER.fullmatch(name):
            concerns_us = name == product
            name = word
        if concerns_us:
            yield name
