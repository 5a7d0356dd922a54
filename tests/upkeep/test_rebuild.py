"""A damaged catalogue: kept aside, and made anew from rows, files, sidecars and feeds."""

import json
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import Engine

from spiders_project.catalogue.pages import ReadPage, read_page, record_page
from spiders_project.catalogue.pictures import known_pictures
from spiders_project.media.inspect import inspect_picture
from spiders_project.media.store import FolderStore, Shelves
from spiders_project.upkeep.rebuild import open_or_rebuild
from tests.catalogue import transaction
from tests.conftest import PROJECT
from tests.gallery import picture_bytes
from tests.upkeep import BOXES, Collected, opened_collection, place_of, sidecar_of

PICTURES = 30


@dataclass
class Output:
    """An output folder whose catalogue somebody damages."""

    folder: Path
    feeds: list[Path] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    @property
    def file(self) -> Path:
        return self.folder / "catalogue.db"

    def settle(self) -> None:
        """Bring all rows into the main file, as at the end of a crawl."""
        with closing(sqlite3.connect(self.file)) as database:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def open(self) -> Engine:
        images, thumbs = FolderStore(self.folder / "images"), FolderStore(self.folder / "thumbs")
        shelves = Shelves(images, thumbs, BOXES)
        return open_or_rebuild(f"sqlite:///{self.file}", shelves, self.feeds, self.told.append)

    def open_collected(self) -> Iterator[Collected]:
        engine = self.open()
        engine.dispose()
        with opened_collection(self.folder) as collected:
            yield collected

    @property
    def kept(self) -> list[Path]:
        return sorted(self.folder.glob("catalogue.db.damaged-*"))


@pytest.fixture
def output(tmp_path: Path) -> Output:
    """A collection of some pictures in two folders, and a page that was read."""
    with opened_collection(tmp_path) as collected:
        for number in range(PICTURES):
            collected.put(number, f"demo/{number}.jpg", sidecar=number % 3 == 0)
        with transaction(collected.engine) as connection:
            record_page(connection, _page(["one", "two"]), "run")
    output = Output(tmp_path)
    output.settle()
    return output


def _page(addresses: Sequence[str], etag: str | None = '"1"') -> ReadPage:
    detail = {"title": "Picture 1", "image_urls": list(addresses)}
    facts = {"url": place_of(1).page, "detail": detail, "opt_outs": []}
    return ReadPage(place_of(1).page, "detail", "demo", "birds", facts, "r", etag)


def _replace(file: Path) -> None:
    file.write_bytes(b"<html>no database at all</html>" * 500)


