"""What lies beside pictures, and in feeds: the items in which they were found."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from spiders_project.catalogue.pages import ReadPage
from spiders_project.catalogue.picture import Place
from spiders_project.catalogue.schema import DETAIL

_OF_THE_DETAIL = (
    "title",
    "image_urls",
    "tags",
    "author",
    "license",
    "published",
    "description",
)


def places_in(sidecar: Path, sha256: str) -> Iterator[Place]:
    """Return where a picture was found, as its sidecar says; none where that makes no sense."""
    try:
        item = json.loads(sidecar.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return
    for place, found in places_of(item):
        if found == sha256:
            yield place


def places_of(item: Any) -> Iterator[tuple[Place, str]]:
    """Return the places of an item's pictures, each with the sha256 of what was found there."""
    if not isinstance(item, Mapping):
        return
    images = item.get("images")
    for image in images if isinstance(images, list) else ():
        # Other programs write files of this name, too.
        if not isinstance(image, Mapping):
            continue
        page, address = item.get("page_url"), image.get("url")
        if not isinstance(page, str) or not isinstance(address, str):
            continue
        opt_outs = image.get("opt_outs")
        place = Place(
            page=page,
            address=address,
            site=_text(item.get("site")),
            category=_text(item.get("category")),
            title=_text(item.get("title")),
            opt_outs=opt_outs if isinstance(opt_outs, list) else (),
        )
        yield place, str(image.get("sha256"))


def page_of(item: Any) -> ReadPage | None:
    """Return the detail page of an item as a crawl would remember it."""
    if not isinstance(item, Mapping) or not isinstance(item.get("page_url"), str):
        return None
    detail = {name: item[name] for name in _OF_THE_DETAIL if name in item}
    if not isinstance(detail.get("image_urls"), list) or "title" not in detail:
        return None
    facts = {"url": item["page_url"], "detail": detail, "opt_outs": item.get("opt_outs") or []}
    site, category = _text(item.get("site")), _text(item.get("category"))
    return ReadPage(item["page_url"], DETAIL, site, category, facts)


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None
