"""Compares the files of a collection with its catalogue, byte by byte."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine, select, update

from spiders_project.catalogue.pictures import give_name, note_missing
from spiders_project.catalogue.schema import MISSING, STORED, WRITING, pictures
from spiders_project.media.store import FolderStore
from spiders_project.upkeep.files import Progress, files_below, is_sidecar, side_by_side


@dataclass
class Findings:
    """What does not agree; all paths are relative to IMAGES_STORE."""

    checked: int = 0
    """Files that were hashed."""
    missing: list[str] = field(default_factory=list)
    """Pictures whose file is not there; the next crawl that meets them fetches them again."""
    altered: list[str] = field(default_factory=list)
    """Files whose bytes are not those that were stored; likewise."""
    orphaned: list[str] = field(default_factory=list)
    """Files that the catalogue does not know."""
    moved: list[tuple[str, str]] = field(default_factory=list)
    """Pictures that were found again under another path: the old one and the new one."""

    @property
    def is_sound(self) -> bool:
        """Tell whether nothing is missing, altered or orphaned."""
        return not (self.missing or self.altered or self.orphaned)


def verify(engine: Engine, store: FolderStore, progress: Progress = lambda *_: None) -> Findings:
    """Hash every file of the store; note in the catalogue what has moved and what is missing.

    Raises OSError where a file cannot be read.
    """
    with engine.connect() as connection:
        before = _rows(connection)
    found = _hashes(store, frozenset(before), progress)
    findings = Findings(checked=len(found))
    with engine.connect() as connection, connection.begin():
        # A crawl may have stored, renamed or forgotten some meanwhile: those are not judged.
        now = _rows(connection)
        expected = {
            path: row.sha256
            for path, row in now.items()
            if row.state != WRITING and before.get(path) == row
        }
        whole = {path for path, sha256 in expected.items() if found.get(path) == sha256}
        strangers = {
            path: sha256
            for path, sha256 in found.items()
            if path not in whole and (path in expected or path not in now)
        }
        _find_again(connection, expected, whole, strangers, findings)
        for path in whole:
            _note_stored(connection, expected[path], path)
    orphaned = set(strangers).difference(findings.altered)
    findings.orphaned = sorted(path for path in orphaned if store.size_of(path) is not None)
    return findings


def _rows(connection: Connection) -> dict[str, Any]:
    rows = connection.execute(
        select(pictures.c.path, pictures.c.sha256, pictures.c.state).where(
            pictures.c.state.in_((STORED, MISSING, WRITING))
        )
    )
    return {row.path: row for row in rows}


def _hashes(store: FolderStore, known: frozenset[str], progress: Progress) -> dict[str, str]:
    paths = list(files_below(store.root))
    there = known.union(paths)
    paths = [path for path in paths if not is_sidecar(path, there)]
    hashes = {}
    for path, sha256 in side_by_side(store.sha256_of, paths):
        hashes[path] = sha256
        progress(len(hashes), len(paths))
    return hashes


def _find_again(
    connection: Connection,
    expected: dict[str, str],
    whole: set[str],
    strangers: dict[str, str],
    findings: Findings,
) -> None:
    """Look for the pictures that do not lie where they should among the files nobody knows."""
    places = {sha256: path for path, sha256 in strangers.items()}
    for path, sha256 in sorted(expected.items()):
        if path in whole:
            continue
        if now_at := places.get(sha256):
            del strangers[now_at]
            _note_stored(connection, sha256, now_at)
            give_name(connection, now_at, sha256)
            findings.moved.append((path, now_at))
            continue
        note_missing(connection, sha256)
        (findings.altered if path in strangers else findings.missing).append(path)


def _note_stored(connection: Connection, sha256: str, path: str) -> None:
    connection.execute(
        update(pictures)
        .where(pictures.c.sha256 == sha256)
        .where((pictures.c.state == MISSING) | (pictures.c.path != path))
        .values(state=STORED, path=path)
    )
