"""Whole crawls whose pictures and thumbnails go to S3, Google Cloud Storage and FTP."""

import json
import signal
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from tests.conftest import Crawl, DemoSite, RunCrawl, start_crawl
from tests.gallery import Answer, Gallery, picture_bytes
from tests.remote_servers import RemoteServer
from tests.remote_servers.ftp import FtpServer
from tests.remote_servers.gcs import GcsServer
from tests.remote_servers.s3 import S3Server

ALL = [S3Server, GcsServer, FtpServer]
FIRST = [S3Server, *(pytest.param(kind, marks=pytest.mark.slow) for kind in ALL[1:])]
"""One of them in everyday runs: the tests of the stores hold what is special about the others."""
DEMO = ("-a", "category=山水", "-a", "limit=5")
JPEG = {"Content-Type": "image/jpeg"}


@pytest.fixture
def server(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[RemoteServer]:
    with request.param() as server:
        for name, value in server.environment.items():
            monkeypatch.setenv(name, value)
        yield server


def stores(server: RemoteServer) -> dict[str, Any]:
    """Return the settings that send pictures and thumbnails there."""
    return {
        **server.settings,
        "IMAGES_STORE": server.place,
        "THUMBS_STORE": server.place.replace("folder", "thumbs"),
    }


def pictures(server: RemoteServer) -> dict[str, bytes]:
    """Return what lies below IMAGES_STORE, by path."""
    return {
        name.removeprefix("folder/"): body
        for name, body in server.files.items()
        if name.startswith("folder/")
    }


def asked_for(site: DemoSite) -> dict[str, int]:
    asked: dict[str, int] = site.read_json("/requests.json")
    return asked


@pytest.mark.parametrize("server", ALL[1:], indirect=True)
def test_pictures_and_thumbnails_arrive(
    crawl: RunCrawl, demo_site: DemoSite, server: RemoteServer
) -> None:
    run = crawl(*DEMO, **stores(server), SITE_ROOTS=demo_site.roots, PICTURE_BUFFER_BYTES=10_000)
    assert run.status == 0, run.stderr
    check_arrived(run, server)


@pytest.mark.parametrize("server", FIRST, indirect=True)
def test_second_run_asks_for_no_picture(
    crawl: RunCrawl, demo_site: DemoSite, server: RemoteServer
) -> None:
    given = stores(server) | {"SITE_ROOTS": demo_site.roots, "PICTURE_BUFFER_BYTES": 10_000}
    first = crawl(*DEMO, **given)
    assert first.status == 0, first.stderr
    check_arrived(first, server)
    stored, before = server.files, asked_for(demo_site)

    second = crawl(*DEMO, **given)

    assert second.status == 0, second.stderr
    assert set(second.outcomes().values()) == {"unchanged"}
    asked = {path for path, count in asked_for(demo_site).items() if count != before.get(path)}
    assert not [path for path in asked if path.endswith((".jpg", ".png", ".webp"))]
    assert server.files == stored


def check_arrived(run: Crawl, server: RemoteServer) -> None:
    """Compare what lies in the store with the pictures of the site."""
    images = [image for item in run.feed for image in item["images"]]
    assert pictures(server) == {image["path"]: _read(image["url"]) for image in images}
    assert {f"thumbs/{image['thumbnail']}" for image in images} < set(server.files)
    assert len(server.files) == 2 * len(images) == 10
    assert not run.pictures
    assert "p%40ss" not in run.stderr


def _read(url: str) -> bytes:
    with urlopen(url) as answer:
        body: bytes = answer.read()
    return body


@pytest.mark.parametrize("server", FIRST, indirect=True)
def test_what_lies_there_is_never_overwritten(
    crawl_gallery: RunCrawl, gallery: Gallery, server: RemoteServer
) -> None:
    taken, same = picture_bytes(1), picture_bytes(2)
    gallery.put_pictures({"taken": taken, "same": same, "free": picture_bytes(3)})
    server.put("folder/moyublog/meinv/taken.jpg", b"of somebody else")
    server.put("folder/moyublog/meinv/same.jpg", same)

    run = crawl_gallery(**stores(server))

    assert run.status == 0, run.stderr
    mark = sha256(taken).hexdigest()[:8]
    assert pictures(server) == {
        "moyublog/meinv/taken.jpg": b"of somebody else",
        f"moyublog/meinv/taken [{mark}].jpg": taken,
        "moyublog/meinv/same.jpg": same,
        "moyublog/meinv/free.jpg": picture_bytes(3),
    }
    paths = {item["title"]: item["images"][0]["path"] for item in run.feed}
    assert paths["taken"] == f"moyublog/meinv/taken [{mark}].jpg"
    assert paths["same"] == "moyublog/meinv/same.jpg"


@pytest.mark.parametrize("server", FIRST, indirect=True)
def test_store_that_fails_stops_the_crawl(
    crawl_gallery: RunCrawl, gallery: Gallery, server: RemoteServer
) -> None:
    gallery.put_pictures({f"picture {number}": picture_bytes(number) for number in range(6)})
    server.is_broken = True
    run = crawl_gallery(**stores(server))
    assert run.status == 1
    assert "a picture could not be stored: " in run.sentence
    assert server.files == {}


@pytest.mark.slow
@pytest.mark.parametrize("server", ALL, indirect=True)
def test_the_same_command_completes_a_crawl_whose_store_failed(
    crawl_gallery: RunCrawl, gallery: Gallery, server: RemoteServer
) -> None:
    gallery.put_pictures({f"picture {number}": picture_bytes(number) for number in range(6)})
    server.is_broken = True
    assert crawl_gallery(**stores(server)).status == 1
    server.is_broken = False
    assert crawl_gallery(**stores(server)).status == 0
    assert len(pictures(server)) == 6


@pytest.mark.parametrize("server", FIRST, indirect=True)
def test_store_that_cannot_be_written_to_is_found_before_the_crawl_begins(
    crawl_gallery: RunCrawl, gallery: Gallery, server: RemoteServer
) -> None:
    place = server.wrong_places[0]
    run = crawl_gallery(**stores(server) | {"IMAGES_STORE": place})
    assert run.status == 1
    (sentence,) = run.stderr.splitlines()
    assert sentence.startswith("scrapy crawl: IMAGES_STORE (")
    assert "cannot be written to: " in sentence
    assert not gallery.visits


@pytest.mark.parametrize(
    ("words", "package"),
    [
        (["-s", "IMAGES_STORE=s3://bucket/folder"], "boto3"),
        (["-s", "THUMBS_STORE=gs://bucket"], "google-cloud-storage"),
        pytest.param(["-O", "gs://bucket/x.json"], "google-cloud-storage", marks=pytest.mark.slow),
    ],
)
def test_library_that_is_missing_is_wrong_input(
    crawl: RunCrawl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], package: str
) -> None:
    hidden = 'import sys\nsys.modules |= {"boto3": None, "google.cloud.storage": None}\n'
    (tmp_path / "sitecustomize.py").write_text(hidden)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    run = crawl(*words)
    assert run.status == 2
    (sentence,) = run.stderr.splitlines()
    assert sentence.endswith(f" needs the package {package}")


