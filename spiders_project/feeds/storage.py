"""A feed file that is written beside the final one and takes its place in one step."""

import secrets
import shutil
from pathlib import Path
from typing import IO, Any

from scrapy import Spider
from w3lib.url import file_uri_to_path


class AtomicFileStorage:
    """Feed storage for files; the final file is whole at every moment.

    Nothing is touched before ``open()``: Scrapy makes a storage once more only
    to see whether it can.
    """

    def __init__(self, uri: str, *, feed_options: dict[str, Any] | None = None) -> None:
        self.path = Path(file_uri_to_path(uri) if uri.startswith("file:") else uri)
        self._temporary = self.path.with_name(f".{secrets.token_hex(8)}.part")
        self._appends = not (feed_options or {}).get("overwrite", False)

    def open(self, spider: Spider) -> IO[bytes]:
        """Return a temporary file in the folder of the feed; raises OSError."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        file = self._temporary.open("xb")
        if self._appends and self.path.exists():
            with self.path.open("rb") as earlier:
                shutil.copyfileobj(earlier, file)
        return file

    def store(self, file: IO[bytes]) -> None:
        """Put the temporary file in the place of the feed; raises OSError."""
        try:
            file.close()
            self._temporary.replace(self.path)
        finally:
            self._temporary.unlink(missing_ok=True)

    def discard(self, file: IO[bytes]) -> None:
        """Remove the temporary file and leave the feed as it was."""
        try:
            file.close()  # writes what is left, perhaps to a full disk
        except OSError:
            file.close()
        finally:
            self._temporary.unlink(missing_ok=True)
