"""Catalogues for tests: real SQLite files, and runs of processes that live or are dead."""

import hashlib
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, update
from sqlalchemy.engine import make_url

from spiders_project.catalogue.database import open_database
from spiders_project.catalogue.picture import Picture, Place
from spiders_project.catalogue.pictures import claim, finish
from spiders_project.catalogue.runs import Job, begin_run, end_run
from spiders_project.catalogue.schema import runs
from spiders_project.outcomes import Outcome


def open_catalogue(file: Path, patience_seconds: float = 5) -> Engine:
    return open_database(make_url(f"sqlite:///{file}"), patience_seconds=patience_seconds)


@contextmanager
def transaction(engine: Engine) -> Iterator[Connection]:
    with engine.connect() as connection, connection.begin():
        yield connection


def new_run(engine: Engine, spider: str = "wallpapers") -> str:
    """Begin a run of this process."""
    with transaction(engine) as connection:
        return begin_run(connection, Job(f"{spider}-1", spider, "demo", {}))


def ended_run(engine: Engine, status: int) -> str:
    """Begin a run and end it with an exit status."""
    run = new_run(engine)
    with transaction(engine) as connection:
        end_run(connection, run, "finished", status)
    return run


def dead_run(engine: Engine) -> str:
    """Begin a run in the name of a process that is gone without a word."""
    run = new_run(engine)
    with transaction(engine) as connection:
        connection.execute(update(runs).where(runs.c.run == run).values(pid=dead_process()))
    return run


def dead_process() -> int:
    """Return the number of a process that has ended."""
    process = subprocess.Popen(["true"])
    process.wait()
    return process.pid


def picture(text: str) -> Picture:
    """Return what is known of bytes, as if a text were a picture."""
    body = text.encode()
    sha256 = hashlib.sha256(body).hexdigest()
    md5 = hashlib.md5(body).hexdigest()
    return Picture(sha256, md5, len(body), "JPEG", 160, 120)


def nothing_lies_there(path: str, sha256: str) -> bool:
    """A store that is empty."""
    return True


def store_row(
    engine: Engine, text: str, place: Place, run: str, wished: str = "demo/a.jpg"
) -> tuple[str, Outcome]:
    """Claim and finish a picture as a crawl does; return its path and its outcome."""
    with transaction(engine) as connection:
        claimed = claim(connection, picture(text), wished, run, nothing_lies_there)
        assert claimed.state is None
        outcome = finish(connection, picture(text).sha256, None, place, run)
    return claimed.path, outcome
