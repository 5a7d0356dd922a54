"""Lets a picture in at the gate, and again as long as the retry policy sees a chance."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

from scrapy.crawler import Crawler

from spiders_project.failures import DownloadLost
from spiders_project.outcomes import Outcome, Reason
from spiders_project.politeness.gate import Admission, AdmissionGate
from spiders_project.politeness.holds import HostHeld, holds_of
from spiders_project.politeness.retries import policy_of
from spiders_project.urls import origin_of

_T = TypeVar("_T")
_NAP_SECONDS = 0.5


class Attempts:
    """Tries to get pictures; whoever waits for a host or for another try is not in flight."""

    def __init__(
        self, crawler: Crawler, gate: AdmissionGate, is_running: Callable[[], bool]
    ) -> None:
        self._policy = policy_of(crawler.settings)
        self._gate = gate
        self._holds = holds_of(crawler)
        self._stats = crawler.stats
        self._is_running = is_running

    async def run(self, host: str, attempt: Callable[[Admission], Awaitable[_T]]) -> _T:
        """Return the result of the first attempt that succeeds; raises the last DownloadLost."""
        tries = 0
        while True:
            while seconds := self._holds.seconds_left(host):
                await self._wait(seconds)
            try:
                async with self._gate.admission() as place:
                    self._check_running()
                    return await attempt(place)
            except HostHeld as held:
                # A redirect may have led to another host, and that one is held back.
                await self._wait(self._holds.seconds_left(held.origin))
            except DownloadLost as lost:
                tries += 1
                await self._prepare_next(host, tries, lost)

    async def _prepare_next(self, host: str, tries: int, lost: DownloadLost) -> None:
        retry = self._policy.next_try(tries, lost.reason, lost.retry_after)
        if retry is None or not self._is_running():
            raise lost
        self._stats.inc_value("retry/count")
        self._stats.inc_value(f"retry/reason_count/{lost.reason}")
        if retry.holds_host:
            self._holds.hold(origin_of(lost.url) or host, retry.after_seconds)
        else:
            await self._wait(retry.after_seconds)

    async def _wait(self, seconds: float) -> None:
        """Sleep, but not through the end of the crawl."""
        until = time.monotonic() + seconds
        # The end of a crawl has no event of its own at this point.
        while (left := until - time.monotonic()) > 0 and self._is_running():  # noqa: ASYNC110
            await asyncio.sleep(min(left, _NAP_SECONDS))
        self._check_running()

    def _check_running(self) -> None:
        if not self._is_running():
            raise DownloadLost(Outcome.FAILED, Reason.STOPPED, "the crawl was stopped")
