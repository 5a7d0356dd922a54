"""Turns titles written by strangers into file names that every system takes."""

import re
import unicodedata
from collections.abc import Mapping
from pathlib import PurePosixPath
from string import Formatter

from spiders_project.errors import WrongInput

_NAME_BYTES = 180
"""Limit for a name: 255 (ext4, APFS, NTFS) less `` [64 hex]``, and two extensions."""

_UNKNOWN = "unknown"
_PICTURE_EXTENSIONS = frozenset(
    {".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".webp", ".gif", ".avif"}
    | {".tif", ".tiff", ".bmp", ".jp2", ".heic"}
)
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


class PathTemplate:
    """How pictures are named, such as ``{site}/{category}/{title}``; raises WrongInput."""

    FIELDS = ("site", "category", "title", "author", "published", "width", "height", "id", "sha256")

    def __init__(self, text: str) -> None:
        self._parts = text.split("/")
        for part in self._parts:
            try:
                parsed = list(Formatter().parse(part))
            except ValueError as error:
                raise WrongInput(f"PICTURE_PATH={text} is no template: {error}") from None
            fields = [name for _, name, _, _ in parsed if name is not None]
            if any(spec or conversion for _, _, spec, conversion in parsed):
                raise WrongInput(f"PICTURE_PATH={text}: fields take no : and no !")
            if unknown := [name for name in fields if name not in self.FIELDS]:
                known = ", ".join(f"{{{name}}}" for name in self.FIELDS)
                raise WrongInput(f"PICTURE_PATH={text}: {{{unknown[0]}}} is not one of {known}")
            if not part.strip(_EDGES):
                raise WrongInput(f"PICTURE_PATH={text} has a part without a name")

    def path(self, values: Mapping[str, object], extension: str) -> str:
        """Return a path, each part of it safe, with ``/`` on every system.

        What is not known of a picture is called ``unknown``, but a site or a
        category that is not known leaves no folder.
        """
        known = {name: str(values.get(name) or _UNKNOWN) for name in self.FIELDS}
        missing = [f"{{{name}}}" for name in ("site", "category") if not values.get(name)]
        *folders, name = self._parts
        parts = [part.format_map(known) for part in folders if part not in missing]
        return str(
            PurePosixPath(*map(safe_name, parts), safe_name(name.format_map(known)) + extension)
        )


def with_extension(path: str, extension: str) -> str:
    """Return a path with the extension of its bytes in place of another picture's extension."""
    pure = PurePosixPath(path)
    is_picture = pure.suffix.lower() in _PICTURE_EXTENSIONS
    return str(pure.with_suffix(extension) if is_picture else pure.with_name(pure.name + extension))


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
