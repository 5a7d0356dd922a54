"""What could not be had, how often, and when it is to be tried again."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select
from sqlalchemy.dialects.sqlite import insert

from spiders_project.catalogue.clock import after, now
from spiders_project.catalogue.prepared import Prepared
from spiders_project.catalogue.schema import failures
from spiders_project.outcomes import Outcome, Reason, http_reason

_LATER = frozenset(
    {
        *(http_reason(status) for status in (400, 401, 402, 403, 404, 405, 406, 410, 451)),
        *(Reason.NOT_AN_IMAGE, Reason.EMPTY, Reason.DAMAGED, Reason.DECOMPRESSION_BOMB),
        *(Reason.TOO_LARGE, Reason.TOO_MANY_REDIRECTS),
        *(Reason.TOO_SMALL, Reason.WRONG_ASPECT, Reason.OPT_OUT),
    }
)
"""Reasons that another try minutes later does not change."""

_FREE_TRIES = 3
_MOST_DAYS = 30


@dataclass(frozen=True)
class Failure:
    """One address that ended without what was wanted."""

    address: str
    kind: str
    """What it leads to: detail, listing or picture."""
    outcome: str
    reason: str
    page: str | None = None
    """The detail page that a picture was found on."""
    site: str | None = None
    category: str | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    """What the reason depends on: width and height, opt_outs; the number of a listing."""


@dataclass(frozen=True)
class KnownFailure:
    """A failure that is on record."""

    failure: Failure
    count: int
    next_try_at: str
    run: str
    """The last run that tried."""

    @property
    def words(self) -> str:
        """Say how often it failed and when it is tried again."""
        return f"failed in {self.count} runs, to be tried again at {self.next_try_at}"

    @property
    def may_pass(self) -> bool:
        """Tell whether it was wanted, and another try minutes later may bring it."""
        return self.failure.outcome == Outcome.FAILED and self.failure.reason not in _LATER

    def is_due(self, time: str) -> bool:
        """Tell whether it may be tried again."""
        return self.next_try_at <= time


_AT_ADDRESS = failures.c.address == bindparam("at_address")
_KNOWN = Prepared(select(failures).where(_AT_ADDRESS))
_FORGET = Prepared(delete(failures).where(_AT_ADDRESS))


def known_failures(connection: Connection, addresses: Sequence[str]) -> dict[str, KnownFailure]:
    """Return what is on record of these addresses."""
    rows = (_KNOWN.first(connection, at_address=address) for address in addresses)
    return {row.address: _known(row) for row in rows if row is not None}


def all_failures(
    connection: Connection, site: str, categories: Iterable[str] | None = None
) -> list[KnownFailure]:
    """Return what is on record of categories of a site, or of all of it, oldest first."""
    statement = select(failures).where(failures.c.site == site)
    if categories is not None:
        statement = statement.where(failures.c.category.in_(list(categories)))
    rows = connection.execute(statement.order_by(failures.c.first_at, failures.c.address))
    return list(map(_known, rows))


def record_failure(connection: Connection, failure: Failure, run: str) -> None:
    """Note a failure; one run counts once, however often it tried."""
    time = now()
    known = known_failures(connection, [failure.address]).get(failure.address)
    count = known.count if known else 0
    if known is None or known.run != run:
        count += 1
    values = {
        **vars(failure),
        "facts": json.dumps(failure.facts),
        "count": count,
        "last_at": time,
        "next_try_at": next_try_at(failure.outcome, failure.reason, count, time),
        "run": run,
    }
    statement = insert(failures).values(first_at=time, **values)
    connection.execute(statement.on_conflict_do_update([failures.c.address], set_=values))


def forget_failure(connection: Connection, address: str) -> None:
    """Note that an address has led to what was wanted."""
    _FORGET.run(connection, at_address=address)


def next_try_at(outcome: str, reason: str, count: int, time: str) -> str:
    """Return when an address that failed in ``count`` runs may be tried again.

    What may pass (no answer, a server in trouble, bytes cut short) is tried by
    the next three runs, then after a day. What another try does not change is
    left alone for a day, and twice as long every time, a month at most.
    """
    if outcome == Outcome.GONE:
        return after(time, days=_MOST_DAYS)
    doublings = count - 1 if reason in _LATER else count - 1 - _FREE_TRIES
    if doublings < 0:
        return time
    return after(time, days=min(2**doublings, _MOST_DAYS))


def _known(row: Any) -> KnownFailure:
    failure = Failure(
        address=row.address,
        kind=row.kind,
        outcome=row.outcome,
        reason=row.reason,
        page=row.page,
        site=row.site,
        category=row.category,
        facts=json.loads(row.facts),
    )
    return KnownFailure(failure, row.count, row.next_try_at, row.run)
