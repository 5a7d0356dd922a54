"""Addresses of remote stores, as a person writes them."""

import pytest

from spiders_project.errors import WrongInput
from spiders_project.media.remote.address import BucketAddress, FtpAddress


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("s3://bucket", "a/b.jpg"),
        ("s3://bucket/", "a/b.jpg"),
        ("s3://bucket/pre", "pre/a/b.jpg"),
        ("s3://bucket/pre/", "pre/a/b.jpg"),
        ("gs://bucket//pre/two//", "pre/two/a/b.jpg"),
        ("s3://bucket/50% of #1?", "50% of #1?/a/b.jpg"),
    ],
)
def test_prefix_of_a_bucket_is_a_folder(address: str, key: str) -> None:
    found = BucketAddress.of(address)
    assert (found.bucket, found.key("a/b.jpg")) == ("bucket", key)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("ftp://host", ("host", 21, "anonymous", "guest", "/a.jpg")),
        ("ftp://host/", ("host", 21, "anonymous", "guest", "/a.jpg")),
        ("ftp://host:2121/pre/two/", ("host", 2121, "anonymous", "guest", "/pre/two/a.jpg")),
        ("ftp://me:p%40ss@host/pre", ("host", 21, "me", "p@ss", "/pre/a.jpg")),
        ("ftp://me@host/%E5%9B%BE", ("host", 21, "me", "", "/图/a.jpg")),
        ("ftp://[::1]:2121/#1?", ("::1", 2121, "anonymous", "guest", "/#1?/a.jpg")),
    ],
)
def test_address_of_a_folder_on_an_ftp_server(
    address: str, expected: tuple[str, int, str, str, str]
) -> None:
    found = FtpAddress.of(address, "anonymous", "guest")
    told = (found.host, found.port, found.user, found.password, found.path("a.jpg"))
    assert told == expected


@pytest.mark.parametrize("address", ["s3://", "s3:///pre", "gs://", "s3://key:secret@bucket/pre"])
def test_refuses_address_without_a_bucket(address: str) -> None:
    with pytest.raises(WrongInput, match=r"is no address such as ..://bucket/folder") as refusal:
        BucketAddress.of(address)
    assert "secret" not in str(refusal.value)


@pytest.mark.parametrize(
    "address", ["ftp://", "ftp:///pre", "ftp://host:x/pre", "ftp://me:secret@", "ftp://host/a%0Ab"]
)
def test_refuses_address_without_a_server(address: str) -> None:
    with pytest.raises(WrongInput, match="is no address such as ftp://host/folder") as refusal:
        FtpAddress.of(address, "anonymous", "guest")
    assert "secret" not in str(refusal.value)


def test_password_is_not_in_what_is_printed() -> None:
    assert "secret" not in repr(FtpAddress.of("ftp://me:secret@host", "anonymous", "guest"))
