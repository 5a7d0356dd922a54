"""Every picture has a path of its own, the same one from run to run."""

import hashlib
import threading
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from spiders_project.media.names import Claim, NameBook
from spiders_project.media.store import FolderStore

RED, BLUE, GREEN = (hashlib.sha256(colour).hexdigest() for colour in (b"red", b"blue", b"green"))


class Memory:
    """A store that only remembers: sha256 by path."""

    def __init__(self, **stored: str) -> None:
        self.stored = {path.replace("__", "/") + ".jpg": sha for path, sha in stored.items()}
        self.folders_read: list[str] = []
        self.files_read: list[str] = []

    def names(self, folder: str) -> Iterable[str]:
        self.folders_read.append(folder)
        start = "" if folder == "." else f"{folder}/"
        rest = [path.removeprefix(start) for path in self.stored if path.startswith(start)]
        return [name for name in rest if "/" not in name]

    def sha256_of(self, path: str) -> str:
        self.files_read.append(path)
        return self.stored[path]


def test_first_picture_gets_the_bare_name() -> None:
    assert NameBook(Memory()).claim("s/sunset.jpg", RED) == Claim("s/sunset.jpg", is_stored=False)


def test_other_bytes_get_a_marked_name() -> None:
    book = NameBook(Memory())
    book.claim("s/sunset.jpg", RED)
    claim = book.claim("s/sunset.jpg", BLUE)
    assert claim == Claim(f"s/sunset [{BLUE[:8]}].jpg", is_stored=False)


def test_same_bytes_with_the_same_name_are_stored_once() -> None:
    book = NameBook(Memory())
    book.claim("s/sunset.jpg", RED)
    assert book.claim("s/sunset.jpg", RED) == Claim("s/sunset.jpg", is_stored=True)


def test_same_bytes_find_their_marked_name_again() -> None:
    book = NameBook(Memory())
    book.claim("s/sunset.jpg", RED)
    marked = book.claim("s/sunset.jpg", BLUE).path
    assert book.claim("s/sunset.jpg", BLUE) == Claim(marked, is_stored=True)


def test_marks_with_the_same_beginning_are_kept_apart() -> None:
    book = NameBook(Memory())
    twin = BLUE[:8] + GREEN[8:]
    paths = {book.claim("a.jpg", sha256).path for sha256 in (RED, BLUE, twin)}
    assert paths == {"a.jpg", f"a [{BLUE[:8]}].jpg", f"a [{twin}].jpg"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("s/Sunset.jpg", "s/sunset.jpg"),
        ("s/Straße.jpg", "s/strasse.jpg"),
        ("s/Cafe\u0301.jpg", "s/Café.jpg"),
        ("S/a.jpg", "s/a.jpg"),
    ],
)
def test_names_that_clash_on_some_system_are_kept_apart(one: str, other: str) -> None:
    book = NameBook(Memory())
    assert book.claim(one, RED).path == one
    claim = book.claim(other, BLUE)
    assert not claim.is_stored
    assert claim.path == other.replace(".jpg", f" [{BLUE[:8]}].jpg")


def test_clashing_name_with_the_same_bytes_is_the_same_picture() -> None:
    book = NameBook(Memory())
    book.claim("s/Sunset.jpg", RED)
    assert book.claim("s/sunset.jpg", RED) == Claim("s/Sunset.jpg", is_stored=True)


def test_same_name_in_another_folder_is_free() -> None:
    book = NameBook(Memory())
    book.claim("s/a.jpg", RED)
    assert book.claim("t/a.jpg", BLUE) == Claim("t/a.jpg", is_stored=False)


def test_name_on_disk_with_other_bytes_is_left_alone() -> None:
    claim = NameBook(Memory(s__a=RED)).claim("s/a.jpg", BLUE)
    assert claim == Claim(f"s/a [{BLUE[:8]}].jpg", is_stored=False)


def test_name_on_disk_with_the_same_bytes_is_found() -> None:
    assert NameBook(Memory(s__a=RED)).claim("s/a.jpg", RED) == Claim("s/a.jpg", is_stored=True)


def test_name_on_disk_in_other_case_is_found() -> None:
    assert NameBook(Memory(s__A=RED)).claim("s/a.jpg", RED) == Claim("s/A.jpg", is_stored=True)


