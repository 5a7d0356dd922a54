"""The one admission gate: how many pictures, and how many bytes of them, are in flight at once."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Admission:
    """One picture's place; charged with a guess until its size is known."""

    def __init__(self, gate: "AdmissionGate", size_bytes: int) -> None:
        self._gate = gate
        self.size_bytes = size_bytes

    def charge(self, size_bytes: int) -> None:
        """Correct the guess, once the server has said how large the picture is."""
        self._gate.recharge(self, size_bytes)


class AdmissionGate:
    """Admits pictures in order while both limits hold; for one event loop.

    A picture whose size is not known yet is charged with the mean of those seen;
    the first one has the gate for itself until its size is known, so a list of
    large files does not start all at once. One picture is always admitted,
    however large, so pictures that outgrow the guess can exceed the limit.
    """

    def __init__(self, max_count: int, max_bytes: int) -> None:
        self._max_count = max_count
        self._max_bytes = max_bytes
        self._guess_bytes = max(1, max_bytes)
        self._knows_sizes = False
        self._waiting: deque[asyncio.Future[Admission]] = deque()
        self._places: set[Admission] = set()
        self.size_bytes = 0

    @asynccontextmanager
    async def admission(self) -> AsyncIterator[Admission]:
        """Wait for a place and hold it inside the ``async with``."""
        is_free = not self._waiting and self._has_room()
        place = self._admit() if is_free else await self._wait_in_line()
        try:
            yield place
        finally:
            self._release(place)

    @property
    def count(self) -> int:
        """How many pictures are in flight."""
        return len(self._places)

    def recharge(self, place: Admission, size_bytes: int) -> None:
        """Replace the charge of a place and learn from it for the next guess."""
        if place not in self._places:
            return
        self.size_bytes += size_bytes - place.size_bytes
        place.size_bytes = size_bytes
        weight = 4 if self._knows_sizes else 1
        self._guess_bytes += (size_bytes - self._guess_bytes) // weight
        self._knows_sizes = True
        self._call_next()

    def _has_room(self) -> bool:
        if self.count == 0:
            return True
        fits = self.size_bytes + self._guess_bytes <= self._max_bytes
        return self.count < self._max_count and fits

    def _admit(self) -> Admission:
        place = Admission(self, self._guess_bytes)
        self._places.add(place)
        self.size_bytes += place.size_bytes
        return place

    def _release(self, place: Admission) -> None:
        self._places.remove(place)
        self.size_bytes -= place.size_bytes
        self._call_next()

    async def _wait_in_line(self) -> Admission:
        turn: asyncio.Future[Admission] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            return await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._release(turn.result())
            raise

    def _call_next(self) -> None:
        while self._waiting and self._has_room():
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(self._admit())
