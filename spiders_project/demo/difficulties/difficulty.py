"""What is declared of a difficulty: what the demo does, and what a crawl promises in return."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from spiders_project.demo.picture import Category

from .answers import Answer, whole


@dataclass(frozen=True, slots=True)
class Promise:
    """What becomes of a picture: an outcome, its reason, and what else can be relied on."""

    outcome: str = "downloaded"
    reason: str | None = None
    also: str = ""

    def __str__(self) -> str:
        """Return the promise as it stands in the documentation."""
        words = f"`{self.outcome}`" + (f" (`{self.reason}`)" if self.reason else "")
        return f"{words}, {self.also}" if self.also else words


@dataclass(frozen=True, slots=True)
class Difficulty:
    """One picture with which something is wrong.

    ``card`` and ``link`` are the links to its page and to its original, with
    ``{pages}``, ``{pictures}``, ``{ailing}`` and ``{unhurried}`` for hosts,
    ``{page_path}`` and ``{path}`` for the paths of the two, ``{page}`` and
    ``{file}`` for their last parts.
    """

    slug: str
    """Its name in addresses."""
    title: str
    what: str
    """What is wrong, for the documentation and for the page of the picture."""
    promise: Promise = Promise()
    answer: Answer = whole
    encoding: str = "jpeg"
    file: str = ""
    """Where the original lies below /originals/, if not at ``category/slug.ext``."""
    twin_of: str = ""
    """``category/slug`` of the picture that has the same bytes."""
    card: str = "{page}"
    link: str = "http://{pictures}{path}"
    base: str = ""
    """Where the links of its page start from."""
    cookie: str = ""
    """The cookie that its page sets."""


class Ending(Enum):
    """What comes after the last page of a listing."""

    NOTHING = auto()
    ITSELF = auto()
    """The last page links to itself as the next one."""
    MORE = auto()
    """There is no last page: each one shows all pictures and links to another."""


@dataclass(frozen=True, slots=True)
class Album:
    """A category of difficulties, and what is difficult about its listing."""

    category: Category
    difficulties: tuple[Difficulty, ...]
    page_size: int = 12
    ending: Ending = Ending.NOTHING
    base: str = ""
    """Where the links of all listing pages but the first start from."""
    cookie: str = ""
    """The cookie that its listing sets."""
