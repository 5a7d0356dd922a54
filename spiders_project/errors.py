"""The errors a person can meet, each one sentence and one exit status."""

from enum import IntEnum


class ExitStatus(IntEnum):
    """What ``scrapy crawl`` tells the shell."""

    DONE = 0
    """The crawl did what was asked; nothing new is done too."""
    COULD_NOT = 1
    """Site unreachable, nothing found, all forbidden by robots.txt, storage failed."""
    WRONG_INPUT = 2
    """A wrong argument or setting; nothing was started."""
    STOPPED = 3
    """Stopped early by a signal or a budget; the same command goes on."""


class PersonsError(Exception):
    """An error whose text is one sentence: what was wrong, where, and what to do."""

    exit_status = ExitStatus.COULD_NOT


class WrongInput(PersonsError):
    """A spider argument, setting or option that cannot be meant."""

    exit_status = ExitStatus.WRONG_INPUT


class CannotStart(PersonsError):
    """The input is right and the machine does not let us: a port in use, a read-only folder."""
