"""Deletes pictures for good, and remembers that they are not wanted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from sqlalchemy import Connection, Engine, select, update

from spiders_project.catalogue.picture import Picture, picture_from
from spiders_project.catalogue.schema import FORGOTTEN, pictures
from spiders_project.errors import WrongInput
from spiders_project.media.store import FolderStore
from spiders_project.upkeep.files import SIDECAR, files_below, is_sidecar


@dataclass(frozen=True)
class Chosen:
    """A picture to forget, and the files of it that lie in the store."""

    picture: Picture
    paths: frozenset[str]


def choose(engine: Engine, store: FolderStore, paths: Iterable[str]) -> list[Chosen]:
    """Return the pictures that paths of files and folders mean, each once.

    A path is relative to the store, or to the working directory, or absolute.
    A file that was renamed is known by its bytes. Raises WrongInput for a path
    that means no picture of the collection.
    """
    found: dict[str, Chosen] = {}
    with engine.connect() as connection:
        for path in paths:
            for inside in _expanded(connection, store, path):
                picture = _picture_at(connection, store, inside)
                if picture is None:
                    raise WrongInput(
                        f"{inside} is no picture of the collection; scrapy verify lists files "
                        "that the catalogue does not know"
                    )
                known = found.get(picture.sha256, Chosen(picture, frozenset({picture.path})))
                found[picture.sha256] = Chosen(picture, known.paths | {inside})
    return list(found.values())


def forget(
    engine: Engine,
    store: FolderStore,
    thumbnails: FolderStore | None,
    boxes: Iterable[str],
    chosen: Sequence[Chosen],
) -> None:
    """Note the pictures as forgotten, then delete their files; raises OSError.

    ``boxes`` are the names of the thumbnails.
    """
    with engine.connect() as connection, connection.begin():
        for each in chosen:
            connection.execute(
                update(pictures)
                .where(pictures.c.sha256 == each.picture.sha256)
                .values(state=FORGOTTEN)
            )
    for each in chosen:
        for path in each.paths:
            # Other bytes that lie there now are another picture.
            if store.sha256_of(path) in ("", each.picture.sha256):
                store.remove(path)
                store.remove(path + SIDECAR)
        if thumbnails and (thumbnail := each.picture.thumbnail):
            first, _, place = thumbnail.partition("/")
            for name in {first, *boxes}:
                thumbnails.remove(f"{name}/{place}")


def _expanded(connection: Connection, store: FolderStore, path: str) -> list[str]:
    """Return the pictures that a path means: itself, or those below it, also missing ones."""
    inside = _inside(store, path) or PurePosixPath(path).as_posix()
    start = "" if _is_root(store, path) else f"{inside}/"
    catalogued = connection.scalars(
        select(pictures.c.path)
        .where(pictures.c.path.startswith(start, autoescape=True))
        .where(pictures.c.state != FORGOTTEN)
    )
    # SQLite's LIKE takes night for Night, which is another folder on most disks.
    there = {each for each in catalogued if each.startswith(start)}
    if _inside(store, path):
        folder = store.root / inside
        there.update(str(PurePosixPath(inside, below)) for below in files_below(folder))
    return sorted(each for each in there if not is_sidecar(each, there)) or [inside]


def _is_root(store: FolderStore, path: str) -> bool:
    return Path(path).resolve() == store.root.resolve()


def _inside(store: FolderStore, path: str) -> str | None:
    """Return a path as seen from the store; None where nothing of the store lies there."""
    root = store.root.resolve()
    # Nothing, or a dot, must not mean the whole store to somebody who is elsewhere.
    starts = (Path(path), store.root / path) if PurePosixPath(path).parts else (Path(path),)
    for start in starts:
        resolved = start.resolve()
        if resolved.exists() and resolved.is_relative_to(root):
            return resolved.relative_to(root).as_posix()
    return None


def _picture_at(connection: Connection, store: FolderStore, path: str) -> Picture | None:
    is_below = (store.root / path).resolve().is_relative_to(store.root.resolve())
    sha256 = store.sha256_of(path) if is_below and store.size_of(path) is not None else ""
    is_it = pictures.c.sha256 == sha256 if sha256 else pictures.c.path == path
    row = connection.execute(select(pictures).where(is_it)).first()
    return picture_from(row) if row is not None else None
