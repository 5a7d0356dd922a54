"""The order in which requests of many hosts are handed out while some hosts are held back."""

import sys
from collections.abc import Callable, Collection, Iterable
from heapq import heapify, heappop, heappush, heapreplace

from spiders_project.frontier.store import StoredRequest


class Heads:
    """Merges the queues of all origins, for a store that can tell the first request of each.

    Of each origin it knows a place at or before its first pending request; a
    place is the negative priority and the number, so that the smallest is first.
    """

    def __init__(
        self, origins: Iterable[str], first_of: Callable[[str], StoredRequest | None]
    ) -> None:
        self._first_of = first_of
        self._places = dict.fromkeys(origins, (-sys.maxsize, 0))
        self._heap = [(place, origin) for origin, place in self._places.items()]
        heapify(self._heap)
        self._held: set[str] = set()

    def note(self, number: int, priority: int, origin: str) -> None:
        """Note a new pending request."""
        place = (-priority, number)
        if origin in self._places and self._places[origin] <= place:
            return
        self._places[origin] = place
        if origin not in self._held:
            heappush(self._heap, (place, origin))

    def first(self, without_origins: Collection[str]) -> StoredRequest | None:
        """Return the first pending request of all origins but those named; it stays pending."""
        for origin in self._held.difference(without_origins):
            self._held.remove(origin)
            heappush(self._heap, (self._places[origin], origin))
        while self._heap:
            place, origin = self._heap[0]
            if self._places.get(origin) != place:
                heappop(self._heap)  # a request of higher priority has come since
            elif origin in without_origins:
                heappop(self._heap)
                self._held.add(origin)
            elif (request := self._first_of(origin)) is None:
                heappop(self._heap)
                del self._places[origin]
            elif (first := (-request.priority, request.number)) == place:
                return request
            else:
                self._places[origin] = first
                heapreplace(self._heap, (first, origin))
        return None
