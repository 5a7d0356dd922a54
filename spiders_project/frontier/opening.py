"""Opens the frontier of a job and ties it to a run of the catalogue."""

import logging
import tempfile
from pathlib import Path
from weakref import WeakKeyDictionary

from scrapy import Spider
from scrapy.crawler import Crawler

from spiders_project.catalogue.catalogue import catalogue_of
from spiders_project.catalogue.runs import begin_run, resume_run
from spiders_project.errors import CannotStart
from spiders_project.frontier.job import frontier_file, job_of
from spiders_project.frontier.sqlite import SqliteStore, remove_files
from spiders_project.frontier.store import FrontierDamaged, FrontierInUse, FrontierStore

logger = logging.getLogger(__name__)


_of_crawlers: WeakKeyDictionary[Crawler, FrontierStore] = WeakKeyDictionary()


def frontier_of(crawler: Crawler) -> FrontierStore | None:
    """Return the frontier that was opened for a crawler; none for ``scrapy shell``."""
    return _of_crawlers.get(crawler)


def scratch_frontier() -> FrontierStore:
    """Return a frontier that is to leave nothing behind."""
    return SqliteStore(Path(tempfile.mkdtemp()) / "frontier.db")


def open_frontier(crawler: Crawler, spider: Spider) -> None:
    """Open what is left of the job of a spider, or a new frontier; raises CannotStart.

    It goes on with the run that it belongs to. One whose run the catalogue does
    not know, or that a power cut has damaged, is thrown away: what is stored
    of it is in the catalogue.
    """
    job = job_of(spider)
    catalogue = catalogue_of(crawler)
    file = frontier_file(crawler.settings, job)
    store = _open(file)
    if getattr(spider, "restart", False) and store.run:
        store.delete()
        store = _open(file)
    if store.run and catalogue.do_now(resume_run, store.run):
        logger.info("Going on with run %s: %d requests are left", store.run, store.pending)
    else:
        if store.run:
            store.delete()
            store = _open(file)
        store.begin(catalogue.do_now(begin_run, job))
    catalogue.run = store.run
    _of_crawlers[crawler] = store


def _open(file: Path) -> FrontierStore:
    try:
        return _opened(file)
    except FrontierInUse:
        raise CannotStart(
            f"this crawl is running already (its frontier {file} is in use); wait until it has "
            "ended, or give other arguments"
        ) from None
    except OSError as error:
        raise CannotStart(
            f"the frontier {file} cannot be written: {error.strerror}; make its folder writable "
            "or name another one with -s OUTPUT_DIR=..."
        ) from None


def _opened(file: Path) -> FrontierStore:
    try:
        return SqliteStore(file)
    except FrontierDamaged as damage:
        logger.warning("The frontier is damaged and begun anew: %s", damage)
        remove_files(file)
    except OSError:
        # The same crawl, in another process, may have ended in this moment and removed it.
        logger.info("The frontier is tried once more", exc_info=True)
    return SqliteStore(file)