def test_names_stay_in_a_second_run_in_any_order() -> None:
    first_run = NameBook(memory := Memory())
    for sha256 in (RED, BLUE, GREEN):
        memory.stored[first_run.claim("s/a.jpg", sha256).path] = sha256
    second_run = NameBook(memory)
    for sha256 in (GREEN, RED, BLUE):
        claim = second_run.claim("s/a.jpg", sha256)
        assert claim.is_stored
        assert memory.stored[claim.path] == sha256


def test_reads_only_the_files_that_it_must() -> None:
    memory = Memory(s__a=RED, s__b=BLUE, t__a=GREEN)
    book = NameBook(memory)
    for _ in range(3):
        book.claim("s/a.jpg", RED)
        book.claim("s/c.jpg", GREEN)
    assert memory.files_read == ["s/a.jpg"]
    assert memory.folders_read == ["s"]


def test_folder_that_could_not_be_read_is_read_again() -> None:
    class OnceUnreadable(Memory):
        def names(self, folder: str) -> Iterable[str]:
            if not self.folders_read:
                self.folders_read.append(folder)
                raise PermissionError(folder)
            return super().names(folder)

    book = NameBook(OnceUnreadable(s__a=RED))
    with pytest.raises(PermissionError):
        book.claim("s/a.jpg", RED)
    assert book.claim("s/a.jpg", RED) == Claim("s/a.jpg", is_stored=True)


def test_name_that_could_not_be_written_is_free_again() -> None:
    book = NameBook(Memory())
    book.give_back(book.claim("s/a.jpg", RED).path)
    assert book.claim("s/a.jpg", BLUE) == Claim("s/a.jpg", is_stored=False)


@pytest.mark.parametrize(
    ("sha256", "expected"),
    [(RED, Claim("s/a.jpg", is_stored=True)), (BLUE, Claim(f"s/a [{BLUE[:8]}].jpg", False))],
    ids=["same bytes", "other bytes"],
)
def test_file_that_appeared_meanwhile_is_looked_at(sha256: str, expected: Claim) -> None:
    book = NameBook(memory := Memory())
    assert not book.claim("s/a.jpg", sha256).is_stored
    memory.stored["s/a.jpg"] = RED  # another process was faster
    book.found_on_disk("s/a.jpg")
    assert book.claim("s/a.jpg", sha256) == expected


def test_no_two_pictures_share_a_path_whatever_the_threads_do() -> None:
    book = NameBook(Memory(s__a=RED))
    hashes = [hashlib.sha256(bytes([number])).hexdigest() for number in range(40)] * 5
    titles = ["s/a.jpg", "s/A.jpg", "s/b.jpg"]
    start = threading.Barrier(8)

    def claim(part: int) -> list[tuple[str, str, bool]]:
        start.wait()
        claims = []
        for number, sha256 in enumerate(hashes[part::8]):
            taken = book.claim(titles[number % 3], sha256)
            claims.append((taken.path, sha256, taken.is_stored))
        return claims

    with ThreadPoolExecutor(8) as threads:
        claims = [claim for part in threads.map(claim, range(8)) for claim in part]
    holders: dict[str, set[str]] = {}
    for path, sha256, _ in claims:
        holders.setdefault(path.casefold(), set()).add(sha256)
    assert all(len(hashes_of_path) == 1 for hashes_of_path in holders.values())
    new_paths = [path for path, _, is_stored in claims if not is_stored]
    assert len(new_paths) == len(set(new_paths))
    assert "s/a.jpg" not in new_paths


def test_works_with_a_folder(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    first_run = NameBook(store)
    for body in (b"red", b"blue"):
        path = first_run.claim("s/a.jpg", hashlib.sha256(body).hexdigest()).path
        store.add(path, body)
    (tmp_path / "s" / "b.jpg").mkdir()
    second_run = NameBook(store)
    assert second_run.claim("s/a.jpg", BLUE) == Claim(f"s/a [{BLUE[:8]}].jpg", is_stored=True)
    assert second_run.claim("s/a.jpg", RED) == Claim("s/a.jpg", is_stored=True)
    assert second_run.claim("s/b.jpg", RED) == Claim(f"s/b [{RED[:8]}].jpg", is_stored=False)
