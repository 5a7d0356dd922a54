"""``scrapy check-site``: two pages of a live site, and which fields of its site file went empty."""

import argparse

from spiders_project.addons.private_sites import PrivateSites
from spiders_project.errors import ExitStatus, WrongInput
from spiders_project.newsite.command import VisitCommand
from spiders_project.pages.base import Site
from spiders_project.pages.registry import known_sites
from spiders_project.terminal import one_sentence, refuse_leftovers, say


class Command(VisitCommand):
    """Names each declared field with its value; the exit status is 1 if one is empty."""

    word = "check-site"

    def syntax(self) -> str:
        """Return what follows the name of the command."""
        return "[options] <site>"

    def short_desc(self) -> str:
        """Return the text in the list of commands."""
        return "Read two pages of a site and tell which fields went empty"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Read, and print one line for each field."""
        # Every `scrapy` command loads all commands; only this one needs these.
        from spiders_project.newsite.check import check  # noqa: PLC0415

        assert self.settings is not None
        with one_sentence("check-site"):
            PrivateSites.update_pre_crawler_settings(self.settings)
            site = _site(args)
            found = self.visited(check, site)
        print(f"listing      {found.listing_url}")
        if found.detail_url:
            print(f"detail page  {found.detail_url}")
        for line in found.lines(site):
            print(line)
        empty = found.empty(site)
        words = f"empty: {', '.join(empty)}; the layout may have changed" if empty else "it fits"
        say("check-site", f"{site.name}: {words}")
        self.exitcode = ExitStatus.COULD_NOT if empty else ExitStatus.DONE


def _site(args: list[str]) -> Site:
    refuse_leftovers(args, most=1)
    known = known_sites()
    if not args or args[0] not in known:
        said = f"{args[0]} is not known" if args else "name a site"
        raise WrongInput(f"{said}; known sites: {', '.join(known)}")
    return known[args[0]]()
