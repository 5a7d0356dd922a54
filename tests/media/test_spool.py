"""What comes is kept in order, in memory or in a file, and never twice."""

from pathlib import Path

import pytest

from spiders_project.media.spool import Spool


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "images" / ".incoming" / "run.1.part"


def test_what_is_small_stays_in_memory(file: Path) -> None:
    spool = Spool(file, buffer_bytes=10)
    assert spool.write(b"red")
    assert spool.write(b"blue")
    assert spool.content() == b"redblue"
    assert spool.size_bytes == 7
    assert not file.parent.exists()


def test_a_full_buffer_asks_for_a_flush(file: Path) -> None:
    spool = Spool(file, buffer_bytes=6)
    assert spool.write(b"red")
    assert not spool.write(b"blue")


def test_what_is_large_lies_in_a_file_in_the_order_in_which_it_came(file: Path) -> None:
    spool = Spool(file, buffer_bytes=4)
    for number in range(100):
        if not spool.write(b"%02d," % number):
            spool.flush()
    spool.flush()
    assert spool.content() == file
    assert file.read_bytes() == b"".join(b"%02d," % number for number in range(100))
    assert spool.size_bytes == 300


def test_a_restart_throws_away_what_came_in_memory_and_on_the_disk(file: Path) -> None:
    spool = Spool(file, buffer_bytes=4)
    spool.write(b"wrong")
    spool.flush()
    spool.write(b"more")
    spool.restart()
    assert spool.size_bytes == 0
    spool.write(b"red")
    assert spool.content() == b"red"
    spool.flush()
    assert file.read_bytes() == b"red"


def test_close_removes_the_file_also_after_a_restart(file: Path) -> None:
    spool = Spool(file, buffer_bytes=1)
    spool.write(b"red")
    spool.flush()
    spool.restart()
    assert spool.is_on_disk
    spool.close()
    assert not file.exists()
    assert not spool.is_on_disk


def test_nothing_is_nothing(file: Path) -> None:
    assert Spool(file, buffer_bytes=1).content() == b""
