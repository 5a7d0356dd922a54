"""Care for a collection from the command line, and crawls that meet what it has changed."""

import json
import os
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from spiders_project.catalogue.schema import runs
from tests.catalogue import dead_process, transaction
from tests.conftest import PROJECT, RunCrawl, scrapy_command, start_crawl
from tests.gallery import LISTING, Answer, Gallery, picture_bytes
from tests.upkeep import opened_collection

LIMIT_SECONDS = 60
TITLES = {"one": picture_bytes(1), "two": picture_bytes(2), "three": picture_bytes(3)}
FOLDER = "moyublog/meinv"


@dataclass(frozen=True)
class Command:
    """A command that has ended."""

    status: int
    stdout: str
    stderr: str

    @property
    def lines(self) -> list[str]:
        return self.stdout.splitlines()


RunCommand = Callable[..., Command]


@pytest.fixture
def command(output: Path) -> RunCommand:
    """Run a command of ``scrapy`` on the collection of the test."""

    def run(*words: str, **settings: Any) -> Command:
        given = {"OUTPUT_DIR": output} | settings
        flags = [flag for name, value in given.items() for flag in ("-s", f"{name}={value}")]
        done = subprocess.run(
            scrapy_command(words[0], *flags, *words[1:]),
            cwd=PROJECT,
            capture_output=True,
            text=True,
            timeout=LIMIT_SECONDS,
            env=os.environ | {"COLUMNS": "100"},
            check=False,
        )
        assert "Traceback" not in done.stderr, done.stderr
        assert len(done.stderr.strip().splitlines()) <= 1, done.stderr
        return Command(done.returncode, done.stdout, done.stderr.strip())

    return run


@pytest.fixture
def filled(crawl_gallery: RunCrawl, gallery: Gallery) -> Path:
    """Crawl a gallery of three pictures; return the store."""
    gallery.put_pictures(TITLES)
    run = crawl_gallery(PICTURE_SIDECARS=True)
    assert run.status == 0, run.stderr
    gallery.requests.clear()
    return run.output / "images"


def _pictures_asked(gallery: Gallery) -> list[str]:
    return sorted(path for path in tuple(gallery.requests) if path.endswith(".jpg"))


def test_verify_tells_what_is_wrong_and_the_next_crawl_mends_it(
    command: RunCommand, crawl_gallery: RunCrawl, gallery: Gallery, filled: Path
) -> None:
    sound = command("verify")
    assert (sound.status, sound.stdout) == (0, "")
    assert sound.stderr == "scrapy verify: 3 files hashed: all pictures are as they were stored"
    folder = filled / FOLDER
    (folder / "one.jpg").unlink()
    (folder / "two.jpg").write_bytes(b"altered")
    (folder / "three.jpg").rename(folder / "drei.jpg")
    (filled / "stranger.jpg").write_bytes(picture_bytes(9))

    broken = command("verify")

    assert broken.status == 1
    assert broken.lines == [
        f"moved     {FOLDER}/three.jpg -> {FOLDER}/drei.jpg",
        f"missing   {FOLDER}/one.jpg",
        f"altered   {FOLDER}/two.jpg",
        "orphaned  stranger.jpg",
    ]
    assert "1 missing, 1 altered, 1 orphaned, 1 moved; the next crawl fetches" in broken.stderr

    run = crawl_gallery()

    assert run.status == 0, run.stderr
    assert _pictures_asked(gallery) == ["/pictures/0.jpg", "/pictures/1.jpg"]
    assert run.outcomes() == {"one": "downloaded", "two": "downloaded", "three": "unchanged"}
    assert set(map(picture_bytes, (1, 2, 3, 9))) <= {p.read_bytes() for p in filled.rglob("*.jpg")}
    assert not [line for line in command("verify").lines if "missing" in line or "moved" in line]


