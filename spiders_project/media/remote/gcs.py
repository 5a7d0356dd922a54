"""Files in a bucket of Google Cloud Storage."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from google.api_core.exceptions import (
    Forbidden,
    GoogleAPIError,
    NotFound,
    PreconditionFailed,
    Unauthorized,
)
from google.auth.exceptions import GoogleAuthError
from google.cloud import storage
from google.cloud.storage.exceptions import DataCorruption, InvalidResponse
from google.cloud.storage.retry import DEFAULT_RETRY
from requests import ConnectionError as CannotConnect
from requests import RequestException

from spiders_project.media.remote.address import BucketAddress
from spiders_project.media.remote.store import (
    CACHE_CONTROL,
    StoreFailed,
    has_sha256,
    in_one_line,
    opened,
    size_of,
)
from spiders_project.media.store import Content

_MAY_CREATE = "storage.objects.create"
# A multiple of 256 KiB; the library's own choice is to hold 100 MiB.
_CHUNK_BYTES = 8 << 20
_BLOCK_BYTES = 1 << 20
_PATIENCE_SECONDS = 60
_ANSWER_SECONDS = 60
# https://cloud.google.com/storage/docs/objects#naming
_NAME_BYTES = 1024
_NOTHING_LIES_THERE = 0

# google-auth and requests raise families of their own.
_FAILURES = (GoogleAPIError, GoogleAuthError, InvalidResponse, DataCorruption, RequestException)


@dataclass(frozen=True)
class GcsOptions:
    """How to reach Google Cloud Storage; credentials are found as Google's libraries do."""

    project: str | None = None
    acl: str | None = None
    """A predefined ACL; None for that of the bucket."""
    uploads_at_once: int = 10
    is_patient: bool = True
    """Whether what may pass is tried again."""


class GcsStore:
    """A folder of a bucket. Whether a name is free is decided by the server, in one step."""

    def __init__(self, address: BucketAddress, options: GcsOptions) -> None:
        """Make a client; raises StoreFailed where no credentials are to be found."""
        self._address = address
        self.uploads_at_once = options.uploads_at_once
        self._acl = options.acl
        self._retry = DEFAULT_RETRY.with_timeout(_PATIENCE_SECONDS) if options.is_patient else None
        with self._in_words():
            self._client = storage.Client(project=options.project)
            self._bucket = self._client.bucket(address.bucket)

    def try_out(self) -> None:
        """Ask the bucket what these credentials may do there."""
        with self._in_words():
            may = self._bucket.test_iam_permissions(
                [_MAY_CREATE], timeout=_ANSWER_SECONDS, retry=self._retry
            )
        if _MAY_CREATE not in may:
            raise StoreFailed(self._may_not)

    def add(self, path: str, content: Content, media_type: str) -> None:
        """Store a new file; raises FileExistsError."""
        self._upload(path, content, media_type, if_generation_match=_NOTHING_LIES_THERE)

    def replace(self, path: str, body: bytes, media_type: str) -> None:
        """Store a file, in place of an older one."""
        self._upload(path, body, media_type)

    def holds(self, path: str, size_bytes: int, sha256: str) -> bool:
        """Read a file, if it has this size, and compare."""
        try:
            blob = self._bucket.get_blob(self._address.key(path), retry=self._retry)
            if blob is None or blob.size != size_bytes:
                return False
            with blob.open("rb", chunk_size=_CHUNK_BYTES, retry=self._retry) as file:
                return has_sha256(iter(lambda: file.read(_BLOCK_BYTES), b""), sha256)
        except _FAILURES:
            return False

    def close(self) -> None:
        """Let the connections go."""
        self._client.close()

    def _upload(self, path: str, content: Content, media_type: str, **conditions: Any) -> None:
        key = self._address.key(path)
        if len(key.encode()) > _NAME_BYTES:
            raise OSError(errno.ENAMETOOLONG, "the name is too long for Google Cloud Storage")
        blob = self._bucket.blob(key, chunk_size=_CHUNK_BYTES)
        blob.cache_control = CACHE_CONTROL
        with self._in_words(), opened(content) as file:
            blob.upload_from_file(
                file,
                size=size_of(content),
                content_type=media_type,
                predefined_acl=self._acl,
                timeout=_ANSWER_SECONDS,
                retry=self._retry,
                **conditions,
            )

    @property
    def _may_not(self) -> str:
        return f"these credentials may not write to bucket {self._address.bucket}"

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        """Raise what the libraries raise as an OSError with words for a person."""
        try:
            yield
        except PreconditionFailed as error:
            raise FileExistsError(in_one_line(error)) from error
        except NotFound as error:
            raise StoreFailed(f"there is no bucket {self._address.bucket}") from error
        except (Unauthorized, Forbidden) as error:
            raise StoreFailed(self._may_not) from error
        except CannotConnect as error:
            host = urlsplit(str(error.request.url)).netloc if error.request else "Google"
            raise StoreFailed(f"no connection to {host}") from error
        except (ValueError, *_FAILURES) as error:
            raise StoreFailed(in_one_line(error)) from error
