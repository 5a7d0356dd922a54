"""The head of a response: status, protocol and headers from the lines that libcurl gives."""

from collections.abc import Sequence
from dataclasses import dataclass

from scrapy.http import Headers

_FINAL = 200
_WITHOUT_BODY = (204, 304)


@dataclass(frozen=True)
class Head:
    """What comes before a body."""

    status: int
    protocol: str
    """Such as HTTP/1.1."""
    headers: Headers

    @property
    def is_interim(self) -> bool:
        """True where another head follows, as after 103."""
        return self.status < _FINAL

    @property
    def has_body(self) -> bool:
        """False for a status that goes without one (RFC 9112, 6.3)."""
        return self.status not in _WITHOUT_BODY

    @property
    def is_measured(self) -> bool:
        """True where the end of the body can be told from the end of the connection."""
        return (
            not self.protocol.startswith("HTTP/1")
            or b"Content-Length" in self.headers
            or b"Transfer-Encoding" in self.headers
        )

    @property
    def length_bytes(self) -> int | None:
        """What Content-Length announces."""
        value = self.headers.get(b"Content-Length")
        return int(value) if value is not None and value.isdigit() else None


def parse_head(lines: Sequence[bytes]) -> Head:
    """Return the head that lines make, without the empty one at the end.

    libcurl has unfolded folded headers and refused what is no header.
    """
    protocol, status, *_ = lines[0].split(None, 2)
    pairs = (line.partition(b":") for line in lines[1:])
    headers = Headers([(name.rstrip(), value.strip()) for name, _, value in pairs])
    return Head(int(status), protocol.decode("ascii"), headers)
