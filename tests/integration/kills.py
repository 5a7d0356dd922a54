"""Crawls that are stopped: start one, signal it, look at what lies there, compare it, go on."""

import hashlib
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Self
from urllib.parse import unquote, urlsplit

from tests.conftest import PROJECT, Crawl, DemoSite, scrapy_command
from tests.gallery import Gallery

LIMIT_SECONDS = 240
_TABLES = ("pictures", "places", "pages", "failures")
_CLASH = re.compile(r" \[[0-9a-f]{8}\](?=\.)")

Row = dict[str, Any]
Rows = dict[str, Row]


@dataclass(frozen=True)
class Target:
    """What is crawled, the book of its server, and what has to be done before each new crawl."""

    words: Sequence[str]
    settings: Mapping[str, Any]
    read_counts: Callable[[], Mapping[str, int]]
    prepare: Callable[[], None] = lambda: None

    def counts(self) -> Counter[str]:
        """Return how often each path was asked for so far, without percent-encoding."""
        counts: Counter[str] = Counter()
        for path, count in dict(self.read_counts()).items():
            counts[unquote(path)] += count
        return counts


def demo_target(site: DemoSite) -> Target:
    """Return the demo site as it is crawled by default."""
    counts = partial(site.read_json, "/requests.json")
    return Target(("-a", "site=demo"), {"SITE_ROOTS": site.roots}, counts)


def gallery_target(gallery: Gallery, prepare: Callable[[], None] = lambda: None) -> Target:
    """Return a gallery that a test has filled."""
    settings = {"SITE_ROOTS": json.dumps({"moyublog": gallery.url}), "DOWNLOAD_DELAY": 0}
    return Target(("-a", "site=moyublog"), settings, lambda: gallery.requests, prepare)


def path_of(address: str) -> str:
    """Return the path of an address as ``Target.counts`` names it."""
    return unquote(urlsplit(address).path)


