"""Deleted for good: files, thumbnails and sidecars, and the bytes under whatever name."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from spiders_project.errors import WrongInput
from tests.gallery import picture_bytes
from tests.upkeep import Collected, opened_collection, sidecar_of


@pytest.fixture
def collected(tmp_path: Path) -> Iterator[Collected]:
    with opened_collection(tmp_path) as collected:
        collected.put(1, "demo/birds/a.jpg", sidecar=True)
        collected.put(2, "demo/birds/b.jpg", sidecar=True)
        collected.put(3, "demo/cats/c.jpg")
        yield collected


def _is_gone(collected: Collected, name: str) -> bool:
    return not any(name in path for path in collected.files)


def test_all_files_of_a_picture_are_deleted(collected: Collected) -> None:
    before = collected.files

    assert collected.forget("demo/birds/a.jpg") == ["demo/birds/a.jpg"]

    assert _is_gone(collected, "a.jpg")
    assert collected.files == [path for path in before if "a.jpg" not in path]
    assert collected.states["demo/birds/a.jpg"] == "forgotten"
    assert collected.verify().is_sound


def test_forgotten_bytes_are_refused_under_every_name(collected: Collected) -> None:
    collected.forget("demo/birds/a.jpg")
    assert collected.claim(1, "another/name.jpg")[1] == "forgotten"


def test_the_name_of_a_forgotten_picture_is_given_to_no_other(collected: Collected) -> None:
    collected.forget("demo/birds/a.jpg")
    assert collected.claim(7, "demo/birds/a.jpg")[0] != "demo/birds/a.jpg"


@pytest.mark.parametrize(
    "path", ["demo/birds", "demo/birds/", "{store}/demo/birds", "./demo/birds"]
)
def test_a_folder_means_all_below_it(collected: Collected, path: str) -> None:
    forgotten = collected.forget(path.format(store=collected.store.root))
    assert forgotten == ["demo/birds/a.jpg", "demo/birds/b.jpg"]
    assert not (collected.store.root / "demo/birds").exists()
    assert collected.states["demo/cats/c.jpg"] == "stored"


@pytest.mark.parametrize("other", ["demo/Birds", "demo/birds2", "demo/b_rds", "demo/bird"])
def test_a_folder_does_not_mean_one_that_is_nearly_called_so(
    collected: Collected, other: str
) -> None:
    collected.put(4, f"{other}/d.jpg")
    assert collected.forget("demo/birds") == ["demo/birds/a.jpg", "demo/birds/b.jpg"]
    assert collected.states[f"{other}/d.jpg"] == "stored"
    assert (collected.store.root / f"{other}/d.jpg").exists()


def test_a_folder_means_missing_pictures_too(collected: Collected) -> None:
    (collected.store.root / "demo/birds/a.jpg").unlink()
    assert collected.forget("demo/birds") == ["demo/birds/a.jpg", "demo/birds/b.jpg"]
    assert _is_gone(collected, "birds")


def test_a_folder_that_was_deleted_by_hand_can_be_forgotten(collected: Collected) -> None:
    (collected.store.root / "demo/cats/c.jpg").unlink()
    (collected.store.root / "demo/cats").rmdir()
    assert collected.forget("demo/cats") == ["demo/cats/c.jpg"]
    assert _is_gone(collected, "cats")


def test_a_renamed_file_is_forgotten_by_its_bytes(collected: Collected) -> None:
    collected.move("demo/birds/a.jpg", "z.jpg")
    assert collected.forget("z.jpg") == ["demo/birds/a.jpg"]
    assert _is_gone(collected, "z.jpg")
    assert _is_gone(collected, "a.jpg")
    assert collected.claim(1, "n.jpg")[1] == "forgotten"


def test_every_copy_that_is_named_is_deleted(collected: Collected) -> None:
    for name in ("x.jpg", "y.jpg"):
        (collected.store.root / name).write_bytes(picture_bytes(1))
    assert collected.forget("x.jpg", "y.jpg", "demo/birds/a.jpg") == ["demo/birds/a.jpg"]
    assert not any(_.endswith(("x.jpg", "y.jpg", "a.jpg")) for _ in collected.files)


def test_another_picture_under_its_old_name_stays(collected: Collected) -> None:
    collected.move("demo/birds/a.jpg", "z.jpg")
    collected.move("demo/birds/b.jpg", "demo/birds/a.jpg")
    collected.forget("z.jpg")
    assert (collected.store.root / "demo/birds/a.jpg").read_bytes() == picture_bytes(2)


@pytest.mark.parametrize(
    "path",
    ["demo/birds/nothing.jpg", "nowhere", "", ".", "..", "demo/birds/a.jpg/below", "orphan.jpg"],
)
def test_a_path_that_means_no_picture_changes_nothing(
    collected: Collected, path: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (collected.store.root / "orphan.jpg").write_bytes(picture_bytes(9))
    monkeypatch.chdir(tmp_path.parent)
    before = collected.files, collected.states

    with pytest.raises(WrongInput, match="is no picture of the collection"):
        collected.forget("demo/birds/b.jpg", path)

    assert (collected.files, collected.states) == before


def test_a_file_in_a_folder_that_is_no_picture_is_named(collected: Collected) -> None:
    (collected.store.root / "demo/birds/Thumbs.db").write_bytes(b"windows")
    with pytest.raises(WrongInput, match=r"^demo/birds/Thumbs.db is no picture"):
        collected.forget("demo/birds")


def test_a_file_outside_of_the_store_is_never_deleted(collected: Collected, tmp_path: Path) -> None:
    outside = tmp_path / "mine.jpg"
    outside.write_bytes(picture_bytes(1))
    for path in (str(outside), "../mine.jpg"):
        with pytest.raises(WrongInput):
            collected.forget(path)
    assert outside.exists()
    assert collected.states["demo/birds/a.jpg"] == "stored"


def test_a_path_is_seen_from_here(collected: Collected, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(collected.store.root / "demo/birds")
    assert collected.forget("a.jpg") == ["demo/birds/a.jpg"]
    assert collected.forget(".") == ["demo/birds/b.jpg"]


def test_the_whole_store_can_be_forgotten_by_its_name(collected: Collected) -> None:
    assert len(collected.forget(str(collected.store.root))) == 3
    assert set(collected.states.values()) == {"forgotten"}
    assert collected.files == []


def test_forgetting_twice_is_forgetting_once(collected: Collected) -> None:
    for _ in range(2):
        assert collected.forget("demo/birds/a.jpg") == ["demo/birds/a.jpg"]


def test_a_moved_and_verified_picture_takes_its_thumbnails_with_it(collected: Collected) -> None:
    collected.move("demo/birds/a.jpg", "z.jpg")
    collected.move("demo/birds/a.jpg.json", "z.jpg.json")
    collected.verify()
    collected.forget("z.jpg")
    assert not [path for path in collected.files if path.startswith("thumbs/") and "a.jpg" in path]
    assert _is_gone(collected, "z.jpg")


def test_a_file_that_comes_back_by_hand_is_not_adopted(
    collected: Collected, tmp_path: Path
) -> None:
    sha256 = collected.put(8, "demo/h.jpg")
    collected.forget("demo/h.jpg")
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "h.jpg").write_bytes(picture_bytes(8))
    (folder / "h.jpg.json").write_bytes(sidecar_of(8, sha256))
    assert collected.adopt(folder).outcomes == {"forgotten": 1}
    assert _is_gone(collected, "h.jpg")
