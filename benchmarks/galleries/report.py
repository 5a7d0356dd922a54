"""Puts the scores of galleries into tables, and says whether they reach the bars."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import mean

from benchmarks.galleries.gallery import Gallery
from benchmarks.galleries.score import Score, allowed_requests
from benchmarks.galleries.truth import Truth
from benchmarks.table import table

_MEAN_BAR, _EACH_BAR = 0.97, 0.8


@dataclass(frozen=True)
class Row:
    """One gallery with the scores of the crawlers, by key."""

    gallery: Gallery
    software: str
    """Names and versions of what was installed."""
    truth: Truth
    scores: Mapping[str, Score]


def report(rows: Sequence[Row], missing: Mapping[str, str]) -> str:
    """Return all tables and verdicts; ``missing`` gives the reason for each gallery without."""
    parts = [_scores(rows), _means(rows), "\n".join(_verdicts(rows)), _galleries(rows)]
    problems = [
        f"{row.gallery.name}, {key}: {score.problem}"
        for row in rows
        for key, score in row.scores.items()
        if score.problem and score.recall < 1
    ]
    problems += [f"{name} is missing: {reason}" for name, reason in missing.items()]
    return "\n\n".join([*parts, "\n".join(f"- {each}" for each in problems)]).strip()


def _scores(rows: Sequence[Row]) -> str:
    """Return a line for each gallery: of this project everything, of the others in short."""
    keys = list(dict.fromkeys(key for row in rows for key in row.scores))
    head = ["gallery", "pictures", "allowed"]
    for key in keys:
        head += [f"{key}: recall", "precision", "requests"]
        head += ["pages + pictures + wrong", "titles"] if key == "ours" else []
    return table(head, [_line(row, keys) for row in rows])


def _line(row: Row, keys: Sequence[str]) -> list[str]:
    allowed = allowed_requests(row.truth)
    cells = [row.gallery.name, str(len(row.truth.offers)), str(allowed)]
    for key in keys:
        score = row.scores[key]
        spent, total = score.spent, str(score.spent.total)
        cells += [f"{score.recall:.2f}", f"{score.precision:.2f}"]
        cells += [total if spent.total <= allowed else f"**{total}**"]
        if key == "ours":
            cells += [f"{spent.pages} + {spent.pictures} + {spent.wrong}", _titles(score)]
    return cells


def _titles(score: Score) -> str:
    return "-" if score.titles is None else f"{score.titles:.2f}"


def _means(rows: Sequence[Row]) -> str:
    keys = list(dict.fromkeys(key for row in rows for key in row.scores))
    lines = []
    for key in keys:
        scores = [row.scores[key] for row in rows if key in row.scores]
        titles = [score.titles or 0.0 for score in scores]
        lines.append(
            [key, str(len(scores))]
            + [f"{mean(values):.3f}" for values in _columns(scores)]
            + [f"{mean(titles):.3f}", str(sum(score.spent.total for score in scores))]
        )
    head = ["crawler", "galleries", "mean recall", "mean precision", "mean titles", "requests"]
    return table(head, lines)


def _columns(scores: Sequence[Score]) -> tuple[list[float], list[float]]:
    return [score.recall for score in scores], [score.precision for score in scores]


def _verdicts(rows: Sequence[Row]) -> list[str]:
    """Return a sentence for each bar; galleries that need a browser are not held to them."""
    judged = [row for row in rows if "ours" in row.scores and not row.gallery.is_script_only]
    scores = [row.scores["ours"] for row in judged]
    if not scores:
        return ["- This project was not measured."]
    lines = []
    for name, values in zip(("recall", "precision"), _columns(scores), strict=True):
        reached = "reached" if mean(values) >= _MEAN_BAR else "NOT reached"
        lines.append(f"- mean {name} {mean(values):.3f}, bar {_MEAN_BAR}: {reached}")
        low = [r.gallery.name for r, v in zip(judged, values, strict=True) if v < _EACH_BAR]
        lines.append(f"- {name} under {_EACH_BAR}: {', '.join(low) or 'none'}")
    dear = [
        row.gallery.name
        for row in judged
        if row.scores["ours"].spent.total > allowed_requests(row.truth)
    ]
    return [*lines, f"- more requests than allowed: {', '.join(dear) or 'none'}"]


def _galleries(rows: Sequence[Row]) -> str:
    head = ["gallery", "what it is", "software", "originals", "pages"]
    return table(head, [_description(row) for row in rows])


def _description(row: Row) -> list[str]:
    count, resized = len(row.truth.offers), row.truth.resized
    exact = f"{count - resized} of {count}"
    kind = " (needs a browser)" if row.gallery.is_script_only else ""
    return [row.gallery.name, row.gallery.label + kind, row.software, exact, str(row.truth.pages)]
