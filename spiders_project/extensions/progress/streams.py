"""Sends what goes to the terminal on its own through one function, in whole lines."""

import logging
import sys
import threading
from collections.abc import Callable
from typing import Any, TextIO, cast


class _WholeLines:
    """Stands in for a stream and passes lines on when they have ended."""

    def __init__(self, stream: TextIO, pass_on: Callable[[str], object]) -> None:
        self.stream = stream
        self.pass_on = pass_on
        self._begun = ""
        self._lock = threading.RLock()

    def write(self, text: str) -> int:
        with self._lock:
            lines, line_end, self._begun = (self._begun + text).rpartition("\n")
        if line_end:
            self.pass_on(lines + line_end)
        return len(text)

    def writelines(self, texts: list[str]) -> None:
        self.write("".join(texts))

    def flush(self) -> None:
        """Keep a line that has only begun: another one could come between."""

    def end(self) -> None:
        """Pass on the line that has begun, and write to the stream itself from now on."""
        if self._begun:
            self.write("\n")
        self.pass_on = self.stream.write

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)


class Redirection:
    """Replaces stderr and stdout where they are a terminal, in the handlers of loggers too.

    Handlers keep the stream that they were made with, so replacing
    ``sys.stderr`` alone would not reach them.
    """

    def __init__(self, pass_on: Callable[[str], object]) -> None:
        self._pass_on = pass_on
        self._stand_ins: dict[str, _WholeLines] = {}

    def start(self) -> None:
        """Replace."""
        for name in ("stderr", "stdout"):
            stream = getattr(sys, name)
            if is_terminal(stream):
                self._stand_ins[name] = _WholeLines(stream, self._pass_on)
                setattr(sys, name, self._stand_ins[name])
        for stand_in in self._stand_ins.values():
            _change_handlers(stand_in.stream, cast("TextIO", stand_in))

    def stop(self) -> None:
        """Put back what was there before."""
        for name, stand_in in self._stand_ins.items():
            stand_in.end()
            if getattr(sys, name) is stand_in:
                setattr(sys, name, stand_in.stream)
            _change_handlers(cast("TextIO", stand_in), stand_in.stream)
        self._stand_ins = {}


def is_terminal(stream: Any) -> bool:
    """Tell whether a stream, or what stands in for one (LOG_STDOUT), is a terminal."""
    return bool(getattr(stream, "isatty", bool)())


def _change_handlers(old: TextIO, new: TextIO) -> None:
    for handler in logging.root.handlers:
        if isinstance(handler, logging.StreamHandler) and handler.stream is old:
            handler.setStream(new)
