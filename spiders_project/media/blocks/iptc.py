"""Reads the records of the IPTC Information Interchange Model (IIM 4.2) in a picture."""

from collections.abc import Iterator

from spiders_project.media.blocks.words import decoded

_TAG = 0x1C
_EXTENDED = 0x8000
_CHARACTER_SET, _UTF8 = (1, 90), b"\x1b%G"
TITLE, HEADLINE, CREATOR, COPYRIGHT, DESCRIPTION = (2, 5), (2, 105), (2, 80), (2, 116), (2, 120)
_DATE, _TIME = (2, 55), (2, 60)

Datasets = dict[tuple[int, int], list[bytes]]


class Iptc:
    """The texts of an IIM block by record and dataset; what cannot be read is left out."""

    def __init__(self, block: bytes) -> None:
        self._found: Datasets = {}
        for key, data in _datasets(block):
            self._found.setdefault(key, []).append(data)
        is_utf8 = self._found.get(_CHARACTER_SET, [b""])[0] == _UTF8
        self._decode = (lambda data: data.decode("utf-8", "replace")) if is_utf8 else decoded

    def text(self, key: tuple[int, int]) -> str | None:
        """Return a text, several of them with commas between; None where there is none."""
        return ", ".join(map(self._decode, self._found.get(key, ()))) or None

    @property
    def created(self) -> str | None:
        """Date and time of creation as EXIF would write them."""
        day, clock = self.text(_DATE) or "", self.text(_TIME) or ""
        if len(day) != 8 or not day.isdecimal():
            return None
        found = f"{day[:4]}-{day[4:6]}-{day[6:]}"
        if len(clock) >= 6 and clock[:6].isdecimal():
            found += f"T{clock[:2]}:{clock[2:4]}:{clock[4:6]}{clock[6:]}"
        return found


def _datasets(block: bytes) -> Iterator[tuple[tuple[int, int], bytes]]:
    at = 0
    while at + 5 <= len(block) and block[at] == _TAG:
        key, length = (block[at + 1], block[at + 2]), int.from_bytes(block[at + 3 : at + 5])
        at += 5
        if length & _EXTENDED:
            size = length & ~_EXTENDED
            length, at = int.from_bytes(block[at : at + size]), at + size
        yield key, block[at : at + length]
        at += length
