"""How fast this project is to be, and whether a run says that it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Bar:
    """Wall time of one contestant, in times of that of another, at most."""

    key: str
    other: str
    size: str
    allowed: float
    goal: float | None = None
    """Where it is to be in the end."""

    def verdict(self, ratios: Sequence[float]) -> str:
        """Return what the median of the rounds says."""
        bar = f"{self.allowed:.2f}" + (f", goal {self.goal:.2f}" if self.goal else "")
        if not ratios:
            return f"not measured ({bar})"
        ratio = median(ratios)
        if self.goal and ratio <= self.goal:
            return f"{ratio:.3f}, goal reached ({bar})"
        return f"{ratio:.3f}, {'reached' if ratio <= self.allowed else 'NOT reached'} ({bar})"


BARS = (
    Bar("ours", "images", "50KB", 0.20, 0.15),
    Bar("ours", "images", "500KB", 0.20, 0.15),
    Bar("ours", "images", "3MB", 0.12, 0.10),
    Bar("ours", "img2dataset", "50KB", 0.50),
    Bar("ours", "img2dataset", "500KB", 0.33),
    Bar("ours", "img2dataset", "3MB", 0.33),
    *(Bar("fetch", "files", size, 0.65) for size in ("50KB", "500KB", "3MB")),
    *(Bar("fetch", "waves", size, 1.0) for size in ("50KB", "500KB", "3MB")),
)
