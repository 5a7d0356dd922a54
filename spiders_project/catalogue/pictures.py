"""Pictures, their names, and the places where each was found: one transaction's worth each."""

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, or_, select, update
from sqlalchemy.dialects.sqlite import insert

from spiders_project.catalogue.clock import now
from spiders_project.catalogue.failures import forget_failure
from spiders_project.catalogue.picture import (
    AS_JSON,
    PICTURE_COLUMNS,
    Claim,
    KnownPicture,
    Picture,
    Place,
    picture_from,
)
from spiders_project.catalogue.prepared import Prepared
from spiders_project.catalogue.runs import dead_runs
from spiders_project.catalogue.schema import (
    FORGOTTEN,
    MISSING,
    STORED,
    WRITING,
    names,
    pictures,
    places,
)
from spiders_project.media.paths import clash_key, marked_path
from spiders_project.media.placeholder import is_placeholder
from spiders_project.outcomes import Outcome

_CLAIMED_COLUMNS = [column for column in pictures.c if column.name != "number"]
_other = pictures.alias("other")
_SIMILAR_PATH = (
    select(_other.c.path)
    .where(_other.c.sha256 == pictures.c.similar_to)
    .scalar_subquery()
    .label("similar_path")
)
_PLACE_COLUMNS = [column for column in places.c if column.name not in ("page", "address")]
_OF_SHA256 = pictures.c.sha256 == bindparam("of_sha256")
_AT_PLACE = (places.c.page == bindparam("at_page"), places.c.address == bindparam("at_address"))
_new_place, _new_name, _new_picture = insert(places), insert(names), insert(pictures)

_KNOWN = Prepared(
    select(places.c.opt_outs, pictures.c.state, _SIMILAR_PATH, *PICTURE_COLUMNS)
    .join(pictures, pictures.c.sha256 == places.c.sha256)
    .where(places.c.address == bindparam("at_address"))
    .where(or_(pictures.c.state == STORED, pictures.c.state == FORGOTTEN))
    .order_by(places.c.found_at.desc())
    .limit(1)
)
_PLACE = Prepared(select(places).where(*_AT_PLACE))
_PUT_PLACE = Prepared(
    _new_place.values(
        {column.name: bindparam(column.name) for column in places.c}
    ).on_conflict_do_update(
        [places.c.page, places.c.address],
        set_={column.name: _new_place.excluded[column.name] for column in _PLACE_COLUMNS},
    )
)
_IS_ANYWHERE = Prepared(
    select(places.c.page)
    .where(places.c.sha256 == bindparam("of_sha256"), places.c.is_duplicate.is_(False))
    .limit(1)
)
_PICTURE = Prepared(select(pictures, _SIMILAR_PATH).where(_OF_SHA256))
_CLAIM = Prepared(
    _new_picture.values(
        {column.name: bindparam(column.name) for column in _CLAIMED_COLUMNS}
    ).on_conflict_do_update(
        [pictures.c.sha256],
        set_={column.name: _new_picture.excluded[column.name] for column in _CLAIMED_COLUMNS},
    )
)
_FINISH = Prepared(
    update(pictures)
    .where(_OF_SHA256)
    .values({name: bindparam(name) for name in ("state", "thumbnail", "run", "stored_at")})
)
_NAME = Prepared(select(names).where(names.c.key == bindparam("at_key")))
_NAMES_OF = Prepared(select(names.c.path).where(names.c.sha256 == bindparam("of_sha256")))
_GIVE_NAME = Prepared(
    _new_name.values(
        {column.name: bindparam(column.name) for column in names.c}
    ).on_conflict_do_update(
        [names.c.key],
        set_={name: _new_name.excluded[name] for name in ("path", "sha256")},
    )
)


