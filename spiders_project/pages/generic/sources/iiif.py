"""Reads IIIF: manifests and collections of Presentation 2 and 3, and info.json of image services.

A manifest is one request for all its pictures; each manifest of a collection
is another one, and so is each page of a paged collection.
"""

from collections.abc import Iterator
from dataclasses import replace

from spiders_project.pages.generic.loose import Json, entries, first, json_of, objects, whole_number
from spiders_project.pages.generic.sources.iiif_facts import (
    facts_of_canvas,
    facts_of_resource,
    text_of,
)
from spiders_project.pages.generic.sources.iiif_image import (
    Service,
    body_of,
    service_in,
    whole_picture,
)
from spiders_project.pages.generic.values import (
    Candidate,
    Clue,
    Kind,
    Picture,
    Reading,
    Source,
)
from spiders_project.pages.page import Page

_DEEPEST = 6
_MANIFESTS = {"manifest", "collection"}


def is_iiif(value: Json) -> bool:
    """Tell whether JSON is a IIIF document."""
    if not isinstance(value, dict):
        return False
    context = " ".join(str(each) for each in entries(value.get("@context")))
    if "iiif.io/api/" in context or "shared-canvas.org" in context:
        return True
    # Some builders leave the context out; the structure is that of Presentation 3 all the same.
    is_named = value.get("type") in ("Manifest", "Collection") and isinstance(value.get("id"), str)
    return is_named and isinstance(value.get("items"), list)


def read_iiif(page: Page) -> Reading:
    """Return the pictures of a manifest or an info.json, or the manifests of a collection."""
    told = json_of(page.text)
    if not isinstance(told, dict):
        return Reading(frozenset({Kind.NONE}))
    if _type(told) == "collection":
        return _collection(page, told)
    service = service_in(told) if not _type(told) or "protocol" in told else None
    if service is not None and ("protocol" in told or "width" in told):
        pictures = [_of_service(page, service)]
    else:
        pictures = list(_pictures(page, told))
    found = {each.candidates[0].url: each for each in pictures if each.candidates}
    kinds = {Kind.LISTING if len(found) > 1 else Kind.DETAIL} if found else {Kind.NONE}
    return Reading(frozenset(kinds), pictures=tuple(found.values()), facts=facts_of_resource(told))


def _type(told: dict[str, Json]) -> str:
    spelled = told.get("type") or told.get("@type") or ""
    return str(spelled).rpartition(":")[2].lower()


def _address(told: dict[str, Json]) -> str:
    url = told.get("id") or told.get("@id")
    return url if isinstance(url, str) else ""


def _collection(page: Page, told: dict[str, Json]) -> Reading:
    """Return what a collection leads to: manifests in order, then its next page."""
    names = ("items", "members", "manifests", "collections")
    members = [member for name in names for member in objects(told.get(name))]
    whole = [each for each in members if each.get("items") or each.get("sequences")]
    links = [_address(each) for each in members if _type(each) in _MANIFESTS and each not in whole]
    urls = dict.fromkeys(filter(None, map(page.absolute, links)))
    turning = [told.get("next")] if members else [told.get("first"), told.get("next")]
    further = [_address(each) if isinstance(each, dict) else each for each in turning]
    pages = [page.absolute(each) for each in further if isinstance(each, str)]
    pictures = [
        picture for each in whole if _type(each) == "manifest" for picture in _pictures(page, each)
    ]
    return Reading(
        frozenset({Kind.ALBUMS, Kind.LISTING} if pictures else {Kind.ALBUMS}),
        pictures=tuple(pictures),
        next_pages=tuple(dict.fromkeys(filter(None, pages))),
        sources=tuple(Source(url, "iiif", is_complete=True, rank=1) for url in urls),
        facts=facts_of_resource(told),
    )


