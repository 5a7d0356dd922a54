"""Reads oEmbed answers, JSON or XML: one picture a request, so worth it for single pages only."""

from spiders_project.pages.generic.loose import Json, first_text, json_of, whole_number
from spiders_project.pages.generic.sources.xml import root_of, tag_of
from spiders_project.pages.generic.values import Candidate, Clue, Facts, Kind, Picture, Reading
from spiders_project.pages.page import Page


def read_oembed(page: Page) -> Reading:
    """Return the picture of an oEmbed answer of type photo; of others the thumbnail."""
    told = _told(page)
    is_photo = told.get("type") == "photo"
    found = [
        Candidate(url, Clue.API, whole_number(told.get(wide)), whole_number(told.get(tall)), small)
        for name, wide, tall, small in (
            ("url", "width", "height", False),
            ("thumbnail_url", "thumbnail_width", "thumbnail_height", True),
        )
        if (name != "url" or is_photo)
        and isinstance(told.get(name), str)
        and (url := page.absolute(told[name]))
    ]
    facts = Facts(
        title=first_text(told.get("title")),
        author=first_text(told.get("author_name")),
        license=first_text(told.get("license_url"), told.get("license")),
    )
    if not found:
        return Reading(frozenset({Kind.NONE}), facts=facts)
    return Reading(frozenset({Kind.DETAIL}), pictures=(Picture(tuple(found), facts),), facts=facts)


def _told(page: Page) -> dict[str, Json]:
    if isinstance(told := json_of(page.text), dict):
        return told
    root = root_of(page)
    return {} if root is None else {tag_of(each): each.text for each in root}
