"""Reads title, author, licence and the like from an object of JSON data."""

import re

from spiders_project.pages.generic.dates import date_of
from spiders_project.pages.generic.loose import Json, at, first, first_text, words_in
from spiders_project.pages.generic.spelling.addresses import is_picture_name
from spiders_project.pages.generic.values import Facts

_TITLES = (
    *("title", "caption", "headline", "label", "name", "alt", "alttext", "imagetitle"),
    *("phototitle", "displayname", "heading", "subject", "subhtml", "text"),
)
"""As all keys here: in small letters, without what joins words."""
_DESCRIPTIONS = (
    *("description", "desc", "longdesc", "summary", "body", "text", "comment", "caption"),
    *("subtitle", "altdescription", "alt", "alttext"),
)
_AUTHORS = (
    *("author", "artist", "photographer", "creator", "credit", "credits", "byline", "copyright"),
    *("owner", "user", "ownername", "authorname", "uploader"),
)
_LICENSES = ("licenseurl", "license", "licence", "rights")
_DATES = (
    *("published", "datepublished", "taken", "takenat", "datetaken", "date", "created"),
    *("createdat", "datetime", "datetimeoriginal", "uploaded", "uploaddate", "time"),
    *("timestamp", "dategmt"),
)
_TAGS = ("tags", "keywords", "labels", "topics", "subjects")
_CATEGORIES = ("category", "album", "albumtitle", "group", "section")
_JOINTS = str.maketrans("", "", "_- ")
_LONGEST_TITLE = 80
_EXIF = re.compile(r"^(?:exif|meta|metadata|info|iptc)$", re.IGNORECASE)


def title_of(value: dict[str, Json]) -> str | None:
    """Return the title of an object, whatever it is; no file name."""
    return _title(_plainly(value))


def _plainly(value: dict[str, Json]) -> dict[str, Json]:
    """Return an object with its keys as the tables above spell them; the first one counts."""
    told: dict[str, Json] = {}
    for key, held in value.items():
        told.setdefault(key.lower().translate(_JOINTS), held)
    return told


def _title(told: dict[str, Json]) -> str | None:
    return first_text(*(_words(told.get(key)) for key in _TITLES))


def facts_of_record(value: dict[str, Json], file_name: str) -> Facts:
    """Return what an object says of the picture whose file is named so."""
    within = {k: v for key in value if _EXIF.match(key) for k, v in first(value[key]).items()}
    told = _plainly({**value, **{key: held for key, held in within.items() if key not in value}})
    title = _title(told)
    if title and title.casefold() == file_name.rpartition(".")[0].casefold():
        # IMG_2031 is no title, but a heron may be called heron.jpg.
        title = title if " " in title or title.isalpha() else None
    description = first_text(*(_words(told.get(key)) for key in _DESCRIPTIONS))
    if title is None and description is not None and len(description) <= _LONGEST_TITLE:
        title = description
    return Facts(
        title=title,
        tags=_tags(told),
        author=first_text(*(_person(told.get(key)) for key in _AUTHORS)),
        license=first_text(*(_licence(told.get(key)) for key in _LICENSES)),
        published=next(filter(None, (date_of(told.get(key)) for key in _DATES)), None),
        description=description if description != title else None,
        category=first_text(*(_words(told.get(key)) for key in _CATEGORIES)),
    )


def _words(value: Json) -> str | None:
    """Return a text that is no file name; of several languages the English or the first one."""
    if isinstance(value, dict):
        told = (value.get(key) for key in ("rendered", "en", "_content", "none", *list(value)[:3]))
        value = next((each for each in told if each), None)
    if isinstance(value, list):
        value = value[0] if value else None
    is_text = isinstance(value, str) and not is_picture_name(value)
    return value if is_text and not str(value).startswith(("http:", "https:", "data:")) else None


def _person(value: Json) -> str | None:
    if isinstance(value, dict):
        return first_text(*(at(value, key) for key in ("name", "title", "username", "nickname")))
    return _words(value)


def _licence(value: Json) -> str | None:
    if isinstance(value, dict):
        return first_text(*(at(value, key) for key in ("url", "name", "title")))
    return value if isinstance(value, str) else None


def _tags(value: dict[str, Json]) -> tuple[str, ...]:
    for key in _TAGS:
        told = value.get(key)
        if isinstance(told, list):
            told = [_person(tag) if isinstance(tag, dict) else tag for tag in told]
        if tags := words_in(told):
            return tags
    return ()
