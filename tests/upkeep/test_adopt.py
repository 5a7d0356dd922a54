"""Pictures from elsewhere: known by their bytes, copied once, with what their sidecars say."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from spiders_project.catalogue.pictures import known_pictures
from spiders_project.catalogue.schema import places, runs
from spiders_project.media.inspect import inspect_picture
from tests.catalogue import dead_process, new_run, transaction
from tests.gallery import picture_bytes
from tests.upkeep import Collected, opened_collection, place_of, sidecar_of, write_pictures

ONE = inspect_picture(picture_bytes(0)).sha256


@pytest.fixture
def collected(tmp_path: Path) -> Iterator[Collected]:
    with opened_collection(tmp_path / "output") as collected:
        yield collected


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "Old pictures"
    folder.mkdir()
    return folder


def test_pictures_are_copied_with_their_folders_and_thumbnails(
    collected: Collected, folder: Path
) -> None:
    write_pictures(folder, ["a.jpg", "2019/b.JPEG"])

    intake = collected.adopt(folder)

    assert intake.outcomes == {"adopted": 2}
    first, second = "adopted/Old pictures/2019/b.jpg", "adopted/Old pictures/a.jpg"
    assert collected.states == {first: "stored", second: "stored"}
    assert collected.files == sorted(
        [f"images/{path}" for path in (first, second)]
        + [f"thumbs/{box}/{path}.jpg" for box in ("grid", "large") for path in (first, second)]
    )
    assert (folder / "a.jpg").read_bytes() == (collected.store.root / second).read_bytes()
    assert collected.verify().is_sound


def test_the_bytes_decide_the_ending(collected: Collected, folder: Path) -> None:
    (folder / "scan.png").write_bytes(picture_bytes(0))
    (folder / "IMG_1234").write_bytes(picture_bytes(1, "PNG"))
    collected.adopt(folder)
    assert set(collected.states) == {
        "adopted/Old pictures/scan.jpg",
        "adopted/Old pictures/IMG_1234.png",
    }


def test_each_is_counted_by_what_becomes_of_it(collected: Collected, folder: Path) -> None:
    collected.put(0, "demo/known.jpg")
    collected.put(1, "demo/unwanted.jpg")
    collected.forget("demo/unwanted.jpg")
    write_pictures(folder, ["known.jpg", "unwanted.jpg", "new.jpg"])
    (folder / "new copy.jpg").write_bytes(picture_bytes(2))
    (folder / "notes.txt").write_text("no picture")
    (folder / "cut.jpg").write_bytes(picture_bytes(3)[:-900])
    (folder / "empty.jpg").touch()

    intake = collected.adopt(folder)

    assert intake.outcomes == {"adopted": 1, "known": 2, "forgotten": 1, "refused": 3}
    assert set(intake.refused) == {"notes.txt", "cut.jpg", "empty.jpg"}
    assert all(intake.refused.values())


def test_a_file_that_cannot_be_read_stops_nothing(collected: Collected, folder: Path) -> None:
    write_pictures(folder, ["a.jpg", "z.jpg"])
    (folder / "link.jpg").symlink_to(folder / "nowhere.jpg")
    intake = collected.adopt(folder)
    assert intake.outcomes == {"adopted": 2, "refused": 1}
    assert intake.refused == {"link.jpg": "No such file or directory"}


def test_adopting_twice_adopts_once(collected: Collected, folder: Path) -> None:
    write_pictures(folder, ["a.jpg", "b.jpg"])
    collected.adopt(folder)
    before = collected.files
    assert collected.adopt(folder).outcomes == {"known": 2}
    assert collected.files == before


def test_names_that_clash_are_told_apart(collected: Collected, folder: Path) -> None:
    write_pictures(folder, ["Dawn.jpg", "dawn.jpg"])
    assert collected.adopt(folder).outcomes == {"adopted": 2}
    assert len({path.casefold() for path in collected.states}) == 2


def test_files_in_the_store_are_adopted_in_their_place(collected: Collected) -> None:
    collected.put(5, "demo/five.jpg")
    write_pictures(collected.store.root, ["mine/a.jpg", "b.JPG"])
    assert collected.verify().orphaned == ["b.JPG", "mine/a.jpg"]

    assert collected.adopt(collected.store.root).outcomes == {"adopted": 2, "known": 1}

    images = {path for path in collected.files if path.startswith("images/")}
    assert images == {"images/demo/five.jpg", "images/b.JPG", "images/mine/a.jpg"}
    assert collected.verify().is_sound


def test_a_later_crawl_keeps_the_adopted_file(collected: Collected, folder: Path) -> None:
    write_pictures(folder, ["a.jpg"])
    collected.adopt(folder)
    assert collected.claim(0, "demo/birds/title.jpg") == ("adopted/Old pictures/a.jpg", "stored")
    assert collected.outcome_of(place_of(0), ONE) == "downloaded"
    assert collected.outcome_of(place_of(0), ONE) == "unchanged"


def test_sidecars_say_where_a_picture_was_found(collected: Collected, folder: Path) -> None:
    write_pictures(folder, ["a.jpg"])
    (folder / "a.jpg.json").write_bytes(sidecar_of(0, ONE))

    assert collected.adopt(folder).outcomes == {"adopted": 1}

    place = place_of(0)
    with transaction(collected.engine) as connection:
        row = connection.execute(select(places)).one()
        known = known_pictures(connection, [place.address])[place.address]
    assert (row.page, row.site, row.category, row.title) == (
        *(place.page, "demo", "birds"),
        "Picture 0",
    )
    assert known.opt_outs == ["noai"]
    assert collected.outcome_of(place, ONE) == "unchanged"


def test_a_sidecar_that_comes_later_is_read_for_a_known_picture(
    collected: Collected, folder: Path
) -> None:
    write_pictures(folder, ["a.jpg"])
    collected.adopt(folder)
    (folder / "a.jpg.json").write_bytes(sidecar_of(0, ONE))
    assert collected.adopt(folder).outcomes == {"known": 1}
    assert collected.outcome_of(place_of(0), ONE) == "unchanged"


def test_a_sidecar_of_other_bytes_says_nothing(collected: Collected, folder: Path) -> None:
    write_pictures(folder, ["a.jpg"])
    (folder / "a.jpg.json").write_bytes(sidecar_of(0, "0" * 64))
    collected.adopt(folder)
    assert collected.outcome_of(place_of(0), ONE) == "downloaded"


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"\xff\xfe",
        b"no json",
        b"[]",
        b"null",
        b'{"images": 5}',
        b'{"images": ["http://demo/1.jpg"]}',
        b'{"images": [null, {}]}',
        sidecar_of(0, ONE, page_url=5),
        sidecar_of(0, ONE, title={"en": "Dawn"}, site=7, category=["a"]),
        sidecar_of(
            0, ONE, images=[{"url": "http://demo/0.jpg", "sha256": ONE, "opt_outs": "noai"}]
        ),
        json.dumps({"category": "gallery-dl", "images": [1, 2]}).encode(),
    ],
)
def test_a_sidecar_of_another_program_does_no_harm(
    collected: Collected, folder: Path, text: bytes
) -> None:
    write_pictures(folder, ["a.jpg"])
    (folder / "a.jpg.json").write_bytes(text)
    assert collected.adopt(folder).outcomes == {"adopted": 1}
    assert collected.verify().is_sound


def test_a_folder_without_files_is_adopted_for_what_it_is(
    collected: Collected, folder: Path
) -> None:
    assert collected.adopt(folder).outcomes == {}


def test_a_missing_picture_is_given_back_under_its_old_name(
    collected: Collected, folder: Path
) -> None:
    collected.put(0, "demo/a.jpg")
    (collected.store.root / "demo/a.jpg").unlink()
    collected.verify()
    write_pictures(folder, ["from a backup.jpg"])
    assert collected.adopt(folder).outcomes == {"adopted": 1}
    assert collected.states == {"demo/a.jpg": "stored"}
    assert collected.verify().is_sound


def test_it_is_a_run_that_others_can_see(collected: Collected, folder: Path) -> None:
    collected.adopt(folder)
    with transaction(collected.engine) as connection:
        run = connection.execute(select(runs)).one()
    assert (run.spider, run.exit_status) == ("adopt", 0)
    assert json.loads(run.arguments) == {"folder": str(folder)}


def test_what_a_killed_process_left_is_taken_over(collected: Collected, folder: Path) -> None:
    collected.claim(0, "demo/a.jpg")
    with transaction(collected.engine) as connection:
        connection.execute(runs.update().values(pid=dead_process()))
    write_pictures(folder, ["a.jpg"])
    assert collected.adopt(folder).outcomes == {"adopted": 1}
    assert set(collected.states.values()) == {"stored"}
    assert new_run(collected.engine)
