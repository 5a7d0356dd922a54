"""Files in a bucket of S3, or of another service that speaks its protocol."""

import errno
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, BinaryIO

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

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

# What is larger goes in parts, so that a cut connection costs one of them and not the whole.
_ONE_REQUEST_BYTES = 64 << 20
_PART_BYTES = 8 << 20
_BLOCK_BYTES = 1 << 20
_ATTEMPTS = 5
_CONNECT_SECONDS, _READ_SECONDS = 10, 60

# What an object is without an ACL; to say so is an error in buckets without ACLs, as new ones are.
_DEFAULT_ACL = "private"

# https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
_ALREADY_THERE = ("PreconditionFailed", "ConditionalRequestConflict")
_NO_CONDITIONS = "NotImplemented"
_NAME_TOO_LONG = "KeyTooLongError"
_FAILURES = (ClientError, BotoCoreError)


@dataclass(frozen=True)
class S3Options:
    """How to reach S3."""

    client: Mapping[str, Any] = field(default_factory=dict, repr=False)
    """What boto3 makes a client of: credentials, region, endpoint; it looks for what is missing."""
    acl: str = _DEFAULT_ACL
    uploads_at_once: int = 10
    is_patient: bool = True
    """Whether what may pass is tried again."""


class S3Store:
    """A folder of a bucket. Whether a name is free is decided by the server, in one step."""

    def __init__(self, address: BucketAddress, options: S3Options) -> None:
        """Make a client, without a word to the server; raises StoreFailed."""
        self._address = address
        self.uploads_at_once = options.uploads_at_once
        self._acl = {} if options.acl in ("", _DEFAULT_ACL) else {"ACL": options.acl}
        self._knows_conditions = True
        attempts = _ATTEMPTS if options.is_patient else 1
        config = Config(
            max_pool_connections=options.uploads_at_once,
            retries={"mode": "standard", "total_max_attempts": attempts},
            connect_timeout=_CONNECT_SECONDS,
            read_timeout=_READ_SECONDS,
        )
        try:
            self._client = boto3.client("s3", config=config, **options.client)
        except (BotoCoreError, ValueError) as error:
            raise StoreFailed(in_one_line(error)) from error

    def try_out(self) -> None:
        """Begin an upload in parts, which shows all that could be wrong, and take it back."""
        at = {"Bucket": self._address.bucket, "Key": self._address.key(".probe")}
        with self._in_words():
            upload = self._client.create_multipart_upload(**at, **self._about("image/jpeg"))
        with suppress(*_FAILURES):
            self._client.abort_multipart_upload(**at, UploadId=upload["UploadId"])

    def add(self, path: str, content: Content, media_type: str) -> None:
        """Store a new file; raises FileExistsError."""
        at = {"Bucket": self._address.bucket, "Key": self._address.key(path)}
        about = self._about(media_type)
        with self._in_words(), opened(content) as file:
            if size_of(content) > _ONE_REQUEST_BYTES:
                self._add_in_parts(at, file, about)
            else:
                self._if_new(self._client.put_object, at, Body=file, **about)

    def replace(self, path: str, body: bytes, media_type: str) -> None:
        """Store a file, in place of an older one."""
        at = {"Bucket": self._address.bucket, "Key": self._address.key(path)}
        with self._in_words():
            self._client.put_object(**at, Body=body, **self._about(media_type))

    def holds(self, path: str, size_bytes: int, sha256: str) -> bool:
        """Read a file, if it has this size, and compare."""
        at = {"Bucket": self._address.bucket, "Key": self._address.key(path)}
        try:
            found = self._client.get_object(**at)
            with closing(found["Body"]) as body:
                is_size = found["ContentLength"] == size_bytes
                return is_size and has_sha256(body.iter_chunks(_BLOCK_BYTES), sha256)
        except _FAILURES:
            return False

    def close(self) -> None:
        """Let the connections go."""
        self._client.close()

    def _about(self, media_type: str) -> dict[str, str]:
        return {"ContentType": media_type, "CacheControl": CACHE_CONTROL, **self._acl}

    def _if_new(self, write: Callable[..., Any], at: Mapping[str, Any], **what: Any) -> None:
        """Write where nothing lies yet; raises FileExistsError, or a ClientError that means it."""
        if self._knows_conditions:
            try:
                write(**at, **what, IfNoneMatch="*")
                return
            except ClientError as error:
                if _code(error) != _NO_CONDITIONS:
                    raise
                self._knows_conditions = False
        self._look(at)
        if file := what.get("Body"):
            file.seek(0)
        write(**at, **what)

    def _look(self, at: Mapping[str, Any]) -> None:
        """Raise FileExistsError where something lies; who may not look is not told."""
        try:
            self._client.head_object(Bucket=at["Bucket"], Key=at["Key"])
        except ClientError:
            return
        raise FileExistsError(at["Key"])

    def _add_in_parts(self, at: Mapping[str, Any], file: BinaryIO, about: dict[str, str]) -> None:
        # The server looks at the end only, when all has been sent.
        self._look(at)
        upload = self._client.create_multipart_upload(**at, **about)["UploadId"]
        try:
            parts = list(self._parts(at, upload, file))
            complete = self._client.complete_multipart_upload
            self._if_new(complete, at, UploadId=upload, MultipartUpload={"Parts": parts})
        except BaseException:
            with suppress(*_FAILURES):
                self._client.abort_multipart_upload(**at, UploadId=upload)
            raise

    def _parts(
        self, at: Mapping[str, Any], upload: str, file: BinaryIO
    ) -> Iterator[dict[str, Any]]:
        """Send a file, one part after the other; yield what the server says of each."""
        number = 0
        while part := file.read(_PART_BYTES):
            number += 1
            sent = self._client.upload_part(**at, UploadId=upload, PartNumber=number, Body=part)
            told = {name: sent[name] for name in ("ETag", "ChecksumCRC32") if name in sent}
            yield {"PartNumber": number, **told}

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        """Raise what the library raises as an OSError with words for a person."""
        try:
            yield
        except ClientError as error:
            code = _code(error)
            if code in _ALREADY_THERE:
                raise FileExistsError(in_one_line(error)) from error
            if code == _NAME_TOO_LONG:
                raise OSError(errno.ENAMETOOLONG, "the name is too long for S3") from error
            raise StoreFailed(self._words(code, error)) from error
        except BotoCoreError as error:
            raise StoreFailed(in_one_line(error)) from error

    def _words(self, code: str, error: ClientError) -> str:
        words = {
            "NoSuchBucket": f"there is no bucket {self._address.bucket}",
            "InvalidAccessKeyId": "the access key is not known there",
            "SignatureDoesNotMatch": "the secret key does not belong to the access key",
            "ExpiredToken": "the session token has expired",
            "AccessDenied": f"these credentials may not write to bucket {self._address.bucket}",
        }
        message = " ".join(str(error.response.get("Error", {}).get("Message", "")).split())
        return words.get(code) or f"{code}: {message}".rstrip(": ")


def _code(error: ClientError) -> str:
    return str(error.response.get("Error", {}).get("Code", ""))
