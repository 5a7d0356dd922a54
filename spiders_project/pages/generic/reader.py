"""Reads any page of any gallery: what it is, what it leads to, and the pictures it offers."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from spiders_project.pages.generic.cards import Block, Group, find_groups
from spiders_project.pages.generic.facts import facts_of, facts_of_block
from spiders_project.pages.generic.kinds import kinds_of, main_picture
from spiders_project.pages.generic.originals import (
    candidates_of,
    candidates_of_page,
    pictures_in_scripts,
    pictures_in_texts,
    ranked,
    same_picture,
)
from spiders_project.pages.generic.pagination import next_pages
from spiders_project.pages.generic.previews import Preview, find_previews
from spiders_project.pages.generic.sources import read_software, sources_of
from spiders_project.pages.generic.spelling.stems import bare_name
from spiders_project.pages.generic.values import (
    Candidate,
    Card,
    Clue,
    Facts,
    Kind,
    Picture,
    Reading,
)
from spiders_project.pages.page import Page

_LISTINGS = frozenset({Kind.LISTING, Kind.ALBUMS})


def read(
    page: Page,
    came_from: Card | None = None,
    siblings: Collection[str] = (),
    known_shapes: Collection[str] = (),
) -> Reading:
    """Return what a page says.

    ``came_from`` is the card whose address it has, ``siblings`` are the addresses of the cards
    beside that one, ``known_shapes`` those of cards met on other pages of the gallery.
    """
    if (software := read_software(page)) and (software.cards or software.pictures):
        return replace(software, sources=software.sources or sources_of(page))
    previews = find_previews(page)
    groups = find_groups(page, previews, known_shapes)
    kinds = kinds_of(page, previews, groups, came_from, siblings)
    facts = facts_of(page)
    pictures: list[Picture] = []
    cards: list[Card] = []
    if Kind.DETAIL in kinds:
        pictures += _own_pictures(page, previews, groups, came_from, facts)
    if kinds & _LISTINGS:
        cards = [card for group in groups for card in _cards(page, group)]
        pictures += _linkless(page, groups, pictures)
    if scripted := _in_scripts(page, cards, pictures):
        # What a site gives to those who link any of its pages is none of its pictures.
        own = [each for each in pictures if not _is_only_shared(each)]
        pictures = [*own, *scripted]
        kinds = (kinds - {Kind.NONE}) | {Kind.LISTING}
    return Reading(
        kinds=kinds,
        cards=tuple(cards),
        pictures=tuple(pictures),
        next_pages=next_pages(page, kinds, [*(card.url for card in cards), *siblings]),
        sources=sources_of(page),
        facts=facts,
    )


def _own_pictures(
    page: Page,
    previews: list[Preview],
    groups: list[Group],
    came_from: Card | None,
    facts: Facts,
) -> list[Picture]:
    """Return what a detail page is about: one picture, whatever shows it."""
    found = [*candidates_of_page(page), *_told_before(came_from)]
    shown = main_picture(page, previews, groups, came_from)
    if shown is not None:
        found += candidates_of(page, shown, shown.element)
    known = [each.url for each in (shown.candidates if shown else ())]
    known += [each.url for each in (came_from.picture.candidates if came_from else ())]
    candidates, is_doubtful = ranked(_of_this(found, known))
    return [Picture(candidates, facts, is_doubtful)] if candidates else []


def _of_this(found: Sequence[Candidate], known: Sequence[str]) -> list[Candidate]:
    """Leave out what scripts load of other pictures, such as the next one, while this one is seen.

    An original may have another name than what is shown of it; then nothing agrees.
    """
    agreeing = {each.url for each in found if any(same_picture(each.url, url) for url in known)}
    return [
        each
        for each in found
        if each.clue is not Clue.SCRIPT or each.url in agreeing or not agreeing
    ]


def _told_before(came_from: Card | None) -> Iterator[Candidate]:
    """Yield what the card has told of more than a small picture, which the page may hide."""
    for candidate in came_from.picture.candidates if came_from else ():
        if not candidate.is_preview and candidate.clue not in (Clue.LINK, Clue.NAME):
            yield candidate


def _is_only_shared(picture: Picture) -> bool:
    return all(each.clue is Clue.META or each.is_preview for each in picture.candidates)


def _in_scripts(page: Page, cards: Sequence[Card], pictures: Sequence[Picture]) -> list[Picture]:
    """Return the pictures of a page that only its scripts know.

    A script that tells of what is shown, too, is about the very same pictures.
    """
    found = (*pictures_in_scripts(page), *pictures_in_texts(page))
    if not found:
        return []
    shown = {
        bare_name(candidate.url)
        for picture in (*pictures, *(card.picture for card in cards))
        for candidate in picture.candidates
    }
    new = [
        picture
        for picture in found
        if not any(bare_name(each.url) in shown for each in picture.candidates)
    ]
    is_its_own = not shown or (len(new) > 1 and len(new) * 2 > len(found))
    return new if is_its_own else []


def _cards(page: Page, group: Group) -> Iterator[Card]:
    for block in group.cards:
        if block.link is not None:
            yield Card(block.link, group.shape, _picture(page, block))


def _linkless(page: Page, groups: Sequence[Group], known: Sequence[Picture]) -> list[Picture]:
    """Return the pictures of cards that lead nowhere."""
    found = [
        _picture(page, block) for group in groups for block in group.cards if block.link is None
    ]
    shown = [each.candidates[0].url for each in known]
    return [
        picture
        for picture in found
        if picture.candidates and not _is_among(picture.candidates, shown)
    ]


def _is_among(candidates: Sequence[Candidate], shown: Sequence[str]) -> bool:
    return any(same_picture(candidates[0].url, url) for url in shown)


def _picture(page: Page, block: Block) -> Picture:
    if block.preview is None:
        return Picture((), facts_of_block(page, block.element, None))
    candidates, is_doubtful = ranked(candidates_of(page, block.preview, block.element))
    return Picture(candidates, facts_of_block(page, block.element, block.preview), is_doubtful)
