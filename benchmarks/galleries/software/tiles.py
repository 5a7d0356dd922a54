"""What the markup of a lightbox library needs to know of a picture, and the copies it shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from pathlib import Path
from urllib.parse import quote

from PIL import Image

from benchmarks.galleries.known import KNOWN, Known
from benchmarks.galleries.pictures import Album

_THUMB, _MEDIUM = (320, 240), (1200, 900)


@dataclass(frozen=True)
class Tile:
    """One picture, as attributes want it: addresses quoted, words escaped."""

    number: int
    title: str
    full: str
    medium: str
    thumb: str
    width: int
    height: int
    thumb_width: int
    thumb_height: int


def lay_out(album: Album, site: Path) -> dict[str, list[Tile]]:
    """Put originals and smaller copies below a site; return the tiles of each album."""
    tiles: dict[str, list[Tile]] = {}
    for known in KNOWN:
        source = album.plain_folder / known.plain_path
        full = site / "images" / "full" / known.plain_name
        full.parent.mkdir(parents=True, exist_ok=True)
        full.write_bytes(source.read_bytes())
        name = f"{full.stem}.jpg"
        _shrink(source, site / "images" / "medium" / name, _MEDIUM)
        width, height = _shrink(source, site / "images" / "thumbs" / name, _THUMB)
        tiles.setdefault(known.album, []).append(_tile(known, name, width, height))
    return tiles


def all_tiles(tiles: dict[str, list[Tile]]) -> list[Tile]:
    """Return the tiles of all albums."""
    return [tile for album in tiles.values() for tile in album]


def in_pages(tiles: list[Tile], size: int) -> Iterable[list[Tile]]:
    """Yield so many tiles at a time."""
    return (tiles[first : first + size] for first in range(0, len(tiles), size))


def _tile(known: Known, name: str, width: int, height: int) -> Tile:
    copy = quote(name)
    return Tile(
        known.number,
        escape(known.title),
        f"/images/full/{quote(known.plain_name)}",
        f"/images/medium/{copy}",
        f"/images/thumbs/{copy}",
        *known.size,
        width,
        height,
    )


def _shrink(source: Path, target: Path, box: tuple[int, int]) -> tuple[int, int]:
    target.parent.mkdir(parents=True, exist_ok=True)
    with Image.open(source) as image:
        image.draft("RGB", box)
        small = image.convert("RGB")
        small.thumbnail(box)
        small.save(target, "JPEG", quality=80)
        return small.size
