"""Where the body of a response may go instead of into memory."""

from typing import Protocol, runtime_checkable

from scrapy.exceptions import DownloadFailedError

SINK = "sink"
"""Key of ``Request.meta``: the Sink that takes the body of a 200, or of a 206 that continues it."""
RECEIVED_BYTES = "received_bytes"
"""Key of ``Request.meta``, set by our handler: bytes of the body that came over the network."""
STREAMED = "streamed"
"""Flag of a response whose body went to the sink; its own body is empty."""


class RangeMismatch(DownloadFailedError):
    """A 206 that does not continue what the sink holds; the sink is empty, ask for all of it."""


@runtime_checkable
class Sink(Protocol):
    """Takes a body piece by piece; called on the event loop only.

    ``write`` is never called while a ``drain`` is under way, and none is under
    way once the download has ended. What ``write`` took last may still be in
    the buffer then.
    """

    @property
    def size_bytes(self) -> int:
        """Bytes it holds, those of an earlier cut download too."""

    def begin(self, start: int) -> None:
        """Take note that bytes of the body from this offset on follow.

        0 throws away what it holds; its size continues it. Raises OSError.
        """

    def write(self, chunk: bytes) -> bool:
        """Take a piece; False says that ``drain`` is to be called before the next one."""

    async def drain(self) -> None:
        """Write what is in the buffer to the disk, not on the event loop; raises OSError."""
