"""Where pictures and thumbnails are put: a folder of this machine, or a remote store."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Protocol

from scrapy.settings import BaseSettings

from spiders_project.media.store import Content, FolderStore
from spiders_project.pipelines.remote_shelf import RemoteShelf
from spiders_project.pipelines.remote_stores import is_remote, open_store

InWorker = Callable[..., Awaitable[Any]]
"""Runs a function that blocks in a worker thread and awaits its result."""


class Shelf(Protocol):
    """Takes whole files; raises OSError."""

    async def add(self, path: str, content: Content, media_type: str) -> None:
        """Store a new file; raises FileExistsError rather than overwrite one."""
        ...

    async def replace(self, path: str, body: bytes, media_type: str) -> None:
        """Store a file that can be made again."""
        ...

    def is_free(self, path: str, sha256: str) -> bool | None:
        """Tell whether nothing is known to lie at a path; None where these very bytes do.

        The thread of the catalogue waits for it: it may look at a disk, and at no network.
        """
        ...

    async def holds(self, path: str, size_bytes: int, sha256: str) -> bool:
        """Tell whether these very bytes lie at a path, which was taken when we came."""
        ...

    async def has(self, path: str, size_bytes: int) -> bool:
        """Tell whether a file of this size lies at a path, as far as a look can tell."""
        ...

    def close(self) -> None:
        """Let go what was needed to write."""
        ...


def shelf_for(place: str, settings: BaseSettings, in_worker: InWorker) -> Shelf:
    """Return the shelf over IMAGES_STORE or THUMBS_STORE; raises WrongInput and StoreFailed."""
    if is_remote(place):
        return RemoteShelf(open_store(place, settings))
    return FolderShelf(FolderStore(place), in_worker)


class FolderShelf:
    """A folder of this machine, written by worker threads."""

    def __init__(self, folder: FolderStore, in_worker: InWorker) -> None:
        self._folder = folder
        self._in_worker = in_worker

    async def add(self, path: str, content: Content, media_type: str) -> None:
        """Store a new file; raises FileExistsError."""
        await self._in_worker(self._folder.add, path, content)

    async def add_with_thumbnails(
        self, thumbnails: "FolderShelf", path: str, content: Content, thumbs: Mapping[str, bytes]
    ) -> None:
        """Store small files on another shelf, then a new one on this; raises FileExistsError."""
        await self._in_worker(_write, self._folder, thumbnails._folder, path, content, thumbs)

    async def replace(self, path: str, body: bytes, media_type: str) -> None:
        """Store a file in place of an older one."""
        await self._in_worker(self._folder.replace, path, body)

    def is_free(self, path: str, sha256: str) -> bool | None:
        """Look at the folder."""
        return self._folder.is_free(path, sha256)

    async def holds(self, path: str, size_bytes: int, sha256: str) -> bool:
        """Look at the bytes of the file."""
        return bool(await self._in_worker(self._folder.sha256_of, path) == sha256)

    async def has(self, path: str, size_bytes: int) -> bool:
        """Look at the size of the file."""
        return bool(await self._in_worker(self._folder.size_of, path) == size_bytes)

    def close(self) -> None:
        """Leave the workers to those who made them."""


def _write(
    originals: FolderStore,
    thumbnails: FolderStore,
    path: str,
    content: Content,
    thumbs: Mapping[str, bytes],
) -> None:
    for thumbnail_path, body in thumbs.items():
        thumbnails.replace(thumbnail_path, body)
    originals.add(path, content)
