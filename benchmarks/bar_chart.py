"""Bars as SVG text: a row for each name, a panel with a scale of its own for each series."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

_NAMES, _PANEL, _GAP = 270, 200, 24
_TOP, _ROW, _BAR = 76, 26, 16
_VALUE = 46
"""Room behind the longest bar for its value."""
_FAR_AHEAD = 2.0
"""A single bar so many times as long as the next one is cut, so that the others can be seen."""
_OURS, _OTHERS, _INK, _FAINT = "#0b62c4", "#9aa4af", "#24292f", "#6e7781"


@dataclass(frozen=True)
class Panel:
    """A series: one value for each name, None where there is none."""

    title: str
    values: Sequence[float | None]


@dataclass(frozen=True)
class BarChart:
    """What is drawn; every scale begins at 0."""

    title: str
    names: Sequence[str]
    panels: Sequence[Panel]
    highlighted: int = 2
    """How many of the first rows are the ones that it is about."""

    def svg(self) -> str:
        """Return the picture."""
        width = _NAMES + len(self.panels) * (_PANEL + _GAP)
        height = _TOP + len(self.names) * _ROW + 12
        font = "system-ui, Segoe UI, Helvetica, Arial, DejaVu Sans, sans-serif"
        opening = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
            f'width="{width}" height="{height}" font-family="{font}" font-size="13" '
            f'fill="{_INK}" role="img">'
        )
        ground = f'<rect width="{width}" height="{height}" fill="#ffffff"/>'
        words = escape(self.title)
        heading = f'<title>{words}</title>{ground}<text x="16" y="28" font-size="16" '
        title = f'{heading}font-weight="600">{words}</text>'
        return "\n".join([opening, title, *self._named(), *self._drawn(), "</svg>\n"])

    def _named(self) -> Iterator[str]:
        for row, name in enumerate(self.names):
            weight = ' font-weight="600"' if row < self.highlighted else ""
            yield _text(_NAMES - 12, _middle(row), name, f'text-anchor="end"{weight}')

    def _drawn(self) -> Iterator[str]:
        for place, panel in enumerate(self.panels):
            left = _NAMES + place * (_PANEL + _GAP)
            yield _text(left, _TOP - 14, panel.title, 'font-weight="600"')
            bottom = _TOP + len(self.names) * _ROW
            yield f'<path d="M{left} {_TOP - 4}V{bottom}" stroke="{_FAINT}"/>'
            highest = _end_of_scale(panel.values)
            for row, value in enumerate(panel.values):
                yield from self._bar(left, row, value, highest)

    def _bar(self, left: int, row: int, value: float | None, highest: float) -> Iterator[str]:
        if value is None:
            yield _text(left + 6, _middle(row), "not measured", f'fill="{_FAINT}"')
            return
        length = min(1.0, value / highest) * (_PANEL - _VALUE)
        top = _TOP + row * _ROW + (_ROW - _BAR) / 2
        colour = _OURS if row < self.highlighted else _OTHERS
        yield (
            f'<rect x="{left}" y="{top:.1f}" width="{length:.1f}" height="{_BAR}" fill="{colour}"/>'
        )
        if value > highest:
            x = left + length - 14
            yield f'<path d="M{x} {top + _BAR}l6 -{_BAR}h4l-6 {_BAR}z" fill="#ffffff"/>'
        yield _text(left + length + 6, _middle(row), f"{value:,.0f}")


def _end_of_scale(values: Sequence[float | None]) -> float:
    *others, longest = sorted(value for value in [1.0, *values] if value)
    next_one = others[-1] if others else longest
    return next_one if len(others) > 1 and longest > _FAR_AHEAD * next_one else longest


def _middle(row: int) -> float:
    """Return the base line of the words of a row."""
    return _TOP + row * _ROW + _ROW / 2 + 4.5


def _text(x: float, y: float, words: str, style: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" {style}>{escape(words)}</text>'
