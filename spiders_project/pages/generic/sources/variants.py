"""Tells whether a part of some JSON is one picture, in whichever sizes, and where they lie."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from spiders_project.pages.generic.loose import Json, whole_number
from spiders_project.pages.generic.spelling.addresses import is_other_file, is_picture_name, path_of
from spiders_project.pages.generic.spelling.sizes import is_small
from spiders_project.pages.generic.spelling.stems import bare_name, looks_small

_LONGEST = 2000
_DEPTH = 6
_MOST_SIZES = 40
_TITLES = ("title", "caption", "description", "name")
_DIGITS = re.compile(r"\d+")
_PICTURE_KEY = re.compile(
    r"image|img|photo|picture|thumb|orig|src|source|full|large|medium|small|preview|hires|raw"
    r"|^url_?[a-z]{1,2}$|^(?:file|download|big|hd|max|cover|poster|display_url|content_?url)$",
    re.IGNORECASE,
)
_NO_PICTURE_KEY = re.compile(
    r"(?:_|^)(?:id|ids|count|page|type|format|host|base|path|dir|prefix|mode|size|alt|title)$"
    r"|(?:Id|Count|Page|Type|Base|Path|Dir|Prefix|Alt|Title)$|embed|html",
)
_NAME_KEY = re.compile(r"name|title|alt|caption|label|desc|text|^id$|^key$|slug", re.IGNORECASE)
_ORIGINAL_KEY = re.compile(
    r"orig|full|hi-?res|raw|max|^download|^source|_o$|zoom|^file$|master|best", re.IGNORECASE
)
_SIZE_KEY = re.compile(
    r"thumb|small|medium|large|orig|full|preview|square|mini|tiny|big|max|raw|hd|hires|cover|zoom"
    r"|^(?:xxs|xs|s|m|l|xl|xxl|sm|md|lg|o|k|h|c|z|n|t|q|sq|b)$|^[wh]?\d{2,5}(?:x\d*|px|w)?$"
    r"|^url_[a-z]{1,2}$|^(?:regular|default|lightbox|lqip|src|url|img|image)$",
    re.IGNORECASE,
)
_PLAIN_KEYS = {"url", "src", "href", "link", "path", "uri", "@id", "id", "source_url"}
_MEASURES = (
    *(("width", "height"), ("w", "h"), ("image_width", "image_height")),
    *(("imageWidth", "imageHeight"), ("original_width", "original_height")),
)
_SHAPES = ("size", "dimensions", "resolution", "dims")
_SPECIFIC = ("%s_width", "%sWidth", "%s-width")
_SIZE_FOLDER = re.compile(
    r"thumb|small|medium|large|orig|full|preview|square|mini|big|raw|hd|hires|web|^[wh]?\d{2,5}"
    r"|^(?:tn|xs|sm|md|lg|xl)$",
    re.IGNORECASE,
)
_SOMEONE = re.compile(
    r"avatar|logo|icon|profile|user|author|owner|uploader|artist|flag|sprite|related|breadcrumb"
    r"|background|spinner|loader|favicon|advert|sponsor|similar|video",
    re.IGNORECASE,
)
_SRCSET = re.compile(r"(\S+)\s+(\d+(?:\.\d+)?)([wx])(?:,\s*|\s*$)")


@dataclass(frozen=True)
class Address:
    """Where one version of a picture lies, as the JSON spells it."""

    link: str
    key: str = ""
    width: int | None = None
    height: int | None = None

    @property
    def is_original(self) -> bool:
        """Whether its key calls it the original."""
        return bool(_ORIGINAL_KEY.search(self.key)) and not is_small(self.key)

    @property
    def is_small(self) -> bool:
        """Whether its key or its name speaks of a small version."""
        return is_small(self.key) or (not self.is_original and looks_small(self.link))

    @property
    def is_name(self) -> bool:
        """Whether it may be no more than the name of the file."""
        return bool(_NAME_KEY.search(self.key))


def is_of_somebody(key: str) -> bool:
    """Tell whether pictures below a key belong to a person or to the page, not to the gallery."""
    return bool(_SOMEONE.search(key))


def versions_of(value: Json, key: str = "", depth: int = 0) -> list[Address] | None:
    """Return the addresses of one picture in all its sizes: empty where there is none.

    One picture is a text, a row of a text and its measures, an object with
    measures, or several of them whose keys are sizes or whose names are one.
    None where there are several pictures.
    """
    if isinstance(value, str):
        return _of_text(value, key)
    if isinstance(value, list):
        return _of_row(value, key) or _of_list(value, key, depth)
    if isinstance(value, dict):
        return _of_object(value, key, depth)
    return []


def _of_text(text: str, key: str) -> list[Address]:
    if not 4 < len(text) < _LONGEST or text.startswith("data:") or "<" in text or "\n" in text:
        return []
    if versions := _of_srcset(text, key):
        return versions
    if is_picture_name(text):
        return [Address(text, key)]
    is_address = text.startswith(("http:", "https:", "/", "./", "../")) and " " not in text
    is_named = _PICTURE_KEY.search(key) and not _NO_PICTURE_KEY.search(key)
    return [Address(text, key)] if is_address and is_named and not is_a_page(text) else []


def is_a_page(link: str) -> bool:
    """Tell whether an address ends like a page, a folder or a file that is no picture."""
    return is_other_file(link) or link.endswith("/")


def _of_srcset(text: str, key: str) -> list[Address]:
    if not text.endswith(("w", "x")) or " " not in text:
        return []
    return [
        Address(link, key, width=int(float(number)) if unit == "w" else None)
        for link, number, unit in _SRCSET.findall(text)
        if not link.startswith("data:")
    ]


def _of_row(row: list[Json], key: str) -> list[Address]:
    """Read ``["a.jpg", 1600, 1200]`` and ``["a.jpg", [1600, 1200]]``, as fgallery writes them."""
    if not 2 <= len(row) <= 3 or not isinstance(row[0], str):
        return []
    measures = row[1] if len(row) == 2 else row[1:]
    if not isinstance(measures, list) or len(measures) != 2:
        return []
    width, height = map(whole_number, measures)
    if width is None or height is None:
        return []
    return [replace(one, width=width, height=height) for one in _of_text(row[0], key)]


def _of_list(values: list[Json], key: str, depth: int) -> list[Address] | None:
    """Read a list of sizes; a list of several pictures is none, and of one an album of one."""
    if depth >= _DEPTH or len(values) > _MOST_SIZES:
        return None if _holds_pictures(values) else []
    versions: list[Address] = []
    for value in values:
        below = versions_of(value, key, depth + 1)
        if below is None:
            return None
        versions += below
    if not versions:
        return []
    told_apart = [value for value in values if isinstance(value, dict) and _has_title(value)]
    is_album = bool(told_apart) or (len(values) == 1 and not _SIZE_KEY.search(key))
    return None if is_album or not _are_sizes(versions) else versions


def _has_title(value: dict[str, Json]) -> bool:
    return any(value.get(name) for name in _TITLES)


def _holds_pictures(values: Iterable[Json]) -> bool:
    """Tell whether pictures may lie in values that are not looked through here."""
    return any(isinstance(value, dict) or versions_of(value, depth=_DEPTH) for value in values)


def _of_object(value: dict[str, Json], key: str, depth: int) -> list[Address] | None:
    if is_video(value):
        return []
    if depth >= _DEPTH:
        return (
            None
            if any(_of_text(part, "") for part in value.values() if isinstance(part, str))
            else []
        )
    versions = _own(value, key)
    keys = {version.key for version in versions if not version.is_name}
    for name, part in value.items():
        if isinstance(part, dict | list) and not is_of_somebody(name):
            tells = _SIZE_KEY.search(name) or _ORIGINAL_KEY.search(name)
            below = versions_of(part, name if tells else key, depth + 1)
            if below is None or (below and isinstance(part, dict) and _has_title(part)):
                return None
            versions += below
            keys |= {name} if below else set()
    if not _are_one(versions, keys):
        return None
    return _with_measures(versions, _measures(value, _MEASURES) or _shape(value))


def _own(value: dict[str, Json], key: str) -> list[Address]:
    """Return the addresses that an object holds itself, with the measures that it tells."""
    measures = _measures(value, _MEASURES) or _shape(value)
    is_image = "image/" in str(value.get("type") or value.get("mime_type") or "")
    found = []
    for name, part in value.items():
        if not isinstance(part, str) or is_of_somebody(name):
            continue
        is_plain = name.lower() in _PLAIN_KEYS
        versions = _of_text(part, name)
        if not versions and is_plain and (measures or is_image) and _may_be_address(part):
            versions = [Address(part, name)]
        specific = _measures(value, [(form % name, _tall(form % name)) for form in _SPECIFIC])
        if name.startswith("url_"):
            specific = _measures(value, [("width" + name[3:], "height" + name[3:])])
        known = specific or (measures if is_plain else None)
        for version in versions:
            one = replace(version, key=key if is_plain and key else name)
            found.append(replace(one, width=known[0], height=known[1]) if known else one)
    return found


def _with_measures(found: list[Address], measures: tuple[int, int] | None) -> list[Address]:
    """Give the measures of an object to the first large one, where none says whose they are."""
    if measures is None or any(one.width for one in found):
        return found
    large = next((one for one in found if not one.is_small and not one.is_name), None)
    known = (measures[0], measures[1])
    return [replace(one, width=known[0], height=known[1]) if one is large else one for one in found]


def _measures(value: dict[str, Json], names: Iterable[tuple[str, str]]) -> tuple[int, int] | None:
    for wide, tall in names:
        width, height = whole_number(value.get(wide)), whole_number(value.get(tall))
        if width and height:
            return width, height
    return None


def _shape(value: dict[str, Json]) -> tuple[int, int] | None:
    """Return measures that stand together: ``"size": [2400, 1600]``."""
    told = [value[name] for name in _SHAPES if isinstance(value.get(name), list)]
    for width, height in (map(whole_number, pair) for pair in told if len(pair) == 2):
        if width and height:
            return width, height
    return None


def _tall(name: str) -> str:
    return name.removesuffix("idth").removesuffix("w").removesuffix("W") + (
        "Height" if name.endswith("Width") else "height"
    )


def _may_be_address(text: str) -> bool:
    return "/" in text and " " not in text and len(text) < _LONGEST and not is_a_page(text)


def is_video(value: dict[str, Json]) -> bool:
    """Tell whether an object speaks of a film: what it shows is no more than its poster."""
    kinds = (value.get(name) for name in ("type", "media_type", "mediaType", "mime", "mime_type"))
    return any(isinstance(kind, str) and kind.lower().startswith("video") for kind in kinds)


def _are_one(versions: list[Address], keys: set[str]) -> bool:
    """Tell whether the addresses of an object are versions of one picture, by its keys."""
    strong = [version for version in versions if not version.is_name] or versions
    if len(strong) < 2 or _are_sizes(strong):
        return True
    is_each_once = len({version.key for version in strong}) == len(strong)
    if is_each_once and all(map(_SIZE_KEY.search, keys)):
        return True
    are_numbered = len({_DIGITS.sub("", each) for each in keys}) < len(keys)
    is_named = any(_SIZE_KEY.search(each) or _PICTURE_KEY.search(each) for each in keys)
    return is_each_once and is_named and not are_numbered


def _are_sizes(versions: list[Address]) -> bool:
    """Tell whether addresses are versions of one picture, by their names or measures."""
    if len({bare_name(version.link) for version in versions}) == 1 and _differ_by_size(versions):
        return True
    shapes = {round(each.width / each.height, 1) for each in versions if each.width and each.height}
    widths = {each.width for each in versions if each.width}
    return len(shapes) == 1 and len(widths) == len(versions)


def _differ_by_size(versions: list[Address]) -> bool:
    """Tell whether names that are one lie in one folder, or in folders named after sizes."""
    folders = {path_of(version.link).rpartition("/")[0] for version in versions}
    plain = [each for each in folders if not _SIZE_FOLDER.search(each.rpartition("/")[2])]
    return len(folders) == 1 or len(plain) < 2
