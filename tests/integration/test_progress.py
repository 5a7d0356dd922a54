"""What a person sees while a crawl runs: on a terminal, and where there is none."""

import json
import os
import re
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from spiders_project import settings
from tests.conftest import PROJECT, scrapy_command
from tests.extensions.screen import Terminal
from tests.gallery import LISTING, Answer, Gallery, picture_bytes

_COLUMNS = 240
_LAST_PICTURE = "/pictures/11.jpg"
_LIMIT_SECONDS = 60
_LOG_FORMAT = "[%(levelname)s] %(name)s. %(message)s"
_CHATTER = settings.EXTENSIONS | {"tests.extensions.chatter.Chatter": 0}
_WARNING = re.compile(r"WARNING: http://\S+ has come and (la){20}")


class Watched:
    """A crawl on a terminal that somebody looks at."""

    def __init__(self, terminal: Terminal, process: "subprocess.Popen[bytes]") -> None:
        self.terminal = terminal
        self.process = process
        self.views: list[list[str]] = []

    @property
    def screen(self) -> str:
        return "\n".join(self.terminal.screen.lines)

    def look(self, is_enough: Callable[[str], bool] = lambda _: False) -> None:
        """Look until something is seen, or to the end of the crawl."""
        latest = time.monotonic() + _LIMIT_SECONDS
        while self.process.poll() is None and not is_enough(self.screen):
            assert time.monotonic() < latest, self.screen
            self._take_view(0.05)
        while self.process.poll() is not None and self._take_view(0):
            pass

    def _take_view(self, wait_seconds: float) -> bool:
        assert self.terminal.screen.has_cursor
        is_new = self.terminal.update(wait_seconds)
        self.views.append(self.terminal.screen.lines)
        return is_new

    def saw(self, pattern: str) -> bool:
        """Tell whether a line of any view looked like this."""
        return any(re.fullmatch(pattern, line) for view in self.views for line in view)


@pytest.fixture
def slow_gallery(gallery: Gallery) -> Gallery:
    """Two listings with twelve pictures; two are lost."""
    answers: dict[str, Answer | bytes] = {f"title {n}": picture_bytes(n) for n in range(12)}
    answers["title 3"] = Answer(status=404)
    answers["title 4"] = Answer(b"<html>", headers={"Content-Type": "image/jpeg"})
    gallery.put_pictures(answers)
    gallery.put_listing([f"/{number}.html" for number in range(6)])
    second = LISTING.replace("index", "index_2")
    gallery.put_listing([f"/{number}.html" for number in range(6, 12)], second)
    return gallery


@pytest.fixture
def watch(slow_gallery: Gallery, output: Path) -> Callable[..., Any]:
    """Start a crawl of the gallery on a terminal."""

    @contextmanager
    def watch(**changes: Any) -> Iterator[Watched]:
        with Terminal(_COLUMNS) as terminal:
            command = _command(slow_gallery, output, changes)
            process = subprocess.Popen(
                command,
                cwd=PROJECT,
                stdout=terminal.end,
                stderr=terminal.end,
                env=_environment(TERM="xterm-256color"),
            )
            try:
                yield Watched(terminal, process)
            finally:
                process.kill()
                process.wait()

    return watch


def _command(gallery: Gallery, output: Path, changes: dict[str, Any]) -> list[str]:
    given = {
        "SITE_ROOTS": json.dumps({"moyublog": gallery.url}),
        "OUTPUT_DIR": output,
        "DOWNLOAD_DELAY": 0.06,
        "AUTOTHROTTLE_ENABLED": False,
    } | changes
    flags = [flag for name, value in given.items() for flag in ("-s", f"{name}={value}")]
    return scrapy_command("crawl", "wallpapers", "-a", "site=moyublog", *flags)


def _environment(**changes: str) -> dict[str, str]:
    ours = ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE", "COLUMNS")
    return {name: value for name, value in os.environ.items() if name not in ours} | changes


