"""What a picture file says about itself in its XMP, IPTC and EXIF blocks.

Where several say the same, the order is that of the IPTC Photo Metadata Standard, with XMP before
IIM and EXIF: it is the only one whose encoding is certain, and what editors write last.
"""

from collections.abc import Callable
from dataclasses import dataclass

from spiders_project.media.blocks import exif as exif_tags
from spiders_project.media.blocks import iptc as iptc_keys
from spiders_project.media.blocks import xmp as xmp_names
from spiders_project.media.blocks.exif import Exif
from spiders_project.media.blocks.iptc import Iptc
from spiders_project.media.blocks.words import cleaned, dated, described, titled
from spiders_project.media.blocks.xmp import Xmp
from spiders_project.media.header import Blocks
from spiders_project.media.source import Source

_LONGEST_HEADING = 150


@dataclass(frozen=True)
class PictureMetadata:
    """Title, author and so on, in the words of the file; None for what it does not say."""

    title: str | None = None
    author: str | None = None
    license: str | None = None
    """Address of the licence where the file names one, otherwise its words."""
    published: str | None = None
    """When the picture was made: ISO 8601 date, or date and time."""
    description: str | None = None


Rule = Callable[[str | None], str | None]


def read_metadata(blocks: Blocks) -> PictureMetadata:
    """Return what the blocks of a file say; one that is broken says nothing."""
    if not (blocks.xmp or blocks.iptc or blocks.exif):
        return PictureMetadata()
    said = _Said(Xmp(blocks.xmp or b""), Iptc(blocks.iptc or b""), Exif(blocks.exif or Source(b"")))
    return PictureMetadata(
        title=said.title,
        author=said.author,
        license=said.license,
        published=said.published,
        description=said.description,
    )


@dataclass(frozen=True)
class _Said:
    """The three blocks of a file, each property of them in the order that counts."""

    xmp: Xmp
    iptc: Iptc
    exif: Exif

    @property
    def title(self) -> str | None:
        return _first(
            titled,
            self.xmp.text(xmp_names.TITLE),
            self.iptc.text(iptc_keys.TITLE),
            self.exif.text(exif_tags.XP_TITLE),
            self.xmp.text(xmp_names.HEADLINE),
            self.iptc.text(iptc_keys.HEADLINE),
            _heading(self.exif.text(exif_tags.DESCRIPTION)),
        )

    @property
    def author(self) -> str | None:
        return _first(
            titled,
            self.xmp.text(xmp_names.CREATOR),
            self.iptc.text(iptc_keys.CREATOR),
            self.exif.text(exif_tags.ARTIST),
            self.exif.text(exif_tags.XP_AUTHOR),
        )

    @property
    def license(self) -> str | None:
        return _first(
            cleaned,
            self.xmp.text(xmp_names.LICENSE),
            self.xmp.text(xmp_names.WEB_STATEMENT),
            self.xmp.text(xmp_names.TERMS),
            self.xmp.text(xmp_names.COPYRIGHT),
            self.iptc.text(iptc_keys.COPYRIGHT),
            self.exif.text(exif_tags.COPYRIGHT),
        )

    @property
    def published(self) -> str | None:
        return _first(
            dated,
            self.xmp.text(xmp_names.DATE_CREATED),
            self.iptc.created,
            self.exif.created,
            self.xmp.text(xmp_names.CREATE_DATE),
        )

    @property
    def description(self) -> str | None:
        return _first(
            described,
            self.xmp.text(xmp_names.DESCRIPTION),
            self.iptc.text(iptc_keys.DESCRIPTION),
            self.exif.text(exif_tags.DESCRIPTION),
            self.exif.text(exif_tags.XP_COMMENT),
            self.exif.text(exif_tags.XP_SUBJECT),
        )


def _first(rule: Rule, *texts: str | None) -> str | None:
    """Return the first text that says something by a rule."""
    return next(filter(None, map(rule, texts)), None)


def _heading(description: str | None) -> str | None:
    """Return a description that can be a title: a short line."""
    text = cleaned(description)
    return text if text and len(text) <= _LONGEST_HEADING and "\n" not in text else None
