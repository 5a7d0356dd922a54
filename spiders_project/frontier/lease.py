"""A request that was handed out, and what its handling leads to until it is done."""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from scrapy import Request


@dataclass(eq=False)
class Lease:
    """One request between the frontier and done."""

    number: int
    """The frontier's number of the request; 0 where it could not be stored."""
    parent: "Lease | None" = None
    """Whose output a request is that could not be stored: that one is not done before it."""
    has_begun: bool = False
    """Its response, or failure, has come to the spider: what is yielded from now on is new."""
    is_back: bool = False
    """It has waited and comes back through the engine; it has passed the filter before."""
    is_given_up: bool = False
    """It cannot be done in this process; the next one takes it up again."""
    open: int = 1
    """Itself, and the requests of its output that could not be stored."""
    items: list[str] = field(default_factory=list)
    """The items of its output that went through all pipelines, as JSON."""
    counts: dict[str, int] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    """What was counted and noted in the statistics while it was handled."""

    def take_over(self, child: "Lease") -> None:
        """Answer for what a request in memory has led to, which has no row of its own."""
        self.is_given_up = self.is_given_up or child.is_given_up
        self.items += child.items
        for name, count in child.counts.items():
            self.counts[name] = self.counts.get(name, 0) + count
        self.notes = child.notes | self.notes


current_lease: ContextVar[Lease | None] = ContextVar("current_lease", default=None)
"""The request whose response is being handled; Scrapy handles each in a task of its own."""


class Watched:
    """An errback that tells the frontier first that the spider handles the failure."""

    __name__ = "errback"

    def __init__(
        self, begin: Callable[[Request], None], method: Callable[[Any], Any] | None
    ) -> None:
        self._begin = begin
        self.method = method

    def __call__(self, failure: Any) -> Any:
        """Handle a failure as the spider would; without an errback it stays a failure."""
        self._begin(failure.request)
        return failure if self.method is None else self.method(failure)
