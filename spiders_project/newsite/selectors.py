"""Infers the shortest sturdy selector that gives exactly the wanted values on all pages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from lxml.html import HtmlElement

from spiders_project.newsite.labelled import labelled_paths
from spiders_project.newsite.meanings import Meaning, Sample, as_found
from spiders_project.newsite.steps import NamedStep, steps_for
from spiders_project.pages.page import Page

_ATTRIBUTES = ("href", "src", "content", "datetime", "title", "alt", "value")
_NEVER = frozenset(("id", "class", "style", "srcset", "sizes", "onclick"))
_TEXTLESS = frozenset(("script", "style", "html", "body", "head"))
_MOST_TARGETS = 12
_MOST_ANCESTORS = 8
_MOST_ELEMENTS = 30_000
_MOST_SELECTORS = 1500
_ENOUGH = 12
_LONGEST_TEXT_NODES = 80
_LONGEST = 84
"""A line of a site file has room for so much."""
_BY_ATTRIBUTE, _BY_BARE_TAG = 0.3, 3.0
_TELLING_TAGS = frozenset(("h1", "title", "time", "figcaption"))
_LONGEST_DATE = 40
_WAYS = {"": 0.0, "::attr(datetime)": -2.0, "::attr(content)": 1.0, "::attr(alt)": 1.0}
_BY_LEVEL, _BY_LETTER = 0.6, 0.02
_BY_PLACE, _BY_OTHER_MATCH = 0.1, 0.3


@dataclass(frozen=True)
class Target:
    """An element, and the way to get a wanted value out of it."""

    element: HtmlElement
    way: str
    """``::attr(href)``, or nothing for the text of the element."""


def infer_selector(samples: Sequence[Sample], meaning: Meaning) -> str | None:
    """Return the selector that reads the wanted values, and nothing else, on every page.

    Classes, ids, ``rel`` and ``itemprop`` are preferred to tags, short to long;
    where no CSS does it, an XPath beside a label may. None where none does.
    """
    wanted = next((sample for sample in samples if sample.values), None)
    if wanted is None:
        return None
    targets = list(islice(_targets(wanted, meaning), _MOST_TARGETS))
    found = dict.fromkeys(css for _, css in sorted(set(_selectors(targets))))
    fitting = islice(
        (css for css in islice(found, _MOST_SELECTORS) if _fits(css, samples, meaning)), _ENOUGH
    )
    ranked = list(enumerate(fitting))
    if ranked:
        return min(ranked, key=lambda each: _strain(each[0], each[1], samples))[1]
    paths = labelled_paths(wanted, [target.element for target in targets])
    return next((path for path in paths if _fits(path, samples, meaning)), None)


def _fits(selector: str, samples: Sequence[Sample], meaning: Meaning) -> bool:
    return len(selector) <= _LONGEST and all(
        meaning.reads(sample.page, selector) == sample.values for sample in samples
    )


def _strain(place: int, css: str, samples: Sequence[Sample]) -> float:
    """Return how far a fitting selector is from the best: its place, and what else it matches."""
    others = (len(sample.page.selector.css(css)) - len(sample.values) for sample in samples)
    return place * _BY_PLACE + max(0, *others) * _BY_OTHER_MATCH


def _targets(sample: Sample, meaning: Meaning) -> Iterator[Target]:
    """Yield the places where the first wanted value stands on a page."""
    wanted, page = sample.values[0], sample.page
    for element in islice(page.selector.root.iter("*"), _MOST_ELEMENTS):
        for name in _named(element):
            if _says(element.get(name) or "", wanted, page, meaning):
                yield Target(element, f"::attr({name})")
        if meaning.is_link or element.tag in _TEXTLESS:
            continue
        if _reads(element, wanted, page, meaning):
            yield Target(element, "")


def _named(element: HtmlElement) -> Iterator[str]:
    """Yield the attributes in which a value may stand, the usual ones first."""
    yield from (name for name in _ATTRIBUTES if name in element.attrib)
    yield from (
        name
        for name in element.attrib
        if name.startswith("data-") and name not in _NEVER and ":" not in name
    )


def _says(value: str, wanted: str, page: Page, meaning: Meaning) -> bool:
    if meaning.is_link or wanted.startswith(("http://", "https://")):
        return bool(value) and page.absolute(value) == wanted
    text = as_found(value)
    return bool(text) and (text == wanted or meaning.is_alike(text, wanted, page))


def _reads(element: HtmlElement, wanted: str, page: Page, meaning: Meaning) -> bool:
    pieces = list(islice(element.itertext(), _LONGEST_TEXT_NODES))
    text = as_found("".join(pieces))
    is_short = len(text) <= _LONGEST_DATE
    return text == wanted or (is_short and meaning.is_alike(text, wanted, page))


def _selectors(targets: Sequence[Target]) -> Iterator[tuple[float, str]]:
    """Yield selectors for the targets, with what they cost."""
    for target in targets:
        # What is written for programs stays when the words for people change.
        by_attribute = _WAYS.get(target.way, _BY_ATTRIBUTE)
        own = list(steps_for(target.element))
        for step in own:
            is_bare = not step.is_telling and step.css not in _TELLING_TAGS
            cost = step.cost + by_attribute + is_bare * _BY_BARE_TAG
            yield _priced(cost, step.css + target.way)
        levels = islice(target.element.iterancestors(), _MOST_ANCESTORS)
        for level, ancestor in enumerate(levels, 1):
            above = [step for step in steps_for(ancestor) if step.is_telling]
            for outer in above:
                yield from _below(outer, own, target, level + by_attribute)


def _below(
    outer: NamedStep, own: Sequence[NamedStep], target: Target, distance: float
) -> Iterator[tuple[float, str]]:
    """Yield selectors of two and three steps, for an element inside another one."""
    parent = target.element.getparent()
    for step in own:
        cost = outer.cost + step.cost / 2 + distance * _BY_LEVEL
        yield _priced(cost, f"{outer.css} {step.css}{target.way}")
        yield _priced(cost + 0.2, f"{outer.css} > {step.css}{target.way}")
        if distance >= 2 and parent is not None:
            for inner in islice(steps_for(parent), 3):
                yield _priced(
                    cost + inner.cost / 2, f"{outer.css} {inner.css} > {step.css}{target.way}"
                )


def _priced(cost: float, css: str) -> tuple[float, str]:
    return round(cost + len(css) * _BY_LETTER, 3), css
