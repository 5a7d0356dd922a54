"""Files and catalogue compared byte by byte: what is found, noted and told."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event

from spiders_project.upkeep.verify import Findings, verify
from tests.gallery import picture_bytes
from tests.upkeep import Collected, opened_collection


@pytest.fixture
def collected(tmp_path: Path) -> Iterator[Collected]:
    with opened_collection(tmp_path) as collected:
        yield collected


def test_a_whole_collection_is_sound(collected: Collected) -> None:
    collected.put(1, "demo/a.jpg", sidecar=True)
    collected.put(2, "demo/b.jpg")
    findings = collected.verify()
    assert findings == Findings(checked=2)
    assert findings.is_sound


def test_a_collection_without_anything_is_sound(collected: Collected) -> None:
    assert collected.verify() == Findings()


def test_a_deleted_file_is_missing_and_its_sidecar_no_orphan(collected: Collected) -> None:
    collected.put(1, "demo/a.jpg", sidecar=True)
    (collected.store.root / "demo/a.jpg").unlink()
    for _ in range(2):
        findings = collected.verify()
        assert findings == Findings(missing=["demo/a.jpg"])
        assert not findings.is_sound
    assert collected.states == {"demo/a.jpg": "missing"}
    assert collected.claim(1, "demo/another.jpg") == ("demo/a.jpg", None)


@pytest.mark.parametrize("body", [b"", b"short", picture_bytes(9)], ids=["empty", "cut", "other"])
def test_other_bytes_under_the_name_are_altered(collected: Collected, body: bytes) -> None:
    collected.put(1, "demo/a.jpg")
    (collected.store.root / "demo/a.jpg").write_bytes(body)
    assert collected.verify() == Findings(checked=1, altered=["demo/a.jpg"])
    assert collected.states == {"demo/a.jpg": "missing"}


def test_one_changed_bit_is_altered(collected: Collected) -> None:
    collected.put(1, "demo/a.jpg")
    file = collected.store.root / "demo/a.jpg"
    body = bytearray(file.read_bytes())
    body[len(body) // 2] ^= 1
    file.write_bytes(body)
    assert collected.verify().altered == ["demo/a.jpg"]


def test_files_that_nobody_knows_are_orphaned(collected: Collected) -> None:
    collected.put(1, "demo/a.jpg")
    for name in ("z.jpg", "demo/notes.txt", "demo/gone.jpg.json"):
        (collected.store.root / name).write_bytes(b"by hand")
    findings = collected.verify()
    assert findings.orphaned == ["demo/gone.jpg.json", "demo/notes.txt", "z.jpg"]
    assert not findings.is_sound


def test_a_moved_file_is_found_by_its_bytes(collected: Collected) -> None:
    collected.put(1, "demo/a.jpg")
    collected.move("demo/a.jpg", "mine/b.jpg")
    findings = collected.verify()
    assert findings.moved == [("demo/a.jpg", "mine/b.jpg")]
    assert findings.is_sound
    assert collected.verify() == Findings(checked=1)
    assert collected.states == {"mine/b.jpg": "stored"}
    # Its new name is its own from now on, and the old one stays reserved for it.
    assert collected.claim(2, "mine/b.jpg")[0] != "mine/b.jpg"
    assert collected.claim(3, "demo/a.jpg")[0] != "demo/a.jpg"


def test_a_renamed_file_that_goes_missing_comes_back_under_its_last_name(
    collected: Collected,
) -> None:
    collected.put(1, "demo/a.jpg")
    collected.move("demo/a.jpg", "demo/z.jpg")
    collected.verify()
    (collected.store.root / "demo/z.jpg").unlink()
    collected.verify()
    assert collected.claim(1, "demo/title.jpg") == ("demo/z.jpg", None)


def test_two_files_that_changed_names_are_moved(collected: Collected) -> None:
    collected.put(1, "a.jpg")
    collected.put(2, "b.jpg")
    collected.move("a.jpg", "c.jpg")
    collected.move("b.jpg", "a.jpg")
    collected.move("c.jpg", "b.jpg")
    findings = collected.verify()
    assert findings.moved == [("a.jpg", "b.jpg"), ("b.jpg", "a.jpg")]
    assert collected.verify() == Findings(checked=2)


def test_a_stranger_under_the_name_of_a_moved_file_is_orphaned(collected: Collected) -> None:
    collected.put(1, "a.jpg")
    collected.move("a.jpg", "b.jpg")
    (collected.store.root / "a.jpg").write_bytes(b"somebody else")
    findings = collected.verify()
    assert (findings.moved, findings.orphaned) == ([("a.jpg", "b.jpg")], ["a.jpg"])
    assert not findings.is_sound


def test_a_copy_of_a_known_picture_is_orphaned_and_the_picture_stays(
    collected: Collected,
) -> None:
    collected.put(1, "demo/a.jpg")
    (collected.store.root / "a copy.jpg").write_bytes(picture_bytes(1))
    assert collected.verify() == Findings(checked=2, orphaned=["a copy.jpg"])
    assert collected.states == {"demo/a.jpg": "stored"}


def test_a_missing_file_that_is_back_is_stored_again(collected: Collected, tmp_path: Path) -> None:
    collected.put(1, "demo/a.jpg")
    collected.move("demo/a.jpg", "../elsewhere.jpg")
    assert not collected.verify().is_sound
    collected.move("../elsewhere.jpg", "demo/a.jpg")
    assert collected.verify() == Findings(checked=1)
    assert collected.states == {"demo/a.jpg": "stored"}


def test_what_is_being_written_is_neither_orphaned_nor_missing(collected: Collected) -> None:
    path, _ = collected.claim(1, "demo/a.jpg")
    assert collected.verify() == Findings()
    collected.store.add(path, picture_bytes(1))
    assert collected.verify().is_sound
    assert collected.states == {"demo/a.jpg": "writing"}


def test_what_a_crawl_stores_meanwhile_is_not_orphaned(collected: Collected) -> None:
    collected.put(1, "demo/a.jpg")
    # The first connection that verify closes is the one that has read the rows.
    event.listen(collected.engine, "checkin", lambda *_: collected.put(2, "demo/b.jpg"), once=True)
    assert collected.verify() == Findings(checked=2)
    assert set(collected.states.values()) == {"stored"}


def test_what_is_forgotten_meanwhile_stays_forgotten(collected: Collected) -> None:
    collected.put(1, "demo/a.jpg")
    collected.move("demo/a.jpg", "demo/b.jpg")

    def forget(*_: int) -> None:
        collected.forget("demo/b.jpg")

    assert verify(collected.engine, collected.store, forget) == Findings(checked=1)
    assert collected.states == {"demo/a.jpg": "forgotten"}


def test_progress_is_told_for_each_file(collected: Collected) -> None:
    for number in range(3):
        collected.put(number, f"{number}.jpg")
    told: list[tuple[int, int]] = []
    verify(collected.engine, collected.store, lambda done, of: told.append((done, of)))
    assert told == [(1, 3), (2, 3), (3, 3)]
