"""Pictures, their names, and the places where each was found: one transaction's worth each."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, exists, select, update
from sqlalchemy.dialects.sqlite import insert

from spiders_project.catalogue.clock import now
from spiders_project.catalogue.runs import dead_runs
from spiders_project.catalogue.schema import (
    FORGOTTEN,
    MISSING,
    STORED,
    WRITING,
    failures,
    names,
    pictures,
    places,
)
from spiders_project.media.inspect import Inspection
from spiders_project.media.paths import clash_key, marked_path
from spiders_project.outcomes import Outcome

_WORDS_IN_ONE_QUERY = 500


@dataclass(frozen=True)
class Picture:
    """What is known of one picture: its bytes, not where it was found."""

    sha256: str
    md5: str
    size_bytes: int
    format: str
    width: int
    height: int
    path: str = ""
    thumbnail: str | None = None
    phash: str | None = None


@dataclass(frozen=True)
class Place:
    """Where a picture was found."""

    page: str
    address: str
    site: str | None = None
    category: str | None = None
    title: str | None = None
    opt_outs: Sequence[str] = ()


@dataclass(frozen=True)
class KnownPicture:
    """A picture that an address led to, and what the place itself says."""

    picture: Picture
    state: str
    opt_outs: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Claim:
    """What is to be done with bytes that have arrived.

    ``state`` is that of the picture before: writing where another run is at it
    in this moment, stored, forgotten, or None where the bytes are to be written
    at ``path`` now, which this claim has reserved.
    """

    path: str
    thumbnail: str | None
    state: str | None


_PICTURE_COLUMNS = [column for column in pictures.c if column.name in Picture.__dataclass_fields__]
_KNOWN = (
    select(places.c.address, places.c.opt_outs, pictures.c.state, *_PICTURE_COLUMNS)
    .join(pictures, pictures.c.sha256 == places.c.sha256)
    .where(places.c.address.in_(bindparam("addresses", expanding=True)))
    .where(pictures.c.state.in_((STORED, FORGOTTEN)))
    .order_by(places.c.found_at)
)
_PLACE = select(places).where(
    places.c.page == bindparam("page"), places.c.address == bindparam("address")
)
_PICTURE = select(pictures).where(pictures.c.sha256 == bindparam("sha256"))
_NAME = select(names).where(names.c.key == bindparam("key"))
_NAMES_OF = select(names.c.path).where(names.c.sha256 == bindparam("sha256"))


def known_pictures(connection: Connection, addresses: Sequence[str]) -> dict[str, KnownPicture]:
    """Return the pictures, stored or forgotten, that these addresses led to."""
    found: dict[str, KnownPicture] = {}
    for start in range(0, len(addresses), _WORDS_IN_ONE_QUERY):
        part = list(addresses[start : start + _WORDS_IN_ONE_QUERY])
        for row in connection.execute(_KNOWN, {"addresses": part}):
            found[row.address] = KnownPicture(
                picture_from(row), row.state, json.loads(row.opt_outs)
            )
    return found


def claim(
    connection: Connection,
    picture: Picture,
    wished: str,
    run: str,
    is_free: Callable[[str, str], bool | None],
) -> Claim:
    """Reserve a path for bytes that have arrived, unless they are stored already.

    ``is_free(path, sha256)`` looks at the store: True where nothing lies at a path,
    None where these very bytes do, False where something else does. A picture
    keeps the name that it was given once; two pictures never share one, compared
    after NFC and casefold: the second gets `` [8 hex of sha256]`` behind it.
    """
    row = connection.execute(_PICTURE, {"sha256": picture.sha256}).first()
    if row is not None and row.state in (STORED, FORGOTTEN):
        return Claim(row.path, row.thumbnail, row.state)
    if row is not None and row.state == WRITING and row.run not in (run, *dead_runs(connection)):
        return Claim(row.path, row.thumbnail, WRITING)
    # Its last name first: a person may have renamed the file.
    wishes = (wished,) if row is None else (row.path, wished)
    path = _free_path(connection, picture.sha256, wishes, is_free)
    values = asdict(picture) | {"path": path, "state": WRITING, "run": run, "stored_at": now()}
    statement = insert(pictures).values(values)
    connection.execute(statement.on_conflict_do_update([pictures.c.sha256], set_=values))
    return Claim(path, None, None)


def _free_path(
    connection: Connection,
    sha256: str,
    wishes: Sequence[str],
    is_free: Callable[[str, str], bool | None],
) -> str:
    *last, wished = wishes
    given = connection.scalars(_NAMES_OF, {"sha256": sha256}).all()
    for path in (
        *last,
        *given,
        wished,
        marked_path(wished, sha256),
        marked_path(wished, sha256, 64),
    ):
        holder = connection.execute(_NAME, {"key": clash_key(path)}).first()
        if holder is not None and holder.sha256 != sha256:
            continue
        if is_free(path, sha256) is False:
            continue
        if holder is None:
            give_name(connection, path, sha256)
        return str(path)
    raise AssertionError("a path marked with the whole sha256 is taken by other bytes")


def give_name(connection: Connection, path: str, sha256: str) -> None:
    """Note that a path belongs to a picture, from now on and for all runs."""
    values = {"path": path, "sha256": sha256}
    statement = insert(names).values(key=clash_key(path), **values)
    connection.execute(statement.on_conflict_do_update([names.c.key], set_=values))


def finish(
    connection: Connection, sha256: str, thumbnail: str | None, place: Place, run: str
) -> Outcome:
    """Note that the file of a claimed picture is whole, and where it was found."""
    connection.execute(
        update(pictures)
        .where(pictures.c.sha256 == sha256)
        .values(state=STORED, thumbnail=thumbnail, run=run, stored_at=now())
    )
    outcome = put_place(connection, place, sha256, run)
    if outcome is Outcome.UNCHANGED:
        # It was known and its file had gone: this run fetched it again.
        _update_place(connection, place, run=run, is_duplicate=False)
        outcome = Outcome.DOWNLOADED
    return outcome


def give_back(connection: Connection, sha256: str) -> None:
    """Undo a claim whose file could not be written; the name stays reserved."""
    connection.execute(
        delete(pictures).where(pictures.c.sha256 == sha256, pictures.c.state == WRITING)
    )


def put_place(connection: Connection, place: Place, sha256: str, run: str) -> Outcome:
    """Note a place of a stored picture; return what its entry in the feed is to say.

    The first place of a picture is ``downloaded``, later ones are ``duplicate``,
    and a place that an earlier run has noted is ``unchanged``.
    """
    connection.execute(delete(failures).where(failures.c.address == place.address))
    row = connection.execute(_PLACE, {"page": place.page, "address": place.address}).first()
    if row is not None and row.sha256 == sha256:
        _keep_current(connection, row, place)
        if row.run != run:
            return Outcome.UNCHANGED
        return Outcome.DUPLICATE if row.is_duplicate else Outcome.DOWNLOADED
    is_first = not connection.scalar(
        select(exists().where(places.c.sha256 == sha256, places.c.is_duplicate.is_(False)))
    )
    values = _values(place) | {
        "sha256": sha256,
        "is_duplicate": not is_first,
        "run": run,
        "found_at": now(),
    }
    statement = insert(places).values(values)
    connection.execute(
        statement.on_conflict_do_update([places.c.page, places.c.address], set_=values)
    )
    return Outcome.DOWNLOADED if is_first else Outcome.DUPLICATE


def is_repeated(connection: Connection, place: Place) -> bool:
    """Tell whether another place of the same picture was there first."""
    row = connection.execute(_PLACE, {"page": place.page, "address": place.address}).first()
    return row is not None and row.is_duplicate


def note_missing(connection: Connection, sha256: str) -> None:
    """Note that the file of a picture is not there any more; the next run fetches it again."""
    connection.execute(
        update(pictures)
        .where(pictures.c.sha256 == sha256, pictures.c.state == STORED)
        .values(state=MISSING)
    )


def unfinished(connection: Connection, runs: Iterable[str]) -> list[Picture]:
    """Return the pictures whose files were being written by these runs."""
    rows = connection.execute(
        select(pictures).where(pictures.c.state == WRITING, pictures.c.run.in_(list(runs)))
    )
    return [picture_from(row) for row in rows]


def adopt(connection: Connection, sha256: str, thumbnail: str | None) -> None:
    """Note that the file of an unfinished picture is whole after all."""
    connection.execute(
        update(pictures)
        .where(pictures.c.sha256 == sha256)
        .values(state=STORED, thumbnail=thumbnail, stored_at=now())
    )


def _keep_current(connection: Connection, row: Row[Any], place: Place) -> None:
    values = _values(place)
    if any(getattr(row, name) != value for name, value in values.items()):
        _update_place(connection, place, **values)


def _update_place(connection: Connection, place: Place, **values: Any) -> None:
    connection.execute(
        update(places)
        .where(places.c.page == place.page, places.c.address == place.address)
        .values(**values)
    )


def _values(place: Place) -> dict[str, Any]:
    return asdict(place) | {"opt_outs": json.dumps(list(place.opt_outs))}


def known_of(inspection: Inspection, path: str = "", thumbnail: str | None = None) -> Picture:
    """Return what a look at its bytes tells of a picture, and where it lies."""
    return Picture(
        sha256=inspection.sha256,
        md5=inspection.md5,
        size_bytes=inspection.size_bytes,
        format=inspection.format,
        width=inspection.width,
        height=inspection.height,
        path=path,
        thumbnail=thumbnail,
    )


def picture_from(row: Row[Any]) -> Picture:
    """Return the picture of a row of its table."""
    return Picture(**{column.name: getattr(row, column.name) for column in _PICTURE_COLUMNS})