def _cut(file: Path) -> None:
    with file.open("r+b") as opened:
        opened.truncate(file.stat().st_size // 2)


def _overwrite_the_middle(file: Path) -> None:
    with file.open("r+b") as opened:
        opened.seek(file.stat().st_size // 2 // 4096 * 4096)
        opened.write(b"\xa5" * 8192)


def _overwrite_the_head(file: Path) -> None:
    with file.open("r+b") as opened:
        opened.seek(100)
        opened.write(bytes(4000))


@pytest.mark.parametrize("damage", [_replace, _cut, _overwrite_the_middle, _overwrite_the_head])
def test_all_pictures_are_known_again(output: Output, damage: Callable[[Path], None]) -> None:
    damage(output.file)
    damaged = output.file.read_bytes()

    for collected in output.open_collected():
        states = collected.states
        findings = collected.verify()

    assert states == {f"demo/{number}.jpg": "stored" for number in range(PICTURES)}
    assert findings.is_sound
    (kept,) = output.kept
    assert kept.read_bytes() == damaged
    assert output.told[0].startswith("the catalogue is damaged (")
    assert f"it is kept as {kept} and rebuilt now" in output.told[0]
    assert f"{PICTURES} files" in output.told[1]
    with closing(sqlite3.connect(output.file)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_sidecars_tell_the_places(output: Output) -> None:
    _replace(output.file)
    for collected in output.open_collected():
        with transaction(collected.engine) as connection:
            addresses = [place_of(number).address for number in range(PICTURES)]
            known = known_pictures(connection, addresses)
    assert set(known) == {place_of(number).address for number in range(0, PICTURES, 3)}


def test_feeds_tell_places_and_pages(output: Output) -> None:
    sha256 = inspect_picture(picture_bytes(1)).sha256
    item = json.loads(sidecar_of(1, sha256)) | {"image_urls": ["one"], "tags": ["x"]}
    gone = json.loads(sidecar_of(77, "0" * 64))
    output.feeds = [output.folder / name for name in ("wallpapers.json", "links.json", "no.json")]
    output.feeds[0].write_text(json.dumps([item, gone]))
    output.feeds[1].write_text('[{"page_url": 7}, {"images": ["x"]}, null, "x"]')
    _replace(output.file)

    for collected in output.open_collected():
        with transaction(collected.engine) as connection:
            addresses = [place_of(1).address, place_of(77).address]
            known = known_pictures(connection, addresses)
            page = read_page(connection, place_of(1).page)
        assert collected.outcome_of(place_of(1), sha256) == "unchanged"

    assert set(known) == {place_of(1).address}
    assert page is not None
    assert page.facts["detail"] == {"title": "Picture 1", "image_urls": ["one"], "tags": ["x"]}
    assert "1 feed items" in output.told[-1]


def test_what_the_catalogue_has_saved_outweighs_the_feeds(output: Output) -> None:
    sha256 = inspect_picture(picture_bytes(1)).sha256
    item = json.loads(sidecar_of(1, sha256)) | {"image_urls": ["one"]}
    output.feeds = [output.folder / "wallpapers.json"]
    output.feeds[0].write_text(json.dumps([item]))
    with closing(sqlite3.connect(output.file)) as database, database:
        database.execute("DELETE FROM catalogue_version")

    for collected in output.open_collected():
        with transaction(collected.engine) as connection:
            page = read_page(connection, place_of(1).page)

    assert page is not None
    assert (page.facts, page.etag) == (_page(["one", "two"]).facts, '"1"')


def test_what_was_forgotten_stays_forgotten_where_it_can_be_read(output: Output) -> None:
    with opened_collection(output.folder) as collected:
        collected.forget("demo/2.jpg")
    output.settle()
    with closing(sqlite3.connect(output.file)) as database, database:
        database.execute("DELETE FROM catalogue_version")
    for collected in output.open_collected():
        assert collected.claim(2, "demo/new.jpg")[1] == "forgotten"


def test_a_sound_catalogue_is_opened_as_it_is(output: Output) -> None:
    output.open().dispose()
    assert (output.told, output.kept) == ([], [])


def test_rows_that_were_not_in_the_main_file_yet_are_kept_with_it(output: Output) -> None:
    reader = sqlite3.connect(output.file)
    reader.execute("BEGIN").execute("SELECT * FROM pictures").fetchone()
    with opened_collection(output.folder) as collected:
        collected.put(99, "demo/99.jpg")
    wal = output.file.with_name("catalogue.db-wal").read_bytes()
    assert wal
    _replace(output.file)
    reader.close()
    for collected in output.open_collected():
        assert collected.states["demo/99.jpg"] == "stored"


def _zero_page_of(file: Path, table: str) -> None:
    """Overwrite a page in the middle of a table."""
    with closing(sqlite3.connect(file)) as database:
        pages = database.execute(
            "SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf' ORDER BY path", [table]
        ).fetchall()
    with file.open("r+b") as opened:
        opened.seek((pages[len(pages) // 2][0] - 1) * 4096)
        opened.write(bytes(4096))


def test_rows_on_both_sides_of_the_damage_are_saved(output: Output) -> None:
    with opened_collection(output.folder) as collected:
        for number in range(100, 130):
            collected.put(number, f"demo/{number}.jpg")
        collected.forget("demo/0.jpg", "demo/129.jpg")
    output.settle()
    _zero_page_of(output.file, "pictures")
    for collected in output.open_collected():
        states = [collected.claim(number, "new.jpg")[1] for number in (0, 129)]
    assert states == ["forgotten", "forgotten"]


def _rebuild_in_a_process(output: Output) -> "subprocess.Popen[bytes]":
    code = f"""
from pathlib import Path
from tests.upkeep.test_rebuild import Output
Output(Path({str(output.folder)!r})).open().dispose()
"""
    return subprocess.Popen([sys.executable, "-c", code], cwd=PROJECT, stderr=subprocess.PIPE)


def _damage_with_something_forgotten(output: Output) -> None:
    with opened_collection(output.folder) as collected:
        collected.forget("demo/2.jpg")
    output.settle()
    with closing(sqlite3.connect(output.file)) as database, database:
        database.execute("DELETE FROM catalogue_version")


def _expect_all_is_known(output: Output) -> None:
    for collected in output.open_collected():
        assert set(collected.states.values()) == {"stored", "forgotten"}
        assert len(collected.states) == PICTURES
        assert collected.claim(2, "demo/new.jpg")[1] == "forgotten"
    left = {path.name for path in output.folder.glob("catalogue.db.rebu*")}
    assert left <= {"catalogue.db.rebuilding.lock"}
    assert len(output.kept) == 1


def test_a_kill_while_it_is_rebuilt_loses_nothing(output: Output) -> None:
    _damage_with_something_forgotten(output)
    new = output.file.with_name("catalogue.db.rebuilding")
    for seconds in (0, 0.02, 0.1, 0.3):
        with _rebuild_in_a_process(output) as process:
            while not new.exists() and process.poll() is None:
                time.sleep(0.001)
            time.sleep(seconds)
            process.kill()
        new.unlink(missing_ok=True)
    _expect_all_is_known(output)


def test_a_kill_before_the_new_one_is_in_its_place_loses_nothing(output: Output) -> None:
    _damage_with_something_forgotten(output)
    output.open().dispose()
    output.file.rename(output.file.with_name("catalogue.db.rebuilt"))
    shutil.copy(output.kept[0], output.file)
    output.file.with_name("catalogue.db-wal").write_bytes(b"of the damaged one")
    _expect_all_is_known(output)


def test_two_who_find_it_damaged_rebuild_it_once(output: Output) -> None:
    _damage_with_something_forgotten(output)
    processes = [_rebuild_in_a_process(output) for _ in range(3)]
    errors = [process.communicate()[1] for process in processes]
    assert errors == [b"", b"", b""]
    _expect_all_is_known(output)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(60))
def test_whatever_is_damaged_the_catalogue_can_be_opened(output: Output, seed: int) -> None:
    chance = random.Random(seed)
    body = bytearray(output.file.read_bytes())
    # Less than a page may be a changed letter in a row, which nobody can see.
    for _ in range(chance.choice([1, 3, 20])):
        start = chance.randrange(len(body) // 4096) * 4096
        length = chance.choice([4096, 4 * 4096]) if start else chance.choice([100, 500, 4096])
        body[start : start + length] = chance.randbytes(len(body[start : start + length]))
    output.file.write_bytes(body)

    for collected in output.open_collected():
        findings = collected.verify()

    assert not findings.orphaned
    assert findings.checked == PICTURES
