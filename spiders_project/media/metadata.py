"""What a picture file says about itself in its IPTC, XMP and EXIF blocks."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PictureMetadata:
    """Title, author and so on, in the words of the file; None for what it does not say."""

    title: str | None = None
    author: str | None = None
    license: str | None = None
    """Address of the licence where the file names one, otherwise its words."""
    published: str | None = None
    """ISO 8601 date, or date and time."""
    description: str | None = None
