"""A folder in which files appear whole or not at all."""

import hashlib
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from spiders_project.media.store import FolderStore, tidy_incoming


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "images")


def files_below(root: Path) -> list[str]:
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())


def test_adds_file_and_its_folders(store: FolderStore) -> None:
    store.add("site/category/壁纸.jpg", b"red")
    assert (store.root / "site" / "category" / "壁纸.jpg").read_bytes() == b"red"


def test_making_a_store_touches_nothing(tmp_path: Path) -> None:
    FolderStore(tmp_path / "images")
    assert not (tmp_path / "images").exists()


def test_add_never_overwrites(store: FolderStore) -> None:
    store.add("a.jpg", b"red")
    with pytest.raises(FileExistsError):
        store.add("a.jpg", b"blue")
    assert (store.root / "a.jpg").read_bytes() == b"red"


def test_add_does_not_follow_a_link_that_leads_nowhere(store: FolderStore, tmp_path: Path) -> None:
    store.root.mkdir()
    (store.root / "a.jpg").symlink_to(tmp_path / "outside.jpg")
    with pytest.raises(FileExistsError):
        store.add("a.jpg", b"red")
    assert not (tmp_path / "outside.jpg").exists()


def test_replace_takes_the_place_of_an_older_file(store: FolderStore) -> None:
    store.replace("grid/a.jpg", b"red")
    store.replace("grid/a.jpg", b"blue")
    assert (store.root / "grid" / "a.jpg").read_bytes() == b"blue"


def test_one_of_many_threads_wins_and_its_file_is_whole(store: FolderStore) -> None:
    bodies = [bytes([number]) * 50_000 for number in range(8)]
    start = threading.Barrier(len(bodies))

    def add(body: bytes) -> bytes | None:
        start.wait()
        try:
            store.add("a.jpg", body)
        except FileExistsError:
            return None
        return body

    with ThreadPoolExecutor(len(bodies)) as threads:
        winners = [body for body in threads.map(add, bodies) if body is not None]
    assert winners == [(store.root / "a.jpg").read_bytes()]
    assert files_below(store.root) == ["a.jpg"]


def _a_folder_is_there(store: FolderStore) -> None:
    (store.root / "a.jpg" / "below").mkdir(parents=True)


def _a_file_is_there(store: FolderStore) -> None:
    store.add("a.jpg", b"earlier")


def _nothing_is_there(store: FolderStore) -> None:
    store.root.mkdir()


@pytest.mark.parametrize(
    ("prepare", "path", "body", "error"),
    [
        (_a_file_is_there, "a.jpg", b"red", FileExistsError),
        (_a_folder_is_there, "a.jpg", b"red", FileExistsError),
        (_a_file_is_there, "a.jpg/b.jpg", b"red", OSError),
        (_nothing_is_there, "x" * 300, b"red", OSError),
        (_nothing_is_there, "a.jpg", "no bytes", TypeError),
    ],
    ids=["file there", "folder there", "file as folder", "name too long", "no bytes"],
)
def test_add_that_fails_leaves_no_temporary_file(
    store: FolderStore,
    prepare: Callable[[FolderStore], None],
    path: str,
    body: Any,
    error: type[Exception],
) -> None:
    prepare(store)
    before = files_below(store.root)
    with pytest.raises(error):
        store.add(path, body)
    assert files_below(store.root) == before


@pytest.mark.parametrize(
    ("prepare", "path", "body", "error"),
    [
        (_a_folder_is_there, "a.jpg", b"red", OSError),
        (_a_file_is_there, "a.jpg/b.jpg", b"red", OSError),
        (_a_file_is_there, "a.jpg", "no bytes", TypeError),
    ],
    ids=["folder there", "file as folder", "no bytes"],
)
def test_replace_that_fails_leaves_all_as_it_was(
    store: FolderStore,
    prepare: Callable[[FolderStore], None],
    path: str,
    body: Any,
    error: type[Exception],
) -> None:
    prepare(store)
    before = {name: (store.root / name).read_bytes() for name in files_below(store.root)}
    with pytest.raises(error):
        store.replace(path, body)
    assert {name: (store.root / name).read_bytes() for name in files_below(store.root)} == before


