"""Addresses of remote stores, as a person writes them."""

import re
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import unquote, urlsplit

from spiders_project.errors import WrongInput
from spiders_project.urls import without_password

_FTP_PORT = 21
_LINE_END = re.compile(r"[\r\n\0]")


@dataclass(frozen=True)
class BucketAddress:
    """A bucket of S3 or Google Cloud Storage, and a folder in it: ``s3://bucket/folder``."""

    bucket: str
    folder: str = ""
    """Without ``/`` at its ends."""

    @classmethod
    def of(cls, address: str) -> Self:
        """Read an address, with or without a folder; raises WrongInput."""
        bucket, _, folder = address.partition("://")[2].partition("/")
        if not bucket or "@" in bucket:
            example = f"{address.partition('://')[0]}://bucket/folder"
            raise WrongInput(f"{without_password(address)} is no address such as {example}")
        return cls(bucket, folder.strip("/"))

    def key(self, path: str) -> str:
        """Return the name of a file in the bucket."""
        return f"{self.folder}/{path}" if self.folder else path


@dataclass(frozen=True)
class FtpAddress:
    """A folder of an FTP server: ``ftp://user:password@host:port/folder``."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    folder: str = ""
    """Begins with ``/`` and does not end with it; empty for the root."""

    @classmethod
    def of(cls, address: str, user: str, password: str) -> Self:
        """Read an address; user and password count where it names none; raises WrongInput."""
        # A folder may have a ? or # in its name: this is no address of the web.
        folder = unquote(address.partition("://")[2].partition("/")[2]).strip("/")
        try:
            parts = urlsplit(address)
            host, port = parts.hostname, parts.port or _FTP_PORT
        except ValueError:
            host = None
        if not host or _LINE_END.search(folder):
            example = "ftp://host/folder"
            raise WrongInput(f"{without_password(address)} is no address such as {example}")
        if parts.username:
            user, password = unquote(parts.username), unquote(parts.password or "")
        return cls(host, port, user, password, f"/{folder}" if folder else "")

    def path(self, path: str) -> str:
        """Return where a file lies on the server."""
        return f"{self.folder}/{path}"
