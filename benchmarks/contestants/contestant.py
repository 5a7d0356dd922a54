"""What a contestant is: a name, and the command that fetches a category or a list."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

AT_ONCE = 16
"""Requests at once, for every contestant."""


@dataclass(frozen=True)
class Job:
    """What is to be fetched, and where to."""

    site: str
    """The address of the gallery."""
    category: str
    listings: int
    """How many listings the category has."""
    addresses: Sequence[str]
    """The pictures that the category leads to."""
    folder: Path
    """Empty; all that the contestant writes belongs below it."""

    @property
    def listing(self) -> str:
        """Return the address of the first listing."""
        return f"{self.site}/hdwallpapers/{self.category}/index.html"

    def list_file(self) -> Path:
        """Write the addresses of the pictures into a file, one a line; return the file."""
        file = self.folder / "addresses.txt"
        file.write_text("".join(f"{address}\n" for address in self.addresses))
        return file


@dataclass(frozen=True)
class Command:
    """What is started."""

    words: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Contestant:
    """One who is measured."""

    key: str
    """What a person types after ``--only``."""
    name: str
    command: Callable[[Job], Command]
    is_list: bool = False
    """Whether it is given the addresses of the pictures, and reads no pages."""
    may_lose_bytes: bool = False
    """Whether it stores pictures that differ from the originals, by design."""
