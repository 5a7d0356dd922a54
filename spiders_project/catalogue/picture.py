"""A picture, its places and what is known of both, as values."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from spiders_project.catalogue.schema import pictures
from spiders_project.media.inspect import Inspection


@dataclass(frozen=True)
class Picture:
    """What is known of one picture: its bytes, not where it was found."""

    sha256: str
    md5: str
    size_bytes: int
    format: str
    width: int
    height: int
    path: str = ""
    thumbnail: str | None = None
    phash: str | None = None
    frames: int = 1
    colours: Sequence[str] = ()
    trailing_bytes: int = 0
    metadata: Mapping[str, str] = field(default_factory=dict)
    """What the file says about itself, by the names of the item's fields."""
    similar_to: str | None = None
    """The sha256 of a picture that looks the same, and was there first."""
    distance_bits: int | None = None
    """Between the fingerprints of the two."""
    is_recommended: bool = True
    """Whether no picture that looks the same is larger."""
    is_placeholder: bool = False
    """It lies behind so many titles that it cannot be meant by any."""
    similar_path: str | None = None
    """Where the other one lies."""


@dataclass(frozen=True)
class Place:
    """Where a picture was found."""

    page: str
    address: str
    site: str | None = None
    category: str | None = None
    title: str | None = None
    opt_outs: Sequence[str] = ()


@dataclass(frozen=True)
class KnownPicture:
    """A picture that an address led to, and what the place itself says."""

    picture: Picture
    state: str
    opt_outs: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Claim:
    """What is to be done with bytes that have arrived.

    ``state`` is that of the picture before: writing where another run is at it
    in this moment, stored, forgotten, or None where the bytes are to be written
    at ``path`` now, which this claim has reserved.
    """

    path: str
    thumbnail: str | None
    state: str | None
    known: Picture | None = None
    """What is known of a picture that is stored, or was forgotten."""


PICTURE_COLUMNS = [column for column in pictures.c if column.name in Picture.__dataclass_fields__]
"""The columns that are fields of a Picture."""
AS_JSON = ("colours", "metadata")
"""Those that hold JSON."""
_TRUTHS = ("is_recommended", "is_placeholder")


def known_of(inspection: Inspection, path: str = "", thumbnail: str | None = None) -> Picture:
    """Return what a look at its bytes tells of a picture, and where it lies."""
    found = vars(inspection.metadata)
    return Picture(
        sha256=inspection.sha256,
        md5=inspection.md5,
        size_bytes=inspection.size_bytes,
        format=inspection.format,
        width=inspection.width,
        height=inspection.height,
        path=path,
        thumbnail=thumbnail,
        phash=inspection.fingerprint,
        frames=inspection.frames,
        colours=inspection.colours,
        trailing_bytes=inspection.trailing_bytes,
        metadata={name: value for name, value in found.items() if value},
    )


def picture_from(row: Any) -> Picture:
    """Return the picture of a row of its table."""
    values = {column.name: getattr(row, column.name) for column in PICTURE_COLUMNS}
    values |= {name: json.loads(values[name]) for name in AS_JSON}
    # The driver gives 0 and 1.
    values |= {name: bool(values[name]) for name in _TRUTHS}
    return Picture(**values, similar_path=getattr(row, "similar_path", None))
