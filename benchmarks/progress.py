"""How far a benchmark is, on stderr."""

import sys
import time

_SECONDS_BETWEEN_LINES = 30.0


class Progress:
    """One line that changes on a terminal; elsewhere a line every half minute."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._is_terminal = sys.stderr.isatty()
        self._begun = self._last = time.monotonic()

    def show(self, done: int, total: int) -> None:
        """Tell how much is done."""
        now = time.monotonic()
        if not self._is_terminal and now - self._last < _SECONDS_BETWEEN_LINES:
            return
        self._last = now
        self._write(f"{self._what}: {done:,} of {total:,}, {now - self._begun:.0f} s")

    def end(self, result: str) -> None:
        """Tell what came out."""
        self._write(f"{self._what}: {result}")
        if self._is_terminal:
            print(file=sys.stderr)

    def _write(self, line: str) -> None:
        if self._is_terminal:
            print(f"\r\x1b[K{line}", end="", file=sys.stderr, flush=True)
        else:
            print(line, file=sys.stderr, flush=True)
