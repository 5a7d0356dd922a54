"""Tells the parts of a page that are about something else than its picture."""

import re
from functools import lru_cache
from itertools import islice

from lxml.html import HtmlElement

_TAGS = frozenset(
    "nav footer aside form script style select noscript template button dialog svg".split()
)
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_WORDS = frozenset(
    "nav navbar navigation menu sidebar related similar recommend recommended recommendation"
    " recommendations comment comments widget widgets recent popular cookie share social footer"
    " login search tagcloud cloud others prevnext pagination pager ads advert banner modal trending"
    " newsletter languages menubar".split()
)
_WORTH = frozenset(
    ("content", "main", "page", "body", "wrapper", "has", "with", "no", "image", "photo", "picture")
)
_CARD_TAGS = frozenset(("li", "figure", "dl", "article", "a"))
_CARD_TAGS_WITH_CLASS = frozenset(("div", "section", "span", "p", "tr"))
_ALIKE = 3
_MOST_NODES = 60
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_NEVER = frozenset(("html", "body", "head", "main"))


def is_elsewhere(element: HtmlElement) -> bool:
    """Tell whether what is inside an element belongs to the site, or to other pictures."""
    if element.tag in _TAGS:
        return True
    if element.tag in _NEVER:
        return False
    # Captions wait there for their lightbox.
    if "display" in (style := element.get("style") or "") and _HIDDEN.search(style):
        return True
    name = f"{element.get('class') or ''} {element.get('id') or ''}"
    return name != " " and _names_another(name)


@lru_cache(maxsize=4096)
def _names_another(name: str) -> bool:
    for each in name.split()[:12]:
        words = {word.lower() for word in _WORD.findall(each[:80])}
        # "content-with-sidebar" is not the sidebar.
        if words & _WORDS and not words & _WORTH:
            return True
    return False


def is_card(element: HtmlElement) -> bool:
    """Tell whether an element is one of three or more in a row that show a picture each."""
    tag, classes = element.tag, element.get("class")
    if tag not in _CARD_TAGS and not (classes and tag in _CARD_TAGS_WITH_CLASS):
        return False
    before = islice(element.itersiblings(preceding=True), _ALIKE - 1)
    after = islice(element.itersiblings(), _ALIKE - 1)
    row = [*reversed(list(before)), element, *after]
    own = set((classes or "").split())
    alike = [each.tag == tag and _is_alike(own, each.get("class")) for each in row]
    windows = (range(start, start + _ALIKE) for start in range(len(row) - _ALIKE + 1))
    return any(
        all(alike[place] for place in window) and all(_has_picture(row[place]) for place in window)
        for window in windows
    )


def _is_alike(classes: set[str], other: str | None) -> bool:
    """Tell whether classes are shared; cards of a row may have some of their own, too."""
    return not classes.isdisjoint((other or "").split()) or not (classes or other)


def _has_picture(element: HtmlElement) -> bool:
    return any(node.tag == "img" for node in islice(element.iter(), _MOST_NODES))
