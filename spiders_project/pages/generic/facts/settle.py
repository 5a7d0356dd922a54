"""Decides between what the parts of a page say of one picture."""

import re
from collections.abc import Iterable, Sequence

from spiders_project.pages.generic.dates import iso_date
from spiders_project.pages.generic.facts.button_words import HOMES
from spiders_project.pages.generic.facts.empty_words import (
    is_camera_name,
    is_empty,
    is_file_name,
    is_numbered,
    title_in_name,
)
from spiders_project.pages.generic.facts.evidence import Evidence, Voice
from spiders_project.pages.generic.facts.labels import name_after_by
from spiders_project.pages.generic.facts.roles import Role
from spiders_project.pages.generic.texts import clean
from spiders_project.pages.generic.values import Facts

LONGEST_TITLE = 250
_LONGEST_NAME = 200
_LONGEST_TAG = 80
_LONGEST_TEXT = 5000
_MOST_TAGS = 100
_SEPARATORS = re.compile(r"\s*[,，、;；|#\n]\s*|\s{2,}")
_WORD = re.compile(r"[^\W\d_]{3}|[\u3040-\u30ff\u3400-\u9fff]{2}")
_READ_ON = re.compile(
    r"[\s\[(…]*(?:continue reading|read (?:more|on)|weiterlesen|lire la suite|leer más|leggi tutto"
    r"|читать далее|阅读全文|查看全文|続きを読む)[\s\])…→»]*$",
    re.IGNORECASE,
)
_COUNT = re.compile(r"\s*[(（\[]\s*\d+\s*[)）\]]$")


def settle(evidence: Iterable[Evidence], language: str) -> Facts:
    """Return the facts that the loudest voices tell."""
    heard: dict[Role, list[Evidence]] = {role: [] for role in Role}
    for each in evidence:
        heard[each.role].append(each)
    for voices in heard.values():
        voices.sort(key=lambda each: each.voice)
    title = _title([each.text for each in heard[Role.TITLE]])
    return Facts(
        title=title,
        tags=_tags(heard[Role.TAG]),
        author=_author(heard[Role.AUTHOR]),
        license=_license(heard[Role.LICENSE]),
        published=next(
            (day for each in heard[Role.PUBLISHED] if (day := iso_date(each.text, language))), None
        ),
        description=_description(heard[Role.DESCRIPTION], title),
        category=_category(heard[Role.CATEGORY]),
    )


def norm(text: str) -> str:
    """Return a text as texts are compared: in small letters, with single spaces."""
    return " ".join(text.split()).casefold()


def _title(texts: Sequence[str]) -> str | None:
    """Return the first title that says something; otherwise what the name of a file says."""
    empty = []
    for each in texts:
        if (text := clean(each, LONGEST_TITLE)) is None:
            continue
        if not is_empty(text):
            return text
        empty.append(text)
    return _last_resort(empty)


def _last_resort(texts: Sequence[str]) -> str | None:
    """Return a title from texts that are none: words in the name of a file, a number, any name."""
    names = [
        name
        for text in texts
        if (is_file_name(text) or "://" in text or is_camera_name(text))
        and (name := clean(title_in_name(text), LONGEST_TITLE))
    ]
    in_words = (name for name in names if _WORD.search(name) and not is_camera_name(name))
    numbered = (text for text in texts if is_numbered(text) and texts.count(text) > 1)
    return next(iter([*in_words, *numbered, *names]), None)


def _author(heard: Sequence[Evidence]) -> str | None:
    for each in heard:
        text = clean(each.text, _LONGEST_NAME)
        name = (name_after_by(text) or text) if text else ""
        if name and not is_empty(name) and not name.startswith(("http:", "https:", "//")):
            return name
    return None


def _license(heard: Sequence[Evidence]) -> str | None:
    texts = [text for each in heard if (text := clean(each.text, _LONGEST_NAME))]
    addresses = [text for text in texts if text.startswith(("https://", "http://"))]
    return next(iter([*addresses, *texts]), None)


def _description(heard: Sequence[Evidence], title: str | None) -> str | None:
    for each in heard:
        text = _READ_ON.sub("", clean(each.text, _LONGEST_TEXT) or "")
        if text and not is_empty(text) and norm(text) != norm(title or ""):
            return text
    return None


def _category(heard: Sequence[Evidence]) -> str | None:
    for each in heard:
        text = clean(_COUNT.sub("", each.text[:_LONGEST_TEXT]), _LONGEST_NAME)
        if text and not is_empty(text) and norm(text) not in HOMES:
            return text
    return None


def _tags(heard: Sequence[Evidence]) -> tuple[str, ...]:
    """Return the tags of the loudest voice that names any, each once."""
    found: dict[str, str] = {}
    loudest: Voice | None = None
    for each in heard:
        if found and each.voice != loudest:
            break
        loudest = each.voice
        for part in _SEPARATORS.split(each.text[:_LONGEST_TEXT]):
            tag = clean(_COUNT.sub("", part), _LONGEST_TAG)
            if tag and any(map(str.isalnum, tag)) and len(found) < _MOST_TAGS:
                found.setdefault(norm(tag), tag)
    return tuple(found.values())
