"""``scrapy sites``: the sites that are known, one line each."""

import argparse

from rich.console import Console
from rich.table import Table
from scrapy.commands import ScrapyCommand

from spiders_project.addons.private_sites import PrivateSites
from spiders_project.pages.base import Site
from spiders_project.pages.registry import known_sites
from spiders_project.terminal import one_sentence, refuse_leftovers

_LINE_WIDTH = 400


class Command(ScrapyCommand):
    """Lists the sites, with what was verified and when."""

    requires_project = True
    requires_crawler_process = False
    default_settings = {"LOG_ENABLED": False}

    def short_desc(self) -> str:
        """Return the text in the list of commands."""
        return "List the sites that are known"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print the table."""
        with one_sentence("sites"):
            refuse_leftovers(args, most=0)
            assert self.settings is not None
            PrivateSites.update_pre_crawler_settings(self.settings)
        table = Table("site", "address", "what it is", "verified on", "categories", box=None)
        for name, site in known_sites().items():
            table.add_row(name, site.root, site.label, site.verified, _categories(site))
        # One line each, whatever the width: the terminal may wrap it, a program reads it.
        Console(width=_LINE_WIDTH).print(table)


def _categories(site: type[Site]) -> str:
    others = ", ..." if site.has_other_categories else ""
    return ", ".join(site.default_categories or site.categories) + others
