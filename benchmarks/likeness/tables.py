"""Tables and sentences about what is found again and what is taken for like."""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence

from benchmarks.likeness.prints import Changed
from benchmarks.likeness.quality import CHOSEN, TRIED, Quality
from benchmarks.table import table

_GROUPS = ("encoded anew", "resized", "colours", "retouched", "cropped", "bordered")

Sets = Sequence[tuple[str, Quality]]


def recall_table(sets: Sets) -> str:
    """Return what share of each kind of variant is found, for each set."""
    rows, group = [], ""
    for changed in sets[0][1].prints[0].variants:
        if changed[0] != group:
            group = changed[0]
            rows.append([f"**{group}**", *(_percent(q.recall(_in(group))) for _, q in sets)])
        rows.append([changed[1], *(_percent(q.recall(changed.__eq__)) for _, q in sets)])
    return table(["what was done to the picture", *(name for name, _ in sets)], rows)


def limits_table(sets: Sets) -> str:
    """Return precision and recall at other limits of the bits of structure."""
    quality = sets[0][1]
    head = ["bits of 216", "false pairs", "precision", *_GROUPS]
    head += [f"false pairs, {name}" for name, _ in sets[1:]]
    rows = []
    for limit in TRIED:
        row = [f"**{limit}**" if limit == CHOSEN else str(limit)]
        row += [f"{len(quality.false_pairs(limit)):,}", _percent(quality.precision(limit))]
        row += [_percent(quality.recall(_in(group), limit)) for group in _GROUPS]
        row += [f"{len(other.false_pairs(limit)):,}" for _, other in sets[1:]]
        rows.append(row)
    return table(head, rows)


def moods_table(quality: Quality) -> str:
    """Return how many pairs of each mood there are, and how many are taken for like."""
    kinds: dict[str, list[int]] = defaultdict(list)
    for number, each in enumerate(quality.prints):
        kinds[each.made.kind].append(number)
    false = Counter(
        max(one, other)
        for one, other in quality.false_pairs()
        if quality.are_of_like_mood(one, other)
    )
    rows = []
    for kind, numbers in kinds.items():
        flat = sum(quality.prints[number].original is None for number in numbers)
        pairs = sum(
            quality.are_of_like_mood(one, other)
            for one in range(len(quality.prints))
            for other in numbers
            if one < other
        )
        rows.append(
            [kind, str(len(numbers)), str(flat), f"{pairs:,}", str(sum(false[n] for n in numbers))]
        )
    return table(["kind", "pictures", "of them flat", "pairs of like mood", "taken for like"], rows)


def summary_of(name: str, quality: Quality) -> str:
    """Return in words how many pictures there were, and which were taken for like."""
    count, false = len(quality.prints), quality.false_pairs()
    text = (
        f"The {name}: {count:,} pictures, {quality.flat} of them flat, and "
        f"{len(quality.prints[0].variants)} variants of each. {_percent(quality.precision())} of "
        f"the answers are right. Of the {_pairs(count):,} pairs of different pictures "
        f"{len(false)} are taken for like{':' if false else '.'}"
    )
    names = (sorted(quality.prints[number].made.name for number in pair) for pair in false)
    return "\n".join([text, "", *(f"- {one} | {other}" for one, other in names)]).rstrip()


def paintings_summary(quality: Quality) -> str:
    """Return in words how many of very many pairs of paintings are taken for like."""
    names = [each.made.name.partition(",")[0] for each in quality.prints]
    alike = Counter(names).values()
    close, all_pairs = sum(map(_pairs, alike)), _pairs(len(names))
    false = quality.false_pairs()
    false_close = sum(names[one] == names[other] for one, other in false)
    return (
        f"{len(names):,} paintings, each of {len(alike)} subjects with {max(alike)} seeds: of the "
        f"{all_pairs - close:,} pairs of different subjects {len(false) - false_close} are taken "
        f"for like, of the {close:,} pairs of one subject {false_close:,}."
    )


def _pairs(count: int) -> int:
    return count * (count - 1) // 2


def _in(group: str) -> Callable[[Changed], bool]:
    return lambda changed: changed[0] == group


def _percent(share: float) -> str:
    return f"{100 * share:.2f} %" if 0.98 < share < 1 else f"{100 * share:.0f} %"
