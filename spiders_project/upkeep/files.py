"""The files of a collection, looked at in several threads."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from spiders_project.media.store import INCOMING

_T = TypeVar("_T")
_R = TypeVar("_R")

Progress = Callable[[int, int], None]
"""Told how many files are done, and how many there are."""

SIDECAR = ".json"
"""What is known of a picture lies beside it in a file with this ending."""


def files_below(folder: Path) -> Iterator[str]:
    """Return the paths of all files below a folder, relative to it, in order of their names.

    Pictures on their way, which a crawl writes in this moment, are no files yet.
    """
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != INCOMING)
        for name in sorted(names):
            yield Path(here, name).relative_to(folder).as_posix()


def is_sidecar(path: str, paths: "frozenset[str] | set[str]") -> bool:
    """Tell whether a path is the sidecar of a picture among these paths."""
    return path.endswith(SIDECAR) and path.removesuffix(SIDECAR) in paths


def side_by_side(function: Callable[[_T], _R], values: Iterable[_T]) -> Iterator[tuple[_T, _R]]:
    """Return each value with its result, in order; a few are worked on ahead, one per core."""
    workers = os.cpu_count() or 1
    waiting: deque[tuple[_T, Future[_R]]] = deque()
    with ThreadPoolExecutor(workers) as pool:
        for value in values:
            waiting.append((value, pool.submit(function, value)))
            if len(waiting) > 2 * workers:
                first, future = waiting.popleft()
                yield first, future.result()
        for first, future in waiting:
            yield first, future.result()