def test_terminal_shows_progress_and_then_the_summary(
    watch: Callable[..., Any], slow_gallery: Gallery
) -> None:
    with watch() as crawl:
        crawl.look(is_enough=lambda screen: "http-404" in screen)
        picture = slow_gallery.answers[_LAST_PICTURE]
        slow_gallery.answers[_LAST_PICTURE] = Answer(status=429, headers={"Retry-After": "1"})
        crawl.look(is_enough=lambda screen: "held back" in screen)
        slow_gallery.answers[_LAST_PICTURE] = picture
        crawl.look()

    assert crawl.process.returncode == 0
    assert crawl.saw(r"  wallpapers · moyublog   0:\d\d.*")
    assert crawl.saw(r"  pictures    [━─]{60}   \d+ of at least \d+.*")
    assert crawl.saw(r"  pictures    [━─]{60}   \d+ of 12.*")
    assert crawl.saw(r"  pages       2 listings   \d+ details")
    assert crawl.saw(r"  received    \d.* [kM]B   \d.*B/s   \d+ in flight")
    assert crawl.saw(r"  refused     1   not-an-image 1")
    assert crawl.saw(r"  failed      1   http-404 1")
    assert crawl.saw(r"  asked again 1   http-429 1")
    assert crawl.saw(r"  held back   localhost:\d+ \d s")
    # The summary takes its place.
    assert not any(
        "complete after" in " ".join(view) and "in flight" in " ".join(view) for view in crawl.views
    )
    assert crawl.screen.lstrip().startswith("wallpapers · moyublog   complete after")
    assert crawl.terminal.screen.has_cursor


def test_warnings_stay_whole_above_the_live_area(watch: Callable[..., Any], output: Path) -> None:
    with watch(EXTENSIONS=json.dumps(_CHATTER)) as crawl:
        crawl.look()

    lines = crawl.screen.partition("  wallpapers")[0].strip().splitlines()
    assert len(lines) == (output / "crawl.log").read_text().count("has come") > 20
    assert all(_WARNING.fullmatch(line) for line in lines)
    assert crawl.saw(r"  pictures    .*")


def test_log_on_the_terminal_stays_whole(watch: Callable[..., Any]) -> None:
    with watch(LOG_FILE="", LOG_FORMAT=_LOG_FORMAT) as crawl:
        crawl.look()

    lines = crawl.screen.splitlines()
    assert "[INFO] scrapy.core.engine. Closing spider (finished)" in lines
    lost = [line for line in lines if line.startswith("[INFO] spiders_project.pipelines.fetch.")]
    assert len(lost) == 2
    assert not any(line.count("[INFO]") > 1 for line in lines)
    assert not any("in flight" in line for line in lines)
    assert crawl.saw(r"  pictures    .*")


def test_second_signal_leaves_a_clean_terminal(watch: Callable[..., Any]) -> None:
    with watch(DOWNLOAD_DELAY=0.5) as crawl:
        crawl.look(is_enough=lambda screen: "1 listings" in screen)
        crawl.process.send_signal(signal.SIGINT)
        crawl.look(is_enough=lambda screen: "stopping" in screen)
        crawl.process.send_signal(signal.SIGINT)
        crawl.look()

    assert crawl.process.returncode == 3
    assert crawl.screen.strip().endswith(
        "\nscrapy crawl: stopped at once by a second signal; "
        "run the same command again to complete it"
    )
    assert "moyublog" not in crawl.screen
    assert crawl.terminal.screen.has_cursor


def test_plain_lines_where_there_is_no_terminal(slow_gallery: Gallery, output: Path) -> None:
    command = _command(
        slow_gallery, output, {"PROGRESS_INTERVAL_SECONDS": 1, "DOWNLOAD_DELAY": 0.1}
    )
    run = subprocess.run(
        command,
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=_LIMIT_SECONDS,
        env=_environment(),
        check=True,
    )

    assert "\x1b" not in run.stderr
    first = run.stderr.splitlines()[0]
    assert re.fullmatch(
        r"  1 s  listings 2  details \d+  pictures \d+ of (at least )?\d+  \d.* [kM]B.*", first
    )