def test_a_forgotten_picture_never_comes_back(
    command: RunCommand, crawl_gallery: RunCrawl, gallery: Gallery, filled: Path
) -> None:
    done = command("forget", f"{FOLDER}/one.jpg")
    assert (done.status, done.lines) == (0, [f"{FOLDER}/one.jpg"])
    assert "1 pictures are deleted and will not come back" in done.stderr
    assert not [path for path in filled.parent.rglob("one*") if path.is_file()]

    run = crawl_gallery()
    assert run.status == 0, run.stderr
    assert _pictures_asked(gallery) == []
    assert run.outcomes()["one"] == "refused forgotten"

    gallery.put("/elsewhere.jpg", TITLES["one"], "image/jpeg")
    gallery.put_detail("/9.html", "Another title", f"{gallery.picture_url}/elsewhere.jpg")
    gallery.put_listing(["/9.html", "/1.html"])
    for expected in (["/elsewhere.jpg"], []):
        gallery.requests.clear()
        run = crawl_gallery()
        assert run.outcomes()["Another title"] == "refused forgotten"
        assert _pictures_asked(gallery) == expected
    assert TITLES["one"] not in [path.read_bytes() for path in filled.rglob("*.jpg")]


def test_adopted_pictures_are_kept_by_the_next_crawl(
    command: RunCommand, crawl_gallery: RunCrawl, gallery: Gallery, tmp_path: Path
) -> None:
    old = tmp_path / "old"
    old.mkdir()
    for name in ("one", "two"):
        (old / f"{name} by hand.jpg").write_bytes(TITLES[name])
    (old / "notes.txt").write_text("no picture")
    done = command("adopt", str(old))
    assert done.status == 0
    assert done.lines[0].startswith("refused   notes.txt: no picture")
    assert done.stderr == "scrapy adopt: 1 refused, 2 adopted"
    gallery.put_pictures(TITLES)

    first, second = crawl_gallery(), crawl_gallery()

    assert first.status == 0, first.stderr
    paths = {item["title"]: item["images"][0]["path"] for item in second.feed}
    assert paths["one"] == "adopted/old/one by hand.jpg"
    assert paths["three"] == f"{FOLDER}/three.jpg"
    assert set(second.outcomes().values()) == {"unchanged"}
    assert len(first.pictures) == 3
    assert command("adopt", str(old)).stderr == "scrapy adopt: 1 refused, 2 known"


WRONG = {
    "verify a word": (("verify", "word"), "one word too many: word"),
    "forget nothing": (("forget",), "name the pictures to forget"),
    "forget the unknown": (("forget", "no/such.jpg"), "no/such.jpg is no picture"),
    "adopt the unknown": (("adopt", "/no/such/folder"), "/no/such/folder is no folder"),
    "wrong setting": (("verify", "-s", "THUMB_STORE=x"), "the setting THUMB_STORE is not known"),
    "other database": (("verify", "-s", "CATALOGUE_URL=mysql://x/y"), "only files of SQLite"),
    "other store": (("verify", "-s", "IMAGES_STORE=s3://x/y"), "is no folder of this machine"),
}


@pytest.mark.parametrize(("words", "sentence"), WRONG.values(), ids=list(WRONG))
def test_a_mistake_is_status_2(command: RunCommand, words: tuple[str, ...], sentence: str) -> None:
    done = command(*words)
    assert (done.status, done.stdout) == (2, "")
    assert done.stderr.startswith(f"scrapy {words[0]}: ")
    assert sentence in done.stderr


def test_a_newer_catalogue_is_status_1_for_all(
    command: RunCommand, crawl_gallery: RunCrawl, gallery: Gallery, output: Path
) -> None:
    gallery.put_pictures(TITLES)
    with opened_collection(output) as collected:
        collected.put(1, "one.jpg")
    with closing(sqlite3.connect(output / "catalogue.db")) as database, database:
        database.execute("UPDATE catalogue_version SET version = 2")
    done, run = command("forget", "one.jpg"), crawl_gallery()
    assert (done.status, done.stdout, run.status) == (1, "", 1)
    for text in (done.stderr, run.stderr.strip()):
        assert "it was written by a newer version of this project" in text
        assert len(text.splitlines()) == 1
    assert not gallery.requests
    assert (output / "images" / "one.jpg").exists()


@pytest.mark.slow
def test_a_catalogue_that_stays_locked_is_one_sentence(
    command: RunCommand, crawl_gallery: RunCrawl, filled: Path
) -> None:
    file = filled.parent / "catalogue.db"
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        run, done = crawl_gallery(), command("verify")
    assert (run.status, done.status) == (1, 1)
    for text in (run.stderr.strip(), done.stderr):
        assert "another program has locked it; end that program or wait" in text
        assert len(text.splitlines()) == 1


