"""What an item asks for: its addresses, where else they lie, and what names the files."""

from collections.abc import Mapping
from dataclasses import is_dataclass
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote

from itemadapter import ItemAdapter

from spiders_project.media.inspect import Inspection
from spiders_project.media.paths import PathTemplate
from spiders_project.urls import split_web_address


def values_of(item: Any) -> Mapping[str, Any]:
    """Return the fields of an item, to read them; those of a dataclass are at hand."""
    if is_dataclass(item):
        return vars(item)
    return ItemAdapter(item) if item is not None else {}


def alternatives(item: Any, url: str) -> list[str]:
    """Return where else the picture of an address lies, as its item says."""
    elsewhere = values_of(item).get("alternatives") or {}
    return [each for each in elsewhere.get(url) or () if split_web_address(each)]


def page_of(item: Any) -> str:
    """Return the page that an item was read from, "" for an item of somebody else's."""
    return str(values_of(item).get("page_url") or "")


def path_facts(item: Any, url: str, picture: Inspection | None) -> dict[str, Any]:
    """Return what the path of a file may say; what the item does not tell, the picture may."""
    values = values_of(item)
    facts = {name: values.get(name) for name in ("page_url", *PathTemplate.FIELDS)}
    if picture:
        own = vars(picture.metadata)
        facts |= {name: own[name] for name in own if not facts.get(name)}
        facts |= {name: getattr(picture, name) for name in ("width", "height", "sha256")}
    facts["title"] = facts.get("title") or _stem(url)
    facts["id"] = _stem(str(facts.get("page_url") or url))
    return facts


def _stem(url: str) -> str:
    return PurePosixPath(unquote(url.partition("?")[0])).stem
