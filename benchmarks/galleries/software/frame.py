"""The web site around a lightbox library: header, navigation, albums or pages, footer."""

from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path

from PIL import Image

from benchmarks.galleries.software.tiles import Tile, all_tiles, in_pages

_PER_PAGE = 12
_NAMES = {"Mountains": "mountains", "Mountains/Snow": "snow", "Ocean": "ocean"}
_NAVIGATION = (
    '<header><a class="logo" href="/"><img src="/images/logo.png" alt="Two journeys" width="120" '
    'height="40"></a><nav><a href="/">Home</a> <a href="/about.html">About</a></nav></header>'
)
_FOOTER = (
    '<footer><a href="https://example.org/feed"><img src="/images/icon-rss.png" alt="RSS" '
    'width="24" height="24"></a> <p>Two journeys, 2025</p></footer>'
)

Contents = Callable[[Sequence[Tile]], str]
"""What goes between header and footer."""


def one_page(site: Path, tiles: dict[str, list[Tile]], head: str, contents: Contents) -> None:
    """Write all pictures onto one page."""
    _write_around(site)
    _write(site / "index.html", "Two journeys", head, contents(all_tiles(tiles)))


def album_pages(site: Path, tiles: dict[str, list[Tile]], head: str, contents: Contents) -> None:
    """Write a page of covers, and a page for each album; one lies in another."""
    _write_around(site)
    covers = "".join(_cover(album, tiles[album][0]) for album in tiles if "/" not in album)
    _write(site / "index.html", "Two journeys", head, f'<div class="albums">{covers}</div>')
    for album, own in tiles.items():
        inside = [each for each in tiles if each.startswith(f"{album}/")]
        below = "".join(_cover(each, tiles[each][0]) for each in inside)
        inner = f'<div class="albums">{below}</div>' if below else ""
        _write(site / f"{_NAMES[album]}.html", album, head, inner + contents(own))


def numbered_pages(site: Path, tiles: dict[str, list[Tile]], head: str, contents: Contents) -> None:
    """Write the pictures onto numbered pages that lead to each other."""
    _write_around(site)
    pages = list(in_pages(all_tiles(tiles), _PER_PAGE))
    for number, page in enumerate(pages, 1):
        links = "".join(
            f'<li class="{"active" if other == number else "page"}">'
            f'<a href="{_page_name(other)}">{other}</a></li>'
            for other in range(1, len(pages) + 1)
        )
        further = f'<li><a rel="next" href="{_page_name(number + 1)}">Next »</a></li>'
        links += further if number < len(pages) else ""
        body = f'{contents(page)}<ul class="pagination">{links}</ul>'
        _write(site / _page_name(number), f"Two journeys, page {number}", head, body)


def _page_name(number: int) -> str:
    return "index.html" if number == 1 else f"page-{number}.html"


def _cover(album: str, tile: Tile) -> str:
    name = escape(album.rpartition("/")[2])
    image = f'<img src="{tile.thumb}" width="{tile.thumb_width}" height="{tile.thumb_height}">'
    return f'<div class="album"><a href="/{_NAMES[album]}.html">{image}<h3>{name}</h3></a></div>'


def _write_around(site: Path) -> None:
    Image.new("RGB", (120, 40), (40, 60, 90)).save(site / "images" / "logo.png")
    Image.new("RGB", (24, 24), (200, 120, 30)).save(site / "images" / "icon-rss.png")
    _write(site / "about.html", "About", "", "<p>Pictures of two journeys, made for this page.</p>")


def _write(file: Path, title: str, head: str, body: str) -> None:
    words = escape(title)
    file.write_text(
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{words}</title>'
        f"\n{head}\n</head>\n<body>\n{_NAVIGATION}\n<main><h1>{words}</h1>\n{body}\n</main>\n"
        f"{_FOOTER}\n</body></html>\n",
        encoding="utf-8",
    )
