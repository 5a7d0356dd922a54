"""``scrapy newsite``: writes a site file, saved pages and an offline test for a new site."""

import argparse
from datetime import UTC, datetime

from spiders_project.addons.output import output_folder
from spiders_project.addons.private_sites import PrivateSites
from spiders_project.errors import WrongInput
from spiders_project.newsite.command import VisitCommand
from spiders_project.pages.registry import known_sites
from spiders_project.terminal import one_sentence, refuse_leftovers, say
from spiders_project.urls import origin_of, split_web_address


class Command(VisitCommand):
    """Looks at a listing and a few of its detail pages, and describes what they have in common."""

    word = "newsite"

    def syntax(self) -> str:
        """Return what follows the name of the command."""
        return "[options] <address of a listing>"

    def short_desc(self) -> str:
        """Return the text in the list of commands."""
        return "Write a site file, saved pages and a test for a new site"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add ``--name``."""
        super().add_options(parser)
        parser.add_argument("--name", help="name of the site (default: from its host)")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Look, write, test, and print what was found."""
        # Every `scrapy` command loads all commands; only this one needs these.
        from spiders_project.newsite.naming import name_of  # noqa: PLC0415
        from spiders_project.newsite.places import places_for  # noqa: PLC0415
        from spiders_project.newsite.survey import survey  # noqa: PLC0415
        from spiders_project.newsite.write import write  # noqa: PLC0415

        assert self.settings is not None
        with one_sentence("newsite"):
            url = _address(args)
            PrivateSites.update_pre_crawler_settings(self.settings)
            name = name_of(url, opts.name)
            places = places_for(name, self.settings.get("SITES_DIR"))
            places.check_free(name)
            _check_new(url)
            seen = self.visited(lambda fetch, _: survey(url, fetch))
            sheet = output_folder(self.settings) / "contact_sheets" / f"{name}.jpg"
            written = write(name, seen, places, sheet, datetime.now(UTC).date())
        for line in written.lines:
            print(line)
        say("newsite", written.sentence)
        self.exitcode = written.status


def _address(args: list[str]) -> str:
    refuse_leftovers(args, most=1)
    if not args:
        raise WrongInput("name the address of a listing: scrapy newsite https://...")
    if split_web_address(args[0]) is None:
        raise WrongInput(f"{args[0]} is no http or https address with a host")
    return args[0]


def _check_new(url: str) -> None:
    netloc = origin_of(url).partition("://")[2]
    for name, site in known_sites().items():
        if netloc in site.hosts:
            raise WrongInput(
                f"{netloc} is read by the site file of {name} already; "
                f"scrapy check-site {name} tells whether it still fits"
            )
