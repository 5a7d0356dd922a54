"""Every mistake has its exit status and one sentence, and never a traceback."""

import os
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import PROJECT, RunCrawl, scrapy_command
from tests.gallery import Gallery, picture_bytes

MISTAKES = {
    "argument": (["-a", "pges=2"], "did you mean pages?"),
    "number": (["-a", "pages=two"], "pages=two is not a whole number"),
    "small number": (["-a", "limit=0"], "limit=0 is too small; give at least 1"),
    "site": (["-a", "site=nowhere"], "known sites: demo, moyublog"),
    "category of any gallery": (
        ["-a", "site=https://example.org/x", "-a", "category=a"],
        "means nothing on example.org",
    ),
    "address": (["-a", "site=ftp://example.org/"], "no http or https address"),
    "detail page": (["-a", "site=https://moyublog.com/1.html"], "is no listing of moyublog"),
    "category": (["-a", "category=cars"], "its categories: mountains, ocean"),
    "setting": (["-s", "IMAGE_STORE=x"], "did you mean IMAGES_STORE?"),
    "kind of setting": (["-s", "CONCURRENT_REQUESTS=many"], "is not a whole number"),
    "option": (["--limit", "5"], "the option --limit is not known"),
    "form of argument": (["-a", "pages"], "-a NAME=VALUE"),
    "form of setting": (["-s", "OUTPUT_DIR"], "-s needs NAME=VALUE"),
    "feed scheme": (["-O", "gopher://x/y.json"], "gopher:// is not one of"),
    "feed format": (["-O", "x.docx"], "docx"),
}


@pytest.mark.parametrize(("words", "hint"), MISTAKES.values(), ids=MISTAKES)
def test_wrong_input_is_status_2_and_a_sentence(
    crawl: RunCrawl, words: list[str], hint: str
) -> None:
    run = crawl(*words)

    assert run.status == 2
    assert hint in run.sentence
    assert len(run.stderr.strip().splitlines()) == 1


def test_an_unknown_spider_is_named_with_those_there_are(output: Path) -> None:
    run = subprocess.run(
        scrapy_command("crawl", "nobody", "-s", f"OUTPUT_DIR={output}"),
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == 2
    assert run.stderr == "scrapy crawl: there is no spider nobody; spiders: wallpapers\n"


def test_json_is_not_appended_to(crawl: RunCrawl, tmp_path: Path) -> None:
    feed = tmp_path / "feed.json"
    feed.write_text("[]")

    run = crawl("-o", str(feed))

    assert run.status == 2
    assert "use -O to replace it" in run.sentence
    assert feed.read_text() == "[]"


def test_an_unreachable_site_is_status_1(crawl_gallery: RunCrawl) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    roots = f'{{"moyublog": "http://127.0.0.1:{port}"}}'

    run = crawl_gallery(SITE_ROOTS=roots)

    assert run.status == 1
    assert "no listing could be read" in run.sentence
    assert "connection-refused" in run.sentence


def test_a_category_that_does_not_exist_is_status_1(
    crawl_gallery: RunCrawl, gallery: Gallery
) -> None:
    run = crawl_gallery("-a", "category=nothing")

    assert run.status == 1
    assert "/hdwallpapers/nothing/index.html (http-404)" in run.sentence


def test_a_layout_without_cards_is_status_1(crawl_gallery: RunCrawl, gallery: Gallery) -> None:
    gallery.put("/hdwallpapers/meinv/index.html", b"<h1>We have a new design!</h1>")

    run = crawl_gallery()

    assert run.status == 1
    assert "the layout of the site has changed" in run.sentence


def test_details_without_pictures_are_status_1(crawl_gallery: RunCrawl, gallery: Gallery) -> None:
    gallery.put_listing([gallery.put_detail("/1.html", "no picture here")])

    run = crawl_gallery()

    assert run.status == 1
    assert "no picture was found on any detail page" in run.sentence


def test_pictures_that_are_all_lost_are_status_1(crawl_gallery: RunCrawl, gallery: Gallery) -> None:
    gallery.put_pictures({"one": b"<html>", "two": b"<html>"})

    run = crawl_gallery()

    assert run.status == 1
    assert "none of the 2 pictures found could be stored" in run.sentence


def test_pictures_that_are_all_too_small_for_the_person_are_status_0(
    crawl_gallery: RunCrawl, gallery: Gallery
) -> None:
    gallery.put_pictures({"one": picture_bytes(1)})

    assert crawl_gallery("-a", "min_width=3000").status == 0


@pytest.mark.parametrize("setting", ["OUTPUT_DIR", "IMAGES_STORE", "THUMBS_STORE"])
def test_a_folder_that_cannot_be_made_is_status_1(
    crawl: RunCrawl, tmp_path: Path, setting: str
) -> None:
    (tmp_path / "file").touch()

    run = crawl(**{setting: tmp_path / "file" / "folder"})

    assert run.status == 1
    assert f"{setting} ({tmp_path}/file/folder) cannot be written to" in run.sentence


def test_a_port_in_use_is_status_1(crawl: RunCrawl) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        run = crawl(DEMO_PORT=taken.getsockname()[1])

    assert run.status == 1
    assert "name another one with -s DEMO_PORT=" in run.sentence


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 200 KB; only the superuser can make one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if os.geteuid() != 0:
        pytest.skip("only root can mount a small disk")
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=200k", "none", str(disk)], check=False
    )
    if mounted.returncode:
        pytest.skip("mounting is not allowed here")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk_is_status_1_and_loses_nothing(
    crawl_gallery: RunCrawl, gallery: Gallery, small_disk: Path
) -> None:
    bodies = [picture_bytes(number, "BMP") for number in range(8)]
    gallery.put_pictures({f"picture {number}": body for number, body in enumerate(bodies)})

    run = crawl_gallery(IMAGES_STORE=small_disk, IMAGES_THUMBS="{}", DISK_RESERVE=0)

    assert run.status == 1
    assert "a picture could not be stored" in run.sentence
    assert "No space left on device" in run.sentence
    stored = [path.read_bytes() for path in small_disk.rglob("*") if path.is_file()]
    assert stored
    assert all(body in bodies for body in stored)
    assert not (run.output / "wallpapers.json").exists()


def test_a_feed_on_a_full_disk_is_status_1_and_keeps_the_old_one(
    crawl_gallery: RunCrawl, gallery: Gallery, small_disk: Path
) -> None:
    gallery.put_pictures(
        {f"{number} " + "long " * 30: picture_bytes(number) for number in range(9)}
    )
    feed = small_disk / "feed.jsonl"
    feed.write_text("earlier")
    (small_disk / "filler").write_bytes(bytes(190 * 1024))

    run = crawl_gallery("-O", str(feed))

    assert run.status == 1
    assert "feed could not be" in run.sentence
    assert feed.read_text() == "earlier"
    assert sorted(path.name for path in small_disk.iterdir()) == ["feed.jsonl", "filler"]


def test_a_read_only_folder_is_status_1(
    crawl_gallery: RunCrawl, gallery: Gallery, small_disk: Path
) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)

    run = crawl_gallery(OUTPUT_DIR=small_disk / "output")

    assert run.status == 1
    assert "Read-only file system" in run.sentence
