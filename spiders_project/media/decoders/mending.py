"""Takes quirks out of a JPEG that a strict decoder complains of, though the picture is whole."""

import re

from spiders_project.media.formats.jpeg import (
    APP0,
    APP14,
    EOI,
    SOF0,
    SOF1,
    SOI,
    SOS,
    Segment,
    segments,
)
from spiders_project.media.source import Source

_PADDED = re.compile(r"(\d+) extraneous bytes before marker 0x([0-9a-f]{2})")
_IN_HEADER = re.compile(r"unknown JFIF revision|Invalid SOS parameters|bad ICC marker")
_MOST_STRAY_BYTES = 4
_MOST_PADDING_BYTES = 64
_JFIF = b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
_WHOLE_SPECTRUM = b"\x00\x3f\x00"
_SAY_NOTHING_OF_PIXELS = frozenset([0x01, SOI, *range(0xE0, 0xF0), 0xFE]) - {APP14}


def mended(body: bytes, complaint: str) -> bytes | None:
    """Return a JPEG without the quirk that libjpeg has complained of; None for real damage.

    Harmless are: whatever stands between or inside the segments of the header
    that says nothing of the pixels; a few bytes before EOI; zeros or ones, with
    which cameras fill up, before any marker.
    """
    source = Source(body)
    header, start = plain_header(source)
    padding = _PADDED.search(complaint)
    if padding:
        length, marker = int(padding[1]), int(padding[2], 16)
        for segment in segments(source):
            before = segment.start - length
            stray = body[before : segment.start]
            if before > start and segment.marker == marker and _is_padding(stray, marker):
                return body[:before] + body[segment.start :]
    if padding or _IN_HEADER.search(complaint):
        return None if body.startswith(header) else header + body[start:]
    return None


def plain_header(source: Source) -> tuple[bytes, int]:
    """Return a header with what decides about the pixels, and the place where these begin."""
    found: list[Segment] = []
    for segment in segments(source):
        found.append(segment)
        if segment.marker == SOS:
            break
    is_sequential = any(segment.marker in (SOF0, SOF1) for segment in found)
    parts = [b"\xff\xd8"]
    for segment in found:
        whole = source.read(segment.start, segment.end - segment.start)
        if segment.marker == APP0 and whole[4:9] == b"JFIF\0":
            parts.append(_JFIF)  # it tells that the colours are YCbCr
        elif segment.marker == SOS and is_sequential:
            parts.append(whole[: -len(_WHOLE_SPECTRUM)] + _WHOLE_SPECTRUM)
        elif segment.marker not in _SAY_NOTHING_OF_PIXELS:
            parts.append(whole)
    return b"".join(parts), found[-1].end if found else 0


def _is_padding(stray: bytes, marker: int) -> bool:
    if marker == EOI and len(stray) <= _MOST_STRAY_BYTES:
        return True
    return len(stray) <= _MOST_PADDING_BYTES and set(stray) in ({0x00}, {0xFF})
