"""Finds the pictures in values such as JSON holds, whatever their keys are called."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html import unescape

from spiders_project.pages.generic.data import fields
from spiders_project.pages.generic.data.found import Found, are_sizes, grouped, joined, put_together
from spiders_project.pages.generic.data.literals import Block, Repeated, Value, value_of
from spiders_project.pages.generic.data.places import Places, Prefix, prefixes_of
from spiders_project.pages.generic.data.record_facts import title_of
from spiders_project.pages.generic.loose import pixels
from spiders_project.pages.generic.spelling.addresses import Nature, nature_of
from spiders_project.pages.generic.spelling.sameness import same_picture
from spiders_project.pages.generic.spelling.sizes import is_small, size_of_label
from spiders_project.pages.generic.spelling.stems import looks_small
from spiders_project.pages.generic.srcset import candidates_in_srcset, is_srcset
from spiders_project.pages.generic.values import Candidate, Clue

_DEEPEST = 80


@dataclass(frozen=True)
class _Room:
    """Where a value stands."""

    key: str = ""
    prefixes: tuple[Prefix, ...] = ()
    """What the addresses in it start from, the outermost first."""
    album: str | None = None
    """Title of the innermost album around it."""
    depth: int = 0

    def below(self, key: str, levels: int = 1) -> "_Room":
        return replace(self, key=key, depth=self.depth + levels)


@dataclass
class Finder:
    """Goes down into values; addresses belong to one picture where they stand in one object.

    So do those in a list of sizes. An object that has several pictures below it is an album, and
    its own picture a cover.
    """

    places: Places
    clue: Clue
    documents: dict[str, None] = field(default_factory=dict)
    """Links to further data that were met on the way."""

    def pictures_in(self, value: Value) -> list[Found]:
        """Return what belongs to each picture, in the order of the data."""
        return self._read(value, _Room())

    def _read(self, value: Value, room: _Room) -> list[Found]:
        if room.depth > _DEEPEST or not value:
            return []
        if isinstance(value, str):
            return self._of_text(value, room)
        if isinstance(value, list):
            return self._of_list(value, room)
        if isinstance(value, Block):
            return self._of_block(value, room)
        return self._of_object(value, room) if isinstance(value, dict) else []

    def _of_text(self, text: str, room: _Room) -> list[Found]:
        if fields.is_embedded(text):
            is_read = room.depth < _DEEPEST // 2 and any(m in text for m in ('{"', '["', "[{"))
            return self._read(value_of(text), room.below(room.key, 20)) if is_read else []
        found = self._listed(text, room) or self._candidates(text, room)
        return [Found(found, album=room.album)] if found else []

    def _listed(self, text: str, room: _Room) -> list[Candidate]:
        """Read a ``srcset``."""
        if " " not in text or not is_srcset(text):
            return []
        found = candidates_in_srcset(text, lambda link: self._url(link, room), room.key)
        is_given = self.clue is Clue.API
        return [replace(one, clue=Clue.API) if is_given else one for one in found]

    def _url(self, link: str, room: _Room) -> str | None:
        return next(iter(self.places.of(unescape(link), room.prefixes)), None)

    def _candidates(
        self, text: str, room: _Room, size: tuple[int | None, int | None] = (None, None)
    ) -> list[Candidate]:
        """Return the addresses that a text may stand for, the likeliest first."""
        key = room.key
        if not fields.may_be_picture(text, key, size[0] is not None):
            return []
        is_preview = is_small(key) or (size_of_label(key) is None and looks_small(text))
        links = self.places.of(unescape(text) if "&" in text else text, room.prefixes)
        return [
            Candidate(url, self.clue, *size, is_preview=is_preview, label=key[:80])
            for url in links
            if nature_of(url) not in (Nature.OTHER, Nature.PAGE)
        ]

    def _of_list(self, values: list[Value], room: _Room) -> list[Found]:
        if sized := self._sized(values, room):
            return [sized]
        are_texts = not isinstance(values, Repeated) and all(isinstance(v, str) for v in values)
        self._note_documents(value for value in values if are_texts and isinstance(value, str))
        parts = [self._read(value, room.below(room.key)) for value in values]
        found = [one for part in parts for one in part]
        is_one_each = not isinstance(values, Repeated) and all(len(part) <= 1 for part in parts)
        if len(found) > 1 and is_one_each and are_sizes(values, found, room.key):
            found = [joined(found)]
        if len(found) == 1 and is_one_each:
            found[0].told = fields.captions_in(values) | found[0].told
        for one in found:
            one.is_listed = True
        return found

    def _sized(self, values: list[Value], room: _Room) -> Found | None:
        """Read ``["photo.jpg", [1600, 1200]]`` and ``["photo.jpg", 1600, 1200]``."""
        if not 2 <= len(values) <= 3 or not isinstance(values[0], str):
            return None
        rest = values[1] if isinstance(values[1], list) else values[1:]
        numbers = [
            number for each in rest if not isinstance(each, str) and (number := pixels(each))
        ]
        if not len(numbers) == len(rest) == 2:
            return None
        found = self._candidates(values[0], room, (numbers[0], numbers[1]))
        return Found(found, album=room.album) if found else None

    def _of_block(self, value: Block, room: _Room) -> list[Found]:
        """Read the statements of a script: texts belong together only where they look alike."""
        found: list[Found] = []
        loose: list[Found] = []
        for key, child in value.items():
            name = key.rpartition(".")[2]
            if fields.is_foreign(name):
                continue
            if isinstance(child, str) and not fields.is_embedded(child):
                is_named = len(name) > 1 and fields.is_of_picture(name)
                own = self._candidates(child, room.below(name)) if is_named else []
                loose += [Found(own, album=room.album)] if own else []
            else:
                found += self._read(child, room.below(name))
        return [*grouped(loose), *found]

    def _of_object(self, value: dict[str, Value], room: _Room) -> list[Found]:
        has_documents = self._note_documents(v for v in value.values() if isinstance(v, str))
        if fields.is_video(value):
            return []
        prefixes = prefixes_of(value)
        near = replace(room, prefixes=(*room.prefixes, *filter(fields.is_near, prefixes)))
        # What has data of its own is told there, and what it shows here is the cover.
        own = [] if has_documents else self._own(value, near)
        if fields.are_numbered(own):
            return [Found([one], album=room.album) for one in own]
        record = Found(own, told=fields.told_of(value), album=room.album)
        near = replace(near, album=title_of(value) or room.album)
        # The address of an album is what its list of pictures starts from.
        listed = replace(near, prefixes=(*room.prefixes, *prefixes))
        single, many = self._below(value, near, listed, record)
        return put_together(record, single, many)

    def _below(
        self, value: dict[str, Value], near: _Room, listed: _Room, record: Found
    ) -> tuple[list[tuple[str, Found]], list[Found]]:
        """Return the pictures below an object: those that stand alone under a key, and the others.

        What stands apart and describes the object's own picture is added to it.
        """
        single: list[tuple[str, Found]] = []
        many: list[Found] = []
        are_parts = len(value) > 1 and all(isinstance(part, dict) for part in value.values())
        for key, child in value.items():
            is_nested = isinstance(child, (dict, list)) or fields.is_embedded(child)
            if not is_nested or fields.is_foreign(key):
                continue
            found = self._read(child, (listed if isinstance(child, list) else near).below(key))
            for one in found:
                one.is_listed |= are_parts
            if len(found) == 1:
                single.append((key, found[0]))
            elif not found and key.lower() in fields.ASIDE and isinstance(child, dict):
                record.told = {**child, **record.told}
            many += found if len(found) > 1 else []
        return single, many

    def _own(self, value: dict[str, Value], room: _Room) -> list[Candidate]:
        """Return the addresses that an object itself holds of one picture."""
        core: list[Candidate] = []
        others: list[Candidate] = []
        label = fields.label_of(value)
        for key, text in value.items():
            if not isinstance(text, str) or not fields.looks_like_address(text):
                continue
            if fields.is_embedded(text) or fields.is_foreign(key):
                continue
            here = room.below(key)
            core += (listed := self._listed(text, here))
            found = [] if listed else self._candidates(text, here, fields.size_in(value, key))
            if label and size_of_label(key) is None:
                found = [replace(one, label=label, is_preview=is_small(label)) for one in found]
            (core if fields.is_of_picture(key) else others).extend(found)
        if not core:
            return others
        return core + [one for one in others if same_picture(core[0].url, one.url)]

    def _note_documents(self, texts: Iterator[str]) -> bool:
        links = [text for text in texts if text.endswith(".json") and len(text) < 500]
        self.documents.update(dict.fromkeys(links))
        return bool(links)
