"""The collection as a crawl sees it: files on the shelves, and the catalogue that knows them."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from weakref import WeakValueDictionary

from sqlalchemy import Connection

from spiders_project.catalogue import pictures
from spiders_project.catalogue.catalogue import Catalogue
from spiders_project.catalogue.failures import (
    Failure,
    KnownFailure,
    known_failures,
    record_failure,
)
from spiders_project.catalogue.picture import Claim, KnownPicture, Picture, Place, known_of
from spiders_project.catalogue.schema import FORGOTTEN, WRITING
from spiders_project.catalogue.similar import SimilarPictures
from spiders_project.items import StoredPicture
from spiders_project.media.inspect import Inspection
from spiders_project.media.store import Content
from spiders_project.outcomes import Outcome
from spiders_project.pipelines import records
from spiders_project.pipelines.known import forgotten
from spiders_project.pipelines.shelf import FolderShelf, Shelf

_NAP_SECONDS = 0.5


@dataclass(frozen=True)
class Known:
    """What the catalogue knows of some addresses."""

    pictures: dict[str, KnownPicture]
    failures: dict[str, KnownFailure]


class Collection:
    """Puts pictures on the shelves so that file and catalogue agree at every instant.

    The catalogue notes what is going to be written, then the thumbnails and
    the file appear, then the catalogue notes that they are whole. After a kill
    in between, the next process finds the note and adopts or removes the file.
    """

    def __init__(self, catalogue: Catalogue, originals: Shelf, thumbnails: Shelf) -> None:
        self._catalogue = catalogue
        self._originals = originals
        self._thumbnails = thumbnails
        self._similar = SimilarPictures()
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def look_up(self, addresses: Sequence[str]) -> Known:
        """Return what is known of addresses of pictures."""
        return self._catalogue.look(_look_up, addresses)

    async def is_there(self, picture: Picture) -> bool:
        """Tell whether the file of a known picture still lies where it was put."""
        if await self._originals.has(picture.path, picture.size_bytes):
            return True
        await self._catalogue.do(pictures.note_missing, picture.sha256)
        return False

    async def put(
        self, picture: Inspection, content: Content, wished: str, place: Place
    ) -> StoredPicture:
        """Store a picture at a path, or near it where other bytes have that name.

        Bytes that are stored already stay where they are. Raises DownloadLost for
        those that were forgotten on purpose, and what the shelf raises.
        """
        async with self._turn(picture.sha256):
            while True:
                claim, new = await self._claim(picture, wished)
                if claim.known:
                    # The other addresses of a forgotten one need not be asked for any more.
                    record = await self.place(claim.known, place)
                    if claim.state == FORGOTTEN:
                        raise forgotten()
                    return record
                try:
                    thumbnail = await self._write(picture, content, claim.path)
                except FileExistsError:
                    continue  # somebody was faster, and the next claim sees it
                except BaseException:
                    await self._catalogue.do(pictures.give_back, picture.sha256)
                    raise
                outcome = await self._catalogue.do(
                    pictures.finish, picture.sha256, thumbnail, place, self._catalogue.run
                )
                stored = replace(new, path=claim.path, thumbnail=thumbnail)
                return records.stored(stored, place, outcome, outcome is Outcome.DUPLICATE)

    async def place(self, picture: Picture, place: Place) -> StoredPicture:
        """Note one more place of a stored picture; return its entry in the feed."""
        placed = await self._catalogue.do(_place, place, picture, self._catalogue.run)
        return records.stored(placed.picture, place, placed.outcome, placed.is_repeated)

    async def lose(self, failure: Failure) -> None:
        """Note an address that led to no picture."""
        await self._catalogue.do(record_failure, failure, self._catalogue.run)

    async def put_beside(self, path: str, body: bytes, media_type: str) -> None:
        """Store a file that can be made again among the pictures."""
        await self._originals.replace(path, body, media_type)

    def close(self) -> None:
        """Let the shelves go."""
        self._originals.close()
        self._thumbnails.close()

    def _turn(self, sha256: str) -> asyncio.Lock:
        """Return the lock that lets those who hold the same bytes go one after the other."""
        turn = self._turns.get(sha256) or asyncio.Lock()
        self._turns[sha256] = turn
        return turn

    async def _claim(self, picture: Inspection, wished: str) -> tuple[Claim, Picture]:
        """Reserve a path; wait while another run writes the same bytes."""
        found = known_of(picture)
        claimed, new = await self._catalogue.do(self._claim_now, found, wished)
        while claimed.state == WRITING:
            await asyncio.sleep(_NAP_SECONDS)
            claimed, new = await self._catalogue.do(self._claim_now, found, wished)
        return claimed, new

    def _claim_now(
        self, connection: Connection, picture: Picture, wished: str
    ) -> tuple[Claim, Picture]:
        compared = self._similar.compared(connection, picture)
        run, is_free = self._catalogue.run, self._originals.is_free
        claimed = pictures.claim(connection, compared.picture, wished, run, is_free)
        if compared.alike and claimed.state is None:
            pictures.note_similar(connection, compared.picture, compared.alike)
        return claimed, compared.picture

    async def _write(self, picture: Inspection, content: Content, path: str) -> str | None:
        """Write thumbnails first, so that where a picture is they are too."""
        thumbs = {f"{name}/{path}.jpg": body for name, body in picture.thumbnails.items()}
        try:
            await self._write_all(path, content, picture.media_type, thumbs)
        except FileExistsError:
            # A process that was killed, or a person, has put these very bytes there.
            if not await self._originals.holds(path, picture.size_bytes, picture.sha256):
                raise
        return next(iter(thumbs), None)

    async def _write_all(
        self, path: str, content: Content, media_type: str, thumbs: Mapping[str, bytes]
    ) -> None:
        originals, thumbnails = self._originals, self._thumbnails
        if isinstance(originals, FolderShelf) and isinstance(thumbnails, FolderShelf):
            # The usual case: one turn of a worker instead of two.
            await originals.add_with_thumbnails(thumbnails, path, content, thumbs)
            return
        for thumbnail_path, body in thumbs.items():
            await thumbnails.replace(thumbnail_path, body, "image/jpeg")
        await originals.add(path, content, media_type)


def _look_up(connection: Connection, addresses: Sequence[str]) -> Known:
    return Known(
        pictures.known_pictures(connection, addresses), known_failures(connection, addresses)
    )


@dataclass(frozen=True)
class _Placed:
    picture: Picture
    outcome: Outcome
    is_repeated: bool


def _place(connection: Connection, place: Place, picture: Picture, run: str) -> _Placed:
    outcome = pictures.put_place(connection, place, picture.sha256, run)
    if outcome is Outcome.DUPLICATE and not picture.is_placeholder:
        is_placeholder = pictures.mark_placeholder(connection, picture.sha256)
        picture = replace(picture, is_placeholder=is_placeholder)
    return _Placed(picture, outcome, pictures.is_repeated(connection, place))
