"""Who is measured: this project, gallery-dl's generic extractor, and ``wget -r``."""

import json
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.errors import CannotMeasure
from benchmarks.peers.environment import peer_program

_HASTE = {
    "DOWNLOAD_DELAY": 0,
    "CONCURRENT_REQUESTS": 8,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 8,
    "PROGRESS_ENABLED": False,
}
"""No politeness towards this machine; how much is asked for does not change by it."""
_WGET_ACCEPTS = "html,htm,php,jpg,jpeg,png,webp,gif,avif"
_WGET_LEVEL = 5


@dataclass(frozen=True)
class Crawler:
    """One who is given the address of a gallery."""

    key: str
    name: str
    command: Callable[[str, Path], Sequence[str]]
    """The words that crawl an address into a folder."""
    pictures: Callable[[Path], list[Path]]
    """The files that it has stored as pictures."""
    titles: Callable[[Path], Mapping[str, str]] = lambda _: {}
    """What it calls them, by sha256."""


def crawlers(cache: Path) -> tuple[Crawler, ...]:
    """Return all; those of an environment of their own live in a folder."""
    return (
        Crawler("ours", "this project", _ours, _our_pictures, _our_titles),
        Crawler(
            "gallery-dl",
            "gallery-dl, generic",
            lambda url, folder: _gallery_dl(cache, url, folder),
            _all_files,
        ),
        Crawler("wget", "wget -r", _wget, _picture_files),
    )


def _ours(url: str, folder: Path) -> list[str]:
    settings = {**_HASTE, "OUTPUT_DIR": folder}
    flags = [flag for name, value in settings.items() for flag in ("-s", f"{name}={value}")]
    return [sys.executable, "-m", "scrapy", "crawl", "wallpapers", "-a", f"site={url}", *flags]


def _our_pictures(folder: Path) -> list[Path]:
    return _all_files(folder / "images")


def _our_titles(folder: Path) -> dict[str, str]:
    feed = folder / "wallpapers.json"
    if not feed.exists():
        return {}
    items = json.loads(feed.read_text(encoding="utf-8"))
    return {
        image["sha256"]: item.get("title") or ""
        for item in items
        for image in item["images"]
        if image.get("sha256")
    }


def _gallery_dl(cache: Path, url: str, folder: Path) -> list[str]:
    program = peer_program(cache, "gallery-dl")
    options = ["--config-ignore", "-o", "extractor.generic.enabled=true"]
    return [str(program), *options, "--directory", str(folder), f"generic:{url}"]


def _wget(url: str, folder: Path) -> list[str]:
    program = shutil.which("wget")
    if program is None:
        raise CannotMeasure("is not installed")
    flags = ["--quiet", "--recursive", f"--level={_WGET_LEVEL}", "--no-parent", "--no-config"]
    return [program, *flags, f"--accept={_WGET_ACCEPTS}", "--directory-prefix", str(folder), url]


def _all_files(folder: Path) -> list[Path]:
    return [file for file in folder.rglob("*") if file.is_file()]


def _picture_files(folder: Path) -> list[Path]:
    pages = (".html", ".htm", ".php", ".txt")
    return [file for file in _all_files(folder) if not file.name.lower().endswith(pages)]
