"""What is special about FTP."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from hashlib import sha256

import pytest

from spiders_project.media.remote.store import StoreFailed
from spiders_project.pipelines.remote_stores import open_store
from tests.media.remote import project, store_of
from tests.remote_servers.ftp import FtpServer

JPEG = "image/jpeg"


@pytest.fixture
def server() -> Iterator[FtpServer]:
    with FtpServer() as server:
        yield server


def test_user_and_password_may_stand_in_the_settings(server: FtpServer) -> None:
    given = project(**server.settings)
    with closing(open_store(f"ftp://{server.host}/图片/", given)) as store:
        store.add("a.jpg", b"red", JPEG)
    assert server.files == {"图片/a.jpg": b"red"}


def test_root_of_the_server_is_a_place(server: FtpServer) -> None:
    with closing(open_store(f"ftp://{server.host}", project(**server.settings))) as store:
        store.add("site/a.jpg", b"red", JPEG)
    assert server.files == {"site/a.jpg": b"red"}


@pytest.mark.parametrize(
    ("is_active", "commands"), [(True, ("EPRT", "PORT")), (False, ("EPSV", "PASV"))]
)
def test_who_opens_the_connection_for_a_file(
    server: FtpServer, is_active: bool, commands: tuple[str, str]
) -> None:
    with store_of(server, FEED_STORAGE_FTP_ACTIVE=is_active) as store:
        store.add("a.jpg", b"red", JPEG)
    assert any(each.startswith(commands) for each in server.commands)
    assert server.files == {"folder/a.jpg": b"red"}


def test_file_gets_its_name_when_it_is_whole(server: FtpServer) -> None:
    with store_of(server) as store:
        store.add("a.jpg", b"red", JPEG)
    (sent,) = [each for each in server.commands if each.startswith("STOR")]
    assert sent.endswith(".part")
    assert server.commands[-2:] == [f"RNFR {sent[5:]}", "RNTO /folder/a.jpg"]
    assert list(server.files) == ["folder/a.jpg"]


def test_server_that_lets_nobody_rename_is_written_to_all_the_same() -> None:
    with FtpServer(lets_rename=False) as server:
        with store_of(server) as store:
            store.add("a.jpg", b"red", JPEG)
            store.add("b.jpg", b"blue", JPEG)
            with pytest.raises(FileExistsError):
                store.add("b.jpg", b"green", JPEG)
            store.replace("b.jpg", b"green", JPEG)
        assert server.files == {"folder/a.jpg": b"red", "folder/b.jpg": b"green"}
        assert sum(each.startswith("RNFR") for each in server.commands) == 1


def test_replaces_where_the_server_does_not_rename_over_a_file() -> None:
    with FtpServer(renames_over=False) as server:
        with store_of(server) as store:
            for body in (b"red", b"blue", b"green"):
                store.replace("a.jpg", body, JPEG)
        assert server.files == {"folder/a.jpg": b"green"}
        assert not any(each.startswith("STOR /folder/a.jpg") for each in server.commands)


def test_server_that_tells_no_size_is_believed_to_be_free(server: FtpServer) -> None:
    server.knows_size = False
    with store_of(server) as store:
        store.add("a.jpg", b"red", JPEG)
        assert store.holds("a.jpg", 3, sha256(b"red").hexdigest())
        assert not store.holds("a.jpg", 3, "0" * 64)


def test_connection_is_used_again(server: FtpServer) -> None:
    with store_of(server) as store:
        for number in range(5):
            store.add(f"{number}.jpg", b"red", JPEG)
    assert sum(each.startswith("USER") for each in server.commands) == 1


def test_many_uploads_share_a_few_connections(server: FtpServer) -> None:
    with store_of(server) as store:
        names = [f"site/{number % 3}/{number}.jpg" for number in range(24)]
        with ThreadPoolExecutor(store.uploads_at_once) as threads:
            list(threads.map(lambda name: store.add(name, name.encode(), JPEG), names))
    assert server.files == {f"folder/{name}": name.encode() for name in names}
    assert 1 < server.most_connections <= 4


def test_name_that_the_server_refuses_concerns_one_file(server: FtpServer) -> None:
    server.refused_name = "a.jpg"
    with store_of(server) as store:
        with pytest.raises(OSError, match="refuses the name") as failure:
            store.add("a.jpg", b"red", JPEG)
        store.add("b.jpg", b"red", JPEG)
    assert not isinstance(failure.value, StoreFailed)
