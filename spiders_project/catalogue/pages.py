"""Pages that were read, the cards of each category, and which categories were walked to the end."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, select, update
from sqlalchemy.dialects.sqlite import insert

from spiders_project.catalogue.clock import now
from spiders_project.catalogue.failures import forget_failure
from spiders_project.catalogue.prepared import Prepared
from spiders_project.catalogue.schema import listed, pages, runs, walks
from spiders_project.errors import ExitStatus

_WORDS_IN_ONE_QUERY = 500


@dataclass(frozen=True)
class ReadPage:
    """A page as an earlier run, or this one, has read it."""

    address: str
    """As it was asked for; a redirect may have led elsewhere."""
    kind: str
    """detail or listing."""
    site: str | None
    category: str | None
    facts: Mapping[str, Any]
    """What was read on it, JSON values only."""
    revision: str = ""
    """Of the site file that read it: what another one would read, nobody knows."""
    etag: str | None = None
    last_modified: str | None = None
    run: str = ""
    """The run that last asked the site for it."""
    read_at: str = ""
    """When that was, ISO 8601."""


_AT_ADDRESS = pages.c.address == bindparam("at_address")
_new_page = insert(pages)
_PAGE = Prepared(select(pages).where(_AT_ADDRESS))
_RECORD = Prepared(
    _new_page.values(
        {column.name: bindparam(column.name) for column in pages.c}
    ).on_conflict_do_update(
        [pages.c.address],
        set_={column.name: _new_page.excluded[column.name] for column in pages.c},
    )
)
_TOUCH = Prepared(
    update(pages).where(_AT_ADDRESS).values({name: bindparam(name) for name in ("read_at", "run")})
)


def read_page(connection: Connection, address: str) -> ReadPage | None:
    """Return what is known of a page."""
    row = _PAGE.first(connection, at_address=address)
    if row is None:
        return None
    return ReadPage(
        address=row.address,
        kind=row.kind,
        site=row.site,
        category=row.category,
        facts=json.loads(row.facts),
        revision=row.revision,
        etag=row.etag,
        last_modified=row.last_modified,
        run=row.run,
        read_at=row.read_at,
    )


def record_page(connection: Connection, page: ReadPage, run: str) -> None:
    """Note what was read on a page, now."""
    forget_failure(connection, page.address)
    values = vars(page) | {
        "facts": json.dumps(page.facts, ensure_ascii=False),
        "run": run,
        "read_at": now(),
    }
    _RECORD.run(connection, **values)


def touch_page(connection: Connection, address: str, run: str) -> None:
    """Note that a page was asked for and has not changed."""
    forget_failure(connection, address)
    _TOUCH.run(connection, at_address=address, read_at=now(), run=run)


@dataclass(frozen=True)
class Walk:
    """What a run looks for when it goes from listing to listing."""

    site: str
    category: str
    wanted: str = ""
    """Which pictures, as one text, where not all of them are wanted."""


def list_cards(connection: Connection, walk: Walk, cards: Sequence[str], run: str) -> None:
    """Note that a run has found cards in a category, and is to read them.

    A card that a complete walk has found stays that walk's.
    """
    settled = settled_cards(connection, walk, cards)
    rows = [
        {"site": walk.site, "category": walk.category, "address": card, "run": run}
        for card in cards
        if card not in settled
    ]
    if rows:
        statement = insert(listed)
        connection.execute(
            statement.on_conflict_do_update(
                [listed.c.site, listed.c.category, listed.c.address],
                set_={"run": statement.excluded.run},
            ),
            rows,
        )


def settled_cards(connection: Connection, walk: Walk, cards: Sequence[str]) -> set[str]:
    """Return the cards below which there is nothing new.

    Such a card was found by a run that walked the category to its end and did
    what was asked, for all pictures or the same ones. Cards of a run that was
    stopped are none: it may have read the first of many new ones.
    """
    complete = (
        select(walks.c.run)
        .join(runs, runs.c.run == walks.c.run)
        .where(walks.c.site == walk.site, walks.c.category == walk.category)
        .where(walks.c.wanted.in_(("", walk.wanted)))
        .where(runs.c.exit_status == ExitStatus.DONE)
    )
    found: set[str] = set()
    for start in range(0, len(cards), _WORDS_IN_ONE_QUERY):
        part = list(cards[start : start + _WORDS_IN_ONE_QUERY])
        found |= set(
            connection.scalars(
                select(listed.c.address)
                .where(listed.c.site == walk.site, listed.c.category == walk.category)
                .where(listed.c.address.in_(part), listed.c.run.in_(complete))
            )
        )
    return found


def reach_end(connection: Connection, walk: Walk, run: str) -> None:
    """Note that a run has come to the last listing of a category."""
    statement = insert(walks).values(run=run, **vars(walk))
    connection.execute(statement.on_conflict_do_nothing())
