"""Says what a page is: a listing, an album list, the page of one picture, or none."""

import re
from collections.abc import Collection

from lxml.html import HtmlElement

from spiders_project.pages.generic.cards import Block, Group, is_of_albums
from spiders_project.pages.generic.previews import Preview
from spiders_project.pages.generic.shapes import words_of
from spiders_project.pages.generic.spelling.addresses import is_file
from spiders_project.pages.generic.spelling.same_pages import same_page_key
from spiders_project.pages.generic.spelling.stems import bare_name
from spiders_project.pages.generic.text_cards import is_deeper
from spiders_project.pages.generic.texts import first_words
from spiders_project.pages.generic.values import Card, Kind
from spiders_project.pages.page import Page

_COUNTED = re.compile(
    r"\b\d{1,6}\s*(?:photos?|pictures?|images?|pics|items?|files?|wallpapers?|elements?|medias?"
    r"|fotos?|bilder|bildern|clichés|fotografías|imágenes|immagini|foto's|afbeeldingen|zdję\w+"
    r"|фот\w+|изображен\w+|obrázk\w+|kuvaa|billeder|fotografi\w+|kép\w*|fotoğraf|resim)\b"
    r"|\(\s*\d{1,6}\s*\)|\[\s*\d{1,6}\s*\]|\d{1,6}\s*(?:张|張|图|枚|장|ภาพ)|(?:photos|images|pictures)\s*:\s*\d+",
    re.IGNORECASE,
)
_HERO_WORDS = frozenset(
    {"hero", "full", "fullsize", "large", "big", "photo", "picture", "original", "single"}
    | {"viewer", "detail", "attachment", "medium", "mainpic", "bigpic", "mainimage", "fullimage"}
)
_BUTTON_WORDS = frozenset({"icon", "icons", "button", "buttons", "btn", "controls", "toolbar"})
_HERO_PIXELS = 400
_STRIP_CARDS = 12
_SHOWN_SMALL_PIXELS = 360


def kinds_of(
    page: Page,
    previews: list[Preview],
    groups: list[Group],
    came_from: Card | None = None,
    siblings: Collection[str] = (),
) -> frozenset[Kind]:
    """Return what a page is.

    ``came_from`` is the card whose address this page has; ``siblings`` are the addresses of the
    other cards of that listing: a strip of those stands on the page of a picture.
    """
    here, known = same_page_key(page.url), set(map(same_page_key, siblings))
    new = [group for group in groups if not _is_strip(group, here, known)]
    strips = [group for group in groups if group not in new]
    hero = main_picture(page, previews, groups, came_from)
    kinds = {kind_of_group(page, group) for group in new if not _is_hero(group, hero)}
    if Kind.LISTING in kinds and _has_folders(page, new):
        kinds.add(Kind.ALBUMS)
    if hero is None:
        return frozenset(kinds or ({Kind.LISTING} if strips else {Kind.NONE}))
    if came_from is not None:
        return _kinds_of_a_followed_page(new, kinds, hero, came_from)
    if strips:
        return frozenset({Kind.DETAIL, Kind.LISTING})
    others = [group for group in new if not _is_hero(group, hero)]
    is_alone = all(len(group.cards) == 1 and not _is_album(page, group) for group in others)
    return frozenset({*kinds, Kind.DETAIL} if is_alone else kinds)


def kind_of_group(page: Page, group: Group) -> Kind:
    """Return what a page is on account of one group: an album list, or a listing of pictures.

    A first guess, by words and counts; what the cards lead to decides.
    """
    links = [card.link for card in group.cards if card.link]
    if not links or all(map(is_file, links)):
        return Kind.LISTING
    counted = sum(
        bool(_COUNTED.search(first_words(card.element, 300, " "))) for card in group.cards
    )
    if counted * 2 > len(group.cards):
        return Kind.ALBUMS
    if group.cards[0].preview is None or is_of_albums(group):
        return Kind.ALBUMS
    return Kind.LISTING


def _is_album(page: Page, group: Group) -> bool:
    """Tell whether a lone card is that of an album, rather than the main picture of a page."""
    link = group.cards[0].link
    if link is None or is_file(link) or same_page_key(link) == same_page_key(page.url):
        return False
    return is_deeper(page.url, link) or is_of_albums(group)


