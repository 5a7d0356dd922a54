"""Whether to ask again, and after how long: by the kind of failure, with growing waits."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Protocol

from spiders_project.outcomes import Reason, http_reason

NOT_BEFORE = "not_before"
"""Key of ``Request.meta``: the monotonic time in seconds before which a request is not sent."""

_OVERLOADED = frozenset(map(http_reason, (429, 503)))
_TROUBLED = frozenset(map(http_reason, (408, 500, 502, 504, 520, 521, 522, 523, 524)))
_UNSTABLE = frozenset({Reason.TIMEOUT, Reason.CONNECTION_LOST, Reason.CUT_SHORT})
_ABSENT = frozenset({Reason.DNS, Reason.CONNECTION_REFUSED})


def _a_quarter() -> float:
    return random.uniform(0.75, 1.25)  # noqa: S311 - spreads clients, keeps no secret


@dataclass(frozen=True)
class Retry:
    """Ask again after some seconds; meanwhile the host is left alone, or only this address."""

    after_seconds: float
    holds_host: bool


@dataclass(frozen=True)
class RetryPolicy:
    """Waits double with every try and vary by a quarter, so that clients do not return as one.

    An overloaded host (429, 503) is left alone as a whole, for as long as it
    says in Retry-After (RFC 9110, 10.2.3). A host in trouble or an unstable
    connection costs one address a wait. An absent host is tried once more.
    Certificates, other statuses and refusals do not change by asking again.
    """

    times: int = 3
    """Requests after the first at most."""
    base_seconds: float = 1.0
    """The first wait of an address; an overloaded host without Retry-After gets five of it."""
    max_seconds: float = 60.0
    """No wait of ours is longer."""
    max_retry_after_seconds: float = 3600.0
    """A server that asks for more is given up."""
    jitter: Callable[[], float] = field(default=_a_quarter, repr=False)

    def next_try(self, tries: int, reason: str, retry_after: str | None = None) -> Retry | None:
        """Return how to go on after ``tries`` requests that failed, None to give up."""
        if tries > (min(1, self.times) if reason in _ABSENT else self.times):
            return None
        if reason in _OVERLOADED:
            return self._overloaded(tries, retry_after)
        if reason in _TROUBLED | _UNSTABLE | _ABSENT:
            return Retry(self._growing(tries, self.base_seconds), holds_host=False)
        return None

    def _overloaded(self, tries: int, retry_after: str | None) -> Retry | None:
        asked = seconds_of_retry_after(retry_after) if retry_after else None
        if asked is None:
            return Retry(self._growing(tries, 5 * self.base_seconds), holds_host=True)
        if asked > self.max_retry_after_seconds:
            return None
        # A time that has passed is no invitation to hurry.
        return Retry(max(asked, self.base_seconds), holds_host=True)

    def _growing(self, tries: int, first: float) -> float:
        return min(first * float(2 ** (tries - 1)) * self.jitter(), self.max_seconds)


class _Settings(Protocol):
    def getint(self, name: str) -> int: ...

    def getbool(self, name: str) -> bool: ...


def policy_of(settings: _Settings) -> RetryPolicy:
    """Return the policy that RETRY_ENABLED and RETRY_TIMES ask for."""
    return RetryPolicy(settings.getint("RETRY_TIMES") if settings.getbool("RETRY_ENABLED") else 0)


def seconds_of_retry_after(value: str, now: datetime | None = None) -> float | None:
    """Return the seconds that a Retry-After header asks for, None if it makes no sense.

    Both forms of RFC 9110, 10.2.3: seconds, or an HTTP date.
    """
    value = value.strip()
    if value.isascii() and value.isdecimal():
        return float(value)
    try:
        until = parsedate_to_datetime(value)
    except (TypeError, ValueError, OverflowError):
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=UTC)
    return max((until - (now or datetime.now(UTC))).total_seconds(), 0.0)
