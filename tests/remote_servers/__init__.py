"""Real servers of S3, Google Cloud Storage and FTP on this machine, to put pictures into.

The S3 server is moto's, that of Google Cloud Storage is gcp-storage-emulator,
which learns here that an upload may depend on there being nothing, and the FTP
server is pyftpdlib's.
"""

from collections.abc import Mapping
from typing import Any, Protocol, Self


class RemoteServer(Protocol):
    """A server with one place where files may be put."""

    troubles: int
    """So many of the next uploads are refused, with the request to come again."""
    is_broken: bool
    """Whether every picture is refused for good."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...

    @property
    def place(self) -> str:
        """The address for IMAGES_STORE, which has a folder."""
        ...

    @property
    def wrong_places(self) -> list[str]:
        """Addresses where nothing can be put."""
        ...

    @property
    def settings(self) -> Mapping[str, Any]:
        """Scrapy's settings that lead here, and let us in."""
        ...

    @property
    def environment(self) -> Mapping[str, str]:
        """What the libraries have to find in the environment."""
        ...

    @property
    def files(self) -> dict[str, bytes]:
        """All that lies there, by name; the folder of ``place`` is part of the names."""
        ...

    def put(self, name: str, body: bytes) -> None:
        """Lay a file there, as somebody else would."""
        ...
