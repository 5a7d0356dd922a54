"""Real crawls for tests: processes of ``scrapy``, the demo site, and a gallery to fill."""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from tests.gallery import Gallery

PROJECT = Path(__file__).parent.parent
_LIMIT_SECONDS = 120


def scrapy_command(*words: str) -> list[str]:
    """Return the command line of ``scrapy`` in the Python that runs the tests."""
    return [sys.executable, "-m", "scrapy", *words]


@dataclass
class Crawl:
    """A crawl that has ended."""

    status: int
    stderr: str
    output: Path

    @property
    def sentence(self) -> str:
        """The last line on stderr."""
        lines = self.stderr.strip().splitlines()
        return lines[-1] if lines else ""

    @property
    def feed(self) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = json.loads((self.output / "wallpapers.json").read_text())
        return items

    @property
    def pictures(self) -> dict[str, str]:
        """The stored files: sha256 by path relative to the store."""
        store = self.output / "images"
        return {
            path.relative_to(store).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in store.rglob("*")
            if path.is_file()
        }

    @property
    def log(self) -> str:
        return (self.output / "crawl.log").read_text()

    def outcomes(self) -> dict[str, str]:
        """What became of each picture or page of the feed, by title: outcome or reason."""
        outcomes = {}
        for item in self.feed:
            for image in item["images"]:
                outcomes[item["title"]] = image["status"]
            for failure in item["failures"]:
                outcomes[item["title"]] = f"{failure['outcome']} {failure['reason']}"
        return outcomes


RunCrawl = Callable[..., Crawl]


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """The OUTPUT_DIR of the crawls of a test."""
    return tmp_path / "output"


@pytest.fixture
def crawl(output: Path) -> RunCrawl:
    """Run ``scrapy crawl wallpapers`` to its end; words are added to the command line."""

    def run(*words: str, **settings: Any) -> Crawl:
        process = start_crawl(output, *words, **settings)
        _, stderr = process.communicate(timeout=_LIMIT_SECONDS)
        assert "Traceback" not in stderr, stderr
        return Crawl(process.returncode, stderr, output)

    return run


def start_crawl(output: Path, *words: str, **settings: Any) -> "subprocess.Popen[str]":
    """Start ``scrapy crawl wallpapers`` with settings, and return its process."""
    given = {"OUTPUT_DIR": output} | settings
    flags = [flag for name, value in given.items() for flag in ("-s", f"{name}={value}")]
    return subprocess.Popen(
        scrapy_command("crawl", "wallpapers", *flags, *words),
        cwd=PROJECT,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"COLUMNS": "100"},
    )


@pytest.fixture
def gallery() -> Iterator[Gallery]:
    """An empty gallery with the structure of moyublog."""
    with Gallery() as gallery:
        yield gallery


@pytest.fixture
def crawl_gallery(crawl: RunCrawl, gallery: Gallery) -> RunCrawl:
    """Crawl the gallery of the test with the site file of moyublog."""

    def run(*words: str, **settings: Any) -> Crawl:
        roots = json.dumps({"moyublog": gallery.url})
        settings = {"SITE_ROOTS": roots, "DOWNLOAD_DELAY": 0} | settings
        return crawl("-a", "site=moyublog", *words, **settings)

    return run


@dataclass(frozen=True)
class DemoSite:
    """The demo site in a process of its own."""

    url: str

    def read_json(self, path: str) -> Any:
        with urlopen(self.url + path) as answer:
            return json.load(answer)

    @property
    def roots(self) -> str:
        """SITE_ROOTS that lead to this server."""
        return json.dumps({"demo": self.url, "moyublog": f"{self.url}/moyublog"})


@pytest.fixture(scope="session")
def demo_site() -> Iterator[DemoSite]:
    """Serve the demo site for all tests of a run: its pictures are painted once."""
    process = subprocess.Popen(
        scrapy_command("demo", "--port", "0"), cwd=PROJECT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    with process, process.stdout:
        first_line = process.stdout.readline()
        yield DemoSite(first_line.split()[5].rstrip("/"))
        process.terminate()
