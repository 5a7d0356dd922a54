"""Reads the folder listings of web servers: files with their sizes, subfolders as albums.

What marks one is not its looks but that its links lead to what lies directly
below it and are called what they lead to.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any
from urllib.parse import unquote, urlsplit

from spiders_project.pages.generic.spelling.addresses import is_picture_name
from spiders_project.pages.generic.spelling.sizes import is_small_folder
from spiders_project.pages.generic.spelling.stems import bare_name
from spiders_project.pages.generic.values import (
    Candidate,
    Card,
    Clue,
    Facts,
    Kind,
    Picture,
    Reading,
)
from spiders_project.pages.page import Page
from spiders_project.urls import origin_of

_WORDS = re.compile(
    r"^\W*(?:index of\b|directory (?:listing|index|contents)\b|directory: |listing directory\b"
    r"|files within\b|contents of /|[\w.:-]+ - /)|h5ai",
    re.IGNORECASE,
)
_SIZE = re.compile(r"(?:^|[\s\"])(\d[\d.,]*)\s*(?:([kmgt])i?)?(?:b|bytes?|o)?\s*$", re.IGNORECASE)
_FACTORS = {"": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30, "t": 1 << 40}
_FOLDER_CLASS = re.compile(
    r"\b(?:folder|dir|directory|icon-directory|icon-folder)\b", re.IGNORECASE
)
_FOLDER_WORD = re.compile(r"<dir>|\[dir(?:ectory)?\]|^\s*directory\s*$|^folder$", re.IGNORECASE)
_SIZE_FOLDERS = ("original", "full", "large", "medium", "small", "thumb")
_NEAREST = 8
"""Elements between a link and its row, at most."""
_MOST_CELLS = 12
_FOREIGN_LINKS = 3
"""The server's name at the foot, and the like."""


@dataclass(frozen=True)
class Entry:
    """A file or folder directly below the page."""

    name: str
    url: str
    is_folder: bool
    is_named: bool
    """Whether its link is called what it leads to."""
    size_bytes: int | None


def is_directory_index(page: Page) -> bool:
    """Tell whether a page is the folder listing of a web server, or one made like it."""
    heads = [*page.texts(("title",)), *page.texts(("h1",)), *page.texts(("h2",))]
    is_called_so = any(map(_WORDS.search, heads))
    if not is_called_so and _shows_pictures(page):
        return False
    links = _links(page)
    folders = _folders(page)
    entries = list(_entries(links, folders))
    named = [entry for entry in entries if entry.is_named]
    has_parent = _has_parent(page)
    if is_called_so and entries:
        return len(named) * 2 > len(entries)
    if is_called_so:
        return has_parent and not _shows_pictures(page) and len(links) <= _FOREIGN_LINKS
    above = sum(1 for _, url in links if folders[-1].startswith(url.partition("?")[0]))
    is_list = (
        len(named) >= 0.9 * len(entries) and len(links) - len(entries) - above <= _FOREIGN_LINKS
    )
    has_files = any(is_picture_name(entry.url) for entry in named) and len(named) > 1
    return is_list and bool(named) and (has_files or has_parent)


def read_index(page: Page) -> Reading:
    """Return the pictures and subfolders of a folder listing.

    Several sizes of a picture in one folder are one picture, and folders of
    small versions are left out.
    """
    return reading_of_entries(page, _told_apart(list(_entries(_links(page), _folders(page)))))


def _told_apart(entries: list[Entry]) -> list[Entry]:
    """Return entries with the folders known that nothing marks as such (serve-index).

    Where no folder is marked, a name without ending and without size is one.
    """
    if any(entry.is_folder for entry in entries):
        return entries
    return [
        replace(entry, is_folder="." not in entry.name and entry.size_bytes is None)
        for entry in entries
    ]


def reading_of_entries(page: Page, found: list[Entry]) -> Reading:
    """Return the entries of a folder as pictures and albums."""
    entries = {entry.url: entry for entry in found}
    pictures = [
        entry
        for entry in entries.values()
        if is_picture_name(entry.url) and not entry.is_folder and not entry.name.startswith("._")
    ]
    folders = [entry for entry in entries.values() if entry.is_folder]
    category = unquote(urlsplit(page.url).path).rstrip("/").rpartition("/")[2] or None
    kinds = {Kind.LISTING} if pictures else set()
    return Reading(
        frozenset(kinds | ({Kind.ALBUMS} if folders else set()) or {Kind.NONE}),
        tuple(
            Card(entry.url, "folder", Picture((), Facts(title=entry.name)))
            for entry in _worth_it(folders, has_pictures=bool(pictures))
        ),
        tuple(Picture(candidates, Facts(category=category)) for candidates in _versions(pictures)),
        facts=Facts(title=category),
    )


def _folders(page: Page) -> tuple[str, ...]:
    """Return the addresses below which the entries of a page lie.

    serve-index answers at ``/photos`` with links to ``/photos/a.jpg``.
    """
    parts = urlsplit(page.url)
    folder = origin_of(page.url) + parts.path.rpartition("/")[0] + "/"
    return (
        (folder,) if parts.path.endswith("/") else (origin_of(page.url) + parts.path + "/", folder)
    )


def _links(page: Page) -> list[tuple[Any, str]]:
    """Return the links of a page and where they lead, sort orders left out."""
    here = page.url.partition("?")[0]
    found = []
    for link in page.selector.root.iter("a"):
        href = link.get("href") or ""
        url = None if href.startswith(("?", "#")) else page.absolute(href)
        if url is not None and url.partition("?")[0] != here:
            found.append((link, url))
    return found


