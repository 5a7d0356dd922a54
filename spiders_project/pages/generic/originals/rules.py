"""The rule between a preview's address and its original's, to be learned once for a site."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from urllib.parse import SplitResult

from spiders_project.pages.generic.originals.names import rewrites_of
from spiders_project.pages.generic.spelling.addresses import ending_of
from spiders_project.pages.generic.spelling.sizes import USUAL_WIDTHS
from spiders_project.urls import PICTURE_ENDINGS, split_web_address

_LONGEST = 1000
_HASH = re.compile(r"(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{4,}", re.IGNORECASE)
_PAIR = re.compile(r"\d{2,5}x\d{2,5}", re.IGNORECASE)
_SIZES = re.compile(r"\d{2,5}x\d{2,5}|\d{2,5}(?=w|px|p\b)|(?<=[-_/wsh])\d{2,4}$", re.IGNORECASE)


@dataclass(frozen=True)
class Rule:
    """How the address of an original follows from that of a preview; compares by value."""

    name: str = ""
    """That of a well-known rewriting, which says all there is; "" for a rule that was inferred."""
    origin: str | None = None
    """Scheme and host of originals, None where they are those of the previews."""
    folders: tuple[int, int, tuple[str, ...], tuple[str, ...]] = (0, 0, (), ())
    """Folders kept in front and behind; those that go, as patterns; those that come."""
    stem: tuple[str, str, str, str] = ("", "", "", "")
    """In front, behind: what goes, as patterns; in front, behind: what comes."""
    ending: tuple[str, str] = ("", "")
    query: tuple[str, str] = ("", "")


def rule_of(preview_url: str, original_url: str) -> Rule | None:
    """Return the rule that leads from a preview to its original; None where no rule is seen.

    Only what can hold for other pictures, too, is a rule: no numbers or hashes of this one.
    """
    if preview_url == original_url:
        return Rule(name="same")
    for name, made in rewrites_of(preview_url):
        if made == original_url:
            return Rule(name=name)
    rule = _inferred(preview_url, original_url)
    return rule if rule and apply_rule(rule, preview_url) == original_url else None


def apply_rule(rule: Rule, preview_url: str) -> str | None:
    """Return the address of the original; None where the rule does not fit this preview."""
    if rule.name:
        if rule.name == "same":
            return preview_url
        return next((made for name, made in rewrites_of(preview_url) if name == rule.name), None)
    split = _Pieces.of(preview_url)
    if split is None or split.ending != rule.ending[0] or split.parts.query != rule.query[0]:
        return None
    folders = _changed_folders(rule, split.folders)
    stem = _changed_stem(rule, split.stem)
    if folders is None or stem is None:
        return None
    path = "/".join([*folders, stem + rule.ending[1]])
    made = split.parts._replace(path=path, query=rule.query[1]).geturl()
    if rule.origin is not None:
        made = rule.origin + made[len(f"{split.parts.scheme}://{split.parts.netloc}") :]
    return made


@dataclass(frozen=True)
class _Pieces:
    parts: SplitResult
    folders: tuple[str, ...]
    stem: str
    ending: str

    @classmethod
    def of(cls, url: str) -> "_Pieces | None":
        parts = split_web_address(url)
        if parts is None or len(url) > _LONGEST:
            return None
        *folders, name = parts.path.split("/")
        ending = ending_of(name)
        stem = name[: name.lower().rindex("." + ending)] if ending in PICTURE_ENDINGS else name
        return cls(parts, tuple(folders), stem, name[len(stem) :])


def _inferred(preview_url: str, original_url: str) -> Rule | None:
    one, other = _Pieces.of(preview_url), _Pieces.of(original_url)
    if one is None or other is None:
        return None
    stem = _stem_rule(one.stem, other.stem)
    if stem is None or (one.parts.query != other.parts.query and _tells(other.parts.query)):
        return None
    folders = _folder_rule(one.folders, other.folders)
    if any(map(_tells, folders[3])):
        return None
    origins = [f"{p.parts.scheme}://{p.parts.netloc}" for p in (one, other)]
    return Rule(
        origin=origins[1] if origins[0] != origins[1] else None,
        folders=folders,
        stem=stem,
        ending=(one.ending, other.ending),
        query=(one.parts.query, other.parts.query),
    )


def _tells(text: str) -> bool:
    """Return whether a text holds a number or a hash that can only be that of one picture."""
    others = [n for n in re.findall(r"\d+", text) if len(n) >= 3 and int(n) not in USUAL_WIDTHS]
    return bool(others) or bool(_PAIR.search(text)) or bool(_HASH.search(text))


def _pattern(text: str) -> str:
    """Return what matches a text and the like of it with other sizes."""
    pieces, at = [], 0
    for found in _SIZES.finditer(text):
        pieces += [re.escape(text[at : found.start()]), re.sub(r"\d+", r"\\d+", found[0])]
        at = found.end()
    return "".join([*pieces, re.escape(text[at:])])


def _stem_rule(one: str, other: str) -> tuple[str, str, str, str] | None:
    common = SequenceMatcher(None, one, other, autojunk=False).find_longest_match()
    is_whole = common.size == min(len(one), len(other))
    if common.size == 0 or not (is_whole or common.size >= max(len(one), len(other)) // 2):
        return None
    goes = one[: common.a], one[common.a + common.size :]
    comes = other[: common.b], other[common.b + common.size :]
    if any(map(_tells, comes)):
        return None
    return _pattern(goes[0]), _pattern(goes[1]), *comes


def _changed_stem(rule: Rule, stem: str) -> str | None:
    before, behind, front, back = rule.stem
    found = re.fullmatch(f"{before}(.+?){behind}", stem, re.DOTALL)
    return front + found[1] + back if found else None


def _folder_rule(
    one: tuple[str, ...], other: tuple[str, ...]
) -> tuple[int, int, tuple[str, ...], tuple[str, ...]]:
    shortest = min(len(one), len(other))
    front = next((i for i in range(shortest) if one[i] != other[i]), shortest)
    most = shortest - front
    back = next((i for i in range(most) if one[-1 - i] != other[-1 - i]), most)
    goes = one[front : len(one) - back]
    return front, back, tuple(map(_pattern, goes)), other[front : len(other) - back]


def _changed_folders(rule: Rule, folders: tuple[str, ...]) -> list[str] | None:
    front, back, goes, comes = rule.folders
    if not goes and not comes:
        return list(folders)
    at = front if front <= back else len(folders) - back - len(goes)
    end = at + len(goes)
    if at < 1 or end > len(folders):
        return None
    if not all(re.fullmatch(p, f) for p, f in zip(goes, folders[at:end], strict=True)):
        return None
    return [*folders[:at], *comes, *folders[end:]]
