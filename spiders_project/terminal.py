"""How the commands speak: one sentence on stderr for a person's mistake, and its exit status."""

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn
from scrapy.exceptions import UsageError
from scrapy.settings import SETTINGS_PRIORITIES, BaseSettings

from spiders_project.errors import ExitStatus, PersonsError, WrongInput

logger = logging.getLogger(__name__)


def say(command: str, sentence: str) -> None:
    """Tell a sentence on stderr, with the name of the command before it, and in the log."""
    logger.info("%s", sentence)
    with suppress(BrokenPipeError):
        print(f"scrapy {command}: {sentence}", file=sys.stderr)


@contextmanager
def one_sentence(command: str) -> Iterator[None]:
    """End the process with a sentence instead of a traceback when a person's error is raised."""
    try:
        yield
    except PersonsError as error:
        say(command, str(error))
        sys.exit(error.exit_status)
    except UsageError as error:
        say(command, str(error))
        sys.exit(ExitStatus.WRONG_INPUT)
    except KeyboardInterrupt:
        say(command, "stopped before it began")
        sys.exit(ExitStatus.STOPPED)


@contextmanager
def counting(what: str) -> Iterator[Callable[[int, int], None]]:
    """Show on a terminal how far something is; give a function to tell it: done, and of how many.

    Where stderr is no terminal nothing is shown.
    """
    console = Console(stderr=True)
    with Progress(
        "  " + what,
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    ) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def keep_log_off(settings: BaseSettings) -> None:
    """Keep the log off the terminal of a command that prints a table, unless it is asked for."""
    if (settings.getpriority("LOG_LEVEL") or 0) < SETTINGS_PRIORITIES["cmdline"]:
        settings.set("LOG_LEVEL", "CRITICAL", "cmdline")


def refuse_leftovers(args: list[str], most: int) -> None:
    """Raise WrongInput for words of a command line that nothing reads, which Scrapy ignores."""
    options = [arg for arg in args if arg.startswith("-")]
    if options:
        raise WrongInput(
            f"the option {options[0]} is not known; spider arguments are given as -a name=value, "
            "settings as -s NAME=VALUE"
        )
    if len(args) > most:
        raise WrongInput(f"one word too many: {args[most]}")
