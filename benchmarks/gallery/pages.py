"""Writes the pages of a gallery with the structure of moyublog, as files to be served."""

from functools import partial
from pathlib import Path

from benchmarks.gallery.picture_sets import Pictures

CARDS = 25
"""Links on a listing."""
_TAGS, _RELATED = 40, 20
_MENU = "".join(
    f'<li><a href="/tags/{number}.html" title="壁纸标签 {number}">标签 {number}</a></li>'
    for number in range(_TAGS)
)
_HEAD = (
    '<meta charset="utf-8"><title>山谷晨光_高清壁纸</title>'
    '<meta name="keywords" content="山谷,晨光,壁纸,4K"><link rel="stylesheet" href="/style.css">'
    "<script>var lazy = {attribute: 'data-original', distance: 300};</script>"
)
_FOOTER = '<div class="footer"><p>本站图片来自网友分享，版权归原作者所有。</p></div>'


def write_pages(folder: Path, pictures: Pictures, count: int) -> str:
    """Write a category of so many pictures of a set below a folder; return its name.

    The detail pages lead to ``/pictures/<set>/<file>`` of the same host.
    """
    category = f"{pictures.name}-{count}"
    pages = folder / "hdwallpapers" / category
    pages.mkdir(parents=True, exist_ok=True)
    last = pages / f"{count}.html"
    if last.exists() and last.read_text(encoding="utf-8") == _detail(category, pictures, count):
        return category
    numbers = range(1, count + 1)
    for page, first in enumerate(range(0, count, CARDS), 1):
        name = "index.html" if page == 1 else f"index_{page}.html"
        _write(pages / name, _listing(category, numbers[first : first + CARDS]))
    for number in numbers:
        _write(pages / f"{number}.html", _detail(category, pictures, number))
    return category


def listings_of(count: int) -> int:
    """Return how many listings a category of so many pictures has."""
    return -(-count // CARDS)


def picture_addresses(site: str, pictures: Pictures, count: int) -> list[str]:
    """Return the addresses of the pictures that a category of so many leads to."""
    return [site + _picture_path(pictures, number) for number in range(1, count + 1)]


def _listing(category: str, cards: range) -> str:
    links = "".join(map(partial(_card, category), cards))
    return _page(f'<div class="slist"><ul>{links}</ul></div>')


def _detail(category: str, pictures: Pictures, number: int) -> str:
    title = _title(number)
    related = "".join(_card(category, number + place) for place in range(1, _RELATED + 1))
    return _page(
        f'<h1>{title}</h1><div class="photo-pic"><img src="{_picture_path(pictures, number)}" '
        f'title="{title}" alt="{title}"></div><div class="related"><ul>{related}</ul></div>'
    )


def _card(category: str, number: int) -> str:
    title = _title(number)
    return (
        f'<li><a target="_blank" href="/hdwallpapers/{category}/{number}.html" title="{title}">'
        f'<img src="/static/loading.gif" data-original="/previews/{category}/{number}.jpg" '
        f'alt="{title}"><b>{title}</b></a></li>\n'
    )


def _title(number: int) -> str:
    return f"山谷晨光 {number:06}"


def _picture_path(pictures: Pictures, number: int) -> str:
    return f"/pictures/{pictures.name}/{pictures.file_name(number)}"


def _page(body: str) -> str:
    menu = f'<ul class="menu">{_MENU}</ul>'
    return (
        f'<!DOCTYPE html>\n<html lang="zh"><head>{_HEAD}</head>\n'
        f"<body>{menu}\n{body}\n{_FOOTER}</body></html>\n"
    )


def _write(file: Path, page: str) -> None:
    file.write_text(page, encoding="utf-8")
