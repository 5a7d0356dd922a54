"""Writes the pages of a gallery with the structure of moyublog, as files to be served."""

from pathlib import Path

from benchmarks.gallery.picture_sets import Pictures

CARDS = 25
"""Links on a listing."""
_MENU = "".join(
    f'<li><a href="/tags/{number}.html" title="壁纸标签 {number}">标签 {number}</a></li>'
    for number in range(40)
)


def write_pages(folder: Path, pictures: Pictures, count: int) -> str:
    """Write a category of so many pictures of a set below a folder; return its name.

    The detail pages lead to ``/pictures/<set>/<number>.jpg`` of the same host.
    """
    category = f"{pictures.name}-{count}"
    pages = folder / "hdwallpapers" / category
    if pages.exists():
        return category
    unfinished = pages.with_name(f"{category}.part")
    unfinished.mkdir(parents=True, exist_ok=True)
    numbers = range(1, count + 1)
    for page, first in enumerate(range(0, count, CARDS), 1):
        name = "index.html" if page == 1 else f"index_{page}.html"
        _write(unfinished / name, _listing(category, numbers[first : first + CARDS]))
    for number in numbers:
        _write(unfinished / f"{number}.html", _detail(pictures, number))
    unfinished.rename(pages)
    return category


def listings_of(count: int) -> int:
    """Return how many listings a category of so many pictures has."""
    return -(-count // CARDS)


def picture_addresses(site: str, pictures: Pictures, count: int) -> list[str]:
    """Return the addresses of the pictures that a category of so many leads to."""
    return [site + _picture_path(pictures, number) for number in range(1, count + 1)]


def _listing(category: str, cards: range) -> str:
    links = "".join(
        f'<li><a target="_blank" href="/hdwallpapers/{category}/{card}.html" '
        f'title="山谷晨光 {card:06}"><img src="/static/loading.gif" '
        f'data-original="/previews/{card}.jpg" alt="山谷晨光 {card:06}">'
        f"<b>山谷晨光 {card:06}</b></a></li>"
        for card in cards
    )
    return f'<div class="slist"><ul>{links}</ul></div>'


def _detail(pictures: Pictures, number: int) -> str:
    title = f"山谷晨光 {number:06}"
    return (
        f'<h1>{title}</h1><div class="photo-pic"><img src="{_picture_path(pictures, number)}" '
        f'title="{title}" alt="{title}"></div>'
    )


def _picture_path(pictures: Pictures, number: int) -> str:
    return f"/pictures/{pictures.name}/{pictures.file_name(number)}"


def _write(file: Path, body: str) -> None:
    head = '<head><meta charset="utf-8"><title>壁纸</title></head>'
    page = f'<!DOCTYPE html><html lang="zh">{head}<body><ul class="menu">{_MENU}</ul>{body}</body>'
    file.write_text(f"{page}</html>", encoding="utf-8")