class Process:
    """One process of a crawl, in a session of its own; at the end of a ``with`` it is gone."""

    def __init__(self, target: Target, output: Path, **settings: Any) -> None:
        self._output = output
        given = {"OUTPUT_DIR": output} | dict(target.settings) | settings
        flags = [flag for name, value in given.items() for flag in ("-s", f"{name}={value}")]
        self._stderr = output.with_name(f"{output.name}.stderr").open("w")
        self._process = subprocess.Popen(
            scrapy_command("crawl", "wallpapers", *target.words, *flags),
            cwd=PROJECT,
            stderr=self._stderr,
            start_new_session=True,
            env=os.environ | {"COLUMNS": "100"},
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.send(signal.SIGKILL)
        self._process.wait()
        self._stderr.close()

    def is_running(self) -> bool:
        return self._process.poll() is None

    def send(self, number: signal.Signals) -> None:
        """Send a signal to the whole group, as a terminal does."""
        if self.is_running():
            os.killpg(self._process.pid, number)

    def end(self) -> Crawl:
        status = self._process.wait(LIMIT_SECONDS)
        return Crawl(status, Path(self._stderr.name).read_text(), self._output)


def run(target: Target, output: Path, **settings: Any) -> Crawl:
    with Process(target, output, **settings) as process:
        return process.end()


def run_undisturbed(target: Target, output: Path) -> "Remains":
    """Crawl from nothing to the end; return what lies there then."""
    target.prepare()
    crawl = run(target, output)
    remains = Remains.of(output)
    assert crawl.status == 0, crawl.stderr
    assert all((remains.feed, remains.finished)), "it wrote no feed, or nothing in the catalogue"
    assert remains.faults(remains) + remains.left_over == []
    return remains


@dataclass(frozen=True)
class Remains:
    """What lies in OUTPUT_DIR, read while no process works on it."""

    files: dict[str, str]
    """What a person sees below images/ and thumbs/: sha256 by path."""
    left_over: list[str]
    """What a complete crawl has cleared away: temporary files and the frontier."""
    feed: list[Row] | None
    tables: dict[str, list[Row]]
    damage: list[str]

    @classmethod
    def of(cls, output: Path) -> Self:
        """Look at a folder; the catalogue is read from a copy."""
        damage: list[str] = []
        left_over = [str(path) for path in (*output.rglob(".*.part"), *output.glob("frontier/*"))]
        feed, tables = _read_feed(output, damage), _read_catalogue(output, damage)
        return cls(_hashes(output), left_over, feed, tables, damage)

    @property
    def stored(self) -> dict[str, str]:
        """The files that the catalogue calls stored: path by sha256."""
        rows = [row for row in self.tables["pictures"] if row["state"] == "stored"]
        return {row["sha256"]: f"images/{row['path']}" for row in rows}

    @property
    def finished(self) -> frozenset[str]:
        """The paths of pictures that must never be asked for again."""
        rows, stored = self.tables["places"], self.stored
        return frozenset(path_of(row["address"]) for row in rows if row["sha256"] in stored)

    def faults(self, whole: "Remains") -> list[str]:
        """Return what must not be at any moment, also right after a kill."""
        good = set(whole.files.values())
        bad = [f"{path} is not whole" for path, sha256 in self.files.items() if sha256 not in good]
        lost = [path for sha256, path in self.stored.items() if self.files.get(path) != sha256]
        return self.damage + bad + [f"{path} is 'stored' and not there" for path in lost]


def _hashes(output: Path) -> dict[str, str]:
    return {
        path.relative_to(output).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (*output.glob("images/**/*"), *output.glob("thumbs/**/*"))
        if path.is_file() and not path.name.startswith(".")
    }


def _read_feed(output: Path, damage: list[str]) -> list[Row] | None:
    file, items = output / "wallpapers.json", None
    try:
        items = json.loads(file.read_bytes()) if file.exists() else None
    except ValueError as error:
        damage.append(f"{file.name} is no JSON: {error}")
    return items


def _read_catalogue(output: Path, damage: list[str]) -> dict[str, list[Row]]:
    tables: dict[str, list[Row]] = {name: [] for name in _TABLES}
    with TemporaryDirectory() as folder:
        for file in output.glob("catalogue.db*"):
            if not file.name.endswith("-shm"):
                shutil.copy(file, folder)
        with closing(sqlite3.connect(f"{folder}/catalogue.db")) as database:
            database.row_factory = sqlite3.Row
            try:
                check = database.execute("PRAGMA integrity_check").fetchall()
                damage += [f"catalogue.db: {row[0]}" for row in check if row[0] != "ok"]
                there = {name for (name,) in database.execute("SELECT name FROM sqlite_master")}
                for name in there.intersection(_TABLES):
                    tables[name] = list(map(dict, database.execute(f"SELECT * FROM {name}")))
            except sqlite3.DatabaseError as error:
                damage.append(f"catalogue.db cannot be read: {error}")
    return tables


class Finished:
    """The pictures that were finished at some moment, and the requests for each by then."""

    def __init__(self, target: Target) -> None:
        self._target = target
        self._noted: dict[str, tuple[str, int]] = {}

    def note(self, remains: Remains, when: str) -> None:
        """Note what is finished now."""
        counts = self._target.counts()
        for path in remains.finished:
            self._noted.setdefault(path, (when, counts[path]))

    def asked_again(self) -> Iterator[str]:
        """Return a sentence for each finished picture that was asked for again; forget those."""
        counts = self._target.counts()
        for path, (when, count) in sorted(self._noted.items()):
            if counts[path] > count:
                times = counts[path] - count
                yield f"{path} was finished at {when}, and asked for {times} times since"
                del self._noted[path]


def differences(now: Remains, whole: Remains) -> list[str]:
    """Return in what a complete crawl is not like the undisturbed one.

    Not compared: what time decides, such as which place of a picture came first.
    """
    found = now.faults(whole)
    for image in _images(now):
        if now.files.get(f"images/{image['path']}") != image["sha256"]:
            found.append(f"feed: {image['url']} does not lie at {image['path']}")
    for what, sight in _SIGHTS.items():
        found += _compare(what, sight(now), sight(whole))
    return found


def _compare(what: str, now: Rows, whole: Rows) -> Iterator[str]:
    yield from (f"{what}: lacks {name}" for name in sorted(whole.keys() - now.keys()))
    yield from (f"{what}: should not have {name}" for name in sorted(now.keys() - whole.keys()))
    for name in sorted(now.keys() & whole.keys()):
        for key in now[name].keys() | whole[name].keys():
            has, should_have = now[name].get(key), whole[name].get(key)
            if has != should_have:
                yield f"{what}: {name}: {key} is {has!r} and should be {should_have!r}"


def _by(rows: Iterable[Row], *names: str) -> Rows:
    """Return rows by some of their columns; one that comes twice gets another name."""
    found: Rows = {}
    for row in rows:
        name = " ".join(str(row[name]) for name in names)
        while name in found:
            name += " (once more)"
        found[name] = row
    return found


def _images(remains: Remains) -> list[Row]:
    items = remains.feed or []
    return [image | {"page": item["page_url"]} for item in items for image in item["images"]]


def _plain_images(remains: Remains) -> Rows:
    images = _images(remains)
    places = Counter(image["sha256"] for image in images)

    def plain(image: Row) -> Row:
        by_chance = ("path", "thumbnail", "status", "duplicate_of")
        if places[image["sha256"]] > 1:
            return image | dict.fromkeys(by_chance)
        return image | {name: _CLASH.sub("", str(image[name])) for name in by_chance[:2]}

    return _by(map(plain, images), "page", "url")


def _counted(pairs: Iterable[tuple[str, Any]]) -> Rows:
    counts: dict[str, Counter[Any]] = defaultdict(Counter)
    for name, value in pairs:
        counts[name][value] += 1
    return dict(counts)


def _rows(table: str, names: str, keys: str) -> Callable[[Remains], Rows]:
    def sight(remains: Remains) -> Rows:
        rows = _by(remains.tables[table], *names.split())
        return {name: {key: row[key] for key in keys.split()} for name, row in rows.items()}

    return sight


_SIGHTS: dict[str, Callable[[Remains], Rows]] = {
    "files": lambda it: _counted((sha256, "times") for sha256 in it.files.values()),
    "items of the feed": lambda it: _by(
        (item | {"images": None, "crawled_at": None} for item in it.feed or []), "page_url"
    ),
    "images of the feed": _plain_images,
    "status in the feed": lambda it: _counted((i["sha256"], i["status"]) for i in _images(it)),
    "pictures": _rows("pictures", "sha256", "size_bytes width height format state"),
    "places": _rows("places", "page address", "sha256 title category"),
    "is_duplicate": lambda it: _counted(
        (row["sha256"], row["is_duplicate"]) for row in it.tables["places"]
    ),
    "pages": _rows("pages", "address", ""),
    "failures": _rows("failures", "address", "outcome reason"),
}
