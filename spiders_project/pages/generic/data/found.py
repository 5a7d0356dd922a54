"""What belongs to one picture of some data, and which finds are sizes of one picture."""

from dataclasses import dataclass, field, replace

from spiders_project.pages.generic.data import fields
from spiders_project.pages.generic.data.literals import Value
from spiders_project.pages.generic.spelling.sameness import same_picture
from spiders_project.pages.generic.spelling.sizes import is_small, size_of_label
from spiders_project.pages.generic.spelling.stems import bare_name
from spiders_project.pages.generic.values import Candidate

_MOST_SIZES = 40


@dataclass
class Found:
    """One picture as the data has it."""

    candidates: list[Candidate]
    """Its addresses, in no order that matters."""
    told: dict[str, Value] = field(default_factory=dict)
    """What the objects around its addresses say; empty for a bare address."""
    album: str | None = None
    """Title of the innermost album that it stands in."""
    is_listed: bool = False
    """Whether it is one of several, and no object on its own."""

    @property
    def url(self) -> str:
        """One of its addresses."""
        return self.candidates[0].url

    def join(self, other: "Found") -> None:
        """Take in another size of the same picture."""
        self.candidates += other.candidates
        self.told = other.told | self.told
        self.is_listed |= other.is_listed

    def is_like(self, other: "Found") -> bool:
        """Return whether another find looks like a size of this picture."""
        return same_picture(self.url, other.url)


def put_together(record: Found, single: list[tuple[str, Found]], many: list[Found]) -> list[Found]:
    """Return an object's own picture with its other sizes, then the pictures below it."""
    has_own = bool(record.candidates)
    apart: list[Found] = []
    for key, found in single:
        is_only = len(single) == 1 and not has_own
        if fields.is_inner(key) or is_only or (has_own and _is_part(found, record)):
            record.join(_relabelled(found, key))
        else:
            apart.append(found)
    is_cover = bool(many) and not apart
    return [*([record] if record.candidates and not is_cover else []), *apart, *many]


def _is_part(found: Found, record: Found) -> bool:
    """Return whether what lies below an object is another size of its own picture."""
    return all(one.is_preview for one in found.candidates) or record.is_like(found)


def _relabelled(found: Found, key: str) -> Found:
    """Let addresses say the size that the key of the object around them says."""
    if size_of_label(key) is not None:
        found.candidates = [
            one
            if size_of_label(one.label) is not None
            else replace(one, label=f"{key} {one.label}", is_preview=is_small(key))
            for one in found.candidates
        ]
    return found


def grouped(loose: list[Found]) -> list[Found]:
    """Join the finds that are sizes of one picture."""
    groups: list[Found] = []
    for found in loose:
        # Only the last few: a script of thousands of names is no list of sizes.
        alike = next((group for group in groups[-8:] if group.is_like(found)), None)
        if alike is not None:
            alike.join(found)
        else:
            groups.append(found)
    return groups


def joined(found: list[Found]) -> Found:
    """Return several sizes as one picture."""
    one = Found([], album=found[0].album)
    for other in found:
        one.join(other)
    return one


def are_sizes(values: list[Value], found: list[Found], key: str) -> bool:
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
    if are_distinct and len({bare_name(one.url) for one in found}) == 1:
        return True
    are_addresses = len({one.url for one in found}) == len(found)
    return are_addresses and all(map(found[0].is_like, found[1:]))
