"""Reads folder listings that servers write for programs: nginx in JSON and XML, Caddy in JSON."""

from urllib.parse import quote

from spiders_project.pages.generic.loose import Json, json_of, objects, whole_number
from spiders_project.pages.generic.sources.directory_index import Entry, reading_of_entries
from spiders_project.pages.generic.sources.xml import root_of, tag_of
from spiders_project.pages.generic.values import Reading
from spiders_project.pages.page import Page


def read_listing(page: Page) -> Reading | None:
    """Return the pictures and subfolders of a listing, None where the page is none."""
    beginning = page.text[:500].lstrip("\ufeff \t\r\n")
    if beginning.startswith("[") and '"name"' in beginning:
        told = _rows(page)
    elif "<list>" in beginning and beginning.startswith("<"):
        told = _elements(page)
    else:
        return None
    entries = [entry for row in told if (entry := _entry(page, row)) is not None]
    return reading_of_entries(page, entries) if told and len(entries) == len(told) else None


def _rows(page: Page) -> list[dict[str, Json]]:
    """Read objects of ``name``, ``type`` and ``size`` (nginx), or of ``is_dir`` (Caddy)."""
    return objects(json_of(page.text))


def _elements(page: Page) -> list[dict[str, Json]]:
    root = root_of(page)
    if root is None or tag_of(root) != "list":
        return []
    return [
        {"name": each.text, "type": tag_of(each), "size": each.get("size")}
        for each in root
        if tag_of(each) in ("file", "directory")
    ]


def _entry(page: Page, row: dict[str, Json]) -> Entry | None:
    name = row.get("name")
    is_folder = row.get("type") == "directory" or row.get("is_dir") is True
    if not isinstance(name, str) or not (is_folder or row.get("type") == "file" or "is_dir" in row):
        return None
    name = name.rstrip("/")
    url = page.absolute("./" + quote(name) + ("/" if is_folder else ""))
    if url is None:
        return None
    return Entry(name, url, is_folder, is_named=True, size_bytes=whole_number(row.get("size")))
