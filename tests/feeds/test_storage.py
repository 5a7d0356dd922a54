"""The feed file takes the place of the older one in one step."""

import io
from pathlib import Path
from typing import IO, Any

import pytest
from scrapy import Spider

from spiders_project.feeds.storage import AtomicFileStorage

REPLACING = {"overwrite": True}
OLD, NEW = b'[{"title": "old"}]', b'[{"title": "new"}]'


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    """A feed of an earlier run."""
    path = tmp_path / "feeds" / "wallpapers.json"
    path.parent.mkdir()
    path.write_bytes(OLD)
    return path


def opened(
    path: Path | str, options: dict[str, Any] | None = None, job: str = "feed"
) -> tuple[AtomicFileStorage, IO[bytes]]:
    storage = AtomicFileStorage(str(path), feed_options=options, job=job)
    return storage, storage.open(Spider("any"))


def test_feed_is_untouched_until_it_is_stored(feed: Path) -> None:
    storage, file = opened(feed, REPLACING)
    file.write(NEW)
    file.flush()
    assert feed.read_bytes() == OLD
    storage.store(file)
    assert feed.read_bytes() == NEW


def test_stored_feed_is_the_only_file(feed: Path) -> None:
    storage, file = opened(feed, REPLACING)
    file.write(NEW)
    storage.store(file)
    assert list(feed.parent.iterdir()) == [feed]
    assert file.closed


def test_discarded_feed_leaves_the_old_one(feed: Path) -> None:
    storage, file = opened(feed, REPLACING)
    file.write(NEW)
    storage.discard(file)
    assert feed.read_bytes() == OLD
    assert list(feed.parent.iterdir()) == [feed]
    assert file.closed


def test_discarded_feed_that_was_closed_leaves_the_old_one(feed: Path) -> None:
    storage, file = opened(feed, REPLACING)
    file.close()
    storage.discard(file)
    assert list(feed.parent.iterdir()) == [feed]


def test_first_feed_makes_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "wallpapers.json"
    storage, file = opened(path, REPLACING)
    file.write(NEW)
    storage.store(file)
    assert path.read_bytes() == NEW


def test_making_a_storage_touches_nothing(tmp_path: Path) -> None:
    AtomicFileStorage(str(tmp_path / "a" / "wallpapers.json"), feed_options=REPLACING)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("options", [None, {}, {"overwrite": False}])
def test_appending_keeps_the_earlier_content(feed: Path, options: dict[str, Any] | None) -> None:
    storage, file = opened(feed, options)
    file.write(b"\n" + NEW)
    assert feed.read_bytes() == OLD
    storage.store(file)
    assert feed.read_bytes() == OLD + b"\n" + NEW


def test_appending_to_nothing_is_a_new_feed(tmp_path: Path) -> None:
    storage, file = opened(tmp_path / "wallpapers.jsonl")
    file.write(NEW)
    storage.store(file)
    assert (tmp_path / "wallpapers.jsonl").read_bytes() == NEW


def test_discarded_appending_keeps_the_earlier_content_once(feed: Path) -> None:
    storage, file = opened(feed)
    file.write(NEW)
    storage.discard(file)
    assert feed.read_bytes() == OLD


def test_two_jobs_at_once_do_not_mix(feed: Path) -> None:
    first, first_file = opened(feed, REPLACING, job="mountains")
    second, second_file = opened(feed, REPLACING, job="ocean")
    first_file.write(b"first")
    second_file.write(b"second")
    second.store(second_file)
    assert feed.read_bytes() == b"second"
    first.store(first_file)
    assert feed.read_bytes() == b"first"


@pytest.mark.parametrize("name", ["wallpapers.json", "壁纸 #1 100%.json", "a:b.json"])
def test_file_address_and_path_are_the_same_feed(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    for place in (path.as_uri(), str(path)):
        storage, file = opened(place, REPLACING)
        file.write(place.encode())
        storage.store(file)
        assert path.read_bytes() == place.encode()
    assert list(tmp_path.iterdir()) == [path]


def test_relative_feed_lies_in_the_working_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    storage, file = opened("wallpapers.json", REPLACING)
    storage.store(file)
    assert (tmp_path / "wallpapers.json").exists()


def test_folder_that_cannot_be_made_is_an_os_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OSError, match="file"):
        opened(tmp_path / "file" / "wallpapers.json")


def test_store_that_fails_leaves_no_temporary_file(tmp_path: Path) -> None:
    (tmp_path / "wallpapers.json" / "a folder").mkdir(parents=True)
    storage, file = opened(tmp_path / "wallpapers.json", REPLACING)
    with pytest.raises(OSError, match="wallpapers"):
        storage.store(file)
    assert [path.name for path in tmp_path.iterdir()] == ["wallpapers.json"]


def test_file_that_cannot_be_closed_is_discarded_all_the_same(feed: Path) -> None:
    class FullDisk(io.BytesIO):
        closings = 0

        def close(self) -> None:
            self.closings += 1
            if self.closings == 1:
                raise OSError("no space left on device")
            super().close()

    storage, file = opened(feed, REPLACING)
    file.close()
    full = FullDisk()
    storage.discard(full)
    assert full.closed
    assert list(feed.parent.iterdir()) == [feed]
