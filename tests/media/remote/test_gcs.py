"""What is special about Google Cloud Storage."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from spiders_project.media.remote.store import StoreFailed
from spiders_project.pipelines.remote_stores import open_store
from tests.media.remote import project, store_of
from tests.remote_servers.gcs import GcsServer

JPEG = "image/jpeg"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[GcsServer]:
    with GcsServer() as server:
        for name, value in server.environment.items():
            monkeypatch.setenv(name, value)
        yield server


def test_bucket_alone_is_a_place(server: GcsServer) -> None:
    with closing(open_store("gs://pictures", project())) as store:
        store.add("a.jpg", b"red", JPEG)
    assert server.files == {"a.jpg": b"red"}


def test_large_file_goes_in_pieces(server: GcsServer, tmp_path: Path) -> None:
    body = bytes(range(256)) * 80_000
    (tmp_path / "large").write_bytes(body)
    with store_of(server) as store:
        store.add("a.jpg", tmp_path / "large", JPEG)
        (begin,) = server.uploads
        assert "uploadType=resumable" in begin[0]
        with pytest.raises(FileExistsError):
            store.add("a.jpg", tmp_path / "large", JPEG)
    assert server.files == {"folder/a.jpg": body}


def test_says_what_a_picture_is(server: GcsServer) -> None:
    with store_of(server, IMAGES_STORE_GCS_ACL="publicRead") as store:
        store.add("a.jpg", b"red", JPEG)
    about = server.storage.get_file_obj("pictures", "folder/a.jpg")
    assert (about["contentType"], about["cacheControl"]) == (JPEG, "max-age=172800")
    assert "predefinedAcl=publicRead" in server.uploads[0][0]


def test_name_that_is_too_long_concerns_one_file(server: GcsServer) -> None:
    with store_of(server) as store, pytest.raises(OSError, match="too long") as failure:
        store.add("山" * 350, b"red", JPEG)
    assert not isinstance(failure.value, StoreFailed)
