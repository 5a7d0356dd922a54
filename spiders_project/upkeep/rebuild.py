"""Rebuilds a damaged catalogue from what is left of it, from files, sidecars and feeds."""

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, select
from sqlalchemy.dialects.sqlite import insert

from spiders_project.catalogue import schema
from spiders_project.catalogue.database import (
    CatalogueDamaged,
    file_of,
    open_database,
    parse_url,
)
from spiders_project.catalogue.pages import read_page, record_page
from spiders_project.catalogue.pictures import put_place
from spiders_project.catalogue.schema import STORED, pictures
from spiders_project.media.store import Shelves
from spiders_project.upkeep.adopt import adopt_in_a_run
from spiders_project.upkeep.sidecars import page_of, places_of
from spiders_project.upkeep.verify import verify

_BY_FEED = "rebuilt from feeds"


def open_or_rebuild(
    text: str, shelves: Shelves | None, feeds: Sequence[Path], tell: Callable[[str], None]
) -> Engine:
    """Open the catalogue that CATALOGUE_URL names; raises CannotStart, WrongInput.

    A damaged one is put aside and rebuilt, which ``tell`` is told: from the rows
    that can still be read, the files of the store, their sidecars, and the items
    of feeds. ``shelves`` is None where the pictures are not on this machine.
    """
    url = parse_url(text)
    try:
        return open_database(url)
    except CatalogueDamaged as damage:
        aside = _put_aside(file_of(url))
        tell(f"the catalogue is damaged ({damage}); it is kept as {aside} and rebuilt now")
    engine = open_database(url)
    with engine.connect() as connection, connection.begin():
        rows = _salvage(aside, connection)
    files = 0
    if shelves:
        adopt_in_a_run(engine, shelves, shelves.originals.root, lambda *_: None)
        files = verify(engine, shelves.originals).checked
    with engine.connect() as connection, connection.begin():
        items = sum(_take_in(connection, item) for feed in feeds for item in _items_of(feed))
    tell(f"the catalogue is rebuilt from {rows:,} rows, {files:,} files and {items:,} feed items")
    return engine


def _put_aside(file: Path) -> Path:
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    aside = file.with_name(f"{file.name}.damaged-{stamp}")
    file.rename(aside)
    for ending in ("-wal", "-shm"):
        beside = file.with_name(file.name + ending)
        if beside.exists():
            beside.rename(aside.with_name(aside.name + ending))
    return aside


def _salvage(damaged: Path, connection: Connection) -> int:
    """Copy what can be read of a damaged catalogue; return how many rows that is."""
    saved = 0
    for table in schema.metadata.sorted_tables:
        if table is schema.version:
            continue
        for row in _readable_rows(damaged, table):
            connection.execute(insert(table).values(row).on_conflict_do_nothing())
            saved += 1
    return saved


def _readable_rows(damaged: Path, table: Table) -> Iterator[dict[str, Any]]:
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    required = [column.name for column in table.columns if not column.nullable]
    try:
        with closing(sqlite3.connect(damaged)) as source:
            source.row_factory = sqlite3.Row
            for row in source.execute(f"SELECT {columns} FROM {table.name}"):  # noqa: S608 - ours
                if all(row[name] is not None for name in required):
                    yield dict(row)
    except sqlite3.DatabaseError:
        return  # the rest of this table cannot be read


def _items_of(feed: Path) -> Iterator[Any]:
    try:
        items = json.loads(feed.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return
    yield from items if isinstance(items, list) else ()


def _take_in(connection: Connection, item: Any) -> bool:
    """Note the page of an item and the places of its pictures, if these are stored."""
    places = list(places_of(item))
    known = {
        sha256
        for _, sha256 in places
        if connection.scalar(
            select(pictures.c.state).where(pictures.c.sha256 == sha256, pictures.c.state == STORED)
        )
    }
    for place, sha256 in places:
        if sha256 in known:
            put_place(connection, place, sha256, _BY_FEED)
    page = page_of(item)
    if page is None or not known:
        return False
    # What the catalogue itself has saved is more exact.
    if read_page(connection, page.address) is None:
        record_page(connection, page, _BY_FEED)
    return True
