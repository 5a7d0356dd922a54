"""What is found again and what is taken for like, within the chosen limits and others."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from benchmarks.likeness.prints import Changed, Prints
from spiders_project.media.likeness import LikenessIndex, Limits

CHOSEN = Limits().structure_bits
TRIED = (8, 12, 14, 16, 17, 18, 20, 24, 28, 32, 40)
_WIDE = replace(Limits(), structure_bits=max(TRIED))


@dataclass(frozen=True)
class Answer:
    """A variant that was sought among the originals, and an original that is like it."""

    sought: int
    changed: Changed
    found: int
    distance_bits: int


class Quality:
    """A set of pictures, each sought by each of its variants among all originals."""

    def __init__(self, prints: Sequence[Prints]) -> None:
        self.prints = prints
        self._index = LikenessIndex(_WIDE)
        for number, each in enumerate(prints):
            if each.original:
                self._index.add(number, each.original)

    @property
    def flat(self) -> int:
        """How many pictures have no fingerprint."""
        return len(self.prints) - len(self._index)

    @cached_property
    def pairs(self) -> list[tuple[int, int, int]]:
        """Two different originals that are like each other, and how far apart they are."""
        return [
            (match.distance_bits, number, match.key)
            for number, each in enumerate(self.prints)
            if each.original
            for match in self._index.matches(each.original)
            if number < match.key
        ]

    @cached_property
    def answers(self) -> list[Answer]:
        """All answers to all variants of pictures that have a fingerprint."""
        return [
            Answer(number, changed, match.key, match.distance_bits)
            for number, each in enumerate(self.prints)
            if each.original
            for changed, fingerprint in each.variants.items()
            if fingerprint
            for match in self._index.matches(fingerprint)
        ]

    def recall(self, wanted: Callable[[Changed], bool], limit: int = CHOSEN) -> float:
        """Return the share of the wanted variants whose original was found."""
        right = sum(
            answer.found == answer.sought and wanted(answer.changed)
            for answer in self._within(limit)
        )
        kinds = sum(map(wanted, self.prints[0].variants))
        return right / (kinds * len(self._index))

    def precision(self, limit: int = CHOSEN) -> float:
        """Return the share of right ones among all answers."""
        answers = list(self._within(limit))
        return sum(answer.found == answer.sought for answer in answers) / len(answers)

    def false_pairs(self, limit: int = CHOSEN) -> list[tuple[int, int]]:
        """Return the pairs of different originals that are taken for like."""
        return [(one, other) for distance, one, other in self.pairs if distance <= limit]

    def are_of_like_mood(self, one: int, other: int) -> bool:
        """Tell whether two pictures are of those that are hard to tell apart."""
        return self.prints[one].made.mood == self.prints[other].made.mood

    def _within(self, limit: int) -> Iterable[Answer]:
        return (answer for answer in self.answers if answer.distance_bits <= limit)
