"""Lines that change in place on a terminal, and a plain line now and then elsewhere."""

import logging
import os
import signal
import sys
import termios
from collections.abc import Callable, Iterator

import pytest
from rich.text import Text

from spiders_project.extensions.progress.area import LiveArea
from spiders_project.extensions.progress.displays import PlainDisplay
from spiders_project.extensions.progress.figures import Figures
from tests.extensions.screen import Terminal

OpenArea = Callable[[], LiveArea]


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    with Terminal(columns=40) as terminal:
        yield terminal


@pytest.fixture
def open_area(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenArea]:
    """Send stderr and stdout to the terminal, which pytest undoes after a fixture, and open."""
    areas = []

    def open_area() -> LiveArea:
        monkeypatch.setattr(sys, "stderr", terminal.end)
        monkeypatch.setattr(sys, "stdout", terminal.end)
        areas.append(LiveArea(terminal.end))
        return areas[-1]

    yield open_area
    for area in areas:
        area.stop()


def seen(terminal: Terminal) -> list[str]:
    while terminal.update():
        pass
    return terminal.screen.lines


def test_draws_over_what_it_drew(terminal: Terminal, open_area: OpenArea) -> None:
    area = open_area()
    area.show([Text("three"), Text("lines"), Text("here")])
    assert seen(terminal) == ["three", "lines", "here", ""]

    area.show([Text("now two", "bold"), Text("here")])
    assert seen(terminal) == ["now two", "here", ""]


def test_prints_above_in_whole_lines(terminal: Terminal, open_area: OpenArea) -> None:
    area = open_area()
    area.show([Text("area")])
    print("half a line, ", end="", file=sys.stderr, flush=True)
    print("a line of stdout")
    area.show([Text("area")])
    assert seen(terminal) == ["a line of stdout", "area", ""]

    print("then the other half", file=sys.stderr)
    area.show([Text("area")])
    assert seen(terminal) == ["a line of stdout", "half a line, then the other half", "area", ""]


def test_leaves_long_lines_to_the_terminal(terminal: Terminal, open_area: OpenArea) -> None:
    area = open_area()
    area.show([Text("area")])
    print("https://example.org/" + 30 * "x", file=sys.stderr)
    area.show([Text("area")])

    assert seen(terminal) == ["https://example.org/" + 20 * "x", 10 * "x", "area", ""]


def test_takes_handlers_along_and_gives_them_back(terminal: Terminal, open_area: OpenArea) -> None:
    handler = logging.StreamHandler(terminal.end)
    logging.root.addHandler(handler)
    try:
        area = open_area()
        area.show([Text("area")])
        logging.getLogger("tests").warning("first\nsecond")
        area.show([Text("area")])
        assert seen(terminal) == ["first", "second", "area", ""]
        area.stop()
    finally:
        logging.root.removeHandler(handler)

    assert handler.stream is sys.stderr is sys.stdout is terminal.end
    assert seen(terminal) == ["first", "second", ""]


def test_says_all_that_was_said_when_it_stops(terminal: Terminal, open_area: OpenArea) -> None:
    area = open_area()
    area.show([Text("area")])
    for number in range(3):
        print(number, file=sys.stderr)
    print("no end of line", end="", file=sys.stderr)
    area.stop()
    print("afterwards", file=sys.stderr, flush=True)
    area.stop()

    assert seen(terminal) == ["0", "1", "2", "no end of line", "afterwards", ""]


def test_finds_its_place_when_the_terminal_becomes_narrow(
    terminal: Terminal, open_area: OpenArea
) -> None:
    area = open_area()
    area.show([Text("-" * 39)])
    # A terminal of 20 columns shows the same line in two rows.
    termios.tcsetwinsize(terminal.end, (24, 20))
    terminal.end.write("\r\n")
    area.show([Text("area")])

    assert seen(terminal) == ["area", ""]


def test_begins_anew_after_it_was_suspended(terminal: Terminal, open_area: OpenArea) -> None:
    area = open_area()
    area.show([Text("area")])
    terminal.end.write("$ fg\r\n")
    terminal.end.flush()
    signal.raise_signal(signal.SIGCONT)
    area.show([Text("area")])

    assert seen(terminal) == ["area", "$ fg", "area", ""]


def test_does_not_wait_for_a_terminal_that_takes_nothing(
    terminal: Terminal, open_area: OpenArea
) -> None:
    area = open_area()
    termios.tcflow(terminal.end, termios.TCOOFF)
    area.show([Text("a moment ago")])
    print("a warning", file=sys.stderr)
    assert seen(terminal) == [""]

    termios.tcflow(terminal.end, termios.TCOON)
    area.show([Text("now")])
    assert seen(terminal) == ["a warning", "now", ""]


def test_goes_on_without_a_terminal(terminal: Terminal, open_area: OpenArea) -> None:
    area = open_area()
    area.show([Text("area")])
    terminal.hang_up()
    area.show([Text("area")])
    print("a warning", file=sys.stderr)
    stand_in = sys.stderr
    area.stop()

    assert sys.stderr is not stand_in  # the end came without an error, and gave stderr back


def test_shows_no_more_lines_than_there_are(terminal: Terminal, open_area: OpenArea) -> None:
    area = open_area()
    area.show([Text(str(number)) for number in range(100)])

    assert len(seen(terminal)) == 23


def seconds_of_lines(
    display: PlainDisplay, end: int, capsys: pytest.CaptureFixture[str]
) -> list[int]:
    seconds = []
    for second in range(end):
        display.show(Figures(seconds=second))
        if capsys.readouterr().err:
            seconds.append(second)
    return seconds


def test_plain_lines_become_rare(capsys: pytest.CaptureFixture[str]) -> None:
    display = PlainDisplay(longest_seconds=60)
    assert seconds_of_lines(display, 400, capsys) == [10, 25, 48, 82, 133, 193, 253, 313, 373]


def test_plain_lines_come_as_often_as_asked(capsys: pytest.CaptureFixture[str]) -> None:
    assert seconds_of_lines(PlainDisplay(longest_seconds=2), 8, capsys) == [2, 4, 6]


def test_plain_lines_are_not_missed_by_anybody(monkeypatch: pytest.MonkeyPatch) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    monkeypatch.setattr(sys, "stderr", os.fdopen(writer, "w"))
    PlainDisplay(longest_seconds=1).show(Figures(seconds=10))
    with pytest.raises(BrokenPipeError):
        sys.stderr.close()
