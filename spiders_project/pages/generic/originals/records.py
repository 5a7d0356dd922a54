"""Finds the pictures in values such as JSON holds, whatever their keys are called."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from spiders_project.pages.generic.originals import fields
from spiders_project.pages.generic.originals.literals import Block, Repeated, Value, value_of
from spiders_project.pages.generic.originals.ranking import ranked
from spiders_project.pages.generic.originals.sameness import same_picture
from spiders_project.pages.generic.spelling.addresses import Nature, nature_of
from spiders_project.pages.generic.spelling.sizes import is_small, size_of_label
from spiders_project.pages.generic.srcset import candidates_in_srcset, is_srcset
from spiders_project.pages.generic.values import Candidate, Clue, Facts, Picture

_DEEPEST = 80
_MOST_SIZES = 40
Absolute = Callable[[str], str | None]


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
        title = fields.text_in(found.texts, fields.TITLES)
        description = fields.text_in(found.texts, fields.DESCRIPTIONS)
        facts = Facts(title=title, description=description if description != title else None)
        records.append(Record(Picture(candidates, facts, is_doubtful), frozenset(found.names)))
    return tuple(records)


@dataclass
class _Found:
    """What belongs to one picture."""

    candidates: list[Candidate]
    texts: dict[str, str] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)

    @property
    def url(self) -> str:
        return self.candidates[0].url

    def join(self, other: "_Found") -> None:
        self.candidates += other.candidates
        self.texts = other.texts | self.texts
        self.names |= other.names

    def is_like(self, other: "_Found") -> bool:
        return same_picture(self.url, other.url)


class _Walk:
    """Goes down into values; the base is what relative addresses are relative to."""

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
        if isinstance(value, Block):
            return self._of_block(value, base, depth)
        return self._of_object(value, base, depth) if isinstance(value, dict) else []

    def _of_text(self, text: str, key: str, base: str, depth: int) -> list[_Found]:
        if fields.is_embedded(text):
            is_read = depth < _DEEPEST // 2 and any(mark in text for mark in ('{"', '["', "[{"))
            return self.read(value_of(text), key, base, depth + 20) if is_read else []
        found = self._listed(text, key, base)
        if not found and (candidate := self._candidate(text, key, base)):
            found = [candidate]
        return [_Found(found)] if found else []

    def _listed(self, text: str, key: str, base: str) -> list[Candidate]:
        """Read a ``srcset``."""
        if " " not in text or not is_srcset(text):
            return []
        return list(candidates_in_srcset(text, lambda link: self._url(link, base), key))

    def _candidate(
        self, text: str, key: str, base: str, size: tuple[int | None, int | None] = (None, None)
    ) -> Candidate | None:
        if not fields.may_be_picture(text, key, size[0] is not None):
            return None
        url = self._url(text, base)
        if url is None or nature_of(url) in (Nature.OTHER, Nature.PAGE):
            return None
        label = key[:80]
        return Candidate(url, self._clue, *size, is_preview=is_small(key), label=label)

    def _url(self, link: str, base: str) -> str | None:
        return self._absolute(fields.with_base(link, base))

    def _of_list(self, values: list[Value], key: str, base: str, depth: int) -> list[_Found]:
        if sized := self._sized(values, key, base):
            return [sized]
        parts = [self.read(value, key, base, depth + 1) for value in values]
        found = [one for part in parts for one in part]
        is_list = not isinstance(values, Repeated)
        are_texts = is_list and all(isinstance(value, str) for value in values)
        is_one_each = is_list and all(len(part) <= 1 for part in parts)
        if len(found) > 1 and is_one_each and _are_sizes(values, found, key):
            found = [_joined(found)]
        if len(found) == 1 and are_texts and (title := fields.title_in(values)):
            found[0].texts.setdefault("title", title)
        return found

    def _sized(self, values: list[Value], key: str, base: str) -> _Found | None:
        """Read ``["photo.jpg", [1600, 1200]]`` and ``["photo.jpg", 1600, 1200]``."""
        if not 2 <= len(values) <= 3 or not isinstance(values[0], str):
            return None
        rest = values[1] if isinstance(values[1], list) else values[1:]
        numbers = [number for number in rest if isinstance(number, int) and number > 1]
        if not len(numbers) == len(rest) == 2:
            return None
        candidate = self._candidate(values[0], key, base, (numbers[0], numbers[1]))
        return _Found([candidate]) if candidate else None

    def _of_block(self, value: Block, base: str, depth: int) -> list[_Found]:
        """Read the statements of a script: texts belong together only where they look alike."""
        found: list[_Found] = []
        loose: list[_Found] = []
        for key, child in value.items():
            name = key.rpartition(".")[2]
            if fields.is_foreign(name):
                continue
            if isinstance(child, str) and not fields.is_embedded(child):
                is_named = len(name) > 1 and fields.is_of_picture(name)
                candidate = self._candidate(child, name, base) if is_named else None
                loose += [_Found([candidate])] if candidate else []
            else:
                found += self.read(child, name, base, depth + 1)
        return [*_grouped(loose), *found]

    def _of_object(self, value: dict[str, Value], base: str, depth: int) -> list[_Found]:
        base = fields.base_of(value, base)
        record = _Found(self._own(value, base), fields.texts_of(value), fields.names_of(value))
        many: list[_Found] = []
        single: list[tuple[str, _Found]] = []
        for key, child in value.items():
            is_nested = isinstance(child, (dict, list)) or fields.is_embedded(child)
            if not is_nested or fields.is_foreign(key):
                continue
            found = self.read(child, key, base, depth + 1)
            if len(found) == 1:
                single.append((key, found[0]))
            elif not found and key.lower() in fields.ASIDE and isinstance(child, dict):
                record.texts = fields.texts_of(child) | record.texts
            many += found if len(found) > 1 else []
        return _put_together(record, single, many)

    def _own(self, value: dict[str, Value], base: str) -> list[Candidate]:
        """Return the addresses that an object itself holds of one picture."""
        core: list[Candidate] = []
        others: list[Candidate] = []
        label = fields.label_of(value)
        for key, text in value.items():
            if not isinstance(text, str) or not fields.looks_like_address(text):
                continue
            if fields.is_embedded(text) or fields.is_foreign(key):
                continue
            core += (listed := self._listed(text, key, base))
            size = fields.size_in(value, key)
            candidate = None if listed else self._candidate(text, key, base, size)
            if candidate and label and size_of_label(key) is None:
                candidate = replace(candidate, label=label, is_preview=is_small(label))
            if candidate:
                (core if fields.is_of_picture(key) else others).append(candidate)
        if not core:
            return others
        return core + [one for one in others if same_picture(core[0].url, one.url)]


def _put_together(
    record: _Found, single: list[tuple[str, _Found]], many: list[_Found]
) -> list[_Found]:
    """Return an object's own picture with its other sizes, then the pictures below it."""
    has_own = bool(record.candidates)
    apart: list[_Found] = []
    for key, found in single:
        is_only = len(single) == 1 and not has_own
        if fields.is_inner(key) or is_only or (has_own and _is_part(found, record)):
            record.join(_relabelled(found, key))
        else:
            apart.append(found)
    is_cover = bool(many) and not apart
    return [*([record] if record.candidates and not is_cover else []), *apart, *many]


