"""What a store of the frontier does; the embedded one is SQLite, another can serve machines."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class StoredRequest:
    """A request as the store keeps it."""

    number: int
    """Its identity; a smaller one is older."""
    priority: int
    origin: str
    """Scheme, host and port of its address."""
    body: str
    """JSON text, which the store does not look into."""


class FrontierDamaged(Exception):
    """What lies there is no frontier, or cannot be read any more."""


class FrontierInUse(Exception):
    """Another process works on this job."""


class FrontierStore(Protocol):
    """The requests of one job that are still to be done: pending, or leased, until they are done.

    What was said is kept over a kill once it is committed, in the order in
    which it was said: no later word survives where an earlier one is lost.
    """

    run: str
    """The run that the frontier belongs to; empty for a new one."""
    started: int
    """How many requests of the spider's ``start()`` were stored."""

    @property
    def pending(self) -> int:
        """How many requests are neither leased nor done."""
        ...

    @property
    def leased(self) -> int:
        """How many requests were handed out and are not done."""
        ...

    def begin(self, run: str) -> None:
        """Note, durably, the run that the frontier belongs to."""
        ...

    def add(
        self,
        fingerprint: bytes | None,
        priority: int,
        origin: str,
        body: str,
        *,
        from_start: bool = False,
    ) -> int | None:
        """Store a pending request; return its number, None where its fingerprint is known.

        Without a fingerprint it is not filtered. One of ``start()`` counts as
        started in both cases.
        """
        ...

    def knows(self, fingerprint: bytes) -> bool:
        """Tell whether a request with this fingerprint was stored, or a redirect led to it."""
        ...

    def owns(self, fingerprint: bytes, number: int) -> bool:
        """Tell whether a request may go on to where a redirect leads it.

        True where nobody has been there, which is noted, or this request
        itself, before a kill; False where another one has.
        """
        ...

    def lease(self, count: int, without_origins: Collection[str] = ()) -> list[StoredRequest]:
        """Hand out requests: the highest priority first, then the oldest; of no origin named."""
        ...

    def give_back(self, number: int) -> None:
        """Make a request that was handed out pending again."""
        ...

    def done(
        self, number: int, items: Sequence[str], counts: Mapping[str, int], notes: Mapping[str, str]
    ) -> None:
        """Forget a request and keep what it has led to, all or nothing.

        Counts are added to those that are kept; a note stays the first of its name.
        """
        ...

    def items(self) -> Iterator[str]:
        """Return the items that are kept, oldest first; requests may be done meanwhile."""
        ...

    def counts(self) -> dict[str, int]:
        """Return the counts that are kept."""
        ...

    def notes(self) -> dict[str, str]:
        """Return the notes that are kept."""
        ...

    def commit(self) -> None:
        """Make durable what was said so far."""
        ...

    def abandon(self) -> None:
        """Take back what was said since the last commit, and refuse every further word."""
        ...

    def close(self) -> None:
        """Commit and close; what is leased will be pending again."""
        ...

    def delete(self) -> None:
        """Close, and remove every trace."""
        ...
