"""The one thread of a process that talks to the catalogue, and makes one transaction of many."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import OperationalError

_P = ParamSpec("_P")
_T = TypeVar("_T")
_MOST_IN_ONE_TRANSACTION = 500


@dataclass
class _Job:
    function: Callable[[Connection], Any]
    future: "Future[Any]"


class Worker:
    """Runs functions on a connection in a thread of its own, in the order in which they came.

    Those that arrive while a transaction is being written share the next one,
    so a busy crawl pays for one write to the disk where it would pay for a
    hundred. A result is given out once its transaction is committed.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._queue: SimpleQueue[_Job | None] = SimpleQueue()
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
        return await asyncio.wrap_future(self.submit(function, *args, **kw))

    def submit(
        self, function: Callable[Concatenate[Connection, _P], _T], *args: _P.args, **kw: _P.kwargs
    ) -> "Future[_T]":
        """Hand a function over; the future ends when it is committed."""
        if self._is_closed:
            raise RuntimeError("the catalogue is closed")
        future: Future[_T] = Future()
        self._queue.put(_Job(lambda connection: function(connection, *args, **kw), future))
        return future

    def close(self) -> None:
        """Wait until all that was handed over is committed, and end the thread."""
        self._is_closed = True
        self._queue.put(None)
        self._thread.join()

    def _work(self) -> None:
        with self._engine.connect() as connection:
            while jobs := self._next_jobs():
                self._commit(connection, jobs)

    def _next_jobs(self) -> list[_Job]:
        """Wait for a job and take those that are there already; none at the end."""
        jobs: list[_Job] = []
        job = self._queue.get()
        while job is not None:
            if job.future.set_running_or_notify_cancel():
                jobs.append(job)
            if len(jobs) == _MOST_IN_ONE_TRANSACTION:
                return jobs
            try:
                job = self._queue.get_nowait()
            except Empty:
                if jobs:
                    return jobs
                job = self._queue.get()
        if jobs:
            self._queue.put(None)
        return jobs

    def _commit(self, connection: Connection, jobs: list[_Job]) -> None:
        try:
            with connection.begin():
                results = [job.function(connection) for job in jobs]
        except Exception as error:  # noqa: BLE001 - handed to those who wait for it
            if len(jobs) == 1 or isinstance(error, OperationalError):
                # What the system cannot do for one of them it cannot do for the others.
                for job in jobs:
                    job.future.set_exception(error)
            else:
                # One of them failed and took the others with it: each for itself.
                for job in jobs:
                    self._commit(connection, [job])
            return
        for job, result in zip(jobs, results, strict=True):
            job.future.set_result(result)
