"""Makes files and rows agree again after a process was killed while it wrote pictures."""

import logging
from collections.abc import Collection, Iterable

from sqlalchemy import Connection

from spiders_project.catalogue import pictures
from spiders_project.catalogue.pictures import Picture
from spiders_project.catalogue.runs import dead_runs
from spiders_project.media.store import FolderStore, part_of

logger = logging.getLogger(__name__)


def recover(
    connection: Connection,
    run: str,
    originals: FolderStore | None,
    thumbnails: FolderStore | None,
    boxes: Collection[str],
) -> None:
    """Adopt what dead processes had written whole, and remove the rest.

    ``run`` is the run that this process begins or goes on with; ``boxes`` are the
    names of the thumbnails; a store of another machine is None, and its
    pictures are stored again.
    """
    for picture in pictures.unfinished(connection, {run, *dead_runs(connection)}):
        thumbs = [f"{name}/{picture.path}.jpg" for name in boxes]
        if originals and _is_whole(picture, originals):
            logger.info("Adopted after a kill: %s", picture.path)
            pictures.adopt(connection, picture.sha256, thumbs[0] if thumbs else None)
        else:
            logger.info("Not whole after a kill, to be fetched again: %s", picture.path)
            pictures.give_back(connection, picture.sha256)
            _remove(thumbnails, thumbs)
        _remove(originals, [part_of(picture.path)])
        _remove(thumbnails, map(part_of, thumbs))


def _is_whole(picture: Picture, originals: FolderStore) -> bool:
    has_size = originals.size_of(picture.path) == picture.size_bytes
    return has_size and originals.sha256_of(picture.path) == picture.sha256


def _remove(store: FolderStore | None, paths: Iterable[str]) -> None:
    for path in paths:
        if store:
            store.remove(path)
