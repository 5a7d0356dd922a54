"""Reads texts of an EXIF block (EXIF 2.32)."""

import logging

from spiders_project.media.blocks.words import decoded
from spiders_project.media.formats.tiff import EXIF, Directory, Tiff
from spiders_project.media.refusal import PictureRefused
from spiders_project.media.source import Source

logger = logging.getLogger(__name__)

DESCRIPTION, ARTIST, COPYRIGHT = 0x010E, 0x013B, 0x8298
XP_TITLE, XP_COMMENT, XP_AUTHOR, XP_SUBJECT = 0x9C9B, 0x9C9C, 0x9C9D, 0x9C9F
_WINDOWS_TEXTS = range(0x9C9B, 0x9CA0)
_CREATED = ((0x9003, 0x9011), (0x9004, 0x9012))
"""DateTimeOriginal and DateTimeDigitized, each with the offset from UTC that belongs to it."""


class Exif:
    """The texts of a block; a broken one has none, or those before the break."""

    def __init__(self, block: Source) -> None:
        self._directories: list[Directory] = []
        try:
            tiff = Tiff(block)
            first = tiff.first
            self._directories.append(first)
            if child := tiff.child(first, EXIF):
                self._directories.append(child)
        except PictureRefused as broken:
            # The picture is as good as ever: cameras and editors write odd blocks.
            logger.debug("An EXIF block is broken: %s", broken)

    def text(self, tag: int) -> str | None:
        """Return a text by its tag; those of Windows are UTF-16."""
        for directory in self._directories:
            if data := directory.data(tag):
                if tag in _WINDOWS_TEXTS:
                    return data.decode("utf-16-le", "replace")
                return decoded(data)
        return None

    @property
    def created(self) -> str | None:
        """When the picture was taken, as EXIF writes it."""
        for moment, zone in _CREATED:
            if text := self.text(moment):
                return f"{text}{self.text(zone) or ''}"
        return None