def _replaced(whole: bytes) -> bytes:
    return b"no database" * 1000


def _cut(whole: bytes) -> bytes:
    return whole[: len(whole) // 3]


def _overwritten(whole: bytes) -> bytes:
    return whole[:8192] + b"\xa5" * (len(whole) - 16384) + whole[-8192:]


DAMAGES = [
    pytest.param(_cut, id="cut"),
    pytest.param(_replaced, id="replaced", marks=pytest.mark.slow),
    pytest.param(_overwritten, id="overwritten", marks=pytest.mark.slow),
]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_crawl_goes_on_with_a_damaged_catalogue(
    crawl_gallery: RunCrawl, gallery: Gallery, filled: Path, damage: Callable[[bytes], bytes]
) -> None:
    file = filled.parent / "catalogue.db"
    file.write_bytes(damage(file.read_bytes()))

    run = crawl_gallery()

    assert run.status == 0, run.stderr
    assert "the catalogue is damaged" in run.stderr
    assert "the catalogue is rebuilt from" in run.log
    assert set(run.outcomes().values()) == {"unchanged"}
    assert _pictures_asked(gallery) == []
    assert len(list(run.output.glob("catalogue.db.damaged-*"))) == 1


def test_crawls_share_a_catalogue_and_the_same_crawl_runs_once(
    crawl_gallery: RunCrawl, gallery: Gallery, output: Path
) -> None:
    jpeg = {"Content-Type": "image/jpeg"}
    slow = {name: Answer(body, 200, jpeg, delay_seconds=4) for name, body in TITLES.items()}
    gallery.put_pictures(slow)
    gallery.answers["/hdwallpapers/cats/index.html"] = gallery.answers[LISTING]
    roots = json.dumps({"moyublog": gallery.url})
    words = ("-a", "site=moyublog", "-s", "DOWNLOAD_DELAY=0")
    first = start_crawl(output, *words, SITE_ROOTS=roots)
    while not _pictures_asked(gallery):
        assert first.poll() is None, first.communicate()[1]

    again = crawl_gallery("-s", "DOWNLOAD_DELAY=0")
    other = crawl_gallery("-a", "category=cats")

    assert again.status == 1
    assert "this crawl is running already" in again.sentence
    assert len(again.stderr.strip().splitlines()) == 1
    assert other.status == 0, other.stderr
    assert first.wait(LIMIT_SECONDS) == 0, first.communicate()[1]
    first.communicate()
    assert sorted(other.pictures.values()) == sorted(set(other.pictures.values()))
    assert len(other.pictures) == 3
    with closing(sqlite3.connect(output / "catalogue.db")) as database:
        states = database.execute("SELECT state, count(*) FROM pictures GROUP BY state").fetchall()
        ends = database.execute("SELECT exit_status FROM runs").fetchall()
    assert states == [("stored", 3)]
    assert ends == [(0,), (0,)]


def test_what_a_dead_run_was_writing_is_adopted_or_cleared_away(
    crawl_gallery: RunCrawl, gallery: Gallery, output: Path
) -> None:
    gallery.put_pictures(TITLES)
    with opened_collection(output) as collected:
        whole, cut = (collected.claim(number, f"{number}.jpg")[0] for number in (1, 2))
        collected.store.add(whole, TITLES["one"])
        (output / "thumbs" / "grid").mkdir(parents=True)
        (output / "thumbs" / "grid" / f"{cut}.jpg").write_bytes(b"small")
        with transaction(collected.engine) as connection:
            connection.execute(runs.update().values(pid=dead_process()))

    run = crawl_gallery()

    assert run.status == 0, run.stderr
    paths = {item["title"]: item["images"][0]["path"] for item in run.feed}
    assert paths == {"one": "1.jpg", "two": "2.jpg", "three": f"{FOLDER}/three.jpg"}
    assert len(run.pictures) == 3
    thumbs = {item["title"]: item["images"][0]["thumbnail"] for item in run.feed}
    assert thumbs["two"] == "grid/2.jpg.jpg"
