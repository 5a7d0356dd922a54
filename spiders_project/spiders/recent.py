"""The cards that a category has shown lately."""

from collections import OrderedDict
from collections.abc import Iterable

_MOST = 20_000


class RecentCards:
    """Tells which cards are new to a category, in bounded memory.

    A category ends where a listing shows nothing new: the last page again, or
    the first one, which is far behind and forgotten but new only once more.
    """

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._seen: OrderedDict[int, None] = OrderedDict()

    def new(self, cards: Iterable[str]) -> list[str]:
        """Return the cards that were not among the recent ones, and keep all of them."""
        fresh = []
        for card in cards:
            key = hash(card)
            if key not in self._seen:
                fresh.append(card)
            self._seen[key] = None
            self._seen.move_to_end(key)
        while len(self._seen) > self._most:
            self._seen.popitem(last=False)
        return fresh
