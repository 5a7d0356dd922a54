"""Takes pictures from elsewhere into a collection, each known by its bytes."""

from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path, PurePosixPath

from sqlalchemy import Connection, Engine

from spiders_project.catalogue.picture import known_of
from spiders_project.catalogue.pictures import adopt, claim, put_place
from spiders_project.catalogue.recovery import recover
from spiders_project.catalogue.runs import Job, beat, begin_run, end_run
from spiders_project.catalogue.schema import FORGOTTEN, STORED
from spiders_project.errors import ExitStatus
from spiders_project.media.inspect import Boxes, Inspection, PictureRefused, inspect_picture
from spiders_project.media.paths import safe_name, with_extension
from spiders_project.media.store import FolderStore, Shelves
from spiders_project.upkeep.files import SIDECAR, Progress, files_below, is_sidecar, side_by_side
from spiders_project.upkeep.sidecars import places_in

ADOPTED, KNOWN, FORGOTTEN_BEFORE, REFUSED = "adopted", "known", "forgotten", "refused"
FOLDER = "adopted"
"""Pictures from elsewhere lie below this folder of the store."""


@dataclass
class Intake:
    """What became of the files of a folder."""

    outcomes: Counter[str] = field(default_factory=Counter)
    refused: dict[str, str] = field(default_factory=dict)
    """Why a file is no picture for us, by its path."""


def adopt_in_a_run(engine: Engine, shelves: Shelves, folder: Path, progress: Progress) -> Intake:
    """Take in a folder as a run of its own, so that a kill leaves what another run tidies up."""
    job = Job("adopt", "adopt", None, {"folder": str(folder.absolute())})
    with engine.connect() as connection, connection.begin():
        run = begin_run(connection, job)
        recover(connection, run, shelves, shelves.originals.incoming)
    intake = adopt_folder(engine, shelves, folder, run, progress)
    with engine.connect() as connection, connection.begin():
        end_run(connection, run, "finished", ExitStatus.DONE)
    return intake


def adopt_folder(
    engine: Engine,
    shelves: Shelves,
    folder: Path,
    run: str,
    progress: Progress = lambda *_: None,
) -> Intake:
    """Take in all pictures below a folder; raises OSError.

    Files that lie in the store already stay where they are, others are copied.
    What a sidecar (``<picture>.json``) says of a picture is noted, too.
    """
    intake = Intake()
    there = frozenset(files_below(folder))
    paths = sorted(path for path in there if not is_sidecar(path, there))
    look = partial(_look, folder, shelves.boxes)
    with engine.connect() as connection:
        adoption = _Adoption(connection, shelves, run)
        for done, (path, looked) in enumerate(side_by_side(look, paths), start=1):
            if isinstance(looked, PictureRefused):
                intake.outcomes[REFUSED] += 1
                intake.refused[path] = str(looked)
            else:
                wished = _path_in_store(folder, path, shelves.originals, looked)
                intake.outcomes[adoption.take(folder / path, wished, looked)] += 1
            progress(done, len(paths))
    return intake


def _look(folder: Path, boxes: Boxes, path: str) -> Inspection | PictureRefused:
    try:
        return inspect_picture(folder / path, boxes=boxes)
    except PictureRefused as refused:
        return refused


def _path_in_store(folder: Path, path: str, store: FolderStore, picture: Inspection) -> str:
    """Return the path in the store for a file of the folder."""
    file, root = (folder / path).resolve(), store.root.resolve()
    if file.is_relative_to(root):
        return file.relative_to(root).as_posix()
    parts = [safe_name(part) for part in PurePosixPath(folder.resolve().name, path).parts]
    return with_extension(str(PurePosixPath(FOLDER, *parts)), picture.extension)


@dataclass(frozen=True)
class _Adoption:
    connection: Connection
    shelves: Shelves
    run: str

    def take(self, file: Path, wished: str, picture: Inspection) -> str:
        """Take in one file whose bytes were looked at; return what became of it."""
        store = self.shelves.originals
        with self.connection.begin():
            beat(self.connection, self.run)
            claimed = claim(self.connection, known_of(picture), wished, self.run, store.is_free)
        if claimed.state == FORGOTTEN:
            return FORGOTTEN_BEFORE
        is_new = claimed.state != STORED
        if is_new:
            thumbnail = self._write(claimed.path, picture, file)
            with self.connection.begin():
                adopt(self.connection, picture.sha256, thumbnail)
        with self.connection.begin():
            for place in places_in(file.with_name(file.name + SIDECAR), picture.sha256):
                put_place(self.connection, place, picture.sha256, self.run)
        return ADOPTED if is_new else KNOWN

    def _write(self, path: str, picture: Inspection, file: Path) -> str | None:
        first = None
        for name, body in picture.thumbnails.items():
            if self.shelves.thumbnails:
                self.shelves.thumbnails.replace(f"{name}/{path}.jpg", body)
                first = first or f"{name}/{path}.jpg"
        if self.shelves.originals.is_free(path, picture.sha256):
            self.shelves.originals.add(path, file.read_bytes())
        return first
