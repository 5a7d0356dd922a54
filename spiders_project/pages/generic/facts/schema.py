"""What schema.org's words say of a picture, whatever syntax they came in."""

from collections.abc import Iterator, Sequence
from typing import Any

from spiders_project.pages.generic.data.json_ld import Node
from spiders_project.pages.generic.facts.evidence import Evidence, Voice
from spiders_project.pages.generic.facts.roles import Role
from spiders_project.pages.generic.texts import clean

PICTURES = frozenset(
    "imageobject photograph visualartwork painting drawing sculpture imageobjectsnapshot".split()
)
WHOLES = frozenset(
    "imagegallery mediagallery collectionpage collection itempage article blogposting newsarticle"
    " socialmediaposting product creativework exhibitionevent webpage".split()
)
NAMING_THE_SITE = frozenset(("website", "organization", "newsmediaorganization", "localbusiness"))
_MOST = 60

_TITLES = ("name", "headline")
_FIELDS: tuple[tuple[Role, Sequence[str]], ...] = (
    (Role.AUTHOR, ("author", "creator", "artist", "creditText", "copyrightHolder")),
    (Role.LICENSE, ("license", "usageInfo")),
    (Role.PUBLISHED, ("datePublished", "uploadDate", "dateCreated")),
    (Role.DESCRIPTION, ("description", "abstract")),
    (Role.TAG, ("keywords",)),
    (Role.CATEGORY, ("articleSection", "genre", "category")),
)


def types_of(node: Node) -> frozenset[str]:
    """Return the types of a node in small letters, without the address of their vocabulary."""
    return frozenset(
        text.rpartition("/")[2].rpartition(":")[2].lower()
        for text in as_list(node.get("@type"))
        if isinstance(text, str)
    )


def as_list(value: Any) -> list[Any]:
    """Return a value, or several, as a list of bounded length."""
    if value is None:
        return []
    return value[:_MOST] if isinstance(value, list) else [value]


def words_in(value: Any) -> Iterator[str]:
    """Yield the texts of a value: itself, what it is called, or the texts of a list."""
    for each in as_list(value):
        if isinstance(each, str):
            yield each
        elif isinstance(each, dict):
            for key in ("name", "@value", "alternateName", "headline", "termCode"):
                if texts := [text for text in as_list(each.get(key)) if isinstance(text, str)]:
                    yield texts[0]
                    break


def evidence_in(node: Node, voice: Voice = Voice.DATA) -> Iterator[Evidence]:
    """Yield what a node says; ``voice`` is that of its title."""
    titles = [text for key in _TITLES for text in words_in(node.get(key))]
    captions = list(words_in(node.get("caption")))
    for title in titles or captions:
        yield Evidence(Role.TITLE, voice, title)
    for role, keys in _FIELDS:
        for key in keys:
            read = _licenses_in if role is Role.LICENSE else words_in
            for text in read(node.get(key)):
                yield Evidence(role, Voice.DATA, text)
    if titles:
        yield from (Evidence(Role.DESCRIPTION, Voice.DATA, text) for text in captions)
    for whole in as_list(node.get("isPartOf")):
        if isinstance(whole, dict) and not types_of(whole) & (NAMING_THE_SITE | {"webpage"}):
            yield from (Evidence(Role.CATEGORY, Voice.DATA, text) for text in words_in(whole))


def _licenses_in(value: Any) -> Iterator[str]:
    """Yield licences; the address of one comes before its name."""
    for each in as_list(value):
        if isinstance(each, dict):
            for key in ("url", "@id", "sameAs"):
                yield from (text for text in as_list(each.get(key)) if isinstance(text, str))
        yield from words_in(each)


def crumbs_in(node: Node) -> list[tuple[str, str | None]]:
    """Return the names and addresses of a BreadcrumbList, the outermost first."""
    crumbs = []
    for order, each in enumerate(as_list(node.get("itemListElement"))):
        if not isinstance(each, dict):
            continue
        item = next(iter(as_list(each.get("item"))), None)
        inner = item if isinstance(item, dict) else {}
        name = next(iter([*words_in(each.get("name")), *words_in(inner.get("name"))]), None)
        address = item if isinstance(item, str) else inner.get("@id") or inner.get("url")
        if cleaned := clean(name, 200):
            position = _number(next(iter(as_list(each.get("position"))), None), order)
            crumbs.append((position, cleaned, address if isinstance(address, str) else None))
    return [(name, address) for _, name, address in sorted(crumbs, key=lambda crumb: crumb[0])]


def _number(value: Any, otherwise: int) -> float:
    try:
        return float(value)
    except (TypeError, ValueError, OverflowError):
        return otherwise
