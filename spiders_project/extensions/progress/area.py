"""A few lines that stay at the bottom of a terminal while other lines pass above them."""

import os
import select
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from math import ceil
from typing import TextIO

from rich.console import COLOR_SYSTEMS, Console
from rich.style import Style
from rich.text import Text

from spiders_project.extensions.progress.streams import Redirection

_CALM_SECONDS = 0.1
"""Lines of others that follow faster wait for the next time."""
_WAITING_TEXTS = 10_000
"""Kept for a terminal that takes nothing (Ctrl-S); the log file has them all."""
_CLEAR_LINE = "\x1b[K"
_CLEAR_BELOW = "\x1b[J"


class LiveArea:
    """Draws lines on a terminal, and the next ones over them.

    While it is there, what is printed or logged to the same terminal comes out
    above it in whole lines. The cursor is never hidden and stands below the
    area, so a process that is killed or suspended leaves a terminal to type in.
    A terminal that takes nothing is not waited for; one that is gone is left alone.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._console = Console(file=stream, highlight=False)
        self._colours = COLOR_SYSTEMS.get(self._console.color_system or "")
        self._redirection = Redirection(self._write_above)
        self._above: deque[str] = deque(maxlen=_WAITING_TEXTS)
        self._lines: Sequence[Text] = ()
        self._drawn_widths: list[int] = []
        self._drawn_at = 0.0
        self._is_gone = False
        self._lock = threading.Lock()
        self._redirection.start()
        # After Ctrl-Z and fg there are lines of the shell below ours.
        _when_continued(lambda *_: self._drawn_widths.clear())

    @property
    def width(self) -> int:
        """Cells in a line of the terminal."""
        return self._size()[0]

    def show(self, lines: Sequence[Text]) -> None:
        """Draw lines, each narrower than the terminal."""
        self._lines = lines[: self._size()[1] - 2]
        self._draw()

    def stop(self) -> None:
        """Take the lines away and give the streams back; nothing happens the second time."""
        self._redirection.stop()
        self._lines = ()
        self._draw(must_wait=True)
        _when_continued(signal.SIG_DFL)

    def _write_above(self, text: str) -> None:
        self._above.append(text)
        if time.monotonic() - self._drawn_at >= _CALM_SECONDS:
            self._draw()

    def _draw(self, must_wait: bool = False) -> None:
        # Another thread that draws, or a signal handler that came in between, goes on with it.
        if self._is_gone or not self._lock.acquire(blocking=must_wait):
            return
        try:
            if must_wait or takes_more(self._stream):
                self._stream.write(self._next_text())
                self._stream.flush()
        except OSError:
            self._is_gone = True
        finally:
            self._drawn_at = time.monotonic()
            self._lock.release()

    def _next_text(self) -> str:
        above = "".join(self._above.popleft() for _ in range(len(self._above)))
        if not _is_in_front(self._stream):
            self._drawn_widths = []
            return above
        width, _ = self._size()
        # Lines that were drawn on a wider terminal take several now.
        rows = sum(max(1, ceil(cells / width)) for cells in self._drawn_widths)
        if not (rows or self._lines):
            return above
        start = f"\r\x1b[{rows}A" if rows else "\r"
        lines = "".join(self._render(line) + _CLEAR_LINE + "\n" for line in self._lines)
        self._drawn_widths = [line.cell_len for line in self._lines]
        return start + (_CLEAR_BELOW + above if above else "") + lines + _CLEAR_BELOW

    def _render(self, line: Text) -> str:
        # What Console.print does, at a fifth of its price.
        segments = line.render(self._console)
        return "".join(self._coloured(style, text) for text, style, _ in segments)

    def _coloured(self, style: Style | None, text: str) -> str:
        if style is None:
            return text
        shown = style.without_color if self._console.no_color else style
        return shown.render(text, color_system=self._colours)

    def _size(self) -> tuple[int, int]:
        size = (0, 0)
        with suppress(OSError):
            size = os.get_terminal_size(self._stream.fileno())
        return size[0] or 80, size[1] or 24


def takes_more(stream: TextIO) -> bool:
    """Tell whether a stream takes text without making us wait."""
    try:
        return bool(select.select([], [stream], [], 0)[1])
    except (OSError, ValueError):
        return True


def _is_in_front(stream: TextIO) -> bool:
    """Tell whether the terminal is ours, and not that of a shell that started us with ``&``."""
    try:
        return os.tcgetpgrp(stream.fileno()) == os.getpgrp()
    except OSError:
        return True


def _when_continued(action: Callable[..., None] | signal.Handlers) -> None:
    with suppress(ValueError):  # only the main thread is told
        signal.signal(signal.SIGCONT, action)
