"""Starts what a benchmark needs: the site, and crawls whose memory and CPU are read."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import IO

from benchmarks.errors import CannotMeasure

PROJECT = Path(__file__).parent.parent
MEGABYTE = 1_000_000


@dataclass(frozen=True)
class RunningSite:
    """The site, in a process of its own."""

    url: str
    process: int
    """Its process id."""

    def served(self, what: str) -> int:
        """Return how many ``pictures`` or ``pages`` it has served."""
        connection = HTTPConnection(self.url.removeprefix("http://"), timeout=30)
        with contextlib.closing(connection):
            connection.request("GET", "/served.json")
            counts: dict[str, int] = json.load(connection.getresponse())
        return counts[what]

    def cpu_seconds(self) -> float:
        """Return the user and system time that it has taken so far, proc(5)."""
        fields = Path(f"/proc/{self.process}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextlib.contextmanager
def running_site(port: int = 0) -> Iterator[RunningSite]:
    """Serve the site of numbers on a port, or on any free one; raises CannotMeasure."""
    with _running_server("benchmarks.site", "--port", str(port)) as site:
        yield site


@contextlib.contextmanager
def running_gallery(folder: Path, port: int = 0) -> Iterator[RunningSite]:
    """Serve the files of a folder on a port, or on any free one; raises CannotMeasure."""
    with _running_server("benchmarks.gallery.server", str(folder), "--port", str(port)) as site:
        yield site


@contextlib.contextmanager
def _running_server(*words: str) -> Iterator[RunningSite]:
    process = subprocess.Popen(  # noqa: S603 - our own module
        [sys.executable, "-m", *words],
        cwd=PROJECT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    with process:
        url = process.stdout.readline().strip()
        if not url:
            lines = process.stderr.read().strip().splitlines() or ["it said nothing"]
            raise CannotMeasure(f"the site could not be started: {lines[-1]}")
        try:
            yield RunningSite(url, process.pid)
        finally:
            process.terminate()


@contextlib.contextmanager
def idle_pulse(file: Path) -> Iterator[None]:
    """Let a process with nothing else to do note in a file how late its event loop is."""
    words = [sys.executable, "-m", "benchmarks.pulse", str(file)]
    with subprocess.Popen(words, cwd=PROJECT, stdout=subprocess.PIPE) as process:  # noqa: S603
        assert process.stdout is not None
        process.stdout.readline()
        try:
            yield
        finally:
            process.terminate()


@dataclass(frozen=True)
class Ended:
    """What a command has cost, from its first instruction to its last."""

    cpu_seconds: float
    """User and system time of all its threads and of the processes that it has waited for."""
    wall_seconds: float
    peak_mb: float
    """Resident memory of its largest process at most, in units of 1,000,000 bytes."""


class Crawl:
    """A process, mostly of ``scrapy crawl``, that is waited for with its costs."""

    def __init__(self, name: str, process: "subprocess.Popen[bytes]", stderr: IO[bytes]) -> None:
        self._name = name
        self._process = process
        self._stderr = stderr
        self._begun = time.monotonic()

    def ended(self) -> Ended | None:
        """Return the costs if the crawl has ended; raises CannotMeasure if it went wrong."""
        return self._waited(os.WNOHANG)

    def wait(self) -> Ended:
        """Wait until it has ended, and return the costs; raises CannotMeasure if it went wrong."""
        ended = self._waited(0)
        assert ended is not None
        return ended

    def _waited(self, flags: int) -> Ended | None:
        # Popen would wait for it too, and throw away what it cost.
        number, status, usage = os.wait4(self._process.pid, flags)
        if not number:
            return None
        wall_seconds = time.monotonic() - self._begun
        self._process.returncode = os.waitstatus_to_exitcode(status)
        if self._process.returncode:
            raise CannotMeasure(
                f"{self._name} ended with status {self._process.returncode}: {self._last_line()}"
            )
        # Linux gives the peak in units of 1,024 bytes, getrusage(2).
        peak_mb = usage.ru_maxrss * 1024 / MEGABYTE
        return Ended(usage.ru_utime + usage.ru_stime, wall_seconds, peak_mb)

    def rss_mb(self) -> float | None:
        """Return its resident memory, in units of 1,000,000 bytes; None where it is ending."""
        for line in Path(f"/proc/{self._process.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024 / MEGABYTE
        return None

    def kill(self) -> None:
        """End it if it has not ended, and whatever it has left running."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        if self._process.returncode is None:
            self._process.wait()

    def _last_line(self) -> str:
        self._stderr.seek(0)
        lines = self._stderr.read().decode(errors="replace").strip().splitlines()
        return lines[-1] if lines else "it said nothing"


@contextlib.contextmanager
def running_crawl(
    words: Sequence[str],
    settings: Mapping[str, object],
    folder: Path,
    environment: Mapping[str, str] | None = None,
) -> Iterator[Crawl]:
    """Run ``scrapy crawl`` with words and settings; what it says goes to a file in a folder."""
    flags = [flag for name, value in settings.items() for flag in ("-s", f"{name}={value}")]
    command = [sys.executable, "-m", "scrapy", "crawl", *words, *flags]
    with running_command("a crawl", command, folder, environment) as crawl:
        yield crawl


@contextlib.contextmanager
def running_command(
    name: str,
    command: Sequence[str],
    folder: Path,
    environment: Mapping[str, str] | None = None,
) -> Iterator[Crawl]:
    """Run a command in a process group of its own; what it says goes to files in a folder."""
    # A proxy of the environment cannot reach the site.
    variables = os.environ | {"no_proxy": "127.0.0.1"} | dict(environment or {})
    with (folder / "stderr.txt").open("w+b") as stderr, (folder / "stdout.txt").open("wb") as out:
        process = subprocess.Popen(  # noqa: S603 - a contestant, with our own words
            command,
            cwd=PROJECT,
            env=variables,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=stderr,
            start_new_session=True,
        )
        crawl = Crawl(name, process, stderr)
        try:
            yield crawl
        finally:
            crawl.kill()


def costs_of(
    name: str, command: Sequence[str], folder: Path, environment: Mapping[str, str]
) -> Ended:
    """Run a command to its end, and return its costs; raises CannotMeasure if it went wrong."""
    report = folder / "costs.json"
    launcher = [sys.executable, "-I", "-S", str(PROJECT / "benchmarks" / "launcher.py")]
    words = [*launcher, str(report), *command]
    with running_command(name, words, folder, environment) as running:
        running.wait()
    costs = json.loads(report.read_text())
    peak_mb = costs["peak_bytes"] / MEGABYTE
    return Ended(costs["cpu_seconds"], costs["wall_seconds"], peak_mb)
