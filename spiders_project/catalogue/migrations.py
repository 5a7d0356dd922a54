"""Leads the tables of an older version to this one, step by step, with a copy made before."""

import logging
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, func, select

from spiders_project.catalogue import schema

logger = logging.getLogger(__name__)

STEPS: Mapping[int, Sequence[str]] = {}
"""The SQL statements that lead from a version to the next one, by the version they start at."""


def migrate(
    connection: Connection,
    file: Path,
    found: int,
    steps: Mapping[int, Sequence[str]] = STEPS,
    wanted: int = schema.VERSION,
) -> Path:
    """Lead a catalogue from the version found to the wanted one; return its copy of before.

    All steps are one transaction, so a kill in the middle leaves the old version,
    and of two processes that start at once the second finds the work done.
    """
    copy = file.with_name(f"{file.name}.v{found}")
    with connection.begin():
        if connection.scalar(select(func.max(schema.version.c.version))) != found:
            return copy
        _back_up(file, copy)
        for version in range(found, wanted):
            for statement in steps[version]:
                connection.exec_driver_sql(statement)
        connection.execute(schema.version.update().values(version=wanted))
    logger.info("The catalogue was led from schema %d to %d; before: %s", found, wanted, copy)
    return copy


def _back_up(file: Path, copy: Path) -> None:
    """Copy what is committed, which nobody changes while we hold the write lock."""
    copy.unlink(missing_ok=True)
    # SQLite does not copy from a connection that is writing, and Python waits for it for ever.
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
