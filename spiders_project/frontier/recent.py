"""The fingerprints that were met last: sites link to the same pages from each of their pages."""


class RecentFingerprints:
    """Remembers so many fingerprints at most; the oldest ones are forgotten first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._known: dict[bytes, None] = {}

    def __contains__(self, fingerprint: bytes) -> bool:
        return fingerprint in self._known

    def add(self, fingerprint: bytes) -> None:
        """Remember a fingerprint."""
        if len(self._known) >= self._most:
            del self._known[next(iter(self._known))]
        self._known[fingerprint] = None
