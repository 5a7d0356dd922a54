"""Compares versions of a picture by their first bytes: format, size, and length of the file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from spiders_project.pages.generic.values import Candidate, Clue

_CODED_TIGHTLY = frozenset(["WEBP", "AVIF", "JXL"])
_OWN = frozenset(Clue) - {Clue.NAME, Clue.META}
_ISO_BRANDS = (b"avif", b"avis", b"heic", b"heix", b"mif1", b"msf1")


@dataclass(frozen=True)
class Probed:
    """What the first bytes of a candidate have told."""

    candidate: Candidate
    format: str
    width: int
    height: int
    size_bytes: int | None = None
    """Length of the whole file, from Content-Range or Content-Length; None where unknown."""

    @property
    def pixels(self) -> int:
        """How many pixels it has."""
        return self.width * self.height


def dimensions_of(first_64_kib: bytes) -> tuple[str, int, int] | None:
    """Return format, width and height in pixels as stored; None where the bytes do not tell."""
    for beginning, place, read in _READERS:
        if first_64_kib.startswith(beginning, place):
            found = read(first_64_kib)
            return found if found and found[1] > 0 and found[2] > 0 else None
    return None


def best_of(probed: Sequence[Probed]) -> Probed | None:
    """Return the largest true version; of equals the one that ``ranked`` had first.

    Versions of other proportions are crops, or other pictures: the largest group of equal
    proportions wins, but names that nobody links and share pictures outweigh none that the page
    itself offers, unless that is no more than a square. Of versions of one format, more pixels in
    clearly fewer bytes are an enlarged or squeezed copy. At the same size the format that loses
    least wins, PNG before JPEG before WebP; of one format the first, for a copy that was packed
    again may be the longer one.
    """
    if not probed:
        return None
    groups = _groups(probed)
    group = max(groups, key=_weight_of_group)
    best = group[0]
    for other in group[1:]:
        if _is_better(other, best):
            best = other
    return best


def _groups(probed: Sequence[Probed]) -> list[list[Probed]]:
    """Return versions by their proportions, whichever way they are turned."""
    groups: list[list[Probed]] = []
    for one in sorted(probed, key=lambda p: -p.pixels):
        for group in groups:
            if _are_alike(one, group[0]):
                group.append(one)
                break
        else:
            groups.append([one])
    order = {id(one): at for at, one in enumerate(probed)}
    return [sorted(group, key=lambda p: order[id(p)]) for group in groups]


def _are_alike(one: Probed, other: Probed) -> bool:
    a, b = sorted((one.width, one.height)), sorted((other.width, other.height))
    # A side is rounded to whole pixels, which shows the more the smaller it is.
    tolerance = 0.01 + 1 / min(a[0], b[0])
    return abs(a[0] * b[1] - b[0] * a[1]) <= tolerance * max(a[0] * b[1], b[0] * a[1])


def _weight_of_group(group: list[Probed]) -> tuple[bool, int]:
    is_own = any(
        one.candidate.clue in _OWN and not one.candidate.is_preview and one.width != one.height
        for one in group
    )
    is_offered = is_own or len(group) > 1
    return is_offered, max(one.pixels for one in group)


def _is_better(one: Probed, best: Probed) -> bool:
    larger = one.pixels / best.pixels
    if 0.98 < larger < 1.02:
        return _quality(one) > _quality(best)
    if larger > 1:
        return not _is_blown_up(one, best)
    return _is_blown_up(best, one)


def _is_blown_up(large: Probed, small: Probed) -> bool:
    """Return whether the larger of two versions is a copy of the smaller one."""
    if large.size_bytes is None or small.size_bytes is None:
        return False
    share = 0.35 if large.format in _CODED_TIGHTLY and small.format not in _CODED_TIGHTLY else 0.8
    if large.format not in _CODED_TIGHTLY and large.format != small.format:
        return False
    return large.size_bytes < share * small.size_bytes


def _quality(one: Probed) -> int:
    if one.format in _CODED_TIGHTLY or one.format == "GIF":
        return 0
    return 2 if one.format in ("PNG", "TIFF") else 1


# --- the beginnings of files ---------------------------------------------------------------


Dimensions = tuple[str, int, int]


def _jpeg(data: bytes) -> Dimensions | None:
    """ITU-T T.81, B.2.2: the frame header; B.1.1.4: segments in front of it."""
    at = 2
    while at + 9 <= len(data):
        if data[at] != 0xFF:
            return None
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
        elif 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = (
                int.from_bytes(data[at + 5 : at + 7]),
                int.from_bytes(data[at + 7 : at + 9]),
            )
            return "JPEG", width, height
        elif marker in (0x01, *range(0xD0, 0xD8)):
            at += 2
        elif marker in (0xD9, 0xDA):
            return None
        else:
            at += 2 + max(2, int.from_bytes(data[at + 2 : at + 4]))
    return None


def _png(data: bytes) -> Dimensions | None:
    return "PNG", int.from_bytes(data[16:20]), int.from_bytes(data[20:24])


def _gif(data: bytes) -> Dimensions | None:
    return "GIF", int.from_bytes(data[6:8], "little"), int.from_bytes(data[8:10], "little")


def _bmp(data: bytes) -> Dimensions | None:
    width = int.from_bytes(data[18:22], "little", signed=True)
    return "BMP", width, abs(int.from_bytes(data[22:26], "little", signed=True))


def _webp(data: bytes) -> Dimensions | None:
    """RFC 9649, 2.5 to 2.7."""
    kind = data[12:16]
    if kind == b"VP8X":
        sizes = int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
    elif kind == b"VP8L":
        bits = int.from_bytes(data[21:25], "little")
        sizes = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    elif kind == b"VP8 ":
        sizes = (
            int.from_bytes(data[26:28], "little") & 0x3FFF,
            int.from_bytes(data[28:30], "little") & 0x3FFF,
        )
    else:
        return None
    return ("WEBP", *sizes) if len(data) >= 30 or kind == b"VP8L" else None


def _iso(data: bytes) -> Dimensions | None:
    """ISO/IEC 23008-12, 6.5.3: the largest of the pictures that ``ispe`` boxes tell of."""
    brand = data[8:12]
    if brand not in _ISO_BRANDS:
        return None
    found: list[tuple[int, int]] = []
    at = data.find(b"ispe")
    while at >= 0 and at + 16 <= len(data) and len(found) < 100:
        found.append(
            (int.from_bytes(data[at + 8 : at + 12]), int.from_bytes(data[at + 12 : at + 16]))
        )
        at = data.find(b"ispe", at + 4)
    if not found:
        return None
    width, height = max(found, key=lambda size: size[0] * size[1])
    return "AVIF" if brand in (b"avif", b"avis") else "HEIF", width, height


def _tiff(data: bytes) -> Dimensions | None:
    """TIFF 6.0, section 2: the first directory, where it lies in these bytes."""

    def number(piece: bytes) -> int:
        return int.from_bytes(piece, "little" if data[:2] == b"II" else "big")

    at = number(data[4:8])
    sizes = {}
    for entry in range(at + 2, at + 2 + 12 * min(number(data[at : at + 2]), 500), 12):
        tag, kind = number(data[entry : entry + 2]), number(data[entry + 2 : entry + 4])
        if tag in (256, 257):
            sizes[tag] = number(data[entry + 8 : entry + (10 if kind == 3 else 12)])
    return ("TIFF", sizes[256], sizes[257]) if len(sizes) == 2 else None


def _jpeg2000(data: bytes) -> Dimensions | None:
    at = data.find(b"ihdr", 0, 4096)
    if at < 0 or at + 12 > len(data):
        return None
    return "JPEG2000", int.from_bytes(data[at + 8 : at + 12]), int.from_bytes(data[at + 4 : at + 8])


_READERS: tuple[tuple[bytes, int, Callable[[bytes], Dimensions | None]], ...] = (
    (b"\xff\xd8\xff", 0, _jpeg),
    (b"\x89PNG\r\n\x1a\n", 0, _png),
    (b"GIF8", 0, _gif),
    (b"WEBP", 8, _webp),
    (b"ftyp", 4, _iso),
    (b"II*\0", 0, _tiff),
    (b"MM\0*", 0, _tiff),
    (b"\0\0\0\x0cjP  ", 0, _jpeg2000),
    (b"BM", 0, _bmp),
)
"""What a format begins with, and where."""
