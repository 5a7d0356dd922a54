"""The ways to name one element in a CSS selector, the sturdiest first."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

_IDENTIFIER = re.compile(r"^[A-Za-z][A-Za-z0-9_]*(?:-{1,2}[A-Za-z0-9_]+)*$")
# Names that a build or a database has made, and that change with it.
_MADE = re.compile(
    r"\d{2,}|^(?:css|sc|jss|svelte|emotion|chakra|_)-?[a-zA-Z0-9]*\d|[a-z][A-Z]+\d|__[a-zA-Z0-9]{5}$"
)
_OF_THE_MOMENT = re.compile(
    r"^(?:active|current|first|last|odd|even|selected|open|lazy\w*|loaded|hidden|clearfix|img-fluid"
    r"|(?:col|row|mt|mb|ml|mr|mx|my|pt|pb|px|py|p|m|w|h|d|g|text|flex|float|align|justify)-.*)$"
)
_ATTRIBUTES = ("itemprop", "rel", "property", "name", "target", "role", "download", "data-role")
_CALLED_BY_VALUE = re.compile(r"^[A-Za-z][\w.:-]*$")
_LONGEST = 40

_ID, _RELATION, _CLASS, _TARGET, _TAG = 1.0, 1.0, 1.5, 3.0, 4.0
_COST = {"itemprop": _RELATION, "rel": _RELATION, "property": _RELATION, "name": _RELATION}


@dataclass(frozen=True)
class NamedStep:
    """A compound selector for one element, and how much it costs to rely on it."""

    css: str
    cost: float

    @property
    def is_telling(self) -> bool:
        """True where it says more than the tag."""
        return self.cost < _TAG


def steps_for(element: HtmlElement) -> Iterator[NamedStep]:
    """Yield compound selectors that an element matches."""
    tag = element.tag
    identifier = element.get("id") or ""
    if _is_lasting(identifier):
        yield NamedStep(f"{tag}#{identifier}", _ID)
    classes = [name for name in (element.get("class") or "").split() if _is_lasting(name)]
    for name in classes[:6]:
        yield NamedStep(f"{tag}.{name}", _CLASS + (0 if len(classes) == 1 else 0.2))
    if len(classes) > 1:
        yield NamedStep(f"{tag}.{classes[0]}.{classes[1]}", _CLASS + 1)
    for name in _ATTRIBUTES:
        value = element.get(name)
        if value is not None:
            yield from _attribute_steps(tag, name, value)
    yield NamedStep(tag, _TAG)


def _attribute_steps(tag: str, name: str, value: str) -> Iterator[NamedStep]:
    cost = _COST.get(name, _TARGET)
    if name == "download":
        yield NamedStep(f"{tag}[download]", cost)
        return
    words = value.split() if name in ("rel", "itemprop") else [value.strip()]
    for word in words[:3]:
        if _CALLED_BY_VALUE.match(word) and len(word) <= _LONGEST:
            sign = "~=" if len(words) > 1 else "="
            quoted = word if _IDENTIFIER.match(word) else f"'{word}'"
            yield NamedStep(f"{tag}[{name}{sign}{quoted}]", cost)


def _is_lasting(name: str) -> bool:
    """Tell whether a name is one that people have given to all elements of a kind."""
    return (
        len(name) <= _LONGEST
        and bool(_IDENTIFIER.match(name))
        and not _MADE.search(name)
        and not _OF_THE_MOMENT.match(name)
    )
