"""Makes files and rows agree again after a process was killed while it wrote pictures."""

import logging
from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import Connection

from spiders_project.catalogue import pictures
from spiders_project.catalogue.picture import Picture
from spiders_project.catalogue.runs import dead_runs
from spiders_project.media.store import FolderStore, Shelves, part_of, tidy_incoming

logger = logging.getLogger(__name__)


def recover(connection: Connection, run: str, shelves: Shelves | None, incoming: Path) -> None:
    """Adopt what dead processes had written whole, and remove the rest.

    ``run`` is the run that this process begins or goes on with; where the store
    is none of this machine there are no ``shelves``, and its pictures are stored
    again; ``incoming`` is the folder of files on their way.
    """
    dead = {run, *dead_runs(connection)}
    tidy_incoming(incoming, dead)
    for picture in pictures.unfinished(connection, dead):
        is_whole = shelves is not None and _is_whole(picture, shelves.originals)
        thumbs = [f"{name}/{picture.path}.jpg" for name in shelves.boxes] if shelves else []
        if is_whole:
            logger.info("Adopted after a kill: %s", picture.path)
            pictures.adopt(connection, picture.sha256, thumbs[0] if thumbs else None)
        else:
            logger.info("Not whole after a kill, to be fetched again: %s", picture.path)
            pictures.give_back(connection, picture.sha256)
        if shelves:
            _remove(shelves.originals, [part_of(picture.path)])
            _remove(shelves.thumbnails, map(part_of, thumbs))
            _remove(shelves.thumbnails, [] if is_whole else thumbs)


def _is_whole(picture: Picture, originals: FolderStore) -> bool:
    has_size = originals.size_of(picture.path) == picture.size_bytes
    return has_size and originals.sha256_of(picture.path) == picture.sha256


def _remove(store: FolderStore | None, paths: Iterable[str]) -> None:
    for path in paths:
        if store:
            store.remove(path)
