"""Finds the picture of a collection that a new one looks like."""

from dataclasses import dataclass, replace

from sqlalchemy import Connection, bindparam, select

from spiders_project.catalogue.picture import Picture, picture_from
from spiders_project.catalogue.prepared import Prepared
from spiders_project.catalogue.schema import STORED, WRITING, pictures
from spiders_project.media.likeness import LikenessIndex
from spiders_project.media.preference import recommended

_NEWER = Prepared(
    select(pictures.c.number, pictures.c.phash)
    .where(pictures.c.number > bindparam("last"), pictures.c.phash.is_not(None))
    .order_by(pictures.c.number)
)
_PICTURE = Prepared(select(pictures).where(pictures.c.number == bindparam("of_number")))


@dataclass(frozen=True)
class Compared:
    """A picture, and what it looks like."""

    picture: Picture
    alike: tuple[str, ...] = ()
    """The sha256 of all stored pictures that look the same, the closest one first."""


def _stored(connection: Connection, number: int) -> Picture | None:
    """Return a picture; None for one that has been given back, or forgotten, since."""
    row = _PICTURE.first(connection, of_number=number)
    return picture_from(row) if row is not None and row.state in (STORED, WRITING) else None


class SimilarPictures:
    """The fingerprints of all pictures, in memory; used in the catalogue's thread only."""

    def __init__(self) -> None:
        self._likeness = LikenessIndex()
        self._last = 0

    def compared(self, connection: Connection, picture: Picture) -> Compared:
        """Return a new picture with what is to be said of the stored ones that it looks like.

        What other processes have stored meanwhile is taken in first.
        """
        if picture.phash is None:
            return Compared(picture)
        self._take_in(connection)
        alike = [
            (other, match.distance_bits)
            for match in sorted(self._likeness.matches(picture.phash))
            if (other := _stored(connection, match.key)) and other.sha256 != picture.sha256
        ]
        if not alike:
            return Compared(picture)
        others = [other for other, _ in alike]
        closest, distance_bits = alike[0]
        marked = replace(
            picture,
            similar_to=closest.sha256,
            similar_path=closest.path,
            distance_bits=distance_bits,
            is_recommended=all(recommended(picture, other) is picture for other in others),
        )
        return Compared(marked, tuple(other.sha256 for other in others))

    def _take_in(self, connection: Connection) -> None:
        if newer := _NEWER.rows(connection, last=self._last):
            numbers, fingerprints = zip(*newer, strict=True)
            self._likeness.extend(numbers, fingerprints)
            self._last = numbers[-1]
