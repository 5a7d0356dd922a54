"""The two ways to follow a crawl: lines that change in place, or a plain line now and then."""

import os
import sys
from contextlib import suppress
from typing import Protocol

from rich.console import Console
from scrapy.settings import BaseSettings

from spiders_project.extensions.progress.area import LiveArea, takes_more
from spiders_project.extensions.progress.figures import Figures
from spiders_project.extensions.progress.panel import panel, plain_line
from spiders_project.extensions.progress.streams import is_terminal

_FIRST_LINE_SECONDS = 10.0
_GROWTH = 1.5


class Display(Protocol):
    """Shows figures to a person."""

    seconds_between: float
    """How often it wants figures."""

    def show(self, figures: Figures) -> None:
        """Show the figures of this moment."""

    def stop(self) -> None:
        """Leave the terminal as it was; nothing happens the second time."""


class LiveDisplay:
    """The live area of a terminal."""

    seconds_between = 0.25

    def __init__(self) -> None:
        self._area = LiveArea(sys.stderr)

    def show(self, figures: Figures) -> None:
        """Draw."""
        self._area.show(panel(figures, self._area.width))

    def stop(self) -> None:
        """Take the area away."""
        self._area.stop()


class PlainDisplay:
    """Lines for a log or a mail: few, and less often the longer it takes."""

    seconds_between = 1.0

    def __init__(self, longest_seconds: float) -> None:
        self._longest_seconds = longest_seconds
        self._pause = self._next = min(_FIRST_LINE_SECONDS, longest_seconds)

    def show(self, figures: Figures) -> None:
        """Write a line when it is time for one, unless nobody reads."""
        if figures.seconds < self._next:
            return
        self._pause = min(self._pause * _GROWTH, self._longest_seconds)
        self._next = figures.seconds + self._pause
        if takes_more(sys.stderr):
            with suppress(OSError):
                print(plain_line(figures), file=sys.stderr, flush=True)

    def stop(self) -> None:
        """Do nothing."""


def choose_display(settings: BaseSettings) -> Display:
    """Return the display that fits where stderr goes."""
    if _has_live_terminal() and not _prints_feed(settings):
        return LiveDisplay()
    return PlainDisplay(settings.getfloat("PROGRESS_INTERVAL_SECONDS"))


def _has_live_terminal() -> bool:
    if os.name != "posix" or not is_terminal(sys.stderr):
        return False
    # rich knows TERM=dumb and TTY_COMPATIBLE=0, and takes FORCE_COLOR for a terminal.
    console = Console(stderr=True)
    return console.is_interactive and not console.options.ascii_only


def _prints_feed(settings: BaseSettings) -> bool:
    uris = map(str, settings.getdict("FEEDS"))
    return is_terminal(sys.stdout) and any(uri.startswith("stdout:") for uri in uris)
