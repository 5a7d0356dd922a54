"""Reads the XML that viewers of the Flash age load, by its structure, as if it were JSON."""

from spiders_project.pages.generic.data.places import Places
from spiders_project.pages.generic.loose import Json
from spiders_project.pages.generic.sources.data import data_pictures
from spiders_project.pages.generic.sources.xml import Element, root_of, tag_of, unpacked
from spiders_project.pages.generic.values import Kind, Reading
from spiders_project.pages.page import Page

_DEEPEST = 30


def read_xml(page: Page, gallery: str | None = None) -> Reading:
    """Return the pictures of XML data, such as ``gallery.xml`` of SimpleViewer or a jAlbum skin."""
    document = unpacked(page)
    root = root_of(document)
    if root is None:
        return Reading(frozenset({Kind.NONE}))
    return data_pictures(_as_json(root, 0), Places(document, gallery))


def _as_json(element: Element, depth: int) -> Json:
    """Return an element as an object: attributes, then children, those of one name as a list."""
    told: dict[str, Json] = {str(name): value for name, value in element.attrib.items()}
    parts: dict[str, list[Json]] = {}
    for child in element if depth < _DEEPEST else ():
        if name := tag_of(child):
            parts.setdefault(name, []).append(_as_json(child, depth + 1))
    for name, values in parts.items():
        told[name] = values if len(values) > 1 or isinstance(values[0], dict) else values[0]
    text = (element.text or "").strip()
    if not told:
        return text
    return {**told, "text": text} if text else told
