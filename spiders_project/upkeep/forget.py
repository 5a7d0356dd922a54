"""Deletes pictures for good, and remembers that they are not wanted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from sqlalchemy import Connection, Engine, select, update

from spiders_project.catalogue.pictures import Picture, picture_from
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
            for inside in _expanded(store, path):
                picture = _picture_at(connection, store, inside)
                if picture is None:
                    raise WrongInput(
                        f"{path} is no picture of the collection; scrapy verify lists files "
                        "that the catalogue does not know"
                    )
                found[picture.sha256] = Chosen(picture, frozenset({inside, picture.path}))
    return list(found.values())


def forget(
    engine: Engine, store: FolderStore, thumbnails: FolderStore | None, chosen: Sequence[Chosen]
) -> None:
    """Note the pictures as forgotten, then delete their files; raises OSError."""
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
            if store.sha256_of(path) == each.picture.sha256:
                store.remove(path)
                store.remove(path + SIDECAR)
        if thumbnails and each.picture.thumbnail:
            thumbnails.remove(each.picture.thumbnail)


def _expanded(store: FolderStore, path: str) -> list[str]:
    inside = _inside(store, path)
    folder = store.root / inside
    if not folder.is_dir():
        return [inside]
    paths = [str(PurePosixPath(inside, below)) for below in files_below(folder)]
    return [each for each in paths if not is_sidecar(each, set(paths))]


def _inside(store: FolderStore, path: str) -> str:
    """Return a path as seen from the store."""
    root = store.root.resolve()
    for start in (Path(path), store.root / path):
        resolved = start.absolute().resolve()
        if resolved.exists() and resolved.is_relative_to(root):
            return resolved.relative_to(root).as_posix()
    return PurePosixPath(path).as_posix()


def _picture_at(connection: Connection, store: FolderStore, path: str) -> Picture | None:
    sha256 = store.sha256_of(path)
    is_it = pictures.c.sha256 == sha256 if sha256 else pictures.c.path == path
    row = connection.execute(select(pictures).where(is_it)).first()
    return picture_from(row) if row is not None else None
