"""The embedded frontier: order, durability, and what a kill at any instant leaves."""

import json
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from spiders_project.frontier.sqlite import SqliteStore, remove_files
from spiders_project.frontier.store import FrontierDamaged, FrontierInUse, FrontierStore

_PROJECT = Path(__file__).parents[2]
_A, _B, _C = "https://a.example", "https://b.example", "https://c.example:8080"
_KILLS = 15
_DEPTH = 9

_CRAWL_OF_A_TREE = f"""
import random, sys
from pathlib import Path
from spiders_project.frontier.sqlite import SqliteStore

store = SqliteStore(Path(sys.argv[1]))
if not store.run:
    store.add(b"r", 0, "https://a.example", "r", from_start=True)
    store.begin("run")
finished = sum(1 for _ in store.items())
while leased := store.lease(3):
    for request in leased:
        name = request.body
        if len(name) < {_DEPTH}:
            for child in "012":
                store.add((name + child).encode(), len(name) % 3, request.origin, name + child)
        store.done(request.number, [name], {{"done": 1}}, {{"first": name}})
        finished += 1
    if random.random() < 0.05:
        store.commit()
        print(finished, flush=True)
store.close()
"""

_STAY_OPEN = """
import sys
from pathlib import Path
from spiders_project.frontier.sqlite import SqliteStore

store = SqliteStore(Path(sys.argv[1]))
store.begin("run")
print("open", flush=True)
sys.stdin.read()
"""

