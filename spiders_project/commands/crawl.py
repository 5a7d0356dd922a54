"""``scrapy crawl``: Scrapy's own, with arguments checked first and an exit status that tells."""

import argparse
import gc
import logging
import signal
from asyncio import Task
from pathlib import Path
from typing import Any

from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.settings import SETTINGS_PRIORITIES
from scrapy.utils.conf import arglist_to_dict

from spiders_project.addons.output import OutputFolder, output_folder
from spiders_project.addons.private_sites import PrivateSites
from spiders_project.errors import CannotStart, ExitStatus, PersonsError, WrongInput
from spiders_project.pipelines.remote_stores import try_stores
from spiders_project.setting_checks import (
    check_feeds,
    check_network,
    check_pictures,
    check_settings,
    check_stores,
    check_writable,
)
from spiders_project.terminal import one_sentence, refuse_leftovers, say
from spiders_project.verdict import Verdict, judge

logger = logging.getLogger(__name__)

_LOG_LIMIT_BYTES = 20_000_000


class Command(ScrapyCrawl):
    """Runs a spider; every end has its exit status and, unless it is 0, a sentence."""

    def long_desc(self) -> str:
        """Return the text of ``scrapy crawl -h``."""
        return (
            "Run a spider. Arguments: -a site=NAME -a category=A,B -a pages=N -a limit=N "
            "-a min_width=PIXELS -a min_height=PIXELS -a update=true. Exit status: 0 done, "
            "1 could not, 2 wrong argument or setting, 3 stopped early."
        )

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Check the words of the command line and derive the places that OUTPUT_DIR means."""
        assert self.settings is not None
        with one_sentence("crawl"):
            refuse_leftovers(args, most=1)
            check_settings([*opts.set, *([f"LOG_LEVEL={opts.loglevel}"] if opts.loglevel else [])])
            for option, file in (("--logfile", opts.logfile), ("--pidfile", opts.pidfile)):
                if file:
                    check_writable(Path(file).parent, f"the folder of {option}")
            self.settings.setdict(arglist_to_dict(opts.set), priority="cmdline")
            PrivateSites.update_pre_crawler_settings(self.settings)
            # Before Scrapy reads -o and -O, which add to FEEDS.
            OutputFolder.update_pre_crawler_settings(self.settings)
            super().process_options(args, opts)
            check_pictures(self.settings)
            check_network(self.settings)
            check_stores(self.settings)
            check_feeds(self.settings, *args)
            try_stores(self.settings)
            self._send_log_to_file()

    def _send_log_to_file(self) -> None:
        assert self.settings is not None
        if (self.settings.getpriority("LOG_FILE") or 0) > SETTINGS_PRIORITIES["default"]:
            return
        if not self.settings.getbool("LOG_ENABLED"):
            return
        log = output_folder(self.settings) / "crawl.log"
        if log.exists() and log.stat().st_size > _LOG_LIMIT_BYTES:
            log.replace(log.with_name("crawl.log.1"))
        self.settings.set("LOG_FILE", str(log), "command")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Crawl."""
        with one_sentence("crawl"):
            spider_class = self._spider_class(args)
            if check := getattr(spider_class, "check_arguments", None):
                check(opts.spargs)
            process = self.crawler_process
            assert isinstance(process, AsyncCrawlerProcess)
            if process.settings.get("LOG_FILE"):
                _show_warnings()
            _leave_out_records_below(process.settings["LOG_LEVEL"])
            # A log on a full disk is to be silent, not to fill the terminal.
            logging.raiseExceptions = False
            crawler = self._create_crawler(spider_class)
            # What is loaded by now stays, and need not be looked through for garbage again.
            gc.freeze()
            task = process.crawl(crawler, **opts.spargs)
            process.start()
            # The crawl has ended: one more Ctrl-C must not take away its last words and status.
            for number in (signal.SIGINT, signal.SIGTERM):
                signal.signal(number, signal.SIG_IGN)
            verdict = _verdict(crawler, task)
        if verdict.sentence:
            say("crawl", verdict.sentence)
        self.exitcode = verdict.status

    def _spider_class(self, args: list[str]) -> Any:
        assert self.crawler_process is not None
        spiders = self.crawler_process.spider_loader
        names = ", ".join(sorted(spiders.list()))
        if not args:
            raise WrongInput(f"name a spider to run: {names}")
        try:
            return spiders.load(args[0])
        except KeyError:
            raise WrongInput(f"there is no spider {args[0]}; spiders: {names}") from None


def _concerns_the_person(record: logging.LogRecord) -> bool:
    # What a handler says of a picture is in the feed, the statistics and the summary.
    if record.name.startswith("scrapy.core.downloader.handlers"):
        return False
    is_answer_to_signal = record.name == "scrapy.crawler" and record.msg.startswith("Received")
    return record.levelno >= logging.WARNING or is_answer_to_signal


class _FirstLine(logging.Formatter):
    """One line for each event; the traceback is in the log file."""

    def format(self, record: logging.LogRecord) -> str:
        line = record.getMessage().partition("\n")[0].strip()
        return line if record.levelno < logging.WARNING else f"{record.levelname}: {line}"


def _show_warnings() -> None:
    """Let warnings reach the terminal too, while the log goes to a file."""
    handler = logging.StreamHandler()
    handler.addFilter(_concerns_the_person)
    handler.setFormatter(_FirstLine())
    logging.root.addHandler(handler)


def _leave_out_records_below(level: str | int) -> None:
    """Make no record that no handler shows.

    Scrapy's root logger takes all, and asks its handlers for their level afterwards:
    three records for each picture that nobody sees.
    """
    logging.root.setLevel(level)


def _verdict(crawler: Crawler, task: "Task[None]") -> Verdict:
    """Return the verdict on a crawl whose process has ended; raises PersonsError."""
    if not task.done() and crawler.stats.get_value("start_time") is None:
        return Verdict(ExitStatus.STOPPED, "stopped before it began")
    if not task.done():
        return Verdict(
            ExitStatus.STOPPED,
            "stopped at once by a second signal; run the same command again to complete it",
        )
    error = task.exception()
    if isinstance(error, PersonsError):
        raise error
    if error is not None:
        logger.error("The crawl could not start", exc_info=error)
        raise CannotStart(f"the crawl could not start: {error}; the log has the details")
    stats = crawler.stats.get_stats()
    return judge(stats, stats.get("finish_reason"))
