"""Writes a site file: declarations in the order of the others, thirty lines at most."""

import json
from datetime import date

from spiders_project.newsite.describe import DETAIL_FIELDS, LISTING_FIELDS, Declarations
from spiders_project.newsite.naming import class_name
from spiders_project.urls import split_web_address

_MOST_CATEGORIES = 6
_LONGEST_LABEL, _LONGEST_TITLE = 60, 50


def site_file(name: str, found: Declarations, today: date) -> str:
    """Return the text of a site file."""
    parts = split_web_address(found.address.root)
    assert parts is not None
    label = _one_line(next(iter(found.categories.values())), _LONGEST_LABEL)
    lines = [
        _docstring(f"{parts.hostname}: {label}."),
        "",
        "from spiders_project.pages.base import Site",
        "",
        "",
        f"class {class_name(name)}(Site):",
        '    """Inferred by scrapy newsite from a few pages; read it before you rely on it."""',
        "",
        *_declared("name", name),
        *_declared("label", label),
        *_declared("root", found.address.root),
        f"    hosts = ({', '.join(map(quoted, found.hosts))}{',' * (len(found.hosts) == 1)})",
        *_declared("verified", f"saved pages of {today.isoformat()}"),
        "",
        *_categories(found),
        "",
        *_declared("listing_address", found.address.pattern),
        *_declared("listing_page_address", found.listing_page_address),
        *(line for each in LISTING_FIELDS for line in _declared(each, found.selector_of(each))),
        "",
        *(line for each in DETAIL_FIELDS for line in _declared(each, found.selector_of(each))),
    ]
    return "\n".join(lines) + "\n"


def quoted(text: str) -> str:
    """Return a text as Python writes it, in the quotes of this project."""
    inside = json.dumps(text, ensure_ascii=False)
    if '"' in text and "'" not in text and "\\" not in text:
        inside = f"'{text}'"
    return inside.replace("\x7f", "\\x7f")


def _declared(name: str, value: str | None) -> list[str]:
    return [] if value is None else [f"    {name} = {quoted(value)}"]


def _categories(found: Declarations) -> list[str]:
    """Return the known categories; more than a few are left to the words in addresses."""
    known = list(found.categories.items())[:_MOST_CATEGORIES]
    pairs = [f"{quoted(word)}: {quoted(_one_line(title, _LONGEST_TITLE))}" for word, title in known]
    lines = [f"    categories = {{{', '.join(pairs)}}}"]
    if len(lines[0]) > 100:
        lines = ["    categories = {", *(f"        {pair}," for pair in pairs), "    }"]
    if "{category}" in found.address.pattern:
        lines.append("    has_other_categories = True")
    return lines


def _docstring(sentence: str) -> str:
    return f'"""{_one_line(sentence, 90)}"""'.replace("\\", "/")


def _one_line(text: str, most: int) -> str:
    words = " ".join(text.replace('"', "'").split())
    return words if len(words) <= most else words[:most].rpartition(" ")[0] or words[:most]
