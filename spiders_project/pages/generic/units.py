"""Finds what may be a card: each link around a picture, each picture without link."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from spiders_project.pages.generic.directions import Direction, direction_of, direction_of_file
from spiders_project.pages.generic.overlays import Overlays
from spiders_project.pages.generic.previews import Preview
from spiders_project.pages.generic.shapes import Shape, Shapes
from spiders_project.pages.generic.targets import is_share, link_around
from spiders_project.pages.generic.zones import Zone, Zones
from spiders_project.pages.page import Page
from spiders_project.urls import host_of

_STEPS_AT_MOST = 4
_UNITS_OF_A_LAYOUT = 3
"""What a class calls a sidebar or an icon is the content of a page only where there are several."""
ICON_PIXELS = 64
"""A picture that is no larger shows nothing worth a visit, but people and buttons."""
_DEPTH = 80


@dataclass
class Unit:
    """A link and the previews in it, or a preview without link."""

    anchor: HtmlElement
    preview: Preview
    url: str | None
    place: int
    """In the order of the page."""
    shape: Shape = field(init=False)
    block: HtmlElement = field(init=False)


def units_of(page: Page, previews: list[Preview]) -> list[Unit]:
    """Return what may be a card on a page, in its order, navigation and strips left out."""
    units = _without_icons(_content(page, _without_steps(_units(page, previews))))
    shapes = Shapes()
    for unit in units:
        unit.shape = shapes.of(unit.preview.element)
    return units


def _units(page: Page, previews: list[Preview]) -> list[Unit]:
    """Return each link around previews once, with the first of them, and previews without link."""
    overlays = Overlays(page, previews)
    units: dict[HtmlElement, Unit] = {}
    for preview in previews:
        around = link_around(page, preview.element)
        anchor, url = around or (preview.element, None)
        if around and url is None:
            url = overlays.opened_by(anchor)
        if anchor in units or (url and is_share(url)) or overlays.holds(preview.element):
            continue
        units[anchor] = Unit(anchor, preview, url, len(units))
    here = [unit for unit in units.values() if unit.url == page.url]
    for unit in here if len(here) > 1 else ():
        unit.url = None  # fragments of this page: a script shows the picture
    return list(units.values())


def _without_steps(units: list[Unit]) -> list[Unit]:
    """Leave out buttons and pictures that lead to the next or previous page, or home.

    Many that say the same are cards all the same: ``alt="next"`` may stand on each of them.
    """
    steps = {id(unit): step for unit in units if (step := _step(unit)) is not None}
    counts = Counter(steps.values())
    return [
        unit for unit in units if id(unit) not in steps or counts[steps[id(unit)]] > _STEPS_AT_MOST
    ]


def _without_icons(units: list[Unit]) -> list[Unit]:
    """Leave out what is small beside as many larger ones: people, badges, ratings."""
    larger = [unit for unit in units if not _is_small(unit)]
    return larger if len(larger) * 2 >= len(units) else units


def _step(unit: Unit) -> Direction | None:
    shown = unit.preview.candidates[-1].url if unit.preview.candidates else ""
    if (step := direction_of_file(shown)) is not None and (
        step != Direction.ELSEWHERE or not _is_sized(unit)
    ):
        return step
    if unit.anchor is unit.preview.element:
        return None
    step = direction_of(unit.anchor)
    return step if step != Direction.ELSEWHERE else None


def _is_sized(unit: Unit) -> bool:
    return min(unit.preview.width or 0, unit.preview.height or 0) > ICON_PIXELS


def _content(page: Page, units: list[Unit]) -> list[Unit]:
    """Return the units outside navigation and strips; strips too, where nothing else is left."""
    counts = counts_of(unit.anchor for unit in units)
    zones = Zones(page.selector.root, counts, len(units))
    placed = [(unit, zones.of(unit.preview.element)) for unit in units if not _is_logo(page, unit)]
    for allowed in (Zone.CONTENT, Zone.STRIP, Zone.LAYOUT):
        kept = [unit for unit, zone in placed if zone <= allowed]
        is_plausible = any(unit.url or not _is_small(unit) for unit in kept)
        if is_plausible and (allowed < Zone.LAYOUT or len(kept) >= _UNITS_OF_A_LAYOUT):
            return kept
    return []


def _is_logo(page: Page, unit: Unit) -> bool:
    """Tell whether a picture leads to the front page of its site, as logos do."""
    if not unit.url:
        return False
    origin, slash, path = unit.url.partition(host_of(unit.url))
    shown = unit.preview.candidates[0].url if unit.preview.candidates else ""
    is_named = "logo" in shown.rpartition("/")[2].lower()
    is_front = path.strip("/:0123456789") in {"", "index.html", "index.php"}
    return is_front and (is_named or unit.url != page.url or bool(slash and not origin))


def _is_small(unit: Unit) -> bool:
    sizes = [size for size in (unit.preview.width, unit.preview.height) if size]
    return bool(sizes) and max(sizes) <= ICON_PIXELS


def counts_of(anchors: Iterable[HtmlElement]) -> dict[HtmlElement, int]:
    """Return how many units each element holds."""
    counts: dict[HtmlElement, int] = {}
    for anchor in anchors:
        above = anchor
        for _ in range(_DEPTH):
            if above is None:
                break
            counts[above] = counts.get(above, 0) + 1
            above = above.getparent()
    return counts
