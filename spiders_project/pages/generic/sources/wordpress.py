"""Asks WordPress for its media: a hundred pictures a request, with the file that was uploaded.

Asked by number (``include``) for the pictures that a page shows, the answer is
complete for that page; without numbers it lists the media of the whole site.
"""

import re
from urllib.parse import urlencode

from spiders_project.pages.generic.data.record_facts import facts_of_record
from spiders_project.pages.generic.dates import date_of
from spiders_project.pages.generic.loose import (
    Json,
    at,
    first,
    json_of,
    plain,
    whole_number,
    words_in,
)
from spiders_project.pages.generic.sources.turning import with_query
from spiders_project.pages.generic.values import Candidate, Clue, Facts, Kind, Picture, Reading
from spiders_project.pages.page import Page

_MOST = 100
"""per_page is 100 at most (REST API handbook, pagination)."""
_FIELDS = (
    "id,date_gmt,title,caption,description,alt_text,media_type,mime_type,media_details,source_url"
)
_NUMBER = re.compile(r"\bwp-image-(\d{1,9})\b|\bgallery-\d+-(\d{1,9})\b")


def media_addresses(page: Page, api: str) -> list[str]:
    """Return the requests for the pictures that a page shows, at the address of its REST API."""
    numbers = dict.fromkeys(_numbers(page))
    chunks = [list(numbers)[at : at + _MOST] for at in range(0, len(numbers), _MOST)]
    return [_media(api, {"include": ",".join(chunk)}) for chunk in chunks]


def site_media(api: str) -> str:
    """Return the request for the first hundred pictures of a whole site."""
    return _media(api, {"media_type": "image", "page": "1"})


def _media(api: str, query: dict[str, str]) -> str:
    # Without pretty permalinks the API is a parameter: /?rest_route=/
    url = api.rstrip("/") + "/wp/v2/media"
    if "rest_route=" in api:
        return url + "&" + urlencode({**query, "per_page": _MOST, "_fields": _FIELDS})
    return url + "?" + urlencode({**query, "per_page": _MOST, "_fields": _FIELDS})


def _numbers(page: Page) -> list[str]:
    found = []
    for image in page.selector.root.iter("img"):
        told = f"{image.get('class') or ''} {image.get('aria-describedby') or ''}"
        number = _NUMBER.search(told)
        numbered = image.get("data-id") or image.get("data-attachment-id") or ""
        if number:
            found.append(number[1] or number[2])
        elif numbered.isascii() and numbered.isdigit():
            found.append(numbered)
    return found


def read_media(page: Page) -> Reading:
    """Return the pictures of an answer of ``wp/v2/media``, a list or a single one."""
    told = json_of(page.text)
    media = [each for each in (told if isinstance(told, list) else [told]) if _is_picture(each)]
    pictures = [picture for each in media if (picture := _picture(page, each)).candidates]
    return Reading(
        frozenset({Kind.LISTING} if pictures else {Kind.NONE}),
        pictures=tuple(pictures),
        next_pages=_next_pages(page, len(told) if isinstance(told, list) else 0),
    )


def _is_picture(each: Json) -> bool:
    if not isinstance(each, dict) or not isinstance(each.get("source_url"), str):
        return False
    return str(each.get("mime_type") or "image/").startswith("image/")


def _next_pages(page: Page, count: int) -> tuple[str, ...]:
    """Return the next page: the header names it, and a full page without header has one."""
    for relation, url in page.header_links:
        if relation == "next":
            return (url,)
    number = re.search(r"[?&]page=(\d{1,6})", page.url)
    if page.header_links or number is None or count < _MOST:
        return ()
    return (with_query(page.url, {"page": str(int(number[1]) + 1)}),)


def _picture(page: Page, each: dict[str, Json]) -> Picture:
    """Return a picture, its upload first: ``-scaled`` files are made of it (WordPress 5.3)."""
    details = first(each.get("media_details"))
    source = each["source_url"]
    folder = source.rpartition("/")[0]
    found = []
    if isinstance(original := details.get("original_image"), str):
        found.append((f"{folder}/{original}", None, None, False))
    found.append((source, details.get("width"), details.get("height"), False))
    for name, size in first(details.get("sizes")).items():
        is_full = name == "full"
        link = at(size, "source_url") or f"{folder}/{at(size, 'file') or ''}"
        found.append((link, at(size, "width"), at(size, "height"), not is_full))
    candidates: dict[str, Candidate] = {}
    for link, width, height, is_preview in found:
        if isinstance(link, str) and (url := page.absolute(link)):
            one = Candidate(url, Clue.API, whole_number(width), whole_number(height), is_preview)
            candidates.setdefault(url, one)
    return Picture(tuple(sorted(candidates.values(), key=_smallness)), _facts(each, source))


def _smallness(candidate: Candidate) -> tuple[bool, int]:
    return candidate.is_preview, -(candidate.width or 0) if candidate.is_preview else 0


def _facts(each: dict[str, Json], source: str) -> Facts:
    told = facts_of_record(each, source.rpartition("/")[2])
    meta = first(at(each, "media_details", "image_meta"))
    caption = plain(at(each, "caption", "rendered"))
    description = plain(at(each, "description", "rendered"))
    return Facts(
        title=told.title,
        tags=words_in(meta.get("keywords")),
        author=plain(meta.get("credit")),
        license=plain(meta.get("copyright")),
        published=date_of(each.get("date_gmt") or each.get("date")),
        description=caption or plain(each.get("alt_text")) or description,
    )
