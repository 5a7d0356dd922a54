"""A terminal for tests: a pseudo-terminal, and a screen that obeys the codes that ours uses."""

import codecs
import os
import pty
import re
import select
import termios
from contextlib import suppress
from typing import Self

_TOKENS = re.compile(r"\x1b\[(\??)(\d*(?:;\d+)*)([A-Za-z])|(\r)|(\n)|([^\x1b\r\n]+)|(.)", re.DOTALL)
_HALF_CODE = re.compile(r"\x1b(\[[?;\d]*)?\Z")


class Screen:
    """The lines that a person sees; it never scrolls."""

    def __init__(self, columns: int) -> None:
        self._columns = columns
        self._cells: list[list[str]] = [[]]
        self._row = self._column = 0
        self.has_cursor = True

    @property
    def lines(self) -> list[str]:
        """The lines without the empty space at their ends."""
        return ["".join(cells).rstrip() for cells in self._cells]

    def feed(self, text: str) -> None:
        """Obey a piece of output that ends where a code ends."""
        for private, number, code, carriage_return, line_feed, letters, rest in _TOKENS.findall(
            text
        ):
            assert not rest, f"half a code: {text!r}"
            if code:
                self._obey(code, bool(private), number)
            elif carriage_return:
                self._column = 0
            elif line_feed:
                self._go_down()
            else:
                self._print(letters)

    def _obey(self, code: str, is_private: bool, number: str) -> None:
        if is_private:
            assert number == "25"
            self.has_cursor = code == "h"
        elif code == "A":
            assert int(number) <= self._row, "above the first line"
            self._row -= int(number)
        elif code in "KJ":
            del self._cells[self._row][self._column :]
            if code == "J":
                del self._cells[self._row + 1 :]
        else:
            assert code == "m"

    def _print(self, letters: str) -> None:
        for letter in letters:
            if self._column == self._columns:
                self._column = 0
                self._go_down()
            line = self._cells[self._row]
            line.extend(" " * (self._column + 1 - len(line)))
            line[self._column] = letter
            self._column += 1

    def _go_down(self) -> None:
        self._row += 1
        if self._row == len(self._cells):
            self._cells.append([])


class Terminal:
    """A pseudo-terminal: programs write to ``end``, a person sees ``screen``."""

    def __init__(self, columns: int = 80, rows: int = 24) -> None:
        self.screen = Screen(columns)
        self._ours, end = pty.openpty()
        termios.tcsetwinsize(end, (rows, columns))
        self.end = os.fdopen(end, "w", encoding="utf-8")
        self._decode = codecs.getincrementaldecoder("utf-8")().decode
        self._half_code = ""
        self._has_hung_up = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):  # what was written after it had hung up
            self.end.close()
        if not self._has_hung_up:
            os.close(self._ours)

    def hang_up(self) -> None:
        """Go away, as a window that is closed does."""
        os.close(self._ours)
        self._has_hung_up = True

    def update(self, wait_seconds: float = 0.0) -> bool:
        """Let the screen show what was written since; return whether there was anything."""
        if not select.select([self._ours], [], [], wait_seconds)[0]:
            return False
        text = self._half_code + self._decode(os.read(self._ours, 65536))
        whole = _HALF_CODE.sub("", text)
        self._half_code = text.removeprefix(whole)
        self.screen.feed(whole)
        return True