def known_pictures(connection: Connection, addresses: Sequence[str]) -> dict[str, KnownPicture]:
    """Return the pictures, stored or forgotten, that these addresses led to."""
    found = {address: _KNOWN.first(connection, at_address=address) for address in addresses}
    return {
        address: KnownPicture(picture_from(row), row.state, json.loads(row.opt_outs))
        for address, row in found.items()
        if row is not None
    }


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
    row = _PICTURE.first(connection, of_sha256=picture.sha256)
    if row is not None and row.state in (STORED, FORGOTTEN):
        return Claim(row.path, row.thumbnail, row.state, picture_from(row))
    if row is not None and row.state == WRITING and row.run not in (run, *dead_runs(connection)):
        return Claim(row.path, row.thumbnail, WRITING)
    # Its last name first: a person may have renamed the file.
    wishes = (wished,) if row is None else (row.path, wished)
    path = _free_path(connection, picture.sha256, wishes, is_free)
    values = {name: json.dumps(getattr(picture, name)) for name in AS_JSON}
    own = {"path": path, "state": WRITING, "run": run, "stored_at": now()}
    _CLAIM.run(connection, **(vars(picture) | values | own))
    return Claim(path, None, None)


def _free_path(
    connection: Connection,
    sha256: str,
    wishes: Sequence[str],
    is_free: Callable[[str, str], bool | None],
) -> str:
    *last, wished = wishes
    given = [row.path for row in _NAMES_OF.rows(connection, of_sha256=sha256)]
    for path in (
        *last,
        *given,
        wished,
        marked_path(wished, sha256),
        marked_path(wished, sha256, 64),
    ):
        holder = _NAME.first(connection, at_key=clash_key(path))
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
    _GIVE_NAME.run(connection, key=clash_key(path), path=path, sha256=sha256)


def finish(
    connection: Connection, sha256: str, thumbnail: str | None, place: Place, run: str
) -> Outcome:
    """Note that the file of a claimed picture is whole, and where it was found."""
    _FINISH.run(
        connection,
        of_sha256=sha256,
        state=STORED,
        thumbnail=thumbnail,
        run=run,
        stored_at=now(),
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
    forget_failure(connection, place.address)
    row = _PLACE.first(connection, at_page=place.page, at_address=place.address)
    if row is not None and row.sha256 == sha256:
        _keep_current(connection, row, place)
        if row.run != run:
            return Outcome.UNCHANGED
        return Outcome.DUPLICATE if row.is_duplicate else Outcome.DOWNLOADED
    is_first = _IS_ANYWHERE.first(connection, of_sha256=sha256) is None
    _PUT_PLACE.run(
        connection,
        **_values(place),
        sha256=sha256,
        is_duplicate=not is_first,
        run=run,
        found_at=now(),
    )
    return Outcome.DOWNLOADED if is_first else Outcome.DUPLICATE


def is_repeated(connection: Connection, place: Place) -> bool:
    """Tell whether another place of the same picture was there first."""
    row = _PLACE.first(connection, at_page=place.page, at_address=place.address)
    return row is not None and bool(row.is_duplicate)


_PLACES_OF = Prepared(
    select(
        func.count(places.c.title).label("places"),
        func.count(places.c.title.distinct()).label("titles"),
    ).where(places.c.sha256 == bindparam("of_sha256"), places.c.title != "")
)


def mark_placeholder(connection: Connection, sha256: str) -> bool:
    """Tell whether a picture lies behind so many titles that none means it, and note it."""
    found = _PLACES_OF.first(connection, of_sha256=sha256)
    if not is_placeholder(found.titles, found.places):
        return False
    connection.execute(
        update(pictures).where(pictures.c.sha256 == sha256).values(is_placeholder=True)
    )
    return True


def note_similar(connection: Connection, picture: Picture, alike: Iterable[str]) -> None:
    """Note that a picture looks like others, which were there first, and which one is better.

    ``alike`` is the sha256 of each of them.
    """
    names = ("similar_to", "distance_bits", "is_recommended")
    own = {name: getattr(picture, name) for name in names}
    connection.execute(update(pictures).where(pictures.c.sha256 == picture.sha256).values(own))
    if picture.is_recommended:
        others = pictures.c.sha256.in_(list(alike))
        connection.execute(update(pictures).where(others).values(is_recommended=False))


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


def _keep_current(connection: Connection, row: Any, place: Place) -> None:
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
    return vars(place) | {"opt_outs": json.dumps(list(place.opt_outs))}
