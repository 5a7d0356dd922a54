"""The index finds what is like a picture, exactly, among as many as there are."""

import random
import tracemalloc

import pytest

from spiders_project.media import likeness
from spiders_project.media.likeness import LikenessIndex, Limits, Match

COARSE, STRUCTURE, COLOUR, SHAPE = range(64), range(216), range(216, 248), range(248, 256)


def made(seed: int) -> str:
    return f"{random.Random(seed).getrandbits(256):064x}"


def changed(fingerprint: str, *places: int) -> str:
    """Return a fingerprint with other bits at some places, counted from the first one."""
    number = int(fingerprint, 16)
    for place in places:
        number ^= 1 << (255 - place)
    return f"{number:064x}"


def with_shape(fingerprint: str, shape: int) -> str:
    return f"{fingerprint[:-2]}{shape:02x}"


def index_of(*fingerprints: str, limits: Limits | None = None) -> LikenessIndex:
    index = LikenessIndex(limits or Limits())
    for key, fingerprint in enumerate(fingerprints):
        index.add(key, fingerprint)
    return index


def test_empty_index_finds_nothing() -> None:
    assert LikenessIndex().closest(made(1)) is None


def test_finds_the_same_fingerprint() -> None:
    assert index_of(made(1), made(2), made(3)).closest(made(2)) == Match(0, 1)


def test_finds_nothing_among_others() -> None:
    assert index_of(*map(made, range(500))).closest(made(1000)) is None


def test_finds_the_closest() -> None:
    index = index_of(changed(made(1), 3, 70, 200), made(2), changed(made(1), 9), made(3))
    assert index.closest(made(1)) == Match(1, 2)


def test_finds_the_lowest_key_of_equally_close_ones() -> None:
    index = LikenessIndex()
    for key in (7, 5, 6):
        index.add(key, changed(made(1), key))
    assert index.closest(made(1)) == Match(1, 5)


def test_distance_counts_structure_and_not_colour_or_shape() -> None:
    other = with_shape(changed(made(1), 0, 63, 64, 127, 128, 191, 192, 215, 216, 247), 100)
    assert index_of(other).closest(with_shape(made(1), 101)) == Match(8, 0)


@pytest.mark.parametrize(
    ("places", "limit"),
    [
        (COARSE, Limits().coarse_bits),
        (STRUCTURE[64:], Limits().structure_bits),
        (COLOUR, Limits().colour_bits),
    ],
    ids=["coarse", "structure", "colour"],
)
def test_each_part_has_its_limit(places: range, limit: int) -> None:
    index = index_of(made(1))
    assert index.closest(changed(made(1), *places[:limit])) is not None
    assert index.closest(changed(made(1), *places[: limit + 1])) is None


def test_coarse_bits_count_as_structure() -> None:
    places = [*COARSE[:8], *STRUCTURE[100 : 100 + Limits().structure_bits - 8]]
    assert index_of(made(1)).closest(changed(made(1), *places)) is not None
    assert index_of(made(1)).closest(changed(made(1), *places, 9)) is None


