"""What a page says of a picture, and how it says so: loud voices are heard first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum

from spiders_project.pages.generic.dates import iso_date
from spiders_project.pages.generic.facts.empty_words import is_empty, is_file_name
from spiders_project.pages.generic.facts.labels import labels_in, name_after_by
from spiders_project.pages.generic.facts.roles import Role

_LONGEST_TITLE = 250
_LONGEST_DATE = 40
_SHORTEST_PROSE = 60


class Voice(IntEnum):
    """Where a page says something, the most trusted first."""

    DATA = 1
    """JSON-LD or microdata about the picture."""
    LABEL = 2
    """``Author: Anna``, in a list, a table or a line."""
    HEADING = 3
    MARK = 4
    """A class, a property or a ``rel`` that names the role."""
    META = 5
    CAPTION = 6
    HEAD = 7
    """The title element of the page."""
    ATTRIBUTE = 8
    """``title``, ``data-title``."""
    ALT = 9
    SUBHEADING = 10
    WORDS = 11
    """Text that stands near the picture."""
    NAME = 12
    """The name of a file, and other last resorts."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that a page says."""

    role: Role
    voice: Voice
    text: str


def of_lines(lines: Iterable[str], voice: Voice) -> Iterator[Evidence]:
    """Read a caption: a title, and below it a description, an author, a date, labelled facts."""
    rest = []
    has_title = False
    for line in lines:
        if labelled := labels_in(line):
            for role, value in labelled:
                yield Evidence(role, max(voice, Voice.LABEL), value)
        elif name := name_after_by(line):
            yield Evidence(Role.AUTHOR, voice, name)
        elif len(line) <= _LONGEST_DATE and iso_date(line):
            yield Evidence(Role.PUBLISHED, voice, line)
        elif is_empty(line):
            if is_file_name(line):
                yield Evidence(Role.TITLE, Voice.NAME, line)
        elif not has_title and len(line) <= _LONGEST_TITLE:
            has_title = True
            yield Evidence(Role.TITLE, voice, line)
        else:
            rest.append(line)
    text = " ".join(rest)
    # Scraps around a picture are no description.
    if text and (voice is not Voice.WORDS or len(text) >= _SHORTEST_PROSE):
        yield Evidence(Role.DESCRIPTION, voice, text)


def captions_in(evidence: Iterable[Evidence]) -> Iterator[Evidence]:
    """Yield captions as descriptions, which they are where something else is the title."""
    for each in evidence:
        if each.role is Role.TITLE and each.voice is Voice.CAPTION:
            yield Evidence(Role.DESCRIPTION, Voice.WORDS, each.text)