@pytest.mark.slow
def test_silent_store_does_not_keep_a_crawl_that_is_told_to_stop_twice(
    gallery: Gallery, output: Path
) -> None:
    gallery.put_pictures({f"picture {number}": picture_bytes(number) for number in range(6)})
    with S3Server() as server:
        server.speaks.clear()
        roots = json.dumps({"moyublog": gallery.url})
        given = stores(server) | {"SITE_ROOTS": roots, "DOWNLOAD_DELAY": 0}
        with start_crawl(output, "-a", "site=moyublog", **given) as process:
            while process.poll() is None and gallery.requests["/pictures/5.jpg"] == 0:
                time.sleep(0.05)
            for _ in range(2):
                time.sleep(0.5)
                process.send_signal(signal.SIGINT)
            try:
                # Far less than the store takes to be given up.
                _, stderr = process.communicate(timeout=20)
            finally:
                process.kill()
    assert process.returncode == 3, stderr


@pytest.mark.slow
@pytest.mark.parametrize("server", ALL, indirect=True)
def test_crawl_that_was_killed_stores_each_picture_once(
    crawl: RunCrawl, gallery: Gallery, output: Path, server: RemoteServer
) -> None:
    bodies = [picture_bytes(number, size=(600, 400)) for number in range(20)]
    slow = [Answer(body, headers=JPEG, delay_seconds=0.2) for body in bodies]
    gallery.put_pictures({f"picture {number}": answer for number, answer in enumerate(slow)})
    given = stores(server) | {
        "SITE_ROOTS": json.dumps({"moyublog": gallery.url}),
        "DOWNLOAD_DELAY": 0,
        # So that a kill comes before all are there, however late it comes.
        "PICTURES_IN_FLIGHT": 1,
    }
    for count in (3, 8, 14):
        with start_crawl(output, "-a", "site=moyublog", **given) as process:
            while process.poll() is None and len(pictures(server)) < count:
                time.sleep(0.01)
            process.kill()
            process.communicate(timeout=30)
        assert len(pictures(server)) < len(bodies)

    run: Crawl = crawl("-a", "site=moyublog", **given)

    assert run.status == 0, run.stderr
    whole = {name: body for name, body in pictures(server).items() if not name.endswith(".part")}
    names = {f"moyublog/meinv/picture {number}.jpg": body for number, body in enumerate(bodies)}
    assert whole == names
