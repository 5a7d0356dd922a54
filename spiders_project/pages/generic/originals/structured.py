"""The pictures that JSON-LD describes."""

from collections.abc import Iterator

from spiders_project.pages.generic.data.json_ld import json_ld_of
from spiders_project.pages.generic.data.literals import Value
from spiders_project.pages.generic.loose import pixels
from spiders_project.pages.generic.originals.ranking import ranked
from spiders_project.pages.generic.spelling.addresses import Nature, nature_of, word_set
from spiders_project.pages.generic.spelling.sameness import same_picture
from spiders_project.pages.generic.values import Candidate, Clue, Facts, Picture
from spiders_project.pages.page import Page

_IMAGES = frozenset(["ImageObject", "Photograph", "VisualArtwork", "Painting", "Photo", "Barcode"])
_ADDRESSES = ("contentUrl", "contentURL", "url", "image", "thumbnailUrl", "thumbnail")
_FOREIGN = word_set(
    "logo author publisher creator copyrightHolder contributor brand isPartOf itemListElement actor"
    " provider breadcrumb potentialAction relatedLink sponsor review comment"
)
_DEEPEST = 30


def pictures_in_json_ld(page: Page) -> tuple[Picture, ...]:
    """Return the pictures that the JSON-LD of a page describes, each once."""
    pictures: list[Picture] = []
    seen: set[str] = set()
    for value in json_ld_of(page):
        for picture in _read(page, value, "", 0):
            url = picture.candidates[0].url
            if url not in seen:
                seen.add(url)
                pictures.append(picture)
    if 1 < len(pictures) <= 20:
        return tuple(_without_repeats(pictures))
    return tuple(pictures)


def _without_repeats(pictures: list[Picture]) -> Iterator[Picture]:
    kept: list[str] = []
    for picture in pictures:
        url = picture.candidates[0].url
        if not any(same_picture(url, other) for other in kept):
            kept.append(url)
            yield picture


def _read(page: Page, value: Value, key: str, depth: int) -> Iterator[Picture]:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for item in value:
            yield from _read(page, item, key, depth + 1)
    elif isinstance(value, dict):
        kinds = value.get("@type")
        names = kinds if isinstance(kinds, list) else [kinds]
        is_image = any(isinstance(name, str) and name in _IMAGES for name in names)
        if is_image and (picture := _image(page, value)):
            yield picture
            return
        for name, child in value.items():
            if name not in _FOREIGN:
                yield from _read(page, child, name, depth + 1)
    elif isinstance(value, str) and key in ("image", "primaryImageOfPage", "associatedMedia"):
        url = page.absolute(value)
        if url and nature_of(url) is not Nature.PAGE:
            yield Picture((Candidate(url, Clue.JSON_LD, label="image"),))


def _image(page: Page, value: dict[str, Value]) -> Picture | None:
    size = _measure(value.get("width")), _measure(value.get("height"))
    candidates = []
    for key in _ADDRESSES:
        for text in _texts(value.get(key)):
            url = page.absolute(text)
            is_page = url is None or nature_of(url) in (Nature.PAGE, Nature.OTHER)
            if url is None or is_page or (key == "url" and nature_of(url) is not Nature.FILE):
                continue
            is_small = key.startswith("thumb")
            known = (None, None) if is_small else size
            candidates.append(Candidate(url, Clue.JSON_LD, *known, is_preview=is_small, label=key))
    order, is_doubtful = ranked(candidates)
    names = (value.get(key) for key in ("name", "caption", "headline"))
    title = next((" ".join(n.split()) for n in names if isinstance(n, str) and n.strip()), None)
    return Picture(order, Facts(title=title), is_doubtful) if order else None


def _texts(value: Value) -> Iterator[str]:
    for item in value if isinstance(value, list) else [value]:
        text = item.get("contentUrl") or item.get("url") if isinstance(item, dict) else item
        if isinstance(text, str):
            yield text


def _measure(value: Value) -> int | None:
    return pixels(value.get("value") if isinstance(value, dict) else value)
