"""``scrapy verify``: hashes every file of the store again and compares it with the catalogue."""

import argparse

from scrapy.commands import ScrapyCommand

from spiders_project.errors import ExitStatus
from spiders_project.setting_checks import check_settings
from spiders_project.terminal import counting, one_sentence, refuse_leftovers, say


class Command(ScrapyCommand):
    """Lists what is missing, altered or orphaned; the exit status is 1 if anything is."""

    requires_project = True
    requires_crawler_process = False
    default_settings = {"LOG_ENABLED": False}

    def short_desc(self) -> str:
        """Return the text in the list of commands."""
        return "Hash the stored pictures again and compare them with the catalogue"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Verify; one line on stdout for each path that does not agree."""
        # The catalogue's library would slow down every other command.
        from spiders_project.collection import open_collection  # noqa: PLC0415
        from spiders_project.upkeep.verify import verify  # noqa: PLC0415

        assert self.settings is not None
        with one_sentence("verify"):
            check_settings(opts.set)
            refuse_leftovers(args, most=0)
            with open_collection(self.settings) as collection, counting("files") as progress:
                findings = verify(collection.engine, collection.originals, progress)
        for old, new in findings.moved:
            print(f"moved     {old} -> {new}")
        for word in ("missing", "altered", "orphaned"):
            for path in getattr(findings, word):
                print(f"{word:<9} {path}")
        words = [
            f"{len(getattr(findings, word))} {word}"
            for word in ("missing", "altered", "orphaned", "moved")
            if getattr(findings, word)
        ]
        result = ", ".join(words) or "all pictures are as they were stored"
        say("verify", f"{findings.checked:,} files hashed: {result}{_what_to_do(findings)}")
        self.exitcode = ExitStatus.DONE if findings.is_sound else ExitStatus.COULD_NOT


def _what_to_do(findings: object) -> str:
    advice = []
    if getattr(findings, "missing", None) or getattr(findings, "altered", None):
        advice.append("the next crawl fetches what is missing or altered")
    if getattr(findings, "orphaned", None):
        advice.append("scrapy adopt takes in orphans")
    return "; " + ", ".join(advice) if advice else ""