def main_picture(
    page: Page, previews: list[Preview], groups: list[Group], came_from: Card | None = None
) -> Preview | None:
    """Return the picture that a page is about, where it shows one that stands out."""
    among_many = {
        id(card.preview)
        for group in groups
        if len(group.cards) > 1
        for card in group.cards
        if card.preview
    }
    covers = {
        id(group.cards[0].preview)
        for group in groups
        if len(group.cards) == 1 and _is_album(page, group)
    }
    alone = [one for one in previews if id(one) not in among_many and id(one) not in covers]
    wanted = {bare_name(one.url) for one in came_from.picture.candidates} if came_from else set()
    wanted |= _stems_in_head(page)
    lone = set() if among_many or covers else {id(group.cards[0].preview) for group in groups}
    marked = max(alone, key=lambda one: _prominence(one, wanted, lone), default=None)
    return marked if marked and _prominence(marked, wanted, lone) > 0 else None


def _prominence(preview: Preview, wanted: set[str], lone: set[int]) -> float:
    """Return how much a picture stands out: it is awaited, large, or named as the main one."""
    stems = {bare_name(one.url) for one in preview.candidates}
    smaller, larger = sorted((preview.width or 0, preview.height or 0))
    score = 4.0 if stems & wanted else 0.0
    score += 2 if larger >= _HERO_PIXELS else 0
    words = _words_around(preview.element)
    score += 1 if _HERO_WORDS & words else 0
    score -= 2 if _BUTTON_WORDS & words else 0
    score += 0.5 if id(preview) in lone else 0
    return (
        score
        - (3 if 0 < larger <= _SHOWN_SMALL_PIXELS and not stems & wanted else 0)
        + (larger + smaller) * 1e-6
    )


def _kinds_of_a_followed_page(
    new: list[Group], kinds: set[Kind], hero: Preview, came_from: Card
) -> frozenset[Kind]:
    """Tell a picture's page with a few others beside it from an album with its cover on top."""
    cards = [card for group in new for card in group.cards if card.preview is not hero]
    files = sum(bool(card.link and is_file(card.link)) or card.link is None for card in cards)
    covers = {bare_name(one.url) for one in (*hero.candidates, *came_from.picture.candidates)}
    is_cover = any(
        covers & {bare_name(one.url) for one in card.preview.candidates}
        for card in cards
        if card.preview and len(cards) > 1
    )
    if is_cover and kinds:
        return frozenset(kinds)
    if files > 1 and kinds:
        return frozenset({*kinds, Kind.DETAIL})
    if len(cards) > _STRIP_CARDS and kinds:
        return frozenset({*kinds, Kind.DETAIL})
    return frozenset({Kind.DETAIL})


def _is_strip(group: Group, here: str, known: set[str]) -> bool:
    """Tell whether cards lead to this page itself, or mostly to what the listing before showed.

    An album shows what its sample on that listing has shown, and more.
    """
    pages = [card.link for card in group.cards if card.link and not is_file(card.link)]
    links = set(map(same_page_key, pages))
    return here in links or len(links & known) * 2 > len(links)


def _has_folders(page: Page, groups: list[Group]) -> bool:
    """Tell whether folders stand beside files."""
    links = [group.cards[0].link for group in groups]
    return any(link and is_file(link) for link in links) and any(
        link and link.endswith(("/", "/index.html")) and is_deeper(page.url, link) for link in links
    )


def _is_hero(group: Group, hero: Preview | None) -> bool:
    """Tell whether a lone card is the main picture, or another version of it."""
    return hero is not None and len(group.cards) == 1 and _shows(group.cards[0], hero)


def _shows(card: Block, hero: Preview) -> bool:
    if card.preview is hero:
        return True
    shown = {bare_name(one.url) for one in card.preview.candidates} if card.preview else set()
    return bool(shown & {bare_name(one.url) for one in hero.candidates})


def _stems_in_head(page: Page) -> set[str]:
    """Return the names of the pictures that a page gives to those who link it."""
    found = page.selector.xpath(
        "//meta[@property='og:image' or @name='og:image' or @name='twitter:image'"
        " or @property='og:image:url']/@content | //link[@rel='image_src']/@href"
    ).getall()
    return {stem for link in found[:4] if (url := page.absolute(link)) and (stem := bare_name(url))}


def _words_around(element: HtmlElement) -> set[str]:
    words: set[str] = set()
    above = element
    for _ in range(3):
        if above is None or above.tag in {"body", "html", "main"}:
            break
        words.update(words_of(f"{above.get('class') or ''} {above.get('id') or ''}"))
        above = above.getparent()
    return words
