"""What S3, Google Cloud Storage and FTP have in common."""

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from spiders_project.errors import CannotStart
from spiders_project.media.remote.store import RemoteStore, StoreFailed
from spiders_project.pipelines.remote_stores import try_stores
from tests.media.remote import project, store_of
from tests.remote_servers import RemoteServer
from tests.remote_servers.ftp import FtpServer
from tests.remote_servers.gcs import GcsServer
from tests.remote_servers.s3 import S3Server

RED, BLUE = b"red" * 1000, b"blue" * 1000
JPEG = "image/jpeg"


Kind = Callable[[], RemoteServer]


@pytest.fixture(params=[S3Server, GcsServer, FtpServer])
def kind(request: pytest.FixtureRequest) -> Kind:
    made: Kind = request.param
    return made


@pytest.fixture
def server(kind: Kind, monkeypatch: pytest.MonkeyPatch) -> Iterator[RemoteServer]:
    with kind() as server:
        for name, value in server.environment.items():
            monkeypatch.setenv(name, value)
        yield server


@pytest.fixture
def store(server: RemoteServer) -> Iterator[RemoteStore]:
    with store_of(server) as store:
        yield store


def sha256(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def test_adds_bytes_below_its_folder(store: RemoteStore, server: RemoteServer) -> None:
    store.add("demo/山水/空山 新雨 [1].jpg", RED, JPEG)
    assert server.files == {"folder/demo/山水/空山 新雨 [1].jpg": RED}


def test_adds_file_byte_for_byte(store: RemoteStore, server: RemoteServer, tmp_path: Path) -> None:
    body = bytes(range(256)) * 80_000
    (tmp_path / "large").write_bytes(body)
    store.add("a.jpg", tmp_path / "large", JPEG)
    assert server.files == {"folder/a.jpg": body}
    assert (tmp_path / "large").read_bytes() == body


def test_add_never_overwrites(store: RemoteStore, server: RemoteServer, tmp_path: Path) -> None:
    server.put("folder/a.jpg", RED)
    (tmp_path / "blue").write_bytes(BLUE)
    for content in (BLUE, tmp_path / "blue", RED):
        with pytest.raises(FileExistsError):
            store.add("a.jpg", content, JPEG)
    assert server.files == {"folder/a.jpg": RED}


def test_replace_takes_the_place_of_an_older_file(store: RemoteStore, server: RemoteServer) -> None:
    store.replace("grid/a.jpg", RED, JPEG)
    store.replace("grid/a.jpg", BLUE, JPEG)
    assert server.files == {"folder/grid/a.jpg": BLUE}


def test_holds_the_bytes_that_lie_there(store: RemoteStore, server: RemoteServer) -> None:
    server.put("folder/a.jpg", RED)
    assert store.holds("a.jpg", len(RED), sha256(RED))
    assert not store.holds("a.jpg", len(RED), sha256(BLUE))
    assert not store.holds("a.jpg", len(BLUE), sha256(BLUE))
    assert not store.holds("b.jpg", len(RED), sha256(RED))


def test_what_passes_is_waited_for(store: RemoteStore, server: RemoteServer) -> None:
    server.troubles = 1
    store.add("a.jpg", RED, JPEG)
    assert server.troubles == 0
    assert server.files == {"folder/a.jpg": RED}


def test_what_stays_is_said(store: RemoteStore, server: RemoteServer) -> None:
    server.is_broken = True
    with pytest.raises(StoreFailed) as failure:
        store.add("a.jpg", RED, JPEG)
    assert str(failure.value)
    assert "\n" not in str(failure.value)
    assert server.files == {}


def test_trying_out_leaves_nothing(server: RemoteServer) -> None:
    try_stores(project(**server.settings, IMAGES_STORE=server.place, THUMBS_STORE="thumbs"))
    assert server.files == {}


@pytest.mark.parametrize("name", ["IMAGES_STORE", "THUMBS_STORE"])
def test_place_where_nothing_can_be_put_is_one_sentence(server: RemoteServer, name: str) -> None:
    for place in server.wrong_places:
        with pytest.raises(CannotStart) as refusal:
            try_stores(project(**server.settings, **{name: place}))
        sentence = str(refusal.value)
        assert sentence.startswith(f"{name} (")
        assert ") cannot be written to: " in sentence
        assert "wrong" not in sentence
        assert "\n" not in sentence


def test_server_that_is_not_there_is_one_sentence(
    kind: Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    with kind() as gone:
        given = project(**gone.settings, IMAGES_STORE=gone.place)
        for name, value in gone.environment.items():
            monkeypatch.setenv(name, value)
    with pytest.raises(CannotStart, match=r"cannot be written to: .*[Cc]onnect"):
        try_stores(given)
