"""``scrapy forget PATH...``: deletes pictures for good."""

import argparse

from scrapy.commands import ScrapyCommand

from spiders_project.errors import WrongInput
from spiders_project.setting_checks import check_settings
from spiders_project.terminal import one_sentence, say


class Command(ScrapyCommand):
    """Deletes pictures and remembers them: no crawl brings them back, under whatever name."""

    requires_project = True
    requires_crawler_process = False
    default_settings = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """Return how the command is typed."""
        return "[options] PATH..."

    def short_desc(self) -> str:
        """Return the text in the list of commands."""
        return "Delete pictures for good: they do not come back"

    def long_desc(self) -> str:
        """Return the text of ``scrapy forget -h``."""
        return (
            "Delete pictures, their thumbnails and sidecars, and remember that they are not "
            "wanted: the same bytes are refused from any address. PATH is a file or a folder, as "
            "seen from here or from IMAGES_STORE."
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Forget."""
        # The catalogue's library would slow down every other command.
        from spiders_project.collection import open_collection  # noqa: PLC0415
        from spiders_project.upkeep.forget import choose, forget  # noqa: PLC0415

        assert self.settings is not None
        with one_sentence("forget"):
            check_settings(opts.set)
            if not args:
                raise WrongInput("name the pictures to forget, as files or folders")
            with open_collection(self.settings) as collection:
                chosen = choose(collection.engine, collection.originals, args)
                shelves = collection.shelves
                forget(
                    collection.engine, shelves.originals, shelves.thumbnails, shelves.boxes, chosen
                )
        for each in chosen:
            print(each.picture.path)
        say("forget", f"{len(chosen):,} pictures are deleted and will not come back")
