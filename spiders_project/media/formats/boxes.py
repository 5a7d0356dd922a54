"""Walks the boxes of AVIF (ISO/IEC 14496-12, 4.2) and JPEG 2000 (ISO/IEC 15444-1, annex I)."""

from collections.abc import Iterator
from dataclasses import dataclass

from spiders_project.media.source import Source

_HEAD_BYTES = 16
_XMP_UUID = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
_LONGEST_XMP_BYTES = 8 << 20

_AVIF_BOXES = frozenset(
    b"ftyp meta mdat moov moof mfra sidx free skip wide uuid idat pdin styp udta imda emsg".split()
)
_JP2_BOXES = frozenset(
    b"jP  ,xml ,ftyp,jp2h,jp2c,jp2i,uuid,uinf,free,rreq,asoc,jpch,jplh,nlst,ftbl,mdat".split(b",")
)
_CODESTREAM = b"\xff\x4f\xff\x51"
_SOT, _EOC = b"\xff\x90", b"\xff\xd9"
_SOT_BYTES = 12


@dataclass(frozen=True)
class Box:
    """A box and where it stands."""

    kind: bytes
    start: int
    body: int
    """Where its contents begin."""
    end: int
    """The end of the file for a box that says so."""


def boxes(source: Source, known: frozenset[bytes]) -> Iterator[Box]:
    """Yield the boxes at the top of a file.

    It ends where something is no box, such as text that was appended: a box of
    a kind that is not known lies in the file and has a name of four letters. A
    motion photo ends where its film begins, with a box of its own (mpvd) or
    with the ftyp of another file.
    """
    at, is_typed = 0, False
    while len(head := source.read(at, _HEAD_BYTES)) >= 8:
        kind, length, body = head[4:8], int.from_bytes(head[:4]), at + 8
        if length == 1 and len(head) == _HEAD_BYTES:
            length, body = int.from_bytes(head[8:]), at + 16
        end = at + length if length else source.size_bytes
        is_strange = not kind.isalnum() or not length or end > source.size_bytes
        if end < body or kind == b"mpvd" or (kind not in known and is_strange):
            return
        if kind == b"ftyp" and is_typed:
            return
        is_typed |= kind == b"ftyp"
        yield Box(kind, at, body, end)
        at = end


def avif_end(source: Source) -> int | None:
    """Return the place behind the last box of the picture; None where that box is cut."""
    end = max((box.end for box in boxes(source, _AVIF_BOXES)), default=0)
    return end if end <= source.size_bytes else None


def jpeg2000_end(source: Source) -> int | None:
    """Return the place behind the last box, or behind the bare codestream; None for a cut one."""
    if source.read(0, 4) == _CODESTREAM:
        return _codestream_end(source, 0)
    end, has_code = 0, False
    for box in boxes(source, _JP2_BOXES):
        end = box.end
        if box.kind == b"jp2c":
            code_end = _codestream_end(source, box.body)
            if code_end is None:
                return None
            has_code = True
            # A box without a length reaches to the end of the file, the code in it may not.
            end = min(end, code_end) if box.end == source.size_bytes else end
    return end if has_code and end <= source.size_bytes else None


def jpeg2000_xmp(source: Source) -> bytes | None:
    """Return the XMP packet of a JPEG 2000 file (XMP specification, part 3, 1.1.4)."""
    for box in boxes(source, _JP2_BOXES):
        if box.kind == b"uuid" and source.read(box.body, 16) == _XMP_UUID:
            return source.read(box.body + 16, min(box.end - box.body - 16, _LONGEST_XMP_BYTES))
    return None


def _codestream_end(source: Source, start: int) -> int | None:
    """Return the place behind EOC (ISO/IEC 15444-1, A.4.4): behind the last of the tile-parts."""
    at = start + 2
    while len(head := source.read(at, _SOT_BYTES)) >= 2:
        marker = head[:2]
        if marker == _EOC:
            return at + 2
        if marker != _SOT:
            at += 2 + int.from_bytes(head[2:4])
        elif length := int.from_bytes(head[6:10]):
            at += length
        else:  # the last tile-part reaches to EOC
            return _last_eoc(source, at)
        if marker[0] != 0xFF:
            return _last_eoc(source, start)
    return None


def _last_eoc(source: Source, start: int) -> int | None:
    found = None
    for at, block in source.blocks(start, overlap=1):
        place = bytes(block).rfind(_EOC)
        found = at + place + 2 if place >= 0 else found
    return found
