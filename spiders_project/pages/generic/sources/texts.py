"""Texts of machine-readable descriptions as people read them."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from html import unescape

_TAG = re.compile(r"<[a-zA-Z/!][^<>]*>")
_LONGEST = 100_000
_EXIF = re.compile(r"^(\d{4}):(\d\d):(\d\d)(?=$| )")
_DATE = re.compile(r"^\d{4}(?:-\d\d){0,2}$")
_SECONDS = range(100_000_000, 10_000_000_000)


def plain(text: object) -> str | None:
    """Return a text without markup and needless space; None where nothing is left of it."""
    if not isinstance(text, str):
        return None
    words = unescape(_TAG.sub(" ", text[:_LONGEST])) if "<" in text else unescape(text[:_LONGEST])
    return " ".join(words.encode("utf-8", "ignore").decode().split()) or None


def first_text(*texts: object) -> str | None:
    """Return the first that is a text with something in it."""
    return next(filter(None, map(plain, texts)), None)


def words_in(value: object) -> tuple[str, ...]:
    """Return tags, each once: a list of texts, or one text with commas between them."""
    parts = value.split(",") if isinstance(value, str) else value
    if not isinstance(parts, list | tuple):
        return ()
    return tuple(dict.fromkeys(filter(None, map(plain, parts))))


def iso_date(value: object) -> str | None:
    """Return a date of a machine's making in ISO 8601: RFC 822, ISO, EXIF, seconds since 1970."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        seconds = value / 1000 if value >= _SECONDS.stop else value
        is_time = _SECONDS.start <= seconds < _SECONDS.stop
        return datetime.fromtimestamp(seconds, UTC).isoformat() if is_time else None
    if not isinstance(value, str) or not 4 <= len(value) <= 60:
        return None
    text = _EXIF.sub(r"\1-\2-\3", value.strip())
    if _DATE.match(text):
        return text
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = read(text)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        return moment.date().isoformat() if len(text) <= 10 else moment.isoformat()
    return None


def whole_number(value: object) -> int | None:
    """Return a count of pixels or bytes above zero."""
    if isinstance(value, str):
        value = value.strip().removesuffix("px")
        value = int(value) if value.isascii() and value.isdigit() and len(value) < 13 else None
    if isinstance(value, float):
        value = int(value) if 0 < value < 1e12 else None
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    return value if 0 < value < 10**12 else None
