"""The closed list of what can become of a picture or a page, and the reasons for it."""

from enum import StrEnum


class Outcome(StrEnum):
    """What became of one picture address."""

    DOWNLOADED = "downloaded"
    UNCHANGED = "unchanged"
    """Known from an earlier run; no bytes were fetched."""
    DUPLICATE = "duplicate"
    """The same bytes as another picture; stored once."""
    SIMILAR = "similar"
    """A near-duplicate of another picture; kept and marked."""
    REFUSED = "refused"
    """Reachable, and not wanted; the reason says why."""
    FAILED = "failed"
    """Wanted, and not to be had; the reason says why."""
    GONE = "gone"
    """The server says that it will never come back (HTTP 410)."""


class Reason(StrEnum):
    """Why something was refused or failed; HTTP errors add ``http-<status>``."""

    TOO_SMALL = "too-small"
    TOO_LARGE = "too-large"
    NOT_AN_IMAGE = "not-an-image"
    EMPTY = "empty"
    TRUNCATED = "truncated"
    DAMAGED = "damaged"
    DECOMPRESSION_BOMB = "decompression-bomb"
    UNSUPPORTED_ADDRESS = "unsupported-address"
    ROBOTS = "robots"
    PRIVATE_ADDRESS = "private-address"
    OPT_OUT = "opt-out"
    """Its owner reserves a use that OPT_OUTS_REFUSED names."""
    WRONG_ASPECT = "wrong-aspect"
    FORGOTTEN = "forgotten"
    """A person has deleted it for good."""

    TIMEOUT = "timeout"
    DNS = "dns"
    CONNECTION_REFUSED = "connection-refused"
    CONNECTION_LOST = "connection-lost"
    CUT_SHORT = "cut-short"
    TLS = "tls"
    TOO_MANY_REDIRECTS = "too-many-redirects"
    STORAGE = "storage"
    UNREADABLE = "unreadable"
    """A page that its site file could not read."""
    STOPPED = "stopped"
    """The crawl ended before its turn came."""
    OTHER = "other"


def http_reason(status: int) -> str:
    """Return the reason for an HTTP error, such as ``http-404``."""
    return f"http-{status}"