def _entries(links: list[tuple[Any, str]], folders: tuple[str, ...]) -> Iterator[Entry]:
    rows: dict[Any, list[Any]] = {}
    for link, url in links:
        folder = next((each for each in folders if url.startswith(each)), None)
        if folder is None or "?" in url:
            continue
        name = unquote(url[len(folder) :])
        if not name.strip("/") or "/" in name.rstrip("/") or name.startswith(".."):
            continue
        row = next((up for up in islice(link.iterancestors(), _NEAREST) if up.tag == "tr"), None)
        if row is not None and row not in rows:
            rows[row] = list(islice(row.iter("td", "th"), _MOST_CELLS + 1))
        cells = rows.get(row, [])
        yield _entry(link, url, name, cells if len(cells) <= _MOST_CELLS else [])


def _entry(link: Any, url: str, name: str, cells: list[Any]) -> Entry:
    previous = link.getprevious()
    before = (previous.tail if previous is not None else link.getparent().text) or ""
    texts = [cell.text_content().strip() for cell in cells]
    is_folder = (
        name.endswith("/")
        or bool(_FOLDER_CLASS.search(link.get("class") or ""))
        or link.text_content().strip().endswith("/")
        or any(_FOLDER_WORD.search(text) for text in (*texts, before))
    )
    bare = name.rstrip("/")
    size = _size_in_row(cells, texts) if cells else _size_beside(link, before)
    return Entry(bare, url, is_folder, _is_named(link, bare), size)


def _is_named(link: Any, name: str) -> bool:
    """Tell whether a link's words are the name, which Apache and nginx cut short."""
    texts = [" ".join(link.text_content().split()), link.get("title") or ""]
    texts += [child.text_content().strip() for child in link if child.get("class") == "name"]
    for text in texts:
        short = re.sub(r"(?:\.\.>|\.{3}|…)$", "", text)
        bare = text.rstrip("/")
        if bare == name or " ".join(name.split()) == bare:
            return True
        if short != text and len(short) > 3 and name.startswith(short):
            return True
    return False


def _size_in_row(cells: list[Any], texts: list[str]) -> int | None:
    for cell in cells:
        exact = cell.get("data-size") or cell.get("data-order") or ""
        if exact.isascii() and exact.isdigit() and "size" in (cell.get("class") or "size"):
            return int(exact[:15])
    told = [text for text in texts if len(text) < 20 and _SIZE.match(text)]
    return _bytes(told[-1]) if told else None


def _size_beside(link: Any, before: str) -> int | None:
    """Return the bytes inside of a link (serve-index), behind it (nginx) or before it (IIS)."""
    for child in link:
        if "size" in (child.get("class") or ""):
            return _bytes(child.text_content())
    after = (link.tail or "").partition("\n")[0]
    return _bytes(after) if after.strip() else _bytes(before)


def _bytes(text: str) -> int | None:
    found = _SIZE.search(text.strip()[-40:])
    if found is None:
        return None
    digits = found[1].strip(".,")
    unit = (found[2] or "").lower()
    if not unit:
        digits = digits.replace(",", "").partition(".")[0]
    try:
        return int(float(digits.replace(",", ".")) * _FACTORS[unit]) or None
    except ValueError:
        return None


def _has_parent(page: Page) -> bool:
    return any(
        (link.get("href") or "").strip() in ("..", "../", "./..", "./../")
        or "parent directory" in link.text_content().lower()
        for link in page.selector.root.iter("a")
    )


def _shows_pictures(page: Page) -> bool:
    """Tell whether a page shows pictures other than icons beside its links."""
    sources = [image.get("src") or "" for image in page.selector.root.iter("img")]
    return any(
        is_picture_name(src) and "icon" not in src and not src.lower().endswith((".gif", ".png"))
        for src in sources
    )


def _versions(entries: list[Entry]) -> Iterator[tuple[Candidate, ...]]:
    """Yield the sizes of each picture: ``lake-300x200.jpg`` belongs to ``lake.jpg`` beside it."""
    bare = {bare_name(entry.name): entry for entry in entries if _is_bare(entry.name)}
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        main = bare.get(bare_name(entry.name))
        is_version = main is not None and not _is_bare(entry.name)
        groups.setdefault(main.url if main and is_version else entry.url, []).append(entry)
    for group in groups.values():
        ordered = sorted(group, key=lambda each: (-(each.size_bytes or 0), not _is_bare(each.name)))
        yield tuple(
            Candidate(each.url, Clue.INDEX, is_preview=bool(place), size_bytes=each.size_bytes)
            for place, each in enumerate(ordered)
        )


def _is_bare(name: str) -> bool:
    return bare_name(name) == name.rpartition(".")[0].casefold()


def _worth_it(folders: list[Entry], *, has_pictures: bool) -> list[Entry]:
    """Leave out folders of small versions, unless there is nothing else."""
    large = [entry for entry in folders if not is_small_folder(entry.name)]
    ranks = {entry.name: _size_rank(entry.name) for entry in large}
    known = sorted(rank for rank in ranks.values() if rank is not None)
    if len(known) > 1:
        large = [entry for entry in large if ranks[entry.name] in (None, known[0])]
    return large if large or has_pictures else folders


def _size_rank(name: str) -> int | None:
    word = name.lower().rstrip("s")
    return _SIZE_FOLDERS.index(word) if word in _SIZE_FOLDERS else None
