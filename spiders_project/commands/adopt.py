"""``scrapy adopt FOLDER``: takes pictures from elsewhere into the collection."""

import argparse
from pathlib import Path

from scrapy.commands import ScrapyCommand

from spiders_project.errors import ExitStatus, WrongInput
from spiders_project.setting_checks import check_settings
from spiders_project.terminal import counting, one_sentence, refuse_leftovers, say


class Command(ScrapyCommand):
    """Takes in a folder of pictures by their bytes; a crawl that meets them keeps these files."""

    requires_project = True
    requires_crawler_process = False
    default_settings = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """Return how the command is typed."""
        return "[options] FOLDER"

    def short_desc(self) -> str:
        """Return the text in the list of commands."""
        return "Take a folder of pictures into the collection, each by its bytes"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Adopt."""
        # The catalogue's library would slow down every other command.
        from spiders_project.collection import open_collection  # noqa: PLC0415
        from spiders_project.upkeep.adopt import adopt_in_a_run  # noqa: PLC0415

        assert self.settings is not None
        with one_sentence("adopt"):
            check_settings(opts.set)
            refuse_leftovers(args, most=1)
            folder = Path(args[0]).expanduser() if args else None
            if folder is None or not folder.is_dir():
                raise WrongInput(f"{folder or 'adopt'} is no folder" if args else "name a folder")
            with open_collection(self.settings) as collection, counting("files") as progress:
                intake = adopt_in_a_run(collection.engine, collection.shelves, folder, progress)
        for path, reason in intake.refused.items():
            print(f"refused   {path}: {reason}")
        outcomes = ", ".join(f"{count:,} {word}" for word, count in intake.outcomes.items())
        say("adopt", outcomes or f"there is no file below {folder}")
        self.exitcode = ExitStatus.DONE
