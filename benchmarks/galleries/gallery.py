"""What a gallery is: software of others, how it is built and served, and where a crawl begins."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks.galleries.workshop import Needs, Workshop

Build = Callable[[Workshop], None]
"""Fills the folder of the site; raises CannotMeasure."""


@dataclass(frozen=True)
class Gallery:
    """One gallery."""

    name: str
    """What a person types after ``--only``."""
    label: str
    """The software with what was chosen of its options."""
    needs: Needs
    build: Build
    start: str = "/"
    """Where a crawl begins."""
    server: Callable[[Workshop, int], Sequence[str]] | None = None
    """The words that start the software's own server on a port, in its folder for work."""
    hidden: Callable[[Workshop], Sequence[str]] = lambda _: ()
    """Paths that nothing mentions but what scripts ask for when they run."""
    further: str = ""
    """What the path of a further page of a listing looks like, as a regular expression."""
    is_named_by_files: bool = False
    """Whether it calls pictures by the names of their files, whatever it says of them besides."""
    is_script_only: bool = False
    """Whether a browser is needed to see any picture, by the software's design."""
