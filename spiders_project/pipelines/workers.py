"""The threads in which pictures are decoded, shrunk and stored."""

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

_P = ParamSpec("_P")
_T = TypeVar("_T")


class Workers:
    """Runs what takes longer than a moment outside of the event loop."""

    def __init__(self, count: int) -> None:
        """Make the threads; 0 means one for each core."""
        self._pool = ThreadPoolExecutor(count or os.cpu_count(), thread_name_prefix="picture")

    async def run(self, function: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
        """Return what a function that blocks returns."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._pool, lambda: function(*args, **kwargs))

    def close(self) -> None:
        """Let the threads go when they have done what was begun."""
        self._pool.shutdown(wait=False)
