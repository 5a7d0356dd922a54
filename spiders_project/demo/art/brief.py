"""The order a painter receives: what to paint, how large, from which seed and colours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Brief:
    """Everything a scene may depend on, so that equal briefs give equal pictures."""

    scene: str
    size: tuple[int, int]
    seed: int
    colours: tuple[str, ...]
    knobs: Mapping[str, float]

    def knob(self, name: str, default: float) -> float:
        """Return a scene's numeric setting, or the default where the brief leaves it open."""
        return self.knobs.get(name, default)

    def count(self, name: str, default: int) -> int:
        """Return a scene's setting as a whole number."""
        return int(self.knobs.get(name, default))

    def has(self, name: str) -> bool:
        """Tell whether an optional element of a scene was asked for."""
        return bool(self.knobs.get(name, 0))
