"""What a IIIF manifest, range or canvas says of its pictures, in whichever language."""

import re
from collections.abc import Iterator

from spiders_project.pages.generic.dates import date_of
from spiders_project.pages.generic.loose import (
    Json,
    entries,
    first,
    first_text,
    objects,
    plain,
    words_in,
)
from spiders_project.pages.generic.values import Facts

_LANGUAGES = ("en", "none", "@none", "")
_PAGE_LABEL = re.compile(
    r"^\W*(?:(?:page|p|pp|folio|fol|f|ff|image|img|canvas|seite|bl|blatt|view|vue|plate|pl|no|nr|#)"
    r"\W*)?(?:\[?\d{1,5}\]?|[ivxlcdm]{1,8})\s*[rv]?\W*$",
    re.IGNORECASE,
)
_LABELS = {
    "author": re.compile(
        r"creator|author|artist|photographer|maker|painter|engraver|urheber|autor|auteur|künstler"
        r"|fotograf|kunstenaar|作者|撮影|person",
        re.IGNORECASE,
    ),
    "published": re.compile(r"date|datum|datierung|jahr|year|created|fecha|年|日期", re.IGNORECASE),
    "tags": re.compile(r"subject|keyword|tag|topic|schlagw|thema|sujet|mots|关键", re.IGNORECASE),
    "license": re.compile(r"rights|licen|lizenz|rechte|droits|copyright|版权", re.IGNORECASE),
    "description": re.compile(r"descri|beschreib|abstract|note|summary|简介|说明", re.IGNORECASE),
    "title": re.compile(r"^\W*(?:title|titel|titre|titolo|t[ií]tulo|标题|名称)\W*$", re.IGNORECASE),
}


def text_of(value: Json) -> str | None:
    """Return a text of Presentation 2 (text, list, ``@value``) or 3 (a list for each language)."""
    return next(iter(texts_of(value)), None)


def texts_of(value: Json) -> list[str]:
    """Return the texts of one language: English, none in particular, or the first one."""
    if isinstance(value, dict) and "@value" not in value:
        key = next((each for each in _LANGUAGES if value.get(each)), next(iter(value), ""))
        return texts_of(value.get(key))
    if isinstance(value, dict):
        return texts_of(value["@value"])
    parts = sorted(
        (part for part in entries(value) if isinstance(part, dict | str)),
        key=lambda part: _rank(part) if isinstance(part, dict) else 0,
    )
    best = _rank(parts[0]) if parts and isinstance(parts[0], dict) else 0
    told = [part for part in parts if not isinstance(part, dict) or _rank(part) == best]
    return list(filter(None, (plain(p.get("@value") if isinstance(p, dict) else p) for p in told)))


def _rank(part: dict[str, Json]) -> int:
    language = str(part.get("@language") or "").partition("-")[0].lower()
    return _LANGUAGES.index(language) if language in _LANGUAGES else len(_LANGUAGES)


def facts_of_resource(told: dict[str, Json]) -> Facts:
    """Return what a manifest, a canvas or a collection says of itself."""
    metadata = dict(_metadata(told))
    return Facts(
        title=text_of(told.get("label")) or first_text(*metadata.get("title", ())),
        tags=words_in(metadata.get("tags", [])),
        author=", ".join(metadata.get("author", [])[:5]) or None,
        license=_license(told) or next(iter(metadata.get("license", [])), None),
        published=_date(told, metadata),
        description=first_text(
            text_of(told.get("summary")),
            text_of(told.get("description")),
            *metadata.get("description", ()),
        ),
    )


def _metadata(told: dict[str, Json]) -> Iterator[tuple[str, list[str]]]:
    """Yield the texts by the fact that their label speaks of, the last label first."""
    for pair in reversed(objects(told.get("metadata"))):
        label = text_of(pair.get("label")) or ""
        for fact, pattern in _LABELS.items():
            if pattern.search(label):
                yield fact, texts_of(pair.get("value"))
                break


def _license(told: dict[str, Json]) -> str | None:
    statement = first(told.get("requiredStatement"))
    addresses = [*entries(told.get("rights")), *entries(told.get("license"))]
    return first_text(
        *(each.get("@id") if isinstance(each, dict) else each for each in addresses),
        text_of(statement.get("value")),
        text_of(told.get("attribution")),
    )


def _date(told: dict[str, Json], metadata: dict[str, list[str]]) -> str | None:
    dates = [told.get("navDate"), *metadata.get("published", ())]
    return next(filter(None, map(date_of, dates)), None)


def facts_of_canvas(canvas: dict[str, Json], manifest: Facts, *, is_only_one: bool) -> Facts:
    """Return the facts of one picture: its own, then those of the manifest.

    A label that only counts, such as ``f. 1r``, stands behind the manifest's.
    """
    own = facts_of_resource(canvas)
    title = own.title
    if title is None or (is_only_one and _PAGE_LABEL.match(title)):
        title = manifest.title
    elif _PAGE_LABEL.match(title) and manifest.title:
        title = f"{manifest.title}, {title}"
    return Facts(
        title,
        own.tags or manifest.tags,
        own.author or manifest.author,
        own.license or manifest.license,
        own.published or manifest.published,
        own.description or manifest.description,
        category=manifest.title,
    )
