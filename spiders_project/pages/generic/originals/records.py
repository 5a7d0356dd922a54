"""Finds the pictures in values such as JSON holds, whatever their keys are called."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape

from spiders_project.pages.generic.originals.addresses import (
    Nature,
    is_picture_name,
    nature_of,
    word_set,
)
from spiders_project.pages.generic.originals.literals import Repeated, Value, value_of
from spiders_project.pages.generic.originals.names import same_picture
from spiders_project.pages.generic.originals.ranking import ranked
from spiders_project.pages.generic.originals.sizes import SMALL, pair_in, size_of_label, words_of
from spiders_project.pages.generic.originals.srcsets import candidates_in_srcset, is_srcset
from spiders_project.pages.generic.values import Candidate, Clue, Facts, Picture

_DEEPEST = 80
_PICTURE_WORDS = word_set(
    "src url image img picture photo pic file href path filename link media content display asset uri"
    " srcset download imageurl imgurl picurl photourl hover objurl middleurl"
)
_IMAGE_WORDS = _PICTURE_WORDS - word_set("url href path link file content media asset uri filename")
_FOREIGN = word_set(
    "author user owner avatar logo icon icons related recommended recommendations similar ad ads sponsor"
    " profile emoji social nav menu breadcrumb breadcrumbs comments comment favicon publisher photographer"
    " seo opengraph twitter background sprite loader spinner placeholder marker previous prev next"
    " advertisement banner blurhash theme i18n locale"
)
_INNER = word_set(
    "urls sizes src srcset source sources image img file media url links _links variants renditions versions"
    " formats thumbnails thumbnail resources resolutions derivatives assets size_variants attributes"
    " image_versions2 images files photo picture original full large medium small thumb"
)
_TITLES = ("title", "caption", "name", "headline", "subhtml", "label", "alt", "text")
_DESCRIPTIONS = ("description", "desc", "summary", "alt_description", "caption")
_BASE = re.compile(
    r"^(?:items?|images?|img|photos?|pictures?|gallery|thumbs?)?_?(?:base|root)_?(?:url|path|dir|uri)?$"
    r"|^(?:image|img|photo|picture)s?_?(?:path|dir|url_?prefix|prefix|folder)$",
    re.IGNORECASE,
)
_FOLDER = word_set("path dir folder directory album_path")
_TAGS = re.compile(r"<[^<>]{0,2000}>")

Absolute = Callable[[str], str | None]


@dataclass
class _Found:
    """What belongs to one picture."""

    candidates: list[Candidate]
    texts: dict[str, str] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    """By which the record itself is called: its id, its slug."""

    def join(self, other: "_Found") -> None:
        self.candidates += other.candidates
        for key, text in other.texts.items():
            self.texts.setdefault(key, text)
        self.names |= other.names


@dataclass(frozen=True)
class Record:
    """One picture of a list, and by which names a page may call it."""

    picture: Picture
    names: frozenset[str]


def pictures_of(value: Value, absolute: Absolute, clue: Clue = Clue.SCRIPT) -> tuple[Picture, ...]:
    """Return the pictures that a value holds, in its order; ``absolute`` resolves addresses."""
    return tuple(record.picture for record in records_of(value, absolute, clue))


def records_of(value: Value, absolute: Absolute, clue: Clue = Clue.SCRIPT) -> tuple[Record, ...]:
    """Return the pictures that a value holds, each address once.

    Addresses belong to one picture where they stand in one object or in a list of sizes; an object
    that has several pictures below it is an album, and its own picture a cover.
    """
    taken: set[str] = set()
    records = []
    for found in _Walk(absolute, clue).read(value, "", "", 0):
        candidates, is_doubtful = ranked(found.candidates)
        if not candidates or candidates[0].url in taken:
            continue
        taken.add(candidates[0].url)
        facts = Facts(title=_text(found, _TITLES), description=_text(found, _DESCRIPTIONS))
        if facts.description == facts.title:
            facts = Facts(title=facts.title)
        picture = Picture(candidates, facts, is_doubtful)
        records.append(Record(picture, frozenset(found.names)))
    return tuple(records)


def _text(found: _Found, keys: Iterable[str]) -> str | None:
    for key in keys:
        if text := found.texts.get(key):
            return text
    return None


class _Walk:
    def __init__(self, absolute: Absolute, clue: Clue) -> None:
        self._absolute = absolute
        self._clue = clue

    def read(self, value: Value, key: str, base: str, depth: int) -> list[_Found]:
        if depth > _DEEPEST or not value:
            return []
        if isinstance(value, str):
            return self._of_text(value, key, base, depth)
        if isinstance(value, list):
            return self._of_list(value, key, base, depth)
        return self._of_object(value, base, depth) if isinstance(value, dict) else []

    # --- texts

    def _of_text(self, text: str, key: str, base: str, depth: int) -> list[_Found]:
        if len(text) > 2000 or text.startswith(("{", "[")):
            is_embedded = depth < 40 and ('{"' in text or '["' in text or "[{" in text)
            return self.read(value_of(text), key, base, max(depth, 20) + 10) if is_embedded else []
        if ("srcset" in key.lower() or " " in text) and is_srcset(text):
            found = list(candidates_in_srcset(text, lambda link: self._url(link, base), key))
            return [_Found(found)] if found else []
        candidate = self._candidate(text, key, base)
        return [_Found([candidate])] if candidate else []

    def _candidate(
        self, text: str, key: str, base: str, size: tuple[int | None, int | None] = (None, None)
    ) -> Candidate | None:
        if not _may_be_picture(text, key, size[0] is not None):
            return None
        url = self._url(text, base)
        if url is None or nature_of(url) in (Nature.OTHER, Nature.PAGE):
            return None
        words = size_of_label(key)
        is_small = words is not None and words < SMALL
        return Candidate(url, self._clue, *size, is_preview=is_small, label=key[:80])

    def _url(self, link: str, base: str) -> str | None:
        link = unescape(link) if "&" in link else link
        if base and not re.match(r"[a-z]+:|/", link, re.IGNORECASE):
            link = base.rstrip("/") + "/" + link
        return self._absolute(link)

    # --- lists

    def _of_list(self, values: list[Value], key: str, base: str, depth: int) -> list[_Found]:
        if sized := self._sized(values, key, base):
            return [sized]
        parts = [self.read(value, key, base, depth + 1) for value in values]
        found = [one for part in parts for one in part]
        if len(found) < 2:
            if len(found) == 1:
                _take_texts_of_list(found[0], values)
            return found
        if all(isinstance(value, str) for value in values) and not isinstance(values, Repeated):
            return self._of_texts(values, found)
        is_one_each = all(len(part) <= 1 for part in parts)
        if is_one_each and not isinstance(values, Repeated) and _are_sizes(values, found, key):
            return [_joined(found)]
        return found

    def _sized(self, values: list[Value], key: str, base: str) -> _Found | None:
        """Read ``["photo.jpg", [1600, 1200]]`` and ``["photo.jpg", 1600, 1200]``."""
        if not 2 <= len(values) <= 3 or not isinstance(values[0], str):
            return None
        rest = values[1] if len(values) == 2 and isinstance(values[1], list) else values[1:]
        numbers = (
            [n for n in rest if isinstance(n, int) and n > 1] if isinstance(rest, list) else []
        )
        if len(numbers) != 2 or not isinstance(rest, list) or len(rest) != 2:
            return None
        candidate = self._candidate(values[0], key, base, (numbers[0], numbers[1]))
        return _Found([candidate]) if candidate else None

    def _of_texts(self, values: list[Value], found: list[_Found]) -> list[_Found]:
        """Read a list of addresses: of pictures, or the sizes of one with its title."""
        first = found[0].candidates[0].url
        if len(found) <= 12 and all(same_picture(first, f.candidates[0].url) for f in found[1:]):
            one = _joined(found)
            _take_texts_of_list(one, values)
            return [one]
        return found

    # --- objects

    def _of_object(self, value: dict[str, Value], base: str, depth: int) -> list[_Found]:
        base = _base_of(value, base)
        own = self._own(value, base)
        many: list[_Found] = []
        single: list[tuple[str, _Found]] = []
        for key, child in value.items():
            if not isinstance(child, (dict, list)) and not _is_long(child):
                continue
            if _is_foreign(key):
                continue
            found = self.read(child, key, base, depth + 1)
            if len(found) == 1:
                single.append((key, found[0]))
            else:
                many += found
        return self._put_together(value, own, single, many)

    def _put_together(
        self,
        value: dict[str, Value],
        own: list[Candidate],
        single: list[tuple[str, _Found]],
        many: list[_Found],
    ) -> list[_Found]:
        record = _Found(own, _texts_of(value), _names_of(value))
        apart: list[_Found] = []
        for key, found in single:
            if _is_inner(key) or (len(single) == 1 and not own):
                record.join(found)
            else:
                apart.append(found)
        if many and own and not apart:
            return many
        if not record.candidates:
            return [*apart, *many]
        return [record, *apart, *many]

    def _own(self, value: dict[str, Value], base: str) -> list[Candidate]:
        """Return the addresses that an object itself holds of one picture."""
        core: list[Candidate] = []
        others: list[Candidate] = []
        for key, text in value.items():
            if isinstance(text, Repeated) or not isinstance(text, str) or _is_long(text):
                continue
            if ("srcset" in key.lower() or " " in text) and is_srcset(text):
                core += [one for f in self._of_text(text, key, base, 0) for one in f.candidates]
                continue
            size = _size_in(value, key)
            if _is_foreign(key) or not (candidate := self._candidate(text, key, base, size)):
                continue
            is_known = size_of_label(key) is not None or _PICTURE_WORDS.intersection(words_of(key))
            (core if is_known or pair_in(key) else others).append(candidate)
        if core:
            first = core[0].url
            return core + [one for one in others if same_picture(first, one.url)]
        return others


def _may_be_picture(text: str, key: str, has_size: bool) -> bool:
    if not 3 < len(text) <= 2000 or "\n" in text or text.startswith(("data:", "blob:", "#", "<")):
        return False
    if is_picture_name(text):
        return len(text) < 400 or " " not in text
    if not text.startswith(("http://", "https://", "/")) or " " in text or len(text) < 8:
        return False
    words = set(words_of(key))
    is_named = (
        bool(_IMAGE_WORDS & words) or size_of_label(key) is not None or pair_in(key) is not None
    )
    return is_named or (has_size and bool(_PICTURE_WORDS & words))


def _is_long(value: Value) -> bool:
    return isinstance(value, str) and (len(value) > 2000 or value.startswith(("{", "[")))


def _is_foreign(key: str) -> bool:
    words = words_of(key)
    return bool(_FOREIGN.intersection(words[-1:] + words[:1])) if key else False


def _is_inner(key: str) -> bool:
    return key.lower() in _INNER or size_of_label(key) is not None or pair_in(key) is not None


def _base_of(value: dict[str, Value], base: str) -> str:
    for key, text in value.items():
        if not isinstance(text, str) or len(text) > 500 or is_picture_name(text):
            continue
        if _BASE.match(key) or (key.lower() in _FOLDER and _holds_bare_name(value)):
            is_whole = bool(re.match(r"[a-z]+:|/", text, re.IGNORECASE)) or not base
            return text if is_whole else f"{base.rstrip('/')}/{text}"
    return base


def _holds_bare_name(value: dict[str, Value]) -> bool:
    return any(
        isinstance(text, str) and len(text) < 200 and "/" not in text and is_picture_name(text)
        for text in value.values()
    )


def _size_in(value: dict[str, Value], key: str) -> tuple[int | None, int | None]:
    """Return the size that an object tells of the address under a key: of url_o, width_o."""
    if pair := pair_in(key):
        return pair
    suffix = re.search(r"[_-]([a-z]{1,2})$", key)
    if suffix and (width := _number(value.get(f"width_{suffix[1]}"))):
        return width, _number(value.get(f"height_{suffix[1]}"))
    stem = re.sub(r"(?i)(?:[-_]?(?:src|url|uri|path|href|link))$", "", key)
    for width_name, height_name in (
        (f"{stem}_width", f"{stem}_height"),
        (f"{stem}Width", f"{stem}Height"),
    ):
        if width := _number(value.get(width_name)):
            return width, _number(value.get(height_name))
    words = size_of_label(key)
    if words is not None and words < SMALL:
        return None, None
    for width_name, height_name in (("width", "height"), ("w", "h")):
        if width := _number(value.get(width_name)):
            return width, _number(value.get(height_name))
    return None, None


def _number(value: Value) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, str) and value[:8].isdecimal() and len(value) < 6:
        value = int(value)
    return int(value) if isinstance(value, (int, float)) and 0 < value < 100_000 else None


def _texts_of(value: dict[str, Value]) -> dict[str, str]:
    texts = {}
    for key, field_value in value.items():
        name, text = key.lower(), field_value
        if name not in _TITLES and name not in _DESCRIPTIONS:
            continue
        if isinstance(text, dict):
            text = next(
                (t for t in (text.get("rendered"), text.get("_content"), text.get("en")) if t), None
            )
        if isinstance(text, str) and (clean := _clean(text)) and not clean.startswith("http"):
            texts[name] = clean
    return texts


def _clean(text: str) -> str:
    return " ".join(unescape(_TAGS.sub(" ", text[:5000])).split())


def _names_of(value: dict[str, Value]) -> set[str]:
    names = (
        value.get(key)
        for key in ("id", "slug", "_id", "uuid", "photoId", "photo_id", "key", "code")
    )
    return {str(name) for name in names if isinstance(name, (str, int)) and name}


def _take_texts_of_list(found: _Found, values: list[Value]) -> None:
    """Take the first text beside the addresses of a list as the title."""
    for value in values:
        clean = _clean(value) if isinstance(value, str) and not is_picture_name(value) else ""
        if clean and not clean.startswith(("http", "/")) and not clean.isdecimal():
            found.texts.setdefault("title", clean)
            return


def _joined(found: list[_Found]) -> _Found:
    one = _Found([])
    for other in found:
        one.join(other)
    return one


def _are_sizes(values: list[Value], found: list[_Found], key: str) -> bool:
    """Return whether the objects of a list are the sizes of one picture."""
    urls = [one.candidates[0].url for one in found]
    widths = [one.candidates[0].width for one in found]
    if len(found) > 40:
        return False
    labels = list(_labels(values))
    if len(labels) >= 2 and len(set(labels)) == len(labels) >= len(found) - 1:
        return True
    are_wide = None not in widths and len(set(widths)) == len(widths)
    if are_wide and key.lower() in _INNER - {"images", "files", "media", "assets"}:
        return True
    return all(same_picture(urls[0], url) for url in urls[1:]) and len(set(urls)) == len(urls)


def _labels(values: list[Value]) -> Iterator[str]:
    """Yield the size words by which the objects of a list are called."""
    for value in values:
        if isinstance(value, dict):
            for key in ("label", "size", "type", "name", "format", "rel", "variant", "kind"):
                text = value.get(key)
                if isinstance(text, str) and len(text) < 30 and size_of_label(text) is not None:
                    yield text
                    break