_MEET_THE_END_OF_THE_DISK = """
import resource, sqlite3, sys
from pathlib import Path
from spiders_project.frontier.sqlite import SqliteStore

store = SqliteStore(Path(sys.argv[1]))
store.begin("run")
parent = store.add(None, 9, "https://a.example", "parent")
store.lease(1)
store.commit()
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    for _ in range(10_000):
        store.add(None, 0, "https://a.example", "child" * 100)
except sqlite3.Error as error:
    print(error)
try:
    store.done(parent, ["item"], {}, {})
except sqlite3.Error as error:
    print(error)
store.commit()
store.close()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "frontier" / "job.db"


@pytest.fixture
def store(path: Path) -> Iterator[SqliteStore]:
    store = SqliteStore(path)
    yield store
    store.close()


def start(program: str, path: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", program, str(path)],
        cwd=_PROJECT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def add(store: FrontierStore, body: str, priority: int = 0, origin: str = _A) -> int:
    number = store.add(body.encode(), priority, origin, body)
    assert number is not None
    return number


def bodies(store: FrontierStore, count: int = 1_000_000, without: tuple[str, ...] = ()) -> str:
    return " ".join(request.body for request in store.lease(count, without))


def test_hands_out_what_was_stored(store: SqliteStore) -> None:
    number = store.add(b"f", -3, _C, '{"url": "größer"}')
    (request,) = store.lease(5)
    assert (request.number, request.priority, request.origin) == (number, -3, _C)
    assert request.body == '{"url": "größer"}'


def test_the_highest_priority_goes_first_then_the_oldest(store: SqliteStore) -> None:
    for body, priority in (("b", 0), ("d", -5), ("a", 7), ("c", 0)):
        add(store, body, priority)
    assert bodies(store, 3) == "a b c"
    assert bodies(store) == "d"


def test_hands_out_nothing_for_an_origin_that_is_held_back(store: SqliteStore) -> None:
    add(store, "held", 9, _A)
    add(store, "free", 1, _B)
    add(store, "no origin", 2, "")
    assert bodies(store, 5, (_A,)) == "no origin free"
    assert bodies(store, 5, (_A,)) == ""
    assert bodies(store, 5) == "held"


def test_a_known_fingerprint_is_not_stored_again(store: SqliteStore) -> None:
    number = store.add(b"f", 0, _A, "first")
    assert store.add(b"f", 0, _A, "second") is None
    assert store.add(None, 0, _A, "third") is not None
    assert store.add(None, 0, _A, "third") is not None
    assert number is not None
    assert bodies(store) == "first third third"
    store.done(number, [], {}, {})
    assert store.add(b"f", 0, _A, "first") is None


def test_requests_of_start_are_counted_even_if_known(path: Path) -> None:
    store = SqliteStore(path)
    store.add(b"f", 0, _A, "", from_start=True)
    store.add(b"f", 0, _A, "", from_start=True)
    store.add(b"g", 0, _A, "")
    assert store.started == 2
    store.close()
    again = SqliteStore(path)
    assert again.started == 2
    again.close()


def test_a_redirect_goes_where_nobody_else_has_been(path: Path) -> None:
    store = SqliteStore(path)
    one, other = add(store, "one"), add(store, "other")
    assert store.owns(b"target", one)
    assert not store.owns(b"target", other)
    assert not store.owns(b"one", other)
    assert store.add(b"target", 0, _A, "") is None
    store.close()
    again = SqliteStore(path)
    assert again.owns(b"target", one)
    again.close()


def test_numbers_are_never_used_again(path: Path) -> None:
    store = SqliteStore(path)
    first = add(store, "first")
    store.lease(1)
    store.done(first, [], {}, {})
    store.close()
    again = SqliteStore(path)
    assert add(again, "second") > first
    again.close()


def test_counts_what_is_pending_and_what_is_leased(store: SqliteStore) -> None:
    numbers = [add(store, str(n)) for n in range(5)]
    store.lease(3)
    assert (store.pending, store.leased) == (2, 3)
    store.done(numbers[0], [], {}, {})
    store.give_back(numbers[1])
    assert (store.pending, store.leased) == (3, 1)
    assert bodies(store) == "1 3 4"


def test_keeps_what_a_request_has_led_to(path: Path) -> None:
    store = SqliteStore(path)
    one, two = add(store, "one"), add(store, "two")
    store.lease(2)
    store.done(two, ['"x"', '"y"'], {"pictures": 2}, {"problem": "first"})
    store.done(one, ['"z"'], {"pictures": 1, "pages": 1}, {"problem": "second"})
    store.close()
    again = SqliteStore(path)
    assert list(again.items()) == ['"x"', '"y"', '"z"']
    assert again.counts() == {"pictures": 3, "pages": 1}
    assert again.notes() == {"problem": "first"}
    assert (again.pending, again.leased) == (0, 0)
    again.close()


def test_done_with_text_that_cannot_be_stored_changes_nothing(store: SqliteStore) -> None:
    number = add(store, "one")
    store.lease(1)
    with pytest.raises(UnicodeError):
        store.done(number, ["good", "half a pair \ud83d"], {"pictures": 1}, {})
    store.give_back(number)
    assert list(store.items()) == []
    assert store.counts() == {}
    assert bodies(store) == "one"


def test_items_can_be_read_while_requests_are_done(store: SqliteStore) -> None:
    for n in range(1000):
        store.done(add(store, str(n)), [str(n)], {}, {})
    read = []
    for n, item in enumerate(store.items()):
        read.append(item)
        if n < 300:
            store.done(add(store, f"more {n}"), [f"more {n}"], {}, {})
    assert read == [*map(str, range(1000)), *(f"more {n}" for n in range(300))]


def test_what_was_leased_is_pending_when_it_is_opened_again(path: Path) -> None:
    store = SqliteStore(path)
    store.begin("run-7")
    add(store, "one")
    add(store, "two")
    store.lease(1)
    store.close()
    again = SqliteStore(path)
    assert (again.run, again.pending, again.leased) == ("run-7", 2, 0)
    assert bodies(again) == "one two"
    again.close()


def test_a_new_frontier_belongs_to_no_run(store: SqliteStore) -> None:
    assert (store.run, store.pending, store.leased, store.started) == ("", 0, 0, 0)


def test_delete_leaves_nothing(path: Path) -> None:
    store = SqliteStore(path)
    add(store, "one")
    store.delete()
    assert not path.parent.exists()


def test_delete_spares_what_belongs_to_others(path: Path) -> None:
    store = SqliteStore(path)
    path.with_name("other.db").touch()
    store.delete()
    assert [file.name for file in path.parent.iterdir()] == ["other.db"]


def test_what_a_damaged_frontier_leaves_is_removed(path: Path) -> None:
    path.parent.mkdir()
    for ending in ("", "-wal", "-shm"):
        path.with_name(path.name + ending).touch()
    remove_files(path)
    assert not path.parent.exists()


def test_a_journal_whose_file_was_deleted_is_not_used(path: Path) -> None:
    store = SqliteStore(path)
    add(store, "one")
    store.commit()
    journal = path.with_name(path.name + "-wal")
    content = journal.read_bytes()
    assert content
    store.delete()
    path.parent.mkdir()
    journal.write_bytes(content)
    again = SqliteStore(path)
    assert again.pending == 0
    again.close()


@pytest.mark.parametrize("seed", range(5))
def test_order_is_that_of_a_simple_model(path: Path, seed: int) -> None:
    chance = random.Random(seed)
    origins = [f"https://{n}.example" for n in range(chance.choice((2, 5, 40)))]
    pending: dict[int, tuple[int, str]] = {}
    leased: dict[int, tuple[int, str]] = {}
    held: set[str] = set()
    store = SqliteStore(path)
    for _ in range(1500):
        action = chance.choice(("add", "add", "add", "lease", "lease", "done", "back", "hold"))
        if action == "add":
            priority, origin = chance.choice((0, 0, 0, 5, -5)), chance.choice(origins)
            number = store.add(None, priority, origin, "")
            assert number is not None
            pending[number] = (priority, origin)
        elif action == "lease":
            count = chance.choice((1, 1, 3))
            allowed = [number for number in pending if pending[number][1] not in held]
            expected = sorted(allowed, key=lambda number: (-pending[number][0], number))[:count]
            assert [request.number for request in store.lease(count, held)] == expected
            leased |= {number: pending.pop(number) for number in expected}
        elif action == "hold":
            held ^= set(chance.sample(origins, chance.randrange(len(origins))))
            if chance.random() < 0.3:
                held.clear()
        elif leased:
            number = chance.choice(list(leased))
            request = leased.pop(number)
            if action == "back":
                store.give_back(number)
                pending[number] = request
            else:
                store.done(number, [], {}, {})
        assert (store.pending, store.leased) == (len(pending), len(leased))
    store.close()


def test_a_million_held_back_cost_the_others_nothing(store: SqliteStore) -> None:
    for _ in range(20_000):
        store.add(None, 9, _A, "held")
    for _ in range(1001):
        store.add(None, 0, _B, "free")
    store.lease(1, {_A})
    began = time.process_time()
    for _ in range(1000):
        assert store.lease(1, {_A})[0].body == "free"
    # To pass over all of those held back each time would take more than a second.
    assert time.process_time() - began < 0.5


def tree(name: str = "r") -> Iterator[str]:
    yield name
    if len(name) < _DEPTH:
        for child in "012":
            yield from tree(name + child)


def check_tree(path: Path, promised: int) -> None:
    """Check what a killed crawl of the tree has left; ``promised`` were done and committed."""
    store = SqliteStore(path)
    done = list(store.items())
    assert len(done) >= promised
    assert len(done) == len(set(done)), "an item came twice"
    assert store.counts() == ({"done": len(done)} if done else {})
    assert store.notes() == ({"first": "r"} if done else {})
    left = [request.body for request in store.lease(1_000_000)]
    assert len(left) == len(set(left)), "a request came twice"
    assert not set(left) & set(done), "a request that is done came again"
    known = {*left, *done}
    children = {
        name + child for name in done for child in "012" if len(name) < _DEPTH and store.run
    }
    assert children <= known, "a request is done and its children are lost"
    store.close()


def test_a_kill_at_any_moment_loses_nothing(path: Path) -> None:
    chance = random.Random()
    for _ in range(_KILLS):
        crawl = start(_CRAWL_OF_A_TREE, path)
        time.sleep(chance.uniform(0.03, 0.2))
        crawl.send_signal(signal.SIGKILL)
        said = crawl.communicate()[0].splitlines()
        check_tree(path, int(said[-1]) if said else 0)
    crawl = start(_CRAWL_OF_A_TREE, path)
    crawl.communicate()
    assert crawl.returncode == 0
    store = SqliteStore(path)
    assert sorted(store.items()) == sorted(tree())
    assert (store.pending, store.started) == (0, 1)
    store.close()


def test_a_second_process_is_refused_until_the_first_is_gone(path: Path) -> None:
    first = start(_STAY_OPEN, path)
    assert first.stdout is not None
    assert first.stdout.readline() == "open\n"
    try:
        with pytest.raises(FrontierInUse):
            SqliteStore(path)
    finally:
        first.kill()
        first.communicate()
    store = SqliteStore(path)
    assert store.run == "run"
    store.close()


def test_after_a_failed_write_nothing_more_is_believed(path: Path) -> None:
    crawl = start(_MEET_THE_END_OF_THE_DISK, path)
    said = crawl.communicate()[0].splitlines()
    assert crawl.returncode == 0
    assert len(said) == 2
    store = SqliteStore(path)
    assert list(store.items()) == []
    assert store.lease(1)[0].body == "parent"
    store.close()


def filled(path: Path) -> bytes:
    """Return the bytes of a frontier with six hundred requests."""
    store = SqliteStore(path)
    store.begin("run")
    for n in range(600):
        store.add(n.to_bytes(20, "big"), n % 3, _A, "x" * 200)
    store.close()
    return path.read_bytes()


@pytest.mark.parametrize("damage", ["garbage", "truncated", "overwritten", "text"])
def test_a_damaged_file_is_told(path: Path, damage: str) -> None:
    content = filled(path)
    middle = len(content) // 2
    noise = random.Random(1).randbytes(8192)
    path.write_bytes(
        {
            "garbage": noise,
            "truncated": content[: middle + 100],
            "overwritten": content[:middle] + noise + content[middle + len(noise) :],
            "text": json.dumps(["no frontier"] * 99).encode(),
        }[damage]
    )
    with pytest.raises(FrontierDamaged, match=r"job\.db: \w+"):
        SqliteStore(path)


def test_old_pages_among_new_ones_are_told(path: Path) -> None:
    old = filled(path)
    store = SqliteStore(path)
    for request in store.lease(400):
        store.done(request.number, [], {}, {})
    store.close()
    new = path.read_bytes()
    told = 0
    for page in range(0, len(new), 4096):
        path.write_bytes(new[:page] + old[page : page + 4096] + new[page + 4096 :])
        try:
            store = SqliteStore(path)
        except FrontierDamaged:
            told += 1
            continue
        pending = store.pending
        assert len(store.lease(1000)) == pending
        store.close()
    assert told > 10


@pytest.mark.parametrize("version", [0, 2])
def test_another_version_is_told(path: Path, version: int) -> None:
    filled(path)
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {version}")
    connection.close()
    with pytest.raises(FrontierDamaged, match=f"version {version}, not 1"):
        SqliteStore(path)


def test_another_program_s_database_is_told(path: Path) -> None:
    path.parent.mkdir()
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE songs (title)")
    connection.execute("PRAGMA user_version = 1")
    connection.close()
    with pytest.raises(FrontierDamaged, match="no such table"):
        SqliteStore(path)


def test_what_cannot_be_opened_is_an_error_of_the_system(path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(OSError, match="unable to open"):
        SqliteStore(path)
