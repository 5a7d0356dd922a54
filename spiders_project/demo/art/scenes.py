"""The list of all scenes by the names briefs use."""

from __future__ import annotations

from collections.abc import Callable

from . import (
    abstract,
    cutouts,
    festival,
    geometry,
    ink,
    loops,
    mountains,
    night,
    ocean,
    plants,
    space,
)
from .brief import Brief
from .colour import Field

Scene = Callable[[Brief], Field]

_PAINTERS: tuple[Scene, ...] = (
    mountains.misty_ridges,
    mountains.snow_peaks,
    mountains.northern_lights,
    mountains.dunes,
    mountains.contour_relief,
    ocean.low_sun,
    ocean.paper_waves,
    ocean.sunken_light,
    ocean.beach,
    space.nebula,
    space.planet,
    space.galaxy,
    space.orbit_dawn,
    space.eclipse,
    abstract.silk,
    abstract.ribbons,
    abstract.mesh,
    abstract.folded_paper,
    geometry.facets,
    geometry.bauhaus,
    geometry.tiles,
    geometry.interference,
    abstract.orbs,
    ink.ink_peaks,
    ink.lone_boat,
    plants.bamboo,
    plants.plum,
    ink.blue_green,
    night.bokeh,
    night.skyline,
    festival.light_trails,
    festival.lanterns,
    festival.fireworks,
    festival.wet_street,
    cutouts.planet_alone,
    cutouts.orbs_alone,
    loops.tide_loop,
)
SCENES: dict[str, Scene] = {painter.__name__: painter for painter in _PAINTERS}
