"""Says where a card leads: which of its links is that of the picture."""

import re
from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from spiders_project.pages.generic.directions import direction_of
from spiders_project.pages.generic.shapes import words_of
from spiders_project.pages.generic.spelling.addresses import is_file
from spiders_project.pages.generic.texts import first_words
from spiders_project.pages.page import Page
from spiders_project.urls import host_of

LINK_ATTRIBUTES = (
    *("data-href", "data-url", "data-link", "data-permalink", "data-target-url", "data-page-url"),
    *("data-location", "data-detail-url", "data-photo-url"),
)
_QUOTED = re.compile(r"(?:'([^'\s]{2,2000})'|\"([^\"\s]{2,2000})\")")
_LOCATED = re.compile(
    r"(?:(?:location(?:\.href)?|\.href)\s*=|(?:location\.(?:assign|replace)|open\w*|show\w*|view\w*"
    r"|popup\w*|go\w*|load\w*|[a-z]*(?:win|pic|img|image|photo|page)\w*)\s*\()\s*(?:this\s*,\s*)?"
    r"(?:'([^'\s]{1,2000})'|\"([^\"\s]{1,2000})\")",
    re.IGNORECASE,
)
_LEADS_ELSEWHERE = frozenset(
    {"author", "user", "users", "profile", "member", "members", "photographer", "avatar", "byline"}
    | {"category", "categories", "tag", "tags", "like", "likes", "favorite", "favourite", "fav"}
    | {"share", "tweet", "facebook", "twitter", "pinterest", "pin", "comment", "comments", "reply"}
    | {"login", "signin", "register", "cart", "buy", "edit", "delete", "report", "vote", "save"}
    | {"license", "licence", "follow", "collect", "bookmark", "rate", "rating", "download"}
)
_TITLED = frozenset({"title", "name", "caption", "stretched", "permalink", "cover", "overlay"})
_SHARE_HOSTS = re.compile(
    r"(?:^|\.)(?:facebook\.com|twitter\.com|x\.com|pinterest\.\w+|reddit\.com|tumblr\.com"
    r"|linkedin\.com|weibo\.com|addthis\.com|addtoany\.com|plus\.google\.com|t\.me|wa\.me"
    r"|whatsapp\.com|vk\.com|gravatar\.com|validator\.w3\.org|jigsaw\.w3\.org|creativecommons\.org"
    r"|doubleclick\.net|paypal\.com|patreon\.com|youtube\.com|service\.weibo\.com)$"
)
_LINKS_OF_A_CARD = 60
_ELEMENTS_OF_A_CARD = 40
_ABOVE = 5


def is_share(url: str) -> bool:
    """Tell whether an address belongs to a place for sharing, an advertiser or a validator."""
    return bool(_SHARE_HOSTS.search(host_of(url)))


def address_of(page: Page, element: HtmlElement) -> str | None:
    """Return where a click on an element leads: ``href``, ``data-href``, an address in a script."""
    href = element.get("href") or ""
    found = None
    if href.lstrip()[:11].lower() == "javascript:":
        found = _scripted(page, href)
    elif href and not href.lstrip().startswith("#"):
        found = page.absolute(href)
    if not found:
        links = filter(None, (element.get(name) for name in LINK_ATTRIBUTES))
        found = next(filter(None, map(page.absolute, links)), None)
    return found or _scripted(page, element.get("onclick") or "")


def _scripted(page: Page, script: str) -> str | None:
    """Return the first address that a script opens."""
    if not script:
        return None
    for pattern in (_LOCATED, _QUOTED):
        for groups in pattern.findall(script[:4000]):
            link = next(filter(None, groups), "")
            if "/" in link or re.search(r"\.\w{2,5}(?:$|[?#])|^\?", link):
                return page.absolute(link)
    return None


def link_around(page: Page, element: HtmlElement) -> tuple[HtmlElement, str | None] | None:
    """Return the link around a picture, and where it leads (None: nowhere but to a script)."""
    above = element
    for step in range(3 * _ABOVE):
        if above is None or above.tag in {"body", "html"}:
            return None
        if above.tag in {"a", "area"} and (
            above.get("href") is not None or address_of(page, above)
        ):
            return above, address_of(page, above)
        if step <= _ABOVE and (url := _of_no_link(page, above)):
            return above, url
        above = above.getparent()
    return None


def _of_no_link(page: Page, element: HtmlElement) -> str | None:
    """Return where an element leads that is no link, but acts as one."""
    if element.tag == "a" or not any(
        element.get(name) for name in ("onclick", "data-href", "data-link", "data-permalink")
    ):
        return None
    url = address_of(page, element)
    inside = list(islice(element.iter(), _ELEMENTS_OF_A_CARD))
    return url if len(inside) < _ELEMENTS_OF_A_CARD else None


def best_link(page: Page, roots: list[HtmlElement]) -> str | None:
    """Return the link of a card that leads to its picture, rather than to its author or a like."""
    scores: dict[str, int] = {}
    for place, link in enumerate(_links(roots)):
        url = address_of(page, link)
        if url and url != page.url and not is_share(url):
            scores[url] = max(scores.get(url, -99), _score(page, link, url)) + (place == 0)
    best = max(scores, key=lambda url: scores[url], default=None)
    return best if best is not None and scores[best] > -5 else None


def _links(roots: list[HtmlElement]) -> Iterator[HtmlElement]:
    count = 0
    for root in roots:
        for link in root.iter("a"):
            count += 1
            if count > _LINKS_OF_A_CARD:
                return
            if link.get("href") is not None or link.get("onclick"):
                yield link


def _score(page: Page, link: HtmlElement, url: str) -> int:
    said = f"{link.get('class') or ''} {link.get('rel') or ''} {link.get('itemprop') or ''}"
    above = link.getparent()
    around = f"{above.get('class') or ''}" if above is not None else ""
    words = set(words_of(said)) | set(words_of(around))
    score = 6 if is_file(url) else 0
    score += 4 if above is not None and above.tag in {"h1", "h2", "h3", "h4", "h5", "h6"} else 0
    score += 4 if words & _TITLED else 0
    score += 2 if first_words(link, 20) else 0
    score -= 9 if words & _LEADS_ELSEWHERE or direction_of(link) else 0
    score -= 6 if _path_words(page, url) & _LEADS_ELSEWHERE else 0
    return score - (5 if host_of(url) != host_of(page.url) and not is_file(url) else 0)


def _path_words(page: Page, url: str) -> set[str]:
    """Return the words of the first parts of an address, as far as those of the page lack them."""
    parts = url.partition("?")[0].split("/")[3:5]
    return set(words_of(" ".join(parts[:1]))) - set(words_of(page.url))
