"""How late an event loop is, beat by beat; as a program, how late one is that has nothing to do.

Every beat that is due counts, also those that were due while the loop did
something else: a stall of 100 ms is twenty late beats, not one.

python -m benchmarks.pulse FILE     until SIGTERM
"""

import asyncio
import json
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

SECONDS_BETWEEN_BEATS = 0.005


class Pulse:
    """Beats on the running event loop."""

    def __init__(self) -> None:
        self.lateness_ms: list[float] = []
        """How late each beat was."""
        self._beating: asyncio.Task[None] | None = None

    def begin(self) -> None:
        """Begin to beat, if it does not already."""
        if self._beating is None:
            self._beating = asyncio.get_running_loop().create_task(self._beat())

    def end(self, file: Path, beats: int | None = None) -> None:
        """Write the lateness of the first so many beats, or of all, as a list in JSON."""
        if self._beating is not None:
            self._beating.cancel()
        file.write_text(json.dumps([round(beat, 2) for beat in self.lateness_ms[:beats]]))

    async def _beat(self) -> None:
        loop = asyncio.get_running_loop()
        due = loop.time()
        while True:
            due += SECONDS_BETWEEN_BEATS
            await asyncio.sleep(due - loop.time())
            late = list(late_beats(due, loop.time()))
            self.lateness_ms += late
            due += (len(late) - 1) * SECONDS_BETWEEN_BEATS


def late_beats(due: float, now: float) -> Iterator[float]:
    """Yield how late, in milliseconds, the beat is that was due, and each that was due since."""
    yield max(0.0, 1000 * (now - due))
    while (due := due + SECONDS_BETWEEN_BEATS) <= now:
        yield 1000 * (now - due)


async def _idle(file: Path) -> None:
    ended = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, ended.set)
    pulse = Pulse()
    pulse.begin()
    print("beating", flush=True)
    await ended.wait()
    pulse.end(file)


if __name__ == "__main__":
    asyncio.run(_idle(Path(sys.argv[1])))
