"""What every remote store does, and how it says that it cannot."""

import hashlib
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Protocol

from spiders_project.media.store import Content

CACHE_CONTROL = "max-age=172800"
"""What Scrapy's stores say of the files that they put into a bucket."""


class StoreFailed(OSError):
    """A remote store that cannot be used; its text is the reason, without a traceback's words."""


class RemoteStore(Protocol):
    """Files at a place on the network, addressed by relative paths.

    Every method blocks, may be called by several threads at once, tries again
    what may pass, and raises StoreFailed; another OSError concerns one file.
    """

    @property
    def uploads_at_once(self) -> int:
        """How many threads may write."""
        ...

    def try_out(self) -> None:
        """Find out cheaply whether files can be written; leaves none."""
        ...

    def add(self, path: str, content: Content, media_type: str) -> None:
        """Store a new file; raises FileExistsError rather than overwrite one."""
        ...

    def replace(self, path: str, body: bytes, media_type: str) -> None:
        """Store a file, in place of an older one."""
        ...

    def holds(self, path: str, size_bytes: int, sha256: str) -> bool:
        """Tell whether these very bytes lie at a path; False also where they may not be read."""
        ...

    def close(self) -> None:
        """Let the connections go."""
        ...


def opened(content: Content) -> BinaryIO:
    """Return the bytes of a picture as a file; one that is a file is never read as a whole."""
    return content.open("rb") if isinstance(content, Path) else BytesIO(content)


def size_of(content: Content) -> int:
    """Return the number of bytes."""
    return content.stat().st_size if isinstance(content, Path) else len(content)


def has_sha256(blocks: Iterable[bytes], sha256: str) -> bool:
    """Tell whether blocks of bytes are together those of a hash."""
    digest = hashlib.sha256()
    for block in blocks:
        digest.update(block)
    return digest.hexdigest() == sha256


def in_one_line(error: BaseException) -> str:
    """Return the words of a library's error without line ends; its kind where it has none."""
    words = getattr(error, "strerror", None) or str(error)
    return " ".join(words.split()) or type(error).__name__
