"""Where pictures and thumbnails are put: a folder of this machine or one of Scrapy's stores."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Protocol

from scrapy.pipelines.files import FilesStoreProtocol, FSFilesStore
from scrapy.utils.defer import ensure_awaitable

from spiders_project.media.inspect import Inspection
from spiders_project.media.names import NameBook
from spiders_project.media.store import FolderStore

InWorker = Callable[..., Awaitable[Any]]
"""Runs a function that blocks in a worker thread and awaits its result."""


class Shelf(Protocol):
    """Takes whole files; raises OSError, or what the store's library raises."""

    names: NameBook

    async def add(self, path: str, body: bytes, media_type: str) -> None:
        """Store a new file; raises FileExistsError rather than overwrite one, where it can tell."""
        ...

    async def replace(self, path: str, body: bytes, media_type: str) -> None:
        """Store a file that can be made again."""
        ...


def shelf_for(store: FilesStoreProtocol, in_worker: InWorker) -> Shelf:
    """Return the shelf over a store that Scrapy made from IMAGES_STORE or THUMBS_STORE."""
    if isinstance(store, FSFilesStore):
        return FolderShelf(FolderStore(store.basedir), in_worker)
    return RemoteShelf(store)


class FolderShelf:
    """A folder of this machine, written by worker threads."""

    def __init__(self, folder: FolderStore, in_worker: InWorker) -> None:
        self.names = NameBook(folder)
        self._folder = folder
        self._in_worker = in_worker

    async def add(self, path: str, body: bytes, media_type: str) -> None:
        """Store a new file; raises FileExistsError."""
        await self._in_worker(self._folder.add, path, body)

    async def replace(self, path: str, body: bytes, media_type: str) -> None:
        """Store a file in place of an older one."""
        await self._in_worker(self._folder.replace, path, body)


class _NothingThere:
    def names(self, folder: str) -> tuple[str, ...]:
        return ()

    def sha256_of(self, path: str) -> str:
        return ""


class RemoteShelf:
    """S3, Google Cloud Storage or FTP through Scrapy's stores, which overwrite."""

    def __init__(self, store: FilesStoreProtocol) -> None:
        self.names = NameBook(_NothingThere())
        self._store = store

    async def add(self, path: str, body: bytes, media_type: str) -> None:
        """Store a file; names are kept apart within one run only."""
        info: Any = None  # no store of Scrapy's uses it
        headers = {"Content-Type": media_type}
        await ensure_awaitable(self._store.persist_file(path, BytesIO(body), info, headers=headers))

    replace = add


@dataclass(frozen=True)
class Shelved:
    """Where a picture lies now."""

    path: str
    thumbnail: str | None
    is_new: bool


class PictureShelves:
    """The pictures' shelf and the thumbnails' one."""

    def __init__(self, pictures: Shelf, thumbnails: Shelf, in_worker: InWorker) -> None:
        self._pictures = pictures
        self._thumbnails = thumbnails
        self._in_worker = in_worker
        self._places: dict[str, asyncio.Future[Shelved]] = {}

    async def put(self, path: str, picture: Inspection, body: bytes) -> Shelved:
        """Store a picture at a path, or near it where other bytes have that name.

        Bytes that this run has stored already, or is storing, stay where they are.
        """
        sha256 = picture.sha256
        if sha256 not in self._places:
            self._places[sha256] = asyncio.ensure_future(self._put_new(path, picture, body))
        try:
            return await asyncio.shield(self._places[sha256])
        except Exception:
            self._places.pop(sha256, None)
            raise

    async def _put_new(self, path: str, picture: Inspection, body: bytes) -> Shelved:
        path, is_new = await self._put_picture(path, picture, body)
        first = None
        for name, thumbnail in picture.thumbnails.items():
            thumbnail_path = f"{name}/{path}.jpg"
            await self._thumbnails.replace(thumbnail_path, thumbnail, "image/jpeg")
            first = first or thumbnail_path
        return Shelved(path, first, is_new)

    async def put_beside(self, path: str, body: bytes, media_type: str) -> None:
        """Store a file that can be made again among the pictures."""
        await self._pictures.replace(path, body, media_type)

    async def _put_picture(self, path: str, picture: Inspection, body: bytes) -> tuple[str, bool]:
        names = self._pictures.names
        while True:
            claim = await self._in_worker(names.claim, path, picture.sha256)
            if claim.is_stored:
                return claim.path, False
            try:
                await self._pictures.add(claim.path, body, picture.media_type)
            except FileExistsError:
                names.found_on_disk(claim.path)
            except BaseException:
                names.give_back(claim.path)
                raise
            else:
                return claim.path, True
