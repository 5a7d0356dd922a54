"""Rebuilds a damaged catalogue from what is left of it, from files, sidecars and feeds."""

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.engine import URL
from sqlalchemy.exc import SQLAlchemyError

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
from spiders_project.errors import CannotStart
from spiders_project.media.store import Shelves
from spiders_project.upkeep import replacement
from spiders_project.upkeep.adopt import adopt_in_a_run
from spiders_project.upkeep.sidecars import page_of, places_of
from spiders_project.upkeep.verify import verify

_BY_FEED = "rebuilt from feeds"
_PATIENCE_SECONDS = 15.0
"""How long another process that rebuilds the same catalogue is waited for."""


def open_or_rebuild(
    text: str, shelves: Shelves | None, feeds: Sequence[Path], tell: Callable[[str], None]
) -> Engine:
    """Open the catalogue that CATALOGUE_URL names; raises CannotStart, WrongInput.

    A damaged one is put aside and rebuilt, which ``tell`` is told: from the rows
    that can still be read, the files of the store, their sidecars, and the items
    of feeds. ``shelves`` is None where the pictures are not on this machine.
    """
    url = parse_url(text)
    file = file_of(url)
    with suppress(CatalogueDamaged):
        if not replacement.is_unfinished(file):
            return open_database(url)
    try:
        with replacement.alone_with(file, _PATIENCE_SECONDS):
            if replacement.is_unfinished(file):
                replacement.finish(file)
            try:
                # Another process may have rebuilt it meanwhile.
                return open_database(url)
            except CatalogueDamaged as damage:
                _rebuild(url, damage, _Sources(shelves, feeds), tell)
            return open_database(url)
    except (OSError, SQLAlchemyError, CatalogueDamaged) as error:
        why = getattr(error, "orig", None) or getattr(error, "strerror", None) or error
        raise CannotStart(
            f"the catalogue {file} is damaged and cannot be rebuilt: {why}; it stays as it is"
        ) from None


@dataclass(frozen=True)
class _Sources:
    """What tells of a collection beside its catalogue."""

    shelves: Shelves | None
    feeds: Sequence[Path]


def _rebuild(
    url: URL, damage: CatalogueDamaged, sources: _Sources, tell: Callable[[str], None]
) -> None:
    """Make the new catalogue beside the damaged one, which stays in its place until then."""
    file = file_of(url)
    aside = replacement.copy_aside(file)
    tell(f"the catalogue is damaged ({damage}); it is kept as {aside} and rebuilt now")
    new = replacement.new_file(file)
    engine = open_database(url.set(database=str(new)))
    try:
        words = _fill(engine, file, sources)
    finally:
        engine.dispose()
    replacement.take_its_place(new, file)
    tell(f"the catalogue is rebuilt from {words}")


def _fill(engine: Engine, damaged: Path, sources: _Sources) -> str:
    """Take in all that is known; return in words how much that was."""
    with engine.connect() as connection, connection.begin():
        rows = _salvage(damaged, connection)
    files = 0
    if sources.shelves:
        adopt_in_a_run(engine, sources.shelves, sources.shelves.originals.root, lambda *_: None)
        files = verify(engine, sources.shelves.originals).checked
    with engine.connect() as connection, connection.begin():
        items = sum(
            _take_in(connection, item) for feed in sources.feeds for item in _items_of(feed)
        )
    return f"{rows:,} rows, {files:,} files and {items:,} feed items"


def _salvage(damaged: Path, connection: Connection) -> int:
    """Copy what can be read of a damaged catalogue; return how many rows that is."""
    saved = 0
    for table in schema.metadata.sorted_tables:
        if table is schema.version:
            continue
        # Reading ends at a page that is damaged; from the other end there are those behind it.
        for row in chain(_readable_rows(damaged, table), _readable_rows(damaged, table, "DESC")):
            statement = insert(table).values(row).on_conflict_do_nothing()
            saved += connection.execute(statement).rowcount
    return saved


def _readable_rows(damaged: Path, table: Table, order: str = "ASC") -> Iterator[dict[str, Any]]:
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    query = f"SELECT {columns} FROM {table.name} ORDER BY rowid {order}"  # noqa: S608 - ours
    required = [column.name for column in table.columns if not column.nullable]
    try:
        with closing(sqlite3.connect(damaged)) as source:
            source.row_factory = sqlite3.Row
            for row in source.execute(query):
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
