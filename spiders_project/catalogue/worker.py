"""The one thread of a process that talks to the catalogue, and makes one transaction of many."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import OperationalError

_P = ParamSpec("_P")
_T = TypeVar("_T")
_MOST_IN_ONE_TRANSACTION = 500


@dataclass(slots=True)
class _Job:
    function: Callable[[Connection], Any]
    future: "Future[Any] | asyncio.Future[Any]"
    loop: asyncio.AbstractEventLoop | None = None
    """The event loop on which somebody waits; None where a thread does."""
    result: Any = None
    error: Exception | None = None

    def begin(self) -> bool:
        """Tell whether anybody still wants the result."""
        if isinstance(self.future, Future):
            return self.future.set_running_or_notify_cancel()
        return not self.future.cancelled()

    def settle(self) -> None:
        """Give the result, or the error, to whoever waits."""
        if self.future.cancelled():
            return
        if self.error is not None:
            self.future.set_exception(self.error)
        else:
            self.future.set_result(self.result)


class Worker:
    """Runs functions on a connection in a thread of its own, in the order in which they came.

    Those that arrive while a transaction is being written share the next one,
    so a busy crawl pays for one write to the disk where it would pay for a
    hundred. A result is given out once its transaction is committed.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._queue: SimpleQueue[list[_Job] | None] = SimpleQueue()
        self._gathered: list[_Job] = []
        self._is_closed = False
        self._thread = threading.Thread(target=self._work, name="catalogue", daemon=True)
        self._thread.start()

    async def run(
        self, function: Callable[Concatenate[Connection, _P], _T], *args: _P.args, **kw: _P.kwargs
    ) -> _T:
        """Return what a function of a connection returns, when it is committed.

        Raises what the function raises, and SQLAlchemy's errors: a full disk,
        a lock of another program that does not end.
        """
        loop = asyncio.get_running_loop()
        future: asyncio.Future[_T] = loop.create_future()
        self._check_open()
        if not self._gathered:
            # To wake a thread costs more than to commit: once for all that this turn of the loop
            # hands over.
            loop.call_soon(self._hand_over)
        self._gathered.append(
            _Job(lambda connection: function(connection, *args, **kw), future, loop)
        )
        return await future

    def submit(
        self, function: Callable[Concatenate[Connection, _P], _T], *args: _P.args, **kw: _P.kwargs
    ) -> "Future[_T]":
        """Hand a function over; the future ends when it is committed."""
        future: Future[_T] = Future()
        self._check_open()
        self._queue.put([_Job(lambda connection: function(connection, *args, **kw), future)])
        return future

    def _hand_over(self) -> None:
        if self._gathered:
            gathered, self._gathered = self._gathered, []
            self._queue.put(gathered)

    def _check_open(self) -> None:
        if self._is_closed:
            raise RuntimeError("the catalogue is closed")

    def close(self) -> None:
        """Wait until all that was handed over is committed, and end the thread."""
        self._is_closed = True
        self._hand_over()
        self._queue.put(None)
        self._thread.join()

    def _work(self) -> None:
        with self._engine.connect() as connection:
            while jobs := self._next_jobs():
                self._commit(connection, jobs)
                _give_out(jobs)

    def _next_jobs(self) -> list[_Job]:
        """Wait for a job and take those that are there already; none at the end."""
        jobs: list[_Job] = []
        handed_over = self._queue.get()
        while handed_over is not None:
            jobs += [job for job in handed_over if job.begin()]
            if len(jobs) >= _MOST_IN_ONE_TRANSACTION:
                return jobs
            try:
                handed_over = self._queue.get_nowait()
            except Empty:
                if jobs:
                    return jobs
                handed_over = self._queue.get()
        if jobs:
            self._queue.put(None)
        return jobs

    def _commit(self, connection: Connection, jobs: list[_Job]) -> None:
        try:
            with connection.begin():
                for job in jobs:
                    job.result = job.function(connection)
        except Exception as error:  # noqa: BLE001 - handed to those who wait for it
            if len(jobs) == 1 or isinstance(error, OperationalError):
                # What the system cannot do for one of them it cannot do for the others.
                for job in jobs:
                    job.error = error
            else:
                # One of them failed and took the others with it: each for itself.
                for job in jobs:
                    self._commit(connection, [job])


def _give_out(jobs: list[_Job]) -> None:
    """Wake each event loop once for all that wait on it: a wake-up costs as much as a statement."""
    of_loops: dict[asyncio.AbstractEventLoop, list[_Job]] = {}
    for job in jobs:
        if job.loop is None:
            job.settle()
        else:
            of_loops.setdefault(job.loop, []).append(job)
    for loop, waiting in of_loops.items():
        with suppress(RuntimeError):  # the loop is closed, and nobody waits any more
            loop.call_soon_threadsafe(_settle, waiting)


def _settle(jobs: list[_Job]) -> None:
    for job in jobs:
        job.settle()
