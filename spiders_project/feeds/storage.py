"""A feed file that is written beside the final one and takes its place in one step."""

import shutil
from pathlib import Path
from typing import IO, Any, Self

from scrapy import Spider
from scrapy.crawler import Crawler
from w3lib.url import file_uri_to_path

from spiders_project.frontier.job import job_of


class AtomicFileStorage:
    """Feed storage for files; the final file is whole at every moment.

    Nothing is touched before ``open()``: Scrapy makes a storage once more only
    to see whether it can. The temporary file has the name of the job in its
    own, so that the process after a killed one writes over it.
    """

    def __init__(
        self, uri: str, *, feed_options: dict[str, Any] | None = None, job: str = "feed"
    ) -> None:
        self.path = Path(file_uri_to_path(uri) if uri.startswith("file:") else uri)
        self._temporary = self.path.with_name(f".{self.path.name}.{job}.part")
        self._appends = not (feed_options or {}).get("overwrite", False)

    @classmethod
    def from_crawler(
        cls, crawler: Crawler, uri: str, *, feed_options: dict[str, Any] | None = None
    ) -> Self:
        """Make the storage of a feed of this crawler's job."""
        job = job_of(crawler.spider).name if crawler.spider else "shell"
        return cls(uri, feed_options=feed_options, job=job)

    def tidy(self) -> None:
        """Remove what a killed process of the job has left; raises OSError."""
        self._temporary.unlink(missing_ok=True)

    def open(self, spider: Spider) -> IO[bytes]:
        """Return a temporary file in the folder of the feed; raises OSError."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        file = self._temporary.open("wb")
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
