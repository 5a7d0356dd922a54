"""What pages in the browser share."""

import pytest

from spiders_project.downloader.browser.kept import Kept, Loaded


def answer(size_bytes: int = 10, status: int = 200, **headers: str) -> Loaded:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Loaded(status, named, b"x" * size_bytes)


def test_an_answer_is_kept_for_other_pages() -> None:
    kept, script = Kept(), answer()
    kept.put("/show.js", script)

    assert kept.get("/show.js") is script
    assert kept.get("/other.js") is None


@pytest.mark.parametrize("control", ["no-store", "private, no-cache", "public, Max-Age=0"])
def test_what_may_not_be_kept_is_not(control: str) -> None:
    kept = Kept()
    kept.put("/data", answer(cache_control=control))

    assert kept.get("/data") is None


@pytest.mark.parametrize(
    ("status", "is_kept"), [(404, True), (410, True), (403, False), (503, False)]
)
def test_errors_are_kept_where_they_last(status: int, is_kept: bool) -> None:
    kept = Kept()
    kept.put("/data", answer(status=status))

    assert (kept.get("/data") is not None) == is_kept


def test_a_newer_answer_that_may_not_be_kept_takes_the_old_one_away() -> None:
    kept = Kept()
    kept.put("/data", answer())
    kept.put("/data", answer(cache_control="no-store"))

    assert kept.get("/data") is None


def test_those_that_were_not_used_for_longest_go_first() -> None:
    kept = Kept(most_bytes=30)
    for name in "abc":
        kept.put(name, answer(10))
    kept.get("a")
    kept.put("d", answer(10))

    assert [name for name in "abcd" if kept.get(name)] == ["a", "c", "d"]


def test_an_answer_larger_than_all_room_is_not_kept() -> None:
    kept = Kept(most_bytes=30)
    kept.put("a", answer(10))
    kept.put("b", answer(31))

    assert kept.get("b") is None
    assert kept.get("a")
