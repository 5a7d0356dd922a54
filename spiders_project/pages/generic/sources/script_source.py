"""Reads a script of the site itself: the data in it, or the addresses of the data it loads."""

from dataclasses import replace

from spiders_project.pages.generic.sources.data import read_data
from spiders_project.pages.generic.sources.scripts import data_loaded
from spiders_project.pages.generic.values import Kind, Reading, Source
from spiders_project.pages.page import Page


def read_script(page: Page, gallery: str | None = None) -> Reading:
    """Return the pictures in a script, and what it loads as sources.

    What a script loads starts from the page that runs it (Fetch, 5.4), not
    from the script.
    """
    base = Page(gallery, b"") if gallery else page
    urls = dict.fromkeys(filter(None, map(base.absolute, data_loaded(page.text))))
    loaded = tuple(Source(url, "data", is_complete=True, rank=2) for url in urls)
    has_pictures = any(ending in page.text.lower() for ending in (".jp", ".png", ".webp", ".avif"))
    read = read_data(page, gallery) if has_pictures else Reading(frozenset({Kind.NONE}))
    return replace(read, sources=loaded)
