"""Hosts that asked us to wait, and until when; a host is named by its origin, with its port."""

import time
from collections.abc import Callable
from typing import Any
from weakref import WeakKeyDictionary


class HostHeld(Exception):
    """A request that would have gone to a host that is held back; it is to wait, not to fail."""

    def __init__(self, origin: str) -> None:
        super().__init__(origin)
        self.origin = origin


class Holds:
    """Which hosts are held back; times are seconds of a monotonic clock."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._until: dict[str, float] = {}
        self._listeners: list[Callable[[str], None]] = []

    def listen(self, listener: Callable[[str], None]) -> None:
        """Call a function with the name of each host that is held back from now on."""
        self._listeners.append(listener)

    def hold(self, host: str, seconds: float) -> None:
        """Hold a host back; a longer hold that it has already stays."""
        until = self._clock() + seconds
        self._until[host] = max(until, self._until.get(host, until))
        for listener in self._listeners:
            listener(host)

    def seconds_left(self, host: str) -> float:
        """Return how long a host is still held back; 0 if it is not."""
        left = self._until.get(host, 0.0) - self._clock()
        if left <= 0:
            self._until.pop(host, None)
        return max(left, 0.0)

    @property
    def is_free(self) -> bool:
        """Tell whether no host at all is held back; cheaper than to ask for one."""
        return not self._until

    def held(self) -> dict[str, float]:
        """Return the hosts that are held back, with the seconds left."""
        left = {host: self.seconds_left(host) for host in tuple(self._until)}
        return {host: seconds for host, seconds in left.items() if seconds}


_of_crawlers: WeakKeyDictionary[Any, Holds] = WeakKeyDictionary()


def holds_of(crawler: Any) -> Holds:
    """Return the holds that all components of one crawler share."""
    return _of_crawlers.setdefault(crawler, Holds())
