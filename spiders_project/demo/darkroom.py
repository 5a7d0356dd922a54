"""The darkroom: paints each picture once, in a few threads, and keeps the finished prints."""

from __future__ import annotations

import asyncio
import hashlib
import importlib
import threading
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from .picture import DemoPicture

COPY_WIDTHS = {"previews": 480, "medium": 1280}
_THREADS = 2


@dataclass(frozen=True, slots=True)
class Print:
    """A finished image file."""

    data: bytes
    sha256: str
    media_type: str


class Darkroom:
    """Makes originals and smaller copies on demand; safe to ask from many requests at once."""

    def __init__(self) -> None:
        """Open an empty darkroom; nothing is painted before it is asked for."""
        self._pool = ThreadPoolExecutor(_THREADS, thread_name_prefix="darkroom")
        self._prints: dict[tuple[str, str, str], Print] = {}
        self._locks: defaultdict[tuple[str, str], threading.Lock] = defaultdict(threading.Lock)

    async def develop(self, picture: DemoPicture, kind: str = "originals") -> Print:
        """Return a picture's original, or its copy of one of the known widths."""
        ready = self._prints.get((kind, picture.category, picture.slug))
        if ready is not None:
            return ready
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._pool, self._make, picture, kind)

    def close(self) -> None:
        """Drop what is still waiting to be painted."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _make(self, picture: DemoPicture, kind: str) -> Print:
        with self._locks[picture.category, picture.slug]:
            original = self._keep(picture, "originals", None)
            if kind == "originals":
                return original
            return self._keep(picture, kind, original)

    def _keep(self, picture: DemoPicture, kind: str, original: Print | None) -> Print:
        key = (kind, picture.category, picture.slug)
        if key not in self._prints:
            # NumPy and Pillow are loaded here so that importing the server stays cheap.
            encoding = importlib.import_module(f"{__package__}.encoding")
            if original is None:
                data = encoding.encode_original(picture)
                media_type = f"image/{picture.format}"
            else:
                data = encoding.encode_copy(original.data, COPY_WIDTHS[kind])
                media_type = "image/jpeg"
            self._prints[key] = Print(data, hashlib.sha256(data).hexdigest(), media_type)
        return self._prints[key]