@pytest.mark.parametrize(
    ("set_bits", "differing"), [(24, 8), (36, 12), (48, 16), (54, 18), (60, 18)]
)
def test_pictures_with_little_structure_have_to_agree_better(set_bits: int, differing: int) -> None:
    little = changed("0" * 64, *STRUCTURE[64 : 64 + set_bits])
    moved = STRUCTURE[64 + set_bits - differing // 2 : 64 + set_bits + differing // 2]
    assert index_of(little).closest(changed(little, *moved)) == Match(differing, 0)
    further = [moved[0] - 1, *moved, moved[-1] + 1]
    assert index_of(little).closest(changed(little, *further)) is None


@pytest.mark.parametrize("step", [1, -1])
def test_shape_has_its_limit(step: int) -> None:
    index = index_of(with_shape(made(1), 128))
    steps = Limits().shape_steps * step
    assert index.closest(with_shape(made(1), 128 + steps)) is not None
    assert index.closest(with_shape(made(1), 128 + steps + step)) is None


def test_limits_may_be_others() -> None:
    strict = index_of(made(1), limits=Limits(structure_bits=2))
    assert strict.closest(changed(made(1), 100, 101)) == Match(2, 0)
    assert strict.closest(changed(made(1), 100, 101, 102)) is None


def test_many_are_taken_in_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(likeness, "_BLOCK", 4)
    index = index_of(made(0))
    index.extend(range(1, 11), [made(seed) for seed in range(1, 11)])
    assert [index.closest(made(seed)) for seed in range(11)] == [Match(0, key) for key in range(11)]


def test_taking_in_none_changes_nothing() -> None:
    index = index_of(made(0))
    index.extend([], [])
    assert len(index) == 1


def test_yields_all_that_are_like_it() -> None:
    index = index_of(changed(made(1), 1), made(2), changed(made(1), 80, 90), made(1))
    assert sorted(index.matches(made(1))) == [Match(0, 3), Match(1, 0), Match(2, 2)]


def test_removed_picture_is_not_found() -> None:
    index = index_of(made(1), made(2), made(3))
    index.remove(0)
    assert index.closest(made(1)) is None
    assert len(index) == 2


def test_the_others_are_found_after_a_removal() -> None:
    index = index_of(*map(made, range(5)))
    for key in (1, 4, 0):
        index.remove(key)
    index.add(9, made(9))
    assert [index.closest(made(seed)) for seed in (2, 3, 9)] == [Match(0, key) for key in (2, 3, 9)]


def test_removing_what_is_not_there_changes_nothing() -> None:
    index = index_of(made(1))
    index.remove(8)
    assert index.closest(made(1)) == Match(0, 0)


def test_works_across_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(likeness, "_BLOCK", 4)
    index = index_of(*map(made, range(10)))
    assert [index.closest(made(seed)) for seed in range(10)] == [Match(0, key) for key in range(10)]
    for key in (0, 9, 8, 7, 1):
        index.remove(key)
    assert [index.closest(made(seed)) is not None for seed in range(10)] == [
        2 <= seed <= 6 for seed in range(10)
    ]
    index.add(20, made(20))
    assert index.closest(made(20)) == Match(0, 20)
    assert len(index) == 6


def test_answers_as_plain_arithmetic_does() -> None:
    seeds = random.Random(5)
    base = [made(seed) for seed in range(40)]
    stored = [changed(seeds.choice(base), *seeds.sample(STRUCTURE, 12)) for _ in range(400)]
    index = index_of(*stored)
    for sought in base:
        distances = [
            ((int(sought, 16) ^ int(other, 16)) >> 40).bit_count()
            if ((int(sought, 16) ^ int(other, 16)) >> 192).bit_count() <= Limits().coarse_bits
            else 999
            for other in stored
        ]
        best = min(distances)
        expected = Match(best, distances.index(best)) if best <= Limits().structure_bits else None
        assert index.closest(sought) == expected


@pytest.mark.parametrize("text", ["", "ff", made(1)[:-1], "g" * 64, made(1) + "00"])
def test_refuses_what_is_no_fingerprint(text: str) -> None:
    index = index_of(made(1))
    with pytest.raises(ValueError, match=r"fingerprint|hex"):
        index.add(1, text)
    with pytest.raises(ValueError, match=r"fingerprint|hex"):
        index.closest(text)
    assert len(index) == 1


@pytest.mark.parametrize("key", [0, 1, 2**32 - 1])
def test_keys_are_given_back_as_they_were(key: int) -> None:
    index = LikenessIndex()
    index.add(key, made(1))
    assert index.closest(made(1)) == Match(0, key)


@pytest.mark.parametrize("key", [-1, 2**32])
def test_key_out_of_range_is_refused_and_leaves_no_row(key: int) -> None:
    index = LikenessIndex()
    with pytest.raises(OverflowError):
        index.add(key, made(1))
    assert index.closest(made(1)) is None


def test_takes_less_than_forty_bytes_a_picture() -> None:
    pictures = 3 * likeness._BLOCK
    keys, fingerprints = range(pictures), [made(1)] * pictures
    tracemalloc.start()
    try:
        index = LikenessIndex()
        index.extend(keys, fingerprints)
        held_bytes, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(index) == pictures
    assert held_bytes < 40 * pictures
