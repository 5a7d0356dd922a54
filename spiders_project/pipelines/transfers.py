"""The threads in which files are sent to a remote store."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from queue import SimpleQueue
from threading import Thread
from typing import Any, ParamSpec, TypeVar

_P = ParamSpec("_P")
_T = TypeVar("_T")


class Transfers:
    """Runs what waits for a network.

    Unlike those of a pool of Python's, its threads never keep a process alive
    that has been told twice to stop: a server that is silent may take minutes.
    """

    def __init__(self, count: int) -> None:
        """Make a thread for each of the first ``count`` calls."""
        self._count = count
        self._threads: list[Thread] = []
        self._jobs: SimpleQueue[tuple[Future[Any], Callable[[], Any]] | None] = SimpleQueue()

    async def run(self, function: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
        """Return what a function that blocks returns."""
        done: Future[_T] = Future()
        self._jobs.put((done, partial(function, *args, **kwargs)))
        if len(self._threads) < self._count:
            thread = Thread(target=self._work, name=f"store-{len(self._threads)}", daemon=True)
            self._threads.append(thread)
            thread.start()
        return await asyncio.wrap_future(done)

    def close(self) -> None:
        """Let the threads go when they have done what was begun."""
        for _ in self._threads:
            self._jobs.put(None)

    def _work(self) -> None:
        while job := self._jobs.get():
            _do(*job)
            del job  # it holds a picture


def _do(done: "Future[Any]", call: Callable[[], Any]) -> None:
    if not done.set_running_or_notify_cancel():
        return
    try:
        done.set_result(call())
    except BaseException as error:  # noqa: BLE001 - it belongs to the one who waits
        done.set_exception(error)
