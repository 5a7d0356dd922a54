"""How the figures look: a few lines on a terminal, one line where there is none."""

from collections.abc import Iterator, Mapping
from math import ceil

from rich.filesize import decimal
from rich.text import Text

from spiders_project.extensions.progress.figures import Figures, Pictures
from spiders_project.outcomes import Outcome

OUTCOME_STYLES = {
    Outcome.DOWNLOADED: "green",
    Outcome.UNCHANGED: "green",
    Outcome.DUPLICATE: "cyan",
    Outcome.SIMILAR: "cyan",
    Outcome.REFUSED: "yellow",
    Outcome.FAILED: "red",
    Outcome.GONE: "yellow",
}

_GAP = "   "
_LABEL_WIDTH = 12
_KNOWN = (Outcome.UNCHANGED, Outcome.DUPLICATE, Outcome.SIMILAR)
_LOST = (Outcome.REFUSED, Outcome.FAILED, Outcome.GONE)


def panel(figures: Figures, width: int) -> list[Text]:
    """Return the lines of the live area, each narrower than ``width`` cells."""
    rows = [Text(), _headline(figures)]
    if figures.pictures.found:
        rows.append(_pictures(figures, bar_width=max(8, min(width // 3, 60))))
    rows += [_pages(figures), _received(figures)]
    rows += _outcomes(figures.pictures)
    rows += _asked_again(figures)
    rows += _held(figures)
    for row in rows:
        row.truncate(width - 1, overflow="ellipsis")
    return rows


def plain_line(figures: Figures) -> str:
    """Return the same in short, for a log or a mail."""
    pages, pictures = figures.pages, figures.pictures
    words = [_span(int(figures.seconds))]
    words += [f"{name} {count:,}" for count, name in _page_counts(figures)]
    if pages.failed:
        words.append(f"pages failed {pages.failed:,}")
    if pictures.found:
        words.append(f"pictures {_done_of_total(figures)}")
    words.append(decimal(figures.received_bytes))
    words += [f"{name} {count:,}" for name, count in pictures.outcomes.items() if name in _LOST]
    if figures.asked_again:
        words.append(f"asked again {sum(figures.asked_again.values()):,}")
    words += [f"held back {host} {_span(left)}" for host, left in _held_hosts(figures)]
    words += filter(None, [figures.state])
    return "  " + "  ".join(words)


def _headline(figures: Figures) -> Text:
    line = Text.assemble("  ", (figures.subject, "bold"), _GAP, _clock(figures.seconds))
    if figures.state:
        line.append(_GAP + figures.state, "yellow")
    elif figures.seconds_left:
        line.append(f"{_GAP}about {_span(_coarse(figures.seconds_left))} left", "dim")
    return line


def _pictures(figures: Figures, bar_width: int) -> Text:
    row = _row("pictures").append_text(_bar(figures, bar_width))
    row.append(_GAP + _done_of_total(figures))
    if rate := figures.rates.pictures_per_second:
        words = f"{rate:.1f}/s" if rate >= 1 else f"{60 * rate:.0f}/min"
        row.append(_GAP + words, "dim")
    return row


def _bar(figures: Figures, width: int) -> Text:
    """Return a bar with a stretch for each outcome, and a thin one for what is to come."""
    _, total = figures.total
    bar, done, filled = Text(), 0, 0
    for outcome, count in figures.pictures.outcomes.items():
        done += count
        end = width * done // max(total, done)
        bar.append("━" * (end - filled), OUTCOME_STYLES[outcome])
        filled = end
    return bar.append("─" * (width - filled), "dim")


def _pages(figures: Figures) -> Text:
    cells = [f"{count:,} {name}" for count, name in _page_counts(figures)]
    row = _row("pages", *cells)
    if figures.pages.failed:
        row.append(f"{_GAP}{figures.pages.failed:,} failed", "red")
    return row


def _page_counts(figures: Figures) -> Iterator[tuple[int, str]]:
    pages = figures.pages
    if pages.listings or pages.details:
        yield pages.listings, "listings"
        yield pages.details, "details"
    else:
        yield figures.responses, "responses"


def _received(figures: Figures) -> Text:
    row = _row("received", decimal(figures.received_bytes))
    row.append(f"{_GAP}{decimal(round(figures.rates.bytes_per_second))}/s", "dim")
    return row.append(f"{_GAP}{figures.requests} in flight", "dim")


def _outcomes(pictures: Pictures) -> Iterator[Text]:
    known = [f"{name} {pictures.outcomes[name]:,}" for name in _KNOWN if name in pictures.outcomes]
    if known:
        yield _row("stored", f"{pictures.outcomes.get(Outcome.DOWNLOADED, 0):,}", *known)
    for outcome in _LOST:
        if count := pictures.outcomes.get(outcome):
            yield _by_reason(outcome, count, OUTCOME_STYLES[outcome], pictures.reasons[outcome])


def _asked_again(figures: Figures) -> Iterator[Text]:
    if reasons := figures.asked_again:
        yield _by_reason("asked again", sum(reasons.values()), "default", reasons)


def _by_reason(label: str, count: int, style: str, reasons: Mapping[str, int]) -> Text:
    row = _row(label).append(f"{count:,}", style)
    for reason, times in sorted(reasons.items(), key=lambda pair: -pair[1]):
        row.append(f"{_GAP}{reason} {times:,}", "dim")
    return row


def _held(figures: Figures) -> Iterator[Text]:
    if hosts := _held_hosts(figures):
        words = _GAP.join(f"{host} {_span(left)}" for host, left in hosts)
        yield _row("held back").append(words, "yellow")


def _held_hosts(figures: Figures) -> list[tuple[str, float]]:
    """Return the hosts without their schemes, those with the longest time first."""
    origins = sorted(figures.held.items(), key=lambda pair: -pair[1])
    return [(origin.rpartition("/")[2], left) for origin, left in origins]


def _row(label: str, *cells: str) -> Text:
    return Text.assemble("  ", (label.ljust(_LABEL_WIDTH), "dim"), _GAP.join(cells))


def _done_of_total(figures: Figures) -> str:
    words, total = figures.total
    return f"{figures.pictures.done:,} {words} {total:,}"


def _clock(seconds: float) -> str:
    """Return a time as ``0:07`` or ``1:02:33``."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _coarse(seconds: float) -> float:
    """Round up, so that a guess does not look exact and does not flicker."""
    step = 10 if seconds < 60 else 60 if seconds < 3600 else 600
    return ceil(seconds / step) * step


def _span(seconds: float) -> str:
    """Return a time as ``28 s``, ``3 min 20 s`` or ``2 h 5 min``."""
    minutes, rest = divmod(ceil(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    parts = [(hours, "h"), (minutes, "min"), (rest, "s")]
    return " ".join([f"{count} {unit}" for count, unit in parts if count][:2]) or "0 s"
