"""Turns titles written by strangers into file names that every system takes."""

import re
import unicodedata
from pathlib import PurePosixPath

_NAME_BYTES = 180
"""Limit for a name: 255 (ext4, APFS, NTFS) less `` [64 hex]``, and two extensions."""

_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
_SPACES = re.compile(r"\s+")
_JOINERS = "\u200c\u200d"
"""Invisible, and part of Persian words and of emoji: the only format characters kept."""
_EDGES = " ." + _JOINERS

# https://learn.microsoft.com/windows/win32/fileio/naming-a-file
_WINDOWS_DEVICES = frozenset(
    ["con", "prn", "aux", "nul", "conin$", "conout$"]
    + [f"{name}{digit}" for name in ("com", "lpt") for digit in "0123456789¹²³"]
)


def safe_name(text: str, fallback: str = "untitled", max_bytes: int = _NAME_BYTES) -> str:
    """Return ``text`` as one path component, without an extension.

    Safe on Linux, macOS and Windows: NFC, no separator, control, bidirectional
    or unassigned character, no leading or trailing dot or space, no reserved
    device name, at most ``max_bytes`` of UTF-8. Letters of every script stay.
    """
    text = "".join(filter(_is_printable, _SPACES.sub(" ", text)))
    text = _FORBIDDEN.sub("_", _SPACES.sub(" ", unicodedata.normalize("NFC", text)))
    text = text.strip(_EDGES)
    if text.partition(".")[0].rstrip().casefold() in _WINDOWS_DEVICES:
        text = f"_{text}"
    return _cut(text, max_bytes).strip(_EDGES) or fallback


def picture_path(site: str, category: str, title: str, extension: str) -> str:
    """Return ``site/category/title.extension``, each part safe, with ``/`` on every system."""
    parts = [safe_name(part) for part in (site, category) if part]
    return str(PurePosixPath(*parts, safe_name(title) + extension))


def marked_path(path: str, sha256: str, digits: int = 8) -> str:
    """Return the path that a picture gets when its name is taken: `` [8 hex]`` before the dot."""
    pure = PurePosixPath(path)
    return str(pure.with_name(f"{pure.stem} [{sha256[:digits]}]{pure.suffix}"))


def clash_key(path: str) -> str:
    """Return the text under which two paths are one file on some system (NFC, casefold)."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def _is_printable(character: str) -> bool:
    return character in _JOINERS or unicodedata.category(character)[0] != "C"


def _cut(text: str, max_bytes: int) -> str:
    if len(text.encode()) <= max_bytes:
        return text
    text = text.encode()[:max_bytes].decode(errors="ignore")
    while text and (unicodedata.combining(text[-1]) or text[-1] in _JOINERS):
        text = text[:-1]
    return text
