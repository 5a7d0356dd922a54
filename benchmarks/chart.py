"""A line chart as SVG text: two axes, a line for each series, its name at its end."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, log10

_WIDTH, _HEIGHT = 800, 420
_LEFT, _RIGHT, _TOP, _BOTTOM = 70, 150, 56, 56
_POINTS = 200
_TICKS = 5
_COLOURS = ("#0b62c4", "#c2410c", "#3f7d20")
_INK, _GRID = "#24292f", "#d8dee4"
_NAME_HEIGHT = 18.0


@dataclass(frozen=True)
class Line:
    """A series of points, in the order of x."""

    name: str
    points: Sequence[tuple[float, float]]


@dataclass(frozen=True)
class Chart:
    """What is drawn; both axes begin at 0."""

    title: str
    x_label: str
    y_label: str
    lines: Sequence[Line]

    def svg(self) -> str:
        """Return the picture."""
        font = "system-ui, Segoe UI, Helvetica, Arial, DejaVu Sans, sans-serif"
        opening = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
            f'width="{_WIDTH}" height="{_HEIGHT}" font-family="{font}" font-size="13" '
            f'fill="{_INK}" role="img">'
        )
        ground = f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#ffffff"/>'
        title = f'<text x="{_LEFT}" y="28" font-size="16" font-weight="600">'
        heading = f"<title>{escape(self.title)}</title>{ground}{title}{escape(self.title)}</text>"
        return "\n".join([opening, heading, *self._axes(), *self._drawn(), "</svg>\n"])

    @property
    def _x_step(self) -> float:
        return _step(max(x for line in self.lines for x, _ in line.points))

    @property
    def _y_step(self) -> float:
        return _step(max(y for line in self.lines for _, y in line.points))

    def _x(self, value: float) -> float:
        highest = max(x for line in self.lines for x, _ in line.points)
        return _LEFT + value / highest * (_WIDTH - _LEFT - _RIGHT)

    def _y(self, value: float) -> float:
        return _HEIGHT - _BOTTOM - value / self._top * (_HEIGHT - _TOP - _BOTTOM)

    @property
    def _top(self) -> float:
        highest = max(y for line in self.lines for _, y in line.points)
        return ceil(highest / self._y_step) * self._y_step

    def _axes(self) -> Iterator[str]:
        right, bottom = _WIDTH - _RIGHT, _HEIGHT - _BOTTOM
        for value in _values(self._top, self._y_step):
            y = self._y(value)
            colour = _GRID if value else _INK
            yield f'<path d="M{_LEFT} {y:.1f}H{right}" stroke="{colour}"/>'
            yield _text(_LEFT - 8, y + 4.5, f"{value:,.0f}", "end")
        for value in _values(max(x for line in self.lines for x, _ in line.points), self._x_step):
            x = self._x(value)
            yield f'<path d="M{x:.1f} {bottom}v5" stroke="{_INK}"/>'
            yield _text(x, bottom + 20, f"{value:,.0f}", "middle")
        yield _text((_LEFT + right) / 2, _HEIGHT - 12, self.x_label, "middle")
        yield _text(_LEFT - 8, _TOP - 12, self.y_label, "end")

    def _drawn(self) -> Iterator[str]:
        ends = [self._y(line.points[-1][1]) for line in self.lines]
        for line, colour, y in zip(self.lines, _COLOURS, _apart(ends), strict=False):
            points = " ".join(f"{self._x(x):.1f},{self._y(y):.1f}" for x, y in _thinned(line))
            style = f'fill="none" stroke="{colour}" stroke-width="2" stroke-linejoin="round"'
            yield f'<polyline points="{points}" {style}/>'
            x = self._x(line.points[-1][0]) + 8
            yield f'<g fill="{colour}" font-weight="600">{_text(x, y + 4.5, line.name)}</g>'


def _text(x: float, y: float, words: str, anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'


def _step(highest: float) -> float:
    """Return a round step, 1, 2 or 5 times a power of ten, that gives about five ticks."""
    power: float = 10.0 ** int(log10(highest / _TICKS)) if highest > _TICKS else 1.0
    return next(power * n for n in (1, 2, 5, 10) if highest <= power * n * _TICKS)


def _values(highest: float, step: float) -> list[float]:
    return [step * n for n in range(int(highest / step + 1e-9) + 1)]


def _apart(heights: Sequence[float]) -> list[float]:
    """Return where names go: at the ends of the lines, and never on top of each other."""
    placed: dict[int, float] = {}
    lowest = 0.0
    for place in sorted(range(len(heights)), key=lambda n: heights[n]):
        lowest = placed[place] = max(heights[place], lowest + _NAME_HEIGHT)
    return [placed[place] for place in range(len(heights))]


def _thinned(line: Line) -> Sequence[tuple[float, float]]:
    """Return no more points than the eye can tell apart, and the last one."""
    step = max(1, len(line.points) // _POINTS)
    return [*line.points[:-1:step], line.points[-1]]
