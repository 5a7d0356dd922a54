"""Where pictures and thumbnails are put: a folder of this machine or one of Scrapy's stores."""

from collections.abc import Awaitable, Callable
from io import BytesIO
from pathlib import Path
from typing import Any, Protocol

from scrapy.pipelines.files import FilesStoreProtocol, FSFilesStore
from scrapy.utils.defer import ensure_awaitable

from spiders_project.media.store import Content, FolderStore

InWorker = Callable[..., Awaitable[Any]]
"""Runs a function that blocks in a worker thread and awaits its result."""


class Shelf(Protocol):
    """Takes whole files; raises OSError, or what the store's library raises."""

    async def add(self, path: str, content: Content, media_type: str) -> None:
        """Store a new file; raises FileExistsError rather than overwrite one, where it can tell."""
        ...

    async def replace(self, path: str, body: bytes, media_type: str) -> None:
        """Store a file that can be made again."""
        ...

    def is_free(self, path: str, sha256: str) -> bool | None:
        """Tell whether nothing lies at a path; None where these very bytes do. It may block."""
        ...

    async def has(self, path: str, size_bytes: int) -> bool:
        """Tell whether a file of this size lies at a path, as far as a look can tell."""
        ...


def shelf_for(store: FilesStoreProtocol, in_worker: InWorker) -> Shelf:
    """Return the shelf over a store that Scrapy made from IMAGES_STORE or THUMBS_STORE."""
    if isinstance(store, FSFilesStore):
        return FolderShelf(FolderStore(store.basedir), in_worker)
    return RemoteShelf(store)


class FolderShelf:
    """A folder of this machine, written by worker threads."""

    def __init__(self, folder: FolderStore, in_worker: InWorker) -> None:
        self._folder = folder
        self._in_worker = in_worker

    async def add(self, path: str, content: Content, media_type: str) -> None:
        """Store a new file; raises FileExistsError."""
        await self._in_worker(self._folder.add, path, content)

    async def replace(self, path: str, body: bytes, media_type: str) -> None:
        """Store a file in place of an older one."""
        await self._in_worker(self._folder.replace, path, body)

    def is_free(self, path: str, sha256: str) -> bool | None:
        """Look at the folder."""
        return self._folder.is_free(path, sha256)

    async def has(self, path: str, size_bytes: int) -> bool:
        """Look at the size of the file."""
        return bool(await self._in_worker(self._folder.size_of, path) == size_bytes)


class RemoteShelf:
    """S3, Google Cloud Storage or FTP through Scrapy's stores, which overwrite."""

    def __init__(self, store: FilesStoreProtocol) -> None:
        self._store = store

    async def add(self, path: str, content: Content, media_type: str) -> None:
        """Store a file."""
        info: Any = None  # no store of Scrapy's uses it
        headers = {"Content-Type": media_type}
        file: Any = content.open("rb") if isinstance(content, Path) else BytesIO(content)
        with file:
            await ensure_awaitable(self._store.persist_file(path, file, info, headers=headers))

    replace = add

    def is_free(self, path: str, sha256: str) -> bool:
        """Rely on the catalogue, which knows all names that were given."""
        return True

    async def has(self, path: str, size_bytes: int) -> bool:
        """Rely on the catalogue: a look at each picture of an earlier run would cost a request."""
        return True
