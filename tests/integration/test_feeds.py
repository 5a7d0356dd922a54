"""Feeds: whole at every moment, replaced by complete runs only, sensible in every format."""

import csv
import json
import signal
import subprocess
import sys
from pathlib import Path

from tests.conftest import DemoSite, RunCrawl, start_crawl
from tests.gallery import LISTING, Answer, Gallery, picture_bytes


def test_feed_is_utf_8_with_letters_as_they_are(crawl_gallery: RunCrawl, gallery: Gallery) -> None:
    gallery.put_pictures({"寒江独钓": picture_bytes(1)})

    run = crawl_gallery()

    assert '"title": "寒江独钓"' in (run.output / "wallpapers.json").read_text(encoding="utf-8")


def test_an_incomplete_run_leaves_the_feed_as_it_was(
    crawl_gallery: RunCrawl, gallery: Gallery
) -> None:
    gallery.put_pictures({"one": picture_bytes(1)})
    second = LISTING.replace("index", "index_2")
    gallery.put_listing([], second)
    feed = crawl_gallery().feed
    gallery.answers[second] = Answer(b"", 500)

    run = crawl_gallery()

    assert run.status == 1
    assert "1 of 2 listings could not be read" in run.sentence
    assert "(http-500)" in run.sentence
    assert run.feed == feed
    assert not list(run.output.rglob("*.part"))


def test_a_run_that_finds_nothing_leaves_the_feed_as_it_was(
    crawl_gallery: RunCrawl, gallery: Gallery
) -> None:
    gallery.put_pictures({"one": picture_bytes(1)})
    feed = crawl_gallery().feed
    gallery.put_listing([])

    run = crawl_gallery()

    assert run.status == 1
    assert "no pictures were found" in run.sentence
    assert run.feed == feed


def test_a_signal_stops_early_and_leaves_the_feed_as_it_was(
    output: Path, demo_site: DemoSite
) -> None:
    output.mkdir()
    (output / "wallpapers.json").write_text('["earlier"]')
    process = start_crawl(output, SITE_ROOTS=demo_site.roots, DOWNLOAD_DELAY=0.3)
    while process.poll() is None and not any((output / "images").rglob("*.jpg")):
        pass

    process.send_signal(signal.SIGINT)
    _, stderr = process.communicate(timeout=60)

    assert process.returncode == 3, stderr
    assert "stopped early by a signal" in stderr
    assert json.loads((output / "wallpapers.json").read_text()) == ["earlier"]
    assert not list(output.rglob("*.part"))


def test_csv_has_a_row_for_each_picture_and_failure(
    crawl_gallery: RunCrawl, gallery: Gallery, tmp_path: Path
) -> None:
    gallery.put_pictures({"晨, with a comma": picture_bytes(1), "lost": Answer(b"", 404)})

    crawl_gallery("-O", str(tmp_path / "feed.csv"))

    with (tmp_path / "feed.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["title"]: row for row in csv.DictReader(file)}
    stored = rows["晨, with a comma"]
    assert (stored["status"], stored["width"], stored["format"]) == ("downloaded", "160", "JPEG")
    assert stored["path"] == "moyublog/meinv/晨, with a comma.jpg"
    assert (rows["lost"]["status"], rows["lost"]["reason"]) == ("failed", "http-404")


def test_json_lines_hold_an_item_each(
    crawl_gallery: RunCrawl, gallery: Gallery, tmp_path: Path
) -> None:
    gallery.put_pictures({"one": picture_bytes(1), "two": picture_bytes(2)})
    feed = tmp_path / "feed.jsonl"

    run = crawl_gallery("-O", str(feed))
    crawl_gallery("-o", str(feed))

    items = [json.loads(line) for line in feed.read_text().splitlines()]
    assert sorted(item["title"] for item in items) == ["one", "one", "two", "two"]
    assert len(run.feed) == 2  # beside the feed asked for


def test_items_can_go_to_standard_output(gallery: Gallery, output: Path) -> None:
    gallery.put_pictures({"one": picture_bytes(1)})
    roots = json.dumps({"moyublog": gallery.url})
    words = ["-a", "site=moyublog", "-s", f"SITE_ROOTS={roots}", "-s", f"OUTPUT_DIR={output}"]

    run = subprocess.run(
        [sys.executable, "-m", "scrapy", "crawl", "wallpapers", *words, "-O", "-:jsonl"],
        cwd=Path(__file__).parent.parent.parent,
        capture_output=True,
        text=True,
        check=True,
    )

    assert json.loads(run.stdout)["title"] == "one"
