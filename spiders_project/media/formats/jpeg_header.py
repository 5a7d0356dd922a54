"""Reads the header of a JPEG: its frame (ITU-T T.81, B.2.2) and the blocks of applications."""

from struct import iter_unpack

from spiders_project.media.formats.jpeg import SOS, Segment, segments
from spiders_project.media.formats.tiff import Tiff
from spiders_project.media.refusal import PictureRefused
from spiders_project.media.source import Source

_APP1, _APP2, _APP13 = 0xE1, 0xE2, 0xED
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_EXIF, _XMP = b"Exif\0\0", b"http://ns.adobe.com/xap/1.0/\0"
_ICC, _INDEX, _PHOTOSHOP = b"ICC_PROFILE\0", b"MPF\0", b"Photoshop 3.0\0"
_IPTC_RESOURCE = 0x0404
_MULTI_PICTURE_ENTRIES = 0xB002


class JpegHeader:
    """What stands before the first scan; what is missing or broken there is left out."""

    def __init__(self, source: Source) -> None:
        self.width = 0
        self.height = 0
        self.components = 0
        self.exif: bytes | None = None
        self.xmp: bytes | None = None
        self.appended: tuple[tuple[int, int], ...] = ()
        """Place and length of the pictures behind the first one (CIPA DC-007, 5.2)."""
        self._icc: dict[int, bytes] = {}
        self._photoshop = b""
        for segment in segments(source):
            if segment.marker == SOS:
                return
            if segment.marker in _FRAMES and not self.components:
                frame = source.read(segment.start + 5, 5)
                self.height = int.from_bytes(frame[:2])
                self.width = int.from_bytes(frame[2:4])
                self.components = frame[4] if len(frame) == 5 else 0
            elif segment.marker in (_APP1, _APP2, _APP13):
                data = source.read(segment.start + 4, segment.end - segment.start - 4)
                self._take(segment, data)

    @property
    def icc(self) -> bytes | None:
        """The colour profile, put together of its pieces (ICC.1:2010, B.4)."""
        pieces = [self._icc[number] for number in sorted(self._icc)]
        return b"".join(pieces) or None

    @property
    def iptc(self) -> bytes | None:
        """The records of IPTC among the resources of Photoshop."""
        block, at = self._photoshop, 0
        while block[at : at + 4] == b"8BIM" and at + 12 <= len(block):
            kind = int.from_bytes(block[at + 4 : at + 6])
            at += 6 + (block[at + 6] | 1) + 1  # the name, with its length filled up to even
            length = int.from_bytes(block[at : at + 4])
            if kind == _IPTC_RESOURCE:
                return block[at + 4 : at + 4 + length]
            at += 4 + length + length % 2
        return None

    def _take(self, segment: Segment, data: bytes) -> None:
        if data.startswith(_EXIF):
            self.exif = self.exif or data[len(_EXIF) :]
        elif data.startswith(_XMP):
            self.xmp = self.xmp or data[len(_XMP) :]
        elif data.startswith(_PHOTOSHOP):
            self._photoshop += data[len(_PHOTOSHOP) :]
        elif data.startswith(_ICC) and len(data) > len(_ICC) + 2:
            self._icc[data[len(_ICC)]] = data[len(_ICC) + 2 :]
        elif data.startswith(_INDEX):
            start = segment.start + 4 + len(_INDEX)
            self.appended = _appended(data[len(_INDEX) :], start)


def _appended(index: bytes, start: int) -> tuple[tuple[int, int], ...]:
    try:
        tiff = Tiff(Source(index))
        entries = tiff.first.data(_MULTI_PICTURE_ENTRIES) or b""
    except PictureRefused:
        return ()
    layout = "<4xII4x" if tiff.order == "little" else ">4xII4x"
    whole = entries[: len(entries) // 16 * 16]
    return tuple((start + place, length) for length, place in iter_unpack(layout, whole))[1:]
