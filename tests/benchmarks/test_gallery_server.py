"""The server of the benchmarks answers as the sites do whose pictures are fetched."""

from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

from benchmarks.processes import running_gallery

BODY = bytes(range(256)) * 5000


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HTTPConnection]:
    folder: Path = tmp_path_factory.mktemp("gallery")
    (folder / "site").mkdir()
    (folder / "site" / "picture.jpg").write_bytes(BODY)
    (folder / "secret.txt").write_text("not served")
    with running_gallery(folder / "site") as site:
        connection = HTTPConnection(site.url.removeprefix("http://"), timeout=10)
        yield connection
        connection.close()


def ask(
    connection: HTTPConnection, path: str = "/picture.jpg", method: str = "GET", **headers: str
) -> tuple[HTTPResponse, bytes]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, headers=named)
    response = connection.getresponse()
    return response, response.read()


def test_sends_whole_files_over_one_connection(connection: HTTPConnection) -> None:
    for _ in range(3):
        response, body = ask(connection)
        assert (response.status, body) == (200, BODY)
    assert response.headers["Content-Length"] == str(len(BODY))
    assert response.headers["Content-Type"] == "image/jpeg"
    assert response.headers["Accept-Ranges"] == "bytes"
    assert response.headers["Last-Modified"].endswith("GMT")


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        ("bytes=100-199", 100, 200),
        ("bytes=1279000-", 1279000, 1280000),
        ("bytes=-7", 1279993, 1280000),
        ("bytes=1279990-9999999", 1279990, 1280000),
    ],
)
def test_sends_a_part(connection: HTTPConnection, asked: str, start: int, end: int) -> None:
    response, body = ask(connection, Range=asked)
    assert (response.status, body) == (206, BODY[start:end])
    assert response.headers["Content-Range"] == f"bytes {start}-{end - 1}/{len(BODY)}"


def test_sends_a_part_only_of_the_file_that_was_meant(connection: HTTPConnection) -> None:
    etag = ask(connection)[0].headers["ETag"]
    assert ask(connection, Range="bytes=5-9", If_Range=etag)[1] == BODY[5:10]
    response, body = ask(connection, Range="bytes=5-9", If_Range='"another"')
    assert (response.status, body) == (200, BODY)


def test_refuses_a_part_behind_the_end(connection: HTTPConnection) -> None:
    response, _ = ask(connection, Range="bytes=1280000-")
    assert response.status == 416
    assert response.headers["Content-Range"] == f"bytes */{len(BODY)}"


def test_says_that_a_known_file_is_unchanged(connection: HTTPConnection) -> None:
    etag = ask(connection)[0].headers["ETag"]
    response, body = ask(connection, If_None_Match=etag)
    assert (response.status, body) == (304, b"")


def test_answers_head_without_a_body(connection: HTTPConnection) -> None:
    response, body = ask(connection, method="HEAD")
    assert (response.headers["Content-Length"], body) == (str(len(BODY)), b"")
    assert ask(connection)[1] == BODY


@pytest.mark.parametrize("path", ["/nothing.jpg", "/../secret.txt", "/%2e%2e/secret.txt", "/"])
def test_has_nothing_but_the_files_of_its_folder(connection: HTTPConnection, path: str) -> None:
    assert ask(connection, path)[0].status == 404


def test_closes_when_asked_to(connection: HTTPConnection) -> None:
    response, body = ask(connection, Connection="close")
    assert body == BODY
    assert response.isclosed()