def test_size_of_a_file(store: FolderStore) -> None:
    store.add("site/a.jpg", b"red")
    assert store.size_of("site/a.jpg") == 3
    assert store.size_of("site") is None
    assert store.size_of("site/a.jpg/b.jpg") is None
    assert store.size_of("nothing.jpg") is None


def test_path_is_free_unless_other_bytes_lie_there(store: FolderStore) -> None:
    store.add("a.jpg", b"red")
    red = hashlib.sha256(b"red").hexdigest()
    assert store.is_free("b.jpg", red) is True
    assert store.is_free("a.jpg", red) is None
    assert store.is_free("a.jpg", "00") is False


def test_remove_takes_folders_that_are_empty_then(store: FolderStore) -> None:
    store.add("site/one/a.jpg", b"red")
    store.add("site/b.jpg", b"blue")
    store.remove("site/one/a.jpg")
    store.remove("site/one/a.jpg")
    assert files_below(store.root) == ["site/b.jpg"]
    assert not (store.root / "site/one").exists()


def test_sha256_of_a_file_of_several_blocks(store: FolderStore) -> None:
    body = bytes(range(256)) * 10_000
    store.add("a.jpg", body)
    assert store.sha256_of("a.jpg") == hashlib.sha256(body).hexdigest()


def test_what_is_no_file_has_no_sha256(store: FolderStore) -> None:
    store.add("site/a.jpg", b"red")
    assert store.sha256_of("site/b.jpg") == ""
    assert store.sha256_of("site") == ""


def _arrived(store: FolderStore, body: bytes) -> Path:
    file = store.incoming / "run.1.part"
    file.parent.mkdir(parents=True)
    file.write_bytes(body)
    return file


def test_a_file_that_arrived_takes_its_place(store: FolderStore) -> None:
    file = _arrived(store, b"red")
    number = file.stat().st_ino
    store.add("site/a.jpg", file)
    assert (store.root / "site" / "a.jpg").read_bytes() == b"red"
    assert (store.root / "site" / "a.jpg").stat().st_ino == number
    assert not file.exists()


def test_a_file_that_arrived_overwrites_nothing_and_stays(store: FolderStore) -> None:
    file = _arrived(store, b"red")
    store.add("a.jpg", b"blue")
    with pytest.raises(FileExistsError):
        store.add("a.jpg", file)
    assert file.read_bytes() == b"red"
    assert (store.root / "a.jpg").read_bytes() == b"blue"


@pytest.mark.skipif(not Path("/dev/shm").is_dir(), reason="there is no second disk here")
def test_a_file_that_arrived_is_copied_to_a_folder_on_another_disk(store: FolderStore) -> None:
    file = _arrived(store, b"red")
    with TemporaryDirectory(dir="/dev/shm") as elsewhere:
        (store.root / "site").symlink_to(elsewhere)
        store.add("site/a.jpg", file)
        assert (store.root / "site" / "a.jpg").read_bytes() == b"red"
        assert [path.name for path in Path(elsewhere).iterdir()] == ["a.jpg"]
    assert not file.exists()


def test_what_dead_runs_left_on_the_way_is_removed_and_nothing_else(store: FolderStore) -> None:
    store.incoming.mkdir(parents=True)
    for name in ("dead.1.part", "dead.2.part", "alive.1.part"):
        (store.incoming / name).touch()
    tidy_incoming(store.incoming, {"dead", "another"})
    assert [path.name for path in store.incoming.iterdir()] == ["alive.1.part"]
    tidy_incoming(store.incoming, {"alive"})
    assert not store.incoming.exists()
    tidy_incoming(store.incoming, {"alive"})
