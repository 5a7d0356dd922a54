"""Walks the marker segments of a JPEG (ITU-T T.81, annex B)."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from spiders_project.media.refusal import damaged
from spiders_project.media.source import Source

SOI, EOI, SOS = 0xD8, 0xD9, 0xDA
_TEM = 0x01
SOF0, SOF1 = 0xC0, 0xC1
APP0, APP14 = 0xE0, 0xEE
_RESTARTS = range(0xD0, 0xD8)
_STANDALONE = frozenset([_TEM, SOI, *_RESTARTS])
_WINDOW_BYTES = 4096

# What may follow 0xFF in coded data: a stuffed zero, a restart marker, or a fill byte.
_ENDS_A_SCAN = np.ones(256, dtype=np.bool_)
_ENDS_A_SCAN[[0x00, 0xFF, *_RESTARTS]] = False


@dataclass(frozen=True)
class Segment:
    """A marker and where it stands."""

    marker: int
    start: int
    """Of its 0xFF."""
    end: int
    """Of its parameters; for SOS, where the coded data begins."""


def segments(source: Source, start: int = 0) -> Iterator[Segment]:
    """Yield all segments from a place on; stops after EOI, or where the bytes end.

    Garbage before a marker is skipped as libjpeg does.
    """
    at = start
    while (segment := _next_segment(source, at)) is not None:
        yield segment
        if segment.marker == EOI:
            return
        at = segment.end
        if segment.marker == SOS:
            after = _end_of_scan(source, at)
            if after is None:
                return
            at = after


def jpeg_end(source: Source) -> int | None:
    """Return the place behind the first EOI that ends scans; None where there is none.

    Raises PictureRefused for a file that ends as it should, and does not lead there.
    """
    last = None
    for segment in segments(source):
        last = segment
    if last is not None and last.marker == EOI:
        return last.end
    if source.read(source.size_bytes - 2, 2) == b"\xff\xd9":
        raise damaged("a segment of the JPEG leads behind its end")
    return None


def _next_segment(source: Source, at: int) -> Segment | None:
    while window := source.read(at, _WINDOW_BYTES):
        offset = window.find(b"\xff")
        if offset < 0:
            at += len(window)
            continue
        if offset + 4 > len(window) < source.size_bytes - at:
            at += offset
            continue
        marker = window[offset + 1] if offset + 1 < len(window) else -1
        if marker in (0x00, 0xFF):
            at += offset + 1
            continue
        start = at + offset
        if marker in _STANDALONE or marker == EOI:
            return Segment(marker, start, start + 2)
        length = int.from_bytes(window[offset + 2 : offset + 4])
        is_whole = marker >= 0 and start + 2 + length <= source.size_bytes
        return Segment(marker, start, start + 2 + length) if is_whole else None
    return None


def _end_of_scan(source: Source, start: int) -> int | None:
    """Return the place of the first marker that is no restart marker."""
    for at, block in source.blocks(start, overlap=1):
        values = np.frombuffer(block, dtype=np.uint8)
        places = np.flatnonzero(values[:-1] == 0xFF)
        places = places[_ENDS_A_SCAN[values[places + 1]]]
        if places.size:
            return at + int(places[0])
    return None
