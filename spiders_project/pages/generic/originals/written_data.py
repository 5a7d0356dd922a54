"""Reads pictures in data that stands as text on a page, for a script to take it from there."""

import json

from spiders_project.pages.generic.originals.records import pictures_of
from spiders_project.pages.generic.values import Picture
from spiders_project.pages.page import Page

_LONGEST = 2_000_000
_BEGINNINGS = ("[{", '{"', '["')


def pictures_in_texts(page: Page) -> tuple[Picture, ...]:
    """Return the pictures in elements whose whole text is JSON, such as ``[{"url": ...}]``."""
    found: list[Picture] = []
    for element in page.selector.root.iter(
        "div", "span", "p", "pre", "code", "textarea", "template"
    ):
        text = (element.text or "").strip()
        if not text.startswith(_BEGINNINGS) or len(text) > _LONGEST:
            continue
        try:
            value = json.loads(text)
        except (ValueError, RecursionError):
            continue
        found += pictures_of(value, page.absolute)
    return tuple(found)
