"""What pages share: the scripts, styles and data that several of them load."""

import re
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass

_MOST_BYTES = 32 * 1024 * 1024
_LASTING = (200, 404, 410)
_NOT_TO_BE_KEPT = re.compile(r"\b(?:no-store|no-cache|max-age=0)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Loaded:
    """An answer to a request of the browser."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def may_be_kept(self) -> bool:
        """Whether other pages may be given the same (RFC 9111, 3)."""
        control = next(
            (value for name, value in self.headers.items() if name.lower() == "cache-control"), ""
        )
        return self.status in _LASTING and not _NOT_TO_BE_KEPT.search(control)


class Kept:
    """Answers by their address, so many bytes of them, those that were used last."""

    def __init__(self, most_bytes: int = _MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._size_bytes = 0
        self._answers: OrderedDict[str, Loaded] = OrderedDict()

    def get(self, url: str) -> Loaded | None:
        """Return what is kept of an address."""
        if url in self._answers:
            self._answers.move_to_end(url)
        return self._answers.get(url)

    def put(self, url: str, loaded: Loaded) -> None:
        """Keep an answer, where it may be kept and is not too large."""
        self._drop(url)
        if not loaded.may_be_kept or len(loaded.body) > self._most_bytes:
            return
        self._answers[url] = loaded
        self._size_bytes += len(loaded.body)
        while self._size_bytes > self._most_bytes:
            self._drop(next(iter(self._answers)))

    def _drop(self, url: str) -> None:
        if (old := self._answers.pop(url, None)) is not None:
            self._size_bytes -= len(old.body)