def _pictures(page: Page, manifest: dict[str, Json]) -> Iterator[Picture]:
    facts = facts_of_resource(manifest)
    canvases = list(_canvases(manifest))
    chapters = _chapters(manifest)
    for canvas in canvases:
        told = facts_of_canvas(canvas, facts, is_only_one=len(canvases) == 1)
        if chapter := chapters.get(_address(canvas)):
            told = replace(told, tags=tuple(dict.fromkeys((*told.tags, chapter))))
        for resource in _painted(canvas):
            yield Picture(tuple(_candidates(page, resource, canvas)), told)


def _canvases(told: dict[str, Json], depth: int = 0) -> Iterator[dict[str, Json]]:
    if _type(told) == "canvas":
        yield told
    elif depth < _DEEPEST:
        for name in ("sequences", "canvases", "items"):
            for part in objects(told.get(name)):
                yield from _canvases(part, depth + 1)


def _chapters(manifest: dict[str, Json]) -> dict[str, str]:
    """Return the label of the innermost range that a canvas stands in, by its address."""
    found: dict[str, str] = {}
    waiting = [(part, 0) for part in objects(manifest.get("structures"))]
    while waiting:
        part, depth = waiting.pop()
        label = text_of(part.get("label"))
        inside = [*objects(part.get("items")), *entries(part.get("canvases"))]
        for each in inside:
            address = each if isinstance(each, str) else _address(each)
            if label and (isinstance(each, str) or _type(each) == "canvas"):
                found[address.partition("#")[0]] = label
            elif isinstance(each, dict) and depth < _DEEPEST:
                waiting.append((each, depth + 1))
    return found


def _painted(canvas: dict[str, Json]) -> Iterator[dict[str, Json]]:
    """Yield the pictures painted on a canvas; of a choice the first one, which is the default."""
    annotations = objects(canvas.get("images"))
    for part in objects(canvas.get("items")):
        annotations += objects(part.get("items"))
    for annotation in annotations:
        if not str(annotation.get("motivation") or "painting").endswith("painting"):
            continue
        for body in [*objects(annotation.get("resource")), *objects(annotation.get("body"))]:
            yield from _resource(body)


def _resource(body: dict[str, Json]) -> Iterator[dict[str, Json]]:
    if _type(body) == "choice":
        chosen = [*objects(body.get("default")), *objects(body.get("items"))]
        yield from chosen[:1]
    elif _type(body) == "specificresource":
        yield first(body.get("source")) or first(body.get("full"))
    elif _type(body) in ("image", ""):
        yield body


def _candidates(
    page: Page, resource: dict[str, Json], canvas: dict[str, Json]
) -> Iterator[Candidate]:
    """Yield the addresses of a picture, the likeliest original first.

    A body that is no request to the service is a file of its own: mostly the
    one that was uploaded. One that asks for less than the whole comes last.
    """
    url = page.absolute(_address(resource)) or ""
    service = service_in(resource.get("service"))
    body = body_of(url)
    width = whole_number(resource.get("width")) or whole_number(canvas.get("width"))
    height = whole_number(resource.get("height")) or whole_number(canvas.get("height"))
    is_bare_service = service is not None and url.rstrip("/") == service.url
    constructed = []
    if service is not None:
        width, height = service.width or width, service.height or height
        constructed = whole_picture(service, body.ending if body else "jpg")
    elif body is not None and not body.is_whole:
        constructed = [f"{body.service_url}/full/max/0/default.{body.ending}"]
        constructed.append(constructed[0].replace("/full/max/", "/full/full/"))
    is_whole = body is None or body.is_whole or bool(width and (body.width or 0) >= width)
    urls = [url, *constructed] if is_whole else [*constructed, url]
    if is_bare_service:
        urls = constructed
    for each in dict.fromkeys(filter(None, map(page.absolute, urls))):
        is_small = each == url and not is_whole
        measures = (body.width, None) if is_small and body else (width, height)
        yield Candidate(each, Clue.MANIFEST, *measures, is_preview=is_small)


def _of_service(page: Page, service: Service) -> Picture:
    urls = filter(None, map(page.absolute, whole_picture(service)))
    return Picture(
        tuple(Candidate(url, Clue.MANIFEST, service.width, service.height) for url in urls)
    )
