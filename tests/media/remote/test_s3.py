"""What is special about S3."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from spiders_project.errors import CannotStart
from spiders_project.media.remote.store import StoreFailed
from spiders_project.pipelines.remote_stores import open_store, try_stores
from tests.media.remote import project, store_of
from tests.remote_servers.s3 import S3Server

JPEG = "image/jpeg"
LARGE_BYTES = (64 << 20) + 5
"""More than goes in one request."""


@pytest.fixture
def server() -> Iterator[S3Server]:
    with S3Server() as server:
        yield server


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """A file whose parts are told apart by their bytes."""
    file = tmp_path / "large"
    with file.open("wb") as opened:
        for number in range(LARGE_BYTES // (1 << 20)):
            opened.write(bytes([number]) * (1 << 20))
        opened.write(b"rest.")
    return file


@pytest.mark.parametrize("end", ["", "/"])
def test_bucket_alone_is_a_place(server: S3Server, end: str) -> None:
    place = f"s3://{server.bucket}{end}"
    with closing(open_store(place, project(**server.settings))) as store:
        store.add("a.jpg", b"red", JPEG)
    assert server.files == {"a.jpg": b"red"}


@pytest.mark.slow
def test_large_file_goes_in_parts(server: S3Server, large: Path) -> None:
    server.troubles = 1  # which costs a part, and not the whole
    with store_of(server) as store:
        store.add("a.jpg", large, JPEG)
        assert server.files == {"folder/a.jpg": large.read_bytes()}
        parts = [each for each in server.uploads if "partNumber=" in each.query]
        assert len(parts) == 9 + 1
        sent = len(server.uploads)
        with pytest.raises(FileExistsError):
            store.add("a.jpg", large, JPEG)
        assert len(server.uploads) == sent


def test_upload_that_fails_leaves_no_parts(server: S3Server, large: Path) -> None:
    server.is_broken = True
    with store_of(server) as store, pytest.raises(StoreFailed):
        store.add("a.jpg", large, JPEG)
    assert "Uploads" not in server.client.list_multipart_uploads(Bucket=server.bucket)


def test_server_without_conditions_is_looked_at_before(server: S3Server) -> None:
    server.knows_conditions = False
    with store_of(server) as store:
        store.add("a.jpg", b"red", JPEG)
        with pytest.raises(FileExistsError):
            store.add("a.jpg", b"blue", JPEG)
        store.add("b.jpg", b"blue", JPEG)
    assert server.files == {"folder/a.jpg": b"red", "folder/b.jpg": b"blue"}


@pytest.mark.parametrize(
    ("acl", "said"), [("private", None), ("", None), ("public-read", "public-read")]
)
def test_acl_is_said_where_it_is_not_the_usual_one(
    server: S3Server, acl: str, said: str | None
) -> None:
    with store_of(server, IMAGES_STORE_S3_ACL=acl) as store:
        store.add("a.jpg", b"red", JPEG)
    (upload,) = server.uploads
    assert upload.headers.get("HTTP_X_AMZ_ACL") == said
    found = server.client.head_object(Bucket=server.bucket, Key="folder/a.jpg")
    assert (found["ContentType"], found["CacheControl"]) == (JPEG, "max-age=172800")


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("InvalidAccessKeyId", "the access key is not known"),
        ("SignatureDoesNotMatch", "the secret key does not belong"),
        ("AccessDenied", "may not write to bucket"),
        ("QuotaExceeded", "QuotaExceeded: said by a test"),
    ],
)
def test_refusal_is_said_in_words(server: S3Server, code: str, words: str) -> None:
    server.refusal = ("403 Forbidden", code)
    with pytest.raises(CannotStart, match=words):
        try_stores(project(**server.settings, IMAGES_STORE=server.place))


def test_name_that_is_too_long_concerns_one_file(server: S3Server) -> None:
    server.refusal = ("400 Bad Request", "KeyTooLongError")
    with store_of(server) as store, pytest.raises(OSError, match="too long") as failure:
        store.add("a.jpg", b"red", JPEG)
    assert not isinstance(failure.value, StoreFailed)


@pytest.mark.parametrize("missing", ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"])
def test_half_of_the_credentials_is_one_sentence(server: S3Server, missing: str) -> None:
    given = project(**{**server.settings, missing: "", "IMAGES_STORE": server.place})
    with pytest.raises(CannotStart, match=r"[Cc]redentials"):
        try_stores(given)
