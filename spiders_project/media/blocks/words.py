"""Makes text and dates of what cameras and programs have written into a picture."""

import re
from datetime import date, time

_LONGEST_TEXT = 5_000
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff]")
_HIGH_RUNS = re.compile(rb"[\x80-\xff]+")
_COMMON_HANZI = range(0xB0, 0xD8)
"""First bytes of the hanzi of level 1 in GB 2312."""

_DATE = re.compile(
    r"(\d{4})(?:[-:](\d\d)(?:[-:](\d\d)"
    r"(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?)?)?)?\s*"
)

# What cameras and programs write where a person has written nothing.
_JUNK = re.compile(
    r"(?:[\w-]+ ){0,3}digital (?:still ?)?camera|sony dsc|samsung camera pictures"
    r"|exif[_ ]jpeg(?:[_ ]picture)?|jpeg[_ ]picture|my beautiful picture|camera image"
    r"|processed by vsco.*|created with gimp|default|untitled(?:[-_ ]?\d+)?|image|picture|photo"
    r"|file written by adobe photoshop.*|screenshot|dcim|unknown|none|null|n/?a"
    r"|cof|dav|edf|hdr|mde|nor|ozedf|oznor|ptr|rhdr|rptnb|sdr|btf|bty|tmdn|vpdt"
    r"|(?:img|dsc[fn]?|p|pict|_mg|mvimg|pxl|wp|sam|gopr|dji|photo)[-_ ]?\d[-_\d]*(?:\.\w{3,4})?",
    re.IGNORECASE,
)


def decoded(data: bytes) -> str:
    """Return text of unknown encoding: UTF-8, else GBK where it looks like it, else Windows-1252.

    EXIF demands ASCII (EXIF 2.32, 4.6.2), which nobody minds.
    """
    data = data.strip(b"\0 ").replace(b"\0", b" ")
    try:
        return data.decode()
    except UnicodeDecodeError:
        encoding = "gb18030" if _looks_chinese(data) else "cp1252"
        return data.decode(encoding, "replace")


def _looks_chinese(data: bytes) -> bool:
    """Tell whether high bytes come in pairs, most of which begin as common hanzi do in GB 2312."""
    runs = _HIGH_RUNS.findall(data)
    if any(len(run) % 2 for run in runs):
        return False
    firsts = [run[n] for run in runs for n in range(0, len(run), 2)]
    return 2 * sum(first in _COMMON_HANZI for first in firsts) > len(firsts)


def cleaned(text: str | None) -> str | None:
    """Return text without control characters and blanks at its ends; None where nothing is left."""
    return _CONTROLS.sub("", text or "").strip()[:_LONGEST_TEXT].strip() or None


def titled(text: str | None) -> str | None:
    """Return text as a title, in one line; None for what a machine has written."""
    title = " ".join((cleaned(text) or "").split())
    return None if not title or _JUNK.fullmatch(title) else title


def described(text: str | None) -> str | None:
    """Return text with its lines; None for what a machine has written."""
    return cleaned(text) if titled(text) else None


def dated(text: str | None) -> str | None:
    """Return a date of EXIF or XMP, or a part of one, in ISO 8601; None for impossible ones."""
    match = _DATE.fullmatch((text or "").strip("\0 "))
    if match is None:
        return None
    year, month, day, hour, minute, second, zone = match.groups()
    try:
        date(int(year), int(month or 1), int(day or 1))
        time(int(hour or 0), int(minute or 0), int(second or 0))
    except ValueError:
        return None
    found = "-".join(filter(None, (year, month, day)))
    return f"{found}T{hour}:{minute}:{second or '00'}{_zone(zone)}" if hour else found


def _zone(zone: str | None) -> str:
    if not zone or zone == "Z":
        return zone or ""
    return zone if ":" in zone else f"{zone[:3]}:{zone[3:]}"
