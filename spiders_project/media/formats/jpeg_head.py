"""Reads what the segments before the first scan of a JPEG say (ITU-T T.81, annex B)."""

from spiders_project.media.formats.jpeg import SOS, Segment, jpeg_end, segments
from spiders_project.media.source import Source

_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""Those that are no frames define Huffman tables, extensions and conditioning."""
_APP1, _APP2, _APP13 = 0xE1, 0xE2, 0xED
_TOLD = frozenset([_APP1, _APP2, _APP13]) | _FRAMES
_EXIF, _XMP = b"Exif\0\0", b"http://ns.adobe.com/xap/1.0/\0"
_ICC, _INDEX = b"ICC_PROFILE\0", b"MPF\0"
_PHOTOSHOP = b"Photoshop 3.0\0"
_MODES = {1: "L", 3: "RGB", 4: "CMYK"}


class JpegHead:
    """Size, kind of pixels and blocks of a JPEG; ``mode`` is empty where its header is cut."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self.width = self.height = 0
        self.mode = ""
        """Pillow's word for the kind of pixels."""
        self.exif: bytes | None = None
        self.xmp: bytes | None = None
        self.photoshop = b""
        """Image resources of Photoshop."""
        self.index: tuple[int, bytes] | None = None
        """Multi-picture index (CIPA DC-007) and its place, from which it counts."""
        self._icc: list[bytes] = []
        self._scan = 0
        for segment in segments(source):
            if segment.marker in _TOLD:
                self._take(segment, source.read(segment.start + 4, segment.end - segment.start - 4))
            elif segment.marker == SOS:
                self._scan = segment.start
                return
        self.mode = ""

    @property
    def icc(self) -> bytes | None:
        """The colour profile, whose pieces are numbered (ICC.1:2022, annex B.4)."""
        return b"".join(piece[2:] for piece in sorted(self._icc)) or None

    @property
    def end(self) -> int | None:
        """The place behind EOI, None where that is missing."""
        return jpeg_end(self._source, self._scan)

    def _take(self, segment: Segment, data: bytes) -> None:
        if segment.marker in _FRAMES:
            if not self.mode and len(data) >= 6:
                self.height, self.width = int.from_bytes(data[1:3]), int.from_bytes(data[3:5])
                self.mode = _MODES.get(data[5], "")
        elif segment.marker == _APP1:
            if data.startswith(_EXIF):
                self.exif = self.exif or data[len(_EXIF) :]
            elif data.startswith(_XMP):
                self.xmp = data[len(_XMP) :]
        elif segment.marker == _APP13:
            self.photoshop += data.removeprefix(_PHOTOSHOP)
        elif data.startswith(_ICC):
            self._icc.append(data[len(_ICC) :])
        elif data.startswith(_INDEX):
            self.index = segment.start + 4 + len(_INDEX), data[len(_INDEX) :]
