"""What the commands that look at a few pages of a site have in common."""

import argparse
from typing import TYPE_CHECKING, Any, ClassVar

from scrapy.commands import ScrapyCommand
from scrapy.crawler import AsyncCrawlerProcess

from spiders_project.pages.base import Site
from spiders_project.setting_checks import check_settings
from spiders_project.terminal import keep_log_off, one_sentence

if TYPE_CHECKING:
    from spiders_project.newsite.visits import Work


class VisitCommand(ScrapyCommand):
    """Checks its settings, and asks for pages as politely as a crawl."""

    requires_project = True
    word: ClassVar[str]
    """What a person types."""

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Check the settings, which Scrapy takes as they are."""
        with one_sentence(self.word):
            check_settings(opts.set)
            super().process_options(args, opts)
        assert self.settings is not None
        keep_log_off(self.settings)

    def visited(self, work: "Work[Any]", site: Site | None = None) -> Any:
        """Run some work to its end and return its result; raises what it raised."""
        # Every `scrapy` command loads all commands; only these need it.
        from spiders_project.newsite.visits import visit  # noqa: PLC0415

        process = self.crawler_process
        assert isinstance(process, AsyncCrawlerProcess)
        return visit(process, work, site)
