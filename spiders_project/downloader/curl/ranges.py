"""Content-Range: which bytes of the whole a 206 brings (RFC 9110, 14.4)."""

import re
from dataclasses import dataclass
from typing import Self

from scrapy.http import Headers

_BYTES = re.compile(rb"bytes (\d+)-(\d+)/(\d+|\*)", re.IGNORECASE)


@dataclass(frozen=True)
class ContentRange:
    """The first and the last byte of a part, and the size of the whole where it is known."""

    first: int
    last: int
    size_bytes: int | None

    @classmethod
    def of(cls, headers: Headers) -> Self | None:
        """Read the header; None where it is not there or says nothing of bytes."""
        found = _BYTES.fullmatch((headers.get(b"Content-Range") or b"").strip())
        if found is None:
            return None
        first, last, size = found.groups()
        return cls(int(first), int(last), None if size == b"*" else int(size))

    @property
    def is_last(self) -> bool:
        """False where bytes of the whole come behind this part."""
        return self.size_bytes is None or self.last + 1 >= self.size_bytes
