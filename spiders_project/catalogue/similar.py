"""Finds the picture of a collection that a new one looks like."""

from dataclasses import replace

from sqlalchemy import Connection, bindparam, select

from spiders_project.catalogue.pictures import Picture, picture_from
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


class SimilarPictures:
    """The fingerprints of all pictures, in memory; used in the catalogue's thread only."""

    def __init__(self) -> None:
        self._likeness = LikenessIndex()
        self._last = 0

    def compared(self, connection: Connection, picture: Picture) -> Picture:
        """Return a new picture with what is to be said of the stored one that it looks like.

        What other processes have stored meanwhile is taken in first.
        """
        if picture.phash is None:
            return picture
        self._take_in(connection)
        match = self._likeness.closest(picture.phash)
        row = _PICTURE.first(connection, of_number=match.key) if match else None
        # It may have been given back, or forgotten, since.
        if match is None or row is None or row.state not in (STORED, WRITING):
            return picture
        other = picture_from(row)
        if other.sha256 == picture.sha256:
            return picture
        return replace(
            picture,
            similar_to=other.sha256,
            similar_path=other.path,
            distance_bits=match.distance_bits,
            is_recommended=recommended(picture, other) is picture,
        )

    def _take_in(self, connection: Connection) -> None:
        if newer := _NEWER.rows(connection, last=self._last):
            numbers, fingerprints = zip(*newer, strict=True)
            self._likeness.extend(numbers, fingerprints)
            self._last = numbers[-1]
