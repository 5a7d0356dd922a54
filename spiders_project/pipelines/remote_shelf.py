"""A remote store as pipelines see it: many uploads at once, none on the event loop."""

from spiders_project.media.remote.store import RemoteStore
from spiders_project.media.store import Content
from spiders_project.pipelines.transfers import Transfers


class RemoteShelf:
    """S3, Google Cloud Storage or FTP, written by threads that wait for the network only."""

    def __init__(self, store: RemoteStore) -> None:
        self._store = store
        self._threads = Transfers(store.uploads_at_once)
        self._taken: set[str] = set()

    async def add(self, path: str, content: Content, media_type: str) -> None:
        """Store a new file; raises FileExistsError."""
        await self._threads.run(self._store.add, path, content, media_type)

    async def replace(self, path: str, body: bytes, media_type: str) -> None:
        """Store a file in place of an older one."""
        await self._threads.run(self._store.replace, path, body, media_type)

    def is_free(self, path: str, sha256: str) -> bool:
        """Rely on the catalogue, and on what ``add`` and ``holds`` have met: it is not asked."""
        return path not in self._taken

    async def holds(self, path: str, size_bytes: int, sha256: str) -> bool:
        """Ask the store, and remember a name that other bytes have."""
        is_held = await self._threads.run(self._store.holds, path, size_bytes, sha256)
        if not is_held:
            self._taken.add(path)
        return is_held

    async def has(self, path: str, size_bytes: int) -> bool:
        """Rely on the catalogue: a look at each picture of an earlier run would cost a request."""
        return True

    def close(self) -> None:
        """Let the threads and the connections go."""
        self._threads.close()
        self._store.close()
