"""Finds the cards of a page: links or pictures that repeat the same structure."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from lxml.html import HtmlElement

from spiders_project.pages.generic.previews import Preview
from spiders_project.pages.generic.scope import in_scope
from spiders_project.pages.generic.sections import section_groups
from spiders_project.pages.generic.shapes import Shape, joined, words_of
from spiders_project.pages.generic.spelling.addresses import is_file
from spiders_project.pages.generic.spelling.same_pages import form_of
from spiders_project.pages.generic.targets import best_link, is_share
from spiders_project.pages.generic.text_cards import (
    TextGroup,
    folder_groups,
    is_deeper,
    text_groups,
)
from spiders_project.pages.generic.units import ICON_PIXELS, Unit, counts_of, units_of
from spiders_project.pages.page import Page
from spiders_project.urls import host_of

_ALBUM_WORDS = frozenset(
    {"album", "albums", "folder", "folders", "dir", "directory", "directories", "collection"}
    | {"collections", "category", "categories", "galleries", "subalbum", "subalbums", "set", "sets"}
    | {"subgallery", "subfolder", "subdirs", "menu", "cat", "photoset", "event", "events"}
)
_LEVELS_OF_A_CARD = 12
_LEVELS_OF_A_LONE_CARD = 3
_TOPS = frozenset({"body", "html", "main"})
_DEPTH = 80


@dataclass(frozen=True)
class Block:
    """One card, as it lies on a page."""

    element: HtmlElement
    """The largest element that holds this card and no other."""
    link: str | None
    """Where it leads, absolute; None where the preview leads nowhere."""
    preview: Preview | None
    """None where the card is words only."""


@dataclass(frozen=True)
class Group:
    """Cards that repeat the same structure, each address once, in the order of the page."""

    cards: tuple[Block, ...]
    shape: str
    """The same on all listings of a site that show such cards."""


def find_groups(
    page: Page, previews: list[Preview], known_shapes: Collection[str] = ()
) -> list[Group]:
    """Return the groups of cards on a page, the main ones first.

    ``known_shapes`` are those of cards met before: a page that shows a single one is taken
    for a listing of one.
    """
    units = units_of(page, previews)
    counts = counts_of(unit.anchor for unit in units)
    families = _merged(_families(units), counts)
    groups = [group for family in families for group in _groups_of(page, family, counts)]
    main = _main_ones(page, groups, known_shapes)
    if not main:
        return _of_words(text_groups(page, with_pages=not previews))
    cards = {card.element for group in main for card in group.cards}
    known = {card.link for group in main for card in group.cards}
    words = _of_words([*folder_groups(page, cards), *section_groups(page, cards)])
    return main + [group for group in words if not known & {card.link for card in group.cards}]


def _of_words(groups: list[TextGroup]) -> list[Group]:
    """Return links that are words only as groups of cards."""
    return [
        Group(tuple(Block(link, url, None) for link, url in links), shape)
        for shape, links in groups
    ]


def _families(units: list[Unit]) -> list[list[Unit]]:
    found: dict[Shape, list[Unit]] = {}
    for unit in units:
        found.setdefault(unit.shape, []).append(unit)
    return list(found.values())


def _merged(families: list[list[Unit]], counts: dict[HtmlElement, int]) -> list[list[Unit]]:
    """Join families of the same tags that lie in the same container: their classes are variants."""
    kept: dict[tuple[tuple[str, ...], HtmlElement], list[Unit]] = {}
    result: list[list[Unit]] = []
    for family in families:
        keys = {(unit.shape.tags, _container(unit.anchor, counts)) for unit in family}
        known = next((kept[key] for key in keys if key in kept), None)
        if known is None:
            known = []
            result.append(known)
        known.extend(family)
        kept.update(dict.fromkeys(keys, known))
    for family in result:
        family.sort(key=lambda unit: unit.place)
    return result


def _container(anchor: HtmlElement, counts: dict[HtmlElement, int]) -> HtmlElement:
    """Return the smallest element around a unit that holds another one too."""
    above = anchor
    for _ in range(_DEPTH):
        parent = above.getparent()
        if parent is None or counts.get(above, 0) > 1:
            break
        above = parent
    return above


def _groups_of(page: Page, family: list[Unit], counts: dict[HtmlElement, int]) -> list[Group]:
    """Return the cards of a family, those that lead to the same form of address together."""
    _set_blocks(family, counts)
    shape = str(joined([unit.shape for unit in family]))
    blocks = _blocks(page, family, counts)
    forms = {block.link: form_of(block.link) if block.link else "" for block in blocks}
    if len(set(forms.values())) > max(3, len(blocks) // 3):
        forms = dict.fromkeys(forms, "")
    found: dict[str, list[Block]] = {}
    for block in blocks:
        found.setdefault(forms[block.link], []).append(block)
    return [Group(tuple(cards), f"{shape} {form}".strip()) for form, cards in found.items()]


def _blocks(page: Page, family: list[Unit], counts: dict[HtmlElement, int]) -> list[Block]:
    """Return the cards of a family, each address once."""
    found: dict[str, Block] = {}
    behind = _pages_behind(page, family)
    for unit in family:
        url = behind.get(unit.place) or unit.url
        url = url or _link_beside(page, unit, counts, is_lone=len(family) == 1)
        if key := url or _shown(unit):
            found.setdefault(key, Block(unit.block, url, unit.preview))
    return list(found.values())


def _shown(unit: Unit) -> str:
    return unit.preview.candidates[0].url if unit.preview.candidates else ""


def _set_blocks(family: list[Unit], counts: dict[HtmlElement, int]) -> None:
    """Give each unit its block: as many levels up as most of the family can go alone."""
    chains = [_chain(unit.anchor, counts) for unit in family]
    usual = Counter(map(len, chains)).most_common(1)[0][0]
    levels = min(usual, _LEVELS_OF_A_LONE_CARD) if len(family) == 1 else usual
    for unit, chain in zip(family, chains, strict=True):
        unit.block = chain[min(levels, len(chain)) - 1]


def _chain(anchor: HtmlElement, counts: dict[HtmlElement, int]) -> list[HtmlElement]:
    """Return the elements from a unit upwards that hold no other one."""
    chain = [anchor]
    above = anchor.getparent()
    while (
        above is not None
        and counts.get(above) == 1
        and above.tag not in _TOPS
        and len(chain) < _LEVELS_OF_A_CARD
    ):
        chain.append(above)
        above = above.getparent()
    return chain


def _link_beside(
    page: Page, unit: Unit, counts: dict[HtmlElement, int], *, is_lone: bool
) -> str | None:
    """Return the link of a card whose picture is none: in its block, or in what follows it."""
    url = best_link(page, [unit.block])
    if url is None and not is_lone:
        following: list[HtmlElement] = []
        for sibling in unit.block.itersiblings():
            if counts.get(sibling) or len(following) == _LEVELS_OF_A_CARD:
                break
            following.append(sibling)
        url = best_link(page, following)
    is_sure = url is not None and (is_file(url) or is_deeper(page.url, url))
    return url if is_sure or not is_lone else None


def _pages_behind(page: Page, family: list[Unit]) -> dict[int, str]:
    """Return the pages that stand behind pictures whose own links only show the same again.

    Each must have one of its own: a page that all cards link is that of an author.
    """
    found = {}
    for unit in family:
        if unit.url == _shown(unit) and (url := _page_beside(page, unit)):
            found[unit.place] = url
    is_each_its_own = len(found) > 1 and len(set(found.values())) == len(found)
    if is_each_its_own or all(is_deeper(page.url, url) for url in found.values()):
        return found
    return {}


def _page_beside(page: Page, unit: Unit) -> str | None:
    for link in unit.block.iter("a"):
        url = page.absolute(link.get("href") or "")
        if url and url != page.url and not is_file(url) and not is_share(url):
            return url if host_of(url) == host_of(page.url) else None
    return None


def _main_ones(page: Page, groups: list[Group], known_shapes: Collection[str]) -> list[Group]:
    """Return the groups worth to be followed, the best first."""
    scores = {id(group): _score(page, group) for group in groups}
    largest = max((len(group.cards) for group in groups if group.cards[0].link), default=0)
    is_strip = any(card.link == page.url for group in groups for card in group.cards)
    bodies = {group.shape.partition(" ")[0] for group in groups if len(group.cards) > 1}
    kept = [
        group
        for group in groups
        if scores[id(group)] > 0
        and (
            group.shape in known_shapes
            or _is_worth(page.url, group, largest, is_strip=is_strip)
            or group.shape.partition(" ")[0] in bodies
        )
    ]
    return sorted(kept, key=lambda group: -scores[id(group)])


def _is_worth(page_url: str, group: Group, largest: int, *, is_strip: bool) -> bool:
    """Tell whether a group is more than an ornament of a page whose largest group has as many."""
    if len(group.cards) == 1 and largest > 1:
        link = group.cards[0].link
        return link is not None and (is_file(link) or (not is_strip and in_scope(page_url, link)))
    is_linked = group.cards[0].link is not None
    return is_linked or largest < 2 or len(group.cards) * 2 > largest


def _score(page: Page, group: Group) -> float:
    """Return how likely a group is what the page is for; 0 for what it surely is not for."""
    links = [card.link for card in group.cards if card.link]
    if links and all(link == page.url for link in links):
        return 0
    here = host_of(page.url)
    is_foreign = sum(host_of(link) != here and not is_file(link) for link in links) * 2 > len(links)
    if is_foreign and len(links) < 3:
        return 0
    score = float(len(group.cards)) + 0.5 * bool(links)
    sizes = [card.preview.width for card in group.cards if card.preview and card.preview.width]
    score *= 0.3 if sizes and max(sizes) <= ICON_PIXELS else 1
    return score * (0.2 if is_foreign else 1) * (1 if links else 0.6)


def is_of_albums(group: Group) -> bool:
    """Tell whether the classes around the cards of a group call them albums."""
    steps = group.shape.partition(" ")[0].split(">")[-5:]
    return any(_ALBUM_WORDS.intersection(words_of(step.partition(".")[2])) for step in steps)
