"""Finds the picture that another one is like: all fingerprints, in memory, compared one by one.

Going through a million takes about a millisecond, since XOR and the count of bits read memory as
fast as it can be read, and it is exact. Trees and tables of parts of a hash (BK-trees, multi-index
hashing) gain nothing at these distances, where most branches and dozens of tables must be visited,
and take several times the memory; approximate ones miss pictures.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Keys = npt.NDArray[np.uint32]
Words = npt.NDArray[np.uint64]

_BLOCK = 65_536
_DIGITS = 64
_FINE, _COLOUR, _SHAPE = (np.uint64(mask) for mask in (0xFFFFFF << 40, 0xFFFFFFFF << 8, 0xFF))
"""What the last word has: the end of the structure, then colour, then shape."""


@dataclass(frozen=True)
class Limits:
    """How much two fingerprints of like pictures may differ; docs/duplicates.md says why."""

    coarse_bits: int = 10
    """Of the first 64."""
    structure_bits: int = 18
    """Of the first 216, those 64 among them."""
    set_bits_a_difference: int = 6
    """Of the first 216 in both together: pictures with little structure have to agree better."""
    colour_bits: int = 6
    """Of the 32 that follow."""
    shape_steps: int = 3
    """Between the last bytes."""


@dataclass(frozen=True, order=True)
class Match:
    """A picture that is like another one."""

    distance_bits: int
    """How many of the 216 bits of structure differ; 0 to ``Limits.structure_bits``."""
    key: int


class LikenessIndex:
    """Fingerprints by key, a number from 0 to 2**32 - 1; used by one thread at a time.

    Takes 36 bytes a picture, in blocks that never move. NumPy lets other threads run while it
    goes through a block.
    """

    def __init__(self, limits: Limits = Limits()) -> None:
        self._limits = limits
        self._blocks: list[_Block] = []
        self._differing = np.empty(_BLOCK, dtype=np.uint64)
        self._counts = np.empty(_BLOCK, dtype=np.uint8)

    def __len__(self) -> int:
        return sum(block.count for block in self._blocks)

    def add(self, key: int, fingerprint: str) -> None:
        """Take in a picture; raises ValueError for what is no fingerprint."""
        self.extend([key], [fingerprint])

    def extend(self, keys: Sequence[int], fingerprints: Sequence[str]) -> None:
        """Take in many pictures, which is much faster than one after the other."""
        numbers, words = np.array(keys, dtype=np.uint32), _words(fingerprints)
        taken = 0
        while taken < len(numbers):
            if not self._blocks or self._blocks[-1].count == _BLOCK:
                self._blocks.append(_Block())
            taken += self._blocks[-1].take(numbers[taken:], words[:, taken:])

    def remove(self, key: int) -> None:
        """Take out a picture, if it is there; the one added last moves to its place."""
        for block in self._blocks:
            for row in np.flatnonzero(block.keys[: block.count] == key)[:1]:
                last = self._blocks[-1]
                last.count -= 1
                block.keys[row] = last.keys[last.count]
                block.words[:, row] = last.words[:, last.count]
                if not last.count:
                    self._blocks.pop()
                return

    def closest(self, fingerprint: str) -> Match | None:
        """Return the picture that is most like one with this fingerprint, if there is any.

        Of several that are equally like it the one with the lowest key. Raises ValueError for
        what is no fingerprint.
        """
        return min(self.matches(fingerprint), default=None)

    def matches(self, fingerprint: str) -> Iterator[Match]:
        """Yield all pictures that are like one with this fingerprint, in no order."""
        (sought,) = _words([fingerprint]).T
        for block in self._blocks:
            counts = self._counts[: block.count]
            differing = self._differing[: block.count]
            np.bitwise_xor(block.words[0, : block.count], sought[0], out=differing)
            np.bitwise_count(differing, out=counts)
            near = np.flatnonzero(counts <= self._limits.coarse_bits)
            if near.size:
                yield from self._judged(block.words[:, near], block.keys[near], sought)

    def _judged(self, words: Words, keys: Keys, sought: Words) -> Iterator[Match]:
        limits, differing = self._limits, words ^ sought[:, None]
        structure = _structure_bits(differing)
        set_bits = _structure_bits(words) + _structure_bits(sought[:, None])
        colour = np.bitwise_count(differing[3] & _COLOUR)
        shape = np.abs((words[3] & _SHAPE).astype(np.int16) - np.int16(sought[3] & _SHAPE))
        is_like = structure <= limits.structure_bits
        is_like &= structure * limits.set_bits_a_difference <= set_bits
        is_like &= (colour <= limits.colour_bits) & (shape <= limits.shape_steps)
        for row in np.flatnonzero(is_like):
            yield Match(int(structure[row]), int(keys[row]))


class _Block:
    """Rows of an index; a word of all rows lies together, so that it is read without gaps."""

    def __init__(self) -> None:
        self.count = 0
        self.words = np.empty((4, _BLOCK), dtype=np.uint64)
        self.keys = np.empty(_BLOCK, dtype=np.uint32)

    def take(self, keys: Keys, words: Words) -> int:
        """Take in as many rows as there is room for; return how many that were."""
        taken = min(len(keys), _BLOCK - self.count)
        rows = slice(self.count, self.count + taken)
        self.keys[rows] = keys[:taken]
        self.words[:, rows] = words[:, :taken]
        self.count += taken
        return taken


def _structure_bits(words: Words) -> npt.NDArray[np.uint16]:
    """Return how many bits are set in the structure of each column."""
    counts: npt.NDArray[np.uint16] = np.bitwise_count(words[:3]).sum(axis=0, dtype=np.uint16)
    counts += np.bitwise_count(words[3] & _FINE)
    return counts


def _words(fingerprints: Sequence[str]) -> Words:
    """Return four words for each fingerprint, as columns."""
    for fingerprint in fingerprints:
        if len(fingerprint) != _DIGITS:
            raise ValueError(f"{fingerprint!r} is no fingerprint of {_DIGITS} hex digits")
    numbers = np.frombuffer(bytes.fromhex("".join(fingerprints)), dtype=">u8")
    return numbers.reshape(-1, 4).T.astype(np.uint64)
