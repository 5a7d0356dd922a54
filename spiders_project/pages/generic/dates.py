"""Reads a date as people and programs write it; what could be two dates is none."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, timezone
from email.utils import parsedate_to_datetime

from spiders_project.pages.generic.months import MONTHS, plain

_SHORTEST, _LONGEST = 6, 120
_DIGITS = re.compile(r"\d{4}")
_YEARS = range(1000, 2200)
_SEPARATOR = r"\s*[-/.:]\s*"
_YEAR_FIRST = re.compile(
    r"(?<!\d)(?P<y>\d{4})(?:\s*[年년]\s*|\s*[-/.:]\s*)(?P<m>\d{1,2})(?:\s*[月월]\s*|\s*[-/.:]\s*)"
    r"(?P<d>\d{1,2})(?!\d)\s*[日일]?"
)
_COMPACT = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)(?=$|T\d{4})")
_YEAR_LAST = re.compile(
    rf"(?<!\d)(?P<a>\d{{1,2}})(?P<sep>\s*[-/.]\s*)(?P<b>\d{{1,2}}){_SEPARATOR}(?P<y>\d{{4}})(?!\d)"
)
_DAY_NAMED = re.compile(
    r"(?<!\d)(?P<d>\d{1,2})(?:st|nd|rd|th|er|[.º°ª])?[\s\-]*(?:of |de |d['’])?\s*"
    r"(?P<name>[^\W\d_]{3,})"
    r"\.?,?[\s\-]*(?:de |del )?\s*(?P<y>\d{4})(?!\d)",
    re.IGNORECASE,
)
_NAMED_DAY = re.compile(
    r"(?<!\w)(?P<name>[^\W\d_]{3,})\.?\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y>\d{4})(?!\d)",
    re.IGNORECASE,
)
_NAMED_BETWEEN = re.compile(
    r"(?<!\d)(?P<y>\d{4})[\s.,\-]+(?P<name>[^\W\d_]{3,})[\s.,\-]+(?P<d>\d{1,2})(?!\d)"
)
_TIME = re.compile(
    r"(?P<h>\d{1,2})\s*[:時时点시h]\s*(?P<min>\d{2})(?:\s*[:分분]\s*(?P<s>\d{2})(?:[.,]\d+)?)?分?"
    r"\s*(?P<half>[ap]\.?m\b\.?)?\s*(?P<zone>Z\b|UTC\b|GMT\b|[+\-]\d\d:?\d\d)?",
    re.IGNORECASE,
)
_BETWEEN_DATE_AND_TIME = re.compile(
    r"[\s,T–—-]*(?:at|um|à|a las|alle|kl\.?|o godz\.|в)?\s*", re.IGNORECASE
)
_YEAR_OR_MONTH = re.compile(r"[12]\d{3}(?:-(?:0[1-9]|1[0-2]))?")
_SECONDS = range(100_000_000, 10_000_000_000)
_TWELVE_HOURS = 12

# Where 03/04/2024 is the fourth of March, and where it is the third of April. English alone tells
# neither.
_MONTH_FIRST = {"en-us", "en-ph", "fil"}
_DAY_FIRST = set(
    "en-gb en-au en-nz en-ie en-in en-za de fr es it pt nl da nb nn no pl cs sk ru uk ro el tr id"
    " vi hr sl bg ca fi".split()
)


def iso_date(text: str, language: str = "") -> str | None:
    """Return a date, or date and time, in ISO 8601; None where the text tells none for sure.

    ``language`` is a tag such as ``en-US``, in which a page is written.
    """
    text = text.strip()
    if not _SHORTEST <= len(text) <= _LONGEST or not _DIGITS.search(text):
        return None
    if internet := _internet_date(text):
        return internet
    for pattern, read in _READERS:
        match = pattern.search(text)
        day = read(match, language.lower().replace("_", "-")) if match else None
        if match and day:
            return _with_time(day, text[match.end() :])
    return None


def _internet_date(text: str) -> str | None:
    """Read ``Tue, 12 Mar 2024 14:05:00 +0100`` (RFC 5322) and its like."""
    if text[:1].isdigit() or "," not in text[:5] or text.count(":") < 1:
        return None
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment.isoformat() if moment.year in _YEARS else None


def _day(year: str, month: int, day: str) -> date | None:
    try:
        return date(int(year), month, int(day)) if int(year) in _YEARS else None
    except ValueError:
        return None


def _numbered(match: re.Match[str], language: str) -> date | None:
    return _day(match["y"], int(match["m"]), match["d"])


def _named(match: re.Match[str], language: str) -> date | None:
    month = MONTHS.get(plain(match["name"]))
    return _day(match["y"], month, match["d"]) if month else None


def _year_last(match: re.Match[str], language: str) -> date | None:
    """Read 12.03.2024, 25/12/2024, 12/25/2024, and 03/04/2024 where the language tells."""
    first, second = match["a"], match["b"]
    by_day = _day(match["y"], int(second), first)
    by_month = _day(match["y"], int(first), second)
    if match["sep"].strip() == ".":
        return by_day
    if not (by_day and by_month) or by_day == by_month:
        return by_day or by_month
    if language in _MONTH_FIRST:
        return by_month
    is_day_first = language in _DAY_FIRST or language.partition("-")[0] in _DAY_FIRST
    return by_day if is_day_first else None


def _with_time(day: date, rest: str) -> str:
    """Return the day, with the time that follows it at once."""
    start = _BETWEEN_DATE_AND_TIME.match(rest)
    match = _TIME.match(rest, start.end() if start else 0)
    moment = _time(match) if match else None
    if match is None or moment is None:
        return day.isoformat()
    zone = _zone(match["zone"])
    return datetime.combine(day, moment, zone).isoformat()


def _time(match: re.Match[str]) -> time | None:
    hour = int(match["h"])
    if half := (match["half"] or "").lower():
        if not 1 <= hour <= _TWELVE_HOURS:
            return None
        hour = hour % _TWELVE_HOURS + (_TWELVE_HOURS if half.startswith("p") else 0)
    try:
        return time(hour, int(match["min"]), int(match["s"] or 0))
    except ValueError:
        return None


def _zone(text: str | None) -> timezone | None:
    if not text:
        return None
    if text[0] not in "+-":
        return UTC
    hours, minutes = int(text[1:3]), int(text[-2:])
    offset = timedelta(hours=hours, minutes=minutes)
    if offset >= timedelta(days=1):
        return None
    return timezone(-offset if text[0] == "-" else offset)


_Reader = Callable[[re.Match[str], str], date | None]
_READERS: tuple[tuple[re.Pattern[str], _Reader], ...] = (
    (_YEAR_FIRST, _numbered),
    (_COMPACT, _numbered),
    (_YEAR_LAST, _year_last),
    (_DAY_NAMED, _named),
    (_NAMED_DAY, _named),
    (_NAMED_BETWEEN, _named),
)


def date_of(value: object, language: str = "") -> str | None:
    """Return a date that a program writes down: a text, a year, or seconds since 1970."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        seconds = value / 1000 if value >= _SECONDS.stop else value
        is_time = _SECONDS.start <= seconds < _SECONDS.stop
        return datetime.fromtimestamp(seconds, UTC).isoformat() if is_time else None
    if not isinstance(value, str):
        return None
    text = value.strip()
    return text if _YEAR_OR_MONTH.fullmatch(text) else iso_date(text, language)
