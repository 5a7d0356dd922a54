"""Describes where in the structure of a page an element stands, the same for all that repeat it."""

import re
from dataclasses import dataclass

from lxml.html import HtmlElement

LEVELS = 7
"""As many elements above a picture tell a grid from the strip beside it, on any page of a site."""

_STEPS = 60
_TRANSPARENT = frozenset(
    {"picture", "noscript", "center", "font", "b", "strong", "i", "em", "tbody", "thead", "span"}
    | {"small", "big", "u", "nobr", "p", "source", "amp-img"}
)
"""They wrap some pictures of a list and others not."""

_WORD = re.compile(r"[a-z]+|[A-Z][a-z]*|[^\W\d_a-zA-Z]+")
_VARIANTS = frozenset(
    {"odd", "even", "first", "last", "alt", "active", "current", "selected", "left", "right"}
    | {"portrait", "landscape", "square", "wide", "tall", "big", "small", "large", "medium"}
    | {"horizontal", "vertical", "hidden", "visible", "lazy", "lazyload", "lazyloaded", "loaded"}
    | {"sticky", "new", "featured", "hot", "clearfix", "cf", "clear", "end", "omega", "alpha"}
    | {"row", "middle", "center", "fade", "in", "show", "animated", "fadein", "double", "w", "h"}
    | {"width", "height", "size", "span", "no", "mr", "ml", "mt", "mb", "pr", "pl", "float"}
)
"""Words for one among several that are alike."""

_CONTAINERS = frozenset(
    {
        "gallery",
        "galleries",
        "thumbs",
        "thumb",
        "thumbnails",
        "photos",
        "pictures",
        "images",
        "list",
    }
    | {
        "albums",
        "album",
        "folders",
        "content",
        "main",
        "grid",
        "items",
        "results",
        "strip",
        "wrapper",
    }
    | {"filmstrip", "related", "page", "container", "carousel", "slider", "index", "set", "sets"}
    | {"collection", "collections", "wall", "stream", "posts", "wrap", "body", "masonry", "hero"}
)


@dataclass(frozen=True)
class Shape:
    """The elements from a picture upwards, the innermost first."""

    tags: tuple[str, ...]
    names: tuple[str, ...]
    """For each the word that names it, "" without."""

    def __str__(self) -> str:
        """Return it as a selector would say it, the outermost first."""
        steps = zip(self.tags, self.names, strict=True)
        named = [f"{tag}.{name}" if name else tag for tag, name in steps]
        return ">".join(reversed(named))


class Shapes:
    """The shapes of one page."""

    def __init__(self) -> None:
        self._steps: dict[HtmlElement, tuple[str, str]] = {}

    def of(self, element: HtmlElement) -> Shape:
        """Return the shape of an element."""
        steps: list[tuple[str, str]] = [(_tag(element), "")]
        above = element.getparent()
        for _ in range(_STEPS):
            if above is None or len(steps) == LEVELS or above.tag in {"body", "html"}:
                break
            if above.tag not in _TRANSPARENT:
                steps.append(self._step(above))
            above = above.getparent()
        return Shape(tuple(tag for tag, _ in steps), tuple(name for _, name in steps))

    def _step(self, element: HtmlElement) -> tuple[str, str]:
        if element not in self._steps:
            self._steps[element] = (str(element.tag), _name(element))
        return self._steps[element]


def joined(shapes: list[Shape]) -> Shape:
    """Return what shapes of the same tags have in common."""
    names = [
        names[0] if len(set(names)) == 1 else ""
        for names in zip(*(shape.names for shape in shapes), strict=True)
    ]
    return Shape(shapes[0].tags, tuple(names))


def words_of(value: str) -> list[str]:
    """Return the words of a class, an id or a name, without numbers, in lower case."""
    return [word.lower() for word in _WORD.findall(value[:400])]


def _tag(element: HtmlElement) -> str:
    """Return the name of the tag, one for all that show a picture."""
    return "img" if element.tag in {"amp-img", "amp-anim", "image"} else str(element.tag)


def _name(element: HtmlElement) -> str:
    """Return the first class that is no counter and no variant, otherwise a telling id."""
    for token in (element.get("class") or "")[:1000].split():
        words = words_of(token)
        if words and not any(letter.isdigit() for letter in token) and words[0] not in _VARIANTS:
            return "-".join(words)
    words = words_of(element.get("id") or "")
    return "#" + "-".join(words) if words and all(word in _CONTAINERS for word in words) else ""
