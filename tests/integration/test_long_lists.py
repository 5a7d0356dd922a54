"""A list of addresses is taken as fast as it is done, and only once, whatever happens."""

import json
import re
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.conftest import PROJECT, scrapy_command
from tests.gallery import Gallery

SPIDER = str(PROJECT / "tests" / "integration" / "long_list.py")
COUNT = 1500


@pytest.fixture
def pages(gallery: Gallery) -> Gallery:
    for number in range(COUNT):
        gallery.put(f"/{number}.html", b"<html></html>")
    return gallery


def start_list(
    gallery: Gallery, output: Path, *more_words: str, **settings: object
) -> "subprocess.Popen[str]":
    given = {
        "OUTPUT_DIR": output,
        "FEEDS": json.dumps({str(output / "list.json"): {"overwrite": True}}),
        "ALLOWED_PRIVATE_HOSTS": "127.0.0.1",
        "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
        "LOG_FILE": output / "crawl.log",
    } | settings
    flags = [flag for name, value in given.items() for flag in ("-s", f"{name}={value}")]
    output.mkdir(exist_ok=True)
    words = ("-a", f"root={gallery.url}", "-a", f"count={COUNT}", *more_words)
    command = scrapy_command("runspider", SPIDER, *words, *flags)
    return subprocess.Popen(command, cwd=PROJECT, stderr=subprocess.DEVNULL, text=True)


def addresses(output: Path) -> list[str]:
    items = json.loads((output / "list.json").read_text())
    return sorted(item["address"] for item in items)


def wanted(gallery: Gallery) -> list[str]:
    return sorted(f"{gallery.url}/{number}.html" for number in range(COUNT))


def test_start_does_not_run_ahead_of_what_is_done(pages: Gallery, output: Path) -> None:
    assert start_list(pages, output).wait(timeout=60) == 0

    assert addresses(output) == wanted(pages)
    found = re.search(r"'long_list/most_ahead': (\d+)", (output / "crawl.log").read_text())
    assert found is not None
    assert int(found[1]) < 600


def test_a_list_goes_on_after_a_kill_where_it_was(pages: Gallery, output: Path) -> None:
    process = start_list(pages, output, DOWNLOAD_DELAY=0)
    while sum(pages.requests.values()) < COUNT // 2:
        assert process.poll() is None
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    before = sum(pages.requests.values())

    assert start_list(pages, output).wait(timeout=60) == 0

    assert addresses(output) == wanted(pages)
    again = sum(pages.requests.values()) - COUNT
    assert before < COUNT
    # What was in flight, or not committed in the last half second, and robots.txt twice.
    assert again < COUNT // 2
    assert not (output / "frontier").exists()


def test_a_list_that_is_shorter_after_a_kill_is_taken_to_its_end(
    pages: Gallery, output: Path, tmp_path: Path
) -> None:
    done = tmp_path / "done.txt"
    done.touch()
    words = ("-a", f"done={done}")
    process = start_list(pages, output, *words, DOWNLOAD_DELAY=0)
    while sum(pages.requests.values()) < COUNT // 2:
        assert process.poll() is None
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    done.write_text("\n".join(path[1:-5] for path in pages.requests if path.endswith(".html")))

    assert start_list(pages, output, *words).wait(timeout=60) == 0

    assert addresses(output) == wanted(pages)