def _is_part(found: _Found, record: _Found) -> bool:
    """Return whether what lies below an object is another size of its own picture."""
    return all(one.is_preview for one in found.candidates) or record.is_like(found)


def _relabelled(found: _Found, key: str) -> _Found:
    """Let addresses say the size that the key of the object around them says."""
    if size_of_label(key) is not None:
        found.candidates = [
            one
            if size_of_label(one.label) is not None
            else replace(one, label=f"{key} {one.label}", is_preview=is_small(key))
            for one in found.candidates
        ]
    return found


def _grouped(loose: list[_Found]) -> list[_Found]:
    groups: list[_Found] = []
    for found in loose:
        # Only the last few: a script of thousands of names is no list of sizes.
        alike = next((group for group in groups[-8:] if group.is_like(found)), None)
        if alike is not None:
            alike.join(found)
        else:
            groups.append(found)
    return groups


def _joined(found: list[_Found]) -> _Found:
    one = _Found([])
    for other in found:
        one.join(other)
    return one


def _are_sizes(values: list[Value], found: list[_Found], key: str) -> bool:
    """Return whether the items of a list are the sizes of one picture."""
    if len(found) > _MOST_SIZES:
        return False
    labels = [label for value in values if (label := fields.label_of(value))]
    if len(labels) >= 2 and len(set(labels)) == len(labels) >= len(found) - 1:
        return True
    widths = [one.candidates[0].width for one in found]
    are_distinct = None not in widths and len(set(widths)) == len(widths)
    if are_distinct and fields.is_list_of_sizes(key):
        return True
    are_addresses = len({one.url for one in found}) == len(found)
    return are_addresses and all(map(found[0].is_like, found[1:]))
