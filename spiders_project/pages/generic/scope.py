"""Says which addresses belong to the gallery that a start page opens."""

import re
from collections.abc import Iterable, Iterator
from posixpath import dirname
from urllib.parse import SplitResult, parse_qsl, unquote

from spiders_project.pages.generic.spelling.same_pages import form_of, same_page_key
from spiders_project.urls import split_web_address

_ACTIONS = (
    r"log-?(?:in|out|off)|sign-?(?:in|out|up)|register|registration|cart|checkout|basket|delete|remove"
    r"|edit|admin|wp-(?:admin|login|json)|add-?to-?(?:cart|favou?rites|wishlist)|wishlist|password"
    r"|lost-?password|report|vote|rate|rating|unsubscribe|subscribe|share|e-?card|ecards|sendto|mailto"
    r"|feed|rss|atom|rdf|trackback|xmlrpc|print|captcha|comment-page-\d+|reply|account|settings"
    r"|privacy(?:-policy)?|terms|imprint|impressum|contact"
)
_ACTION_PATH = re.compile(rf"(?:^|/)(?:{_ACTIONS})(?:\.\w{{2,5}})?(?:/|$)", re.IGNORECASE)
_ACTION_KEYS = re.compile(
    r"action|do|act|op|mode|cmd|task|func|method|share|feed|print", re.IGNORECASE
)
_ACTION_NAMES = frozenset(
    {"redlink", "oldid", "diff", "replytocom", "add-to-cart", "add_to_cart", "like", "vote", "feed"}
    | {"print", "printable", "logout", "login"}
)
_ACTION_VALUES = re.compile(
    rf"(?:{_ACTIONS}|history|raw|info|purge|watch|unwatch|logout|rsd|like|add|new|post|rss2?|atom\d*"
    r"|submit|protect|move|download_?zip|zip)",
    re.IGNORECASE,
)
_FILES = re.compile(
    r"\.(?:zip|rar|7z|tar|t?gz|tgz|bz2|xz|iso|exe|dmg|pkg|apk|msi|pdf|docx?|xlsx?|pptx?|epub|mp3|ogg"
    r"|flac|wav|mp4|m4v|webm|mov|avi|mkv|wmv|flv|css|js|mjs|json|xml|txt|rst|md|csv|yaml|rss|atom|ics|vcf|torrent|woff2?"
    r"|ttf|eot|swf)$",
    re.IGNORECASE,
)
_ORDER_KEYS = re.compile(
    r"sort|order|orderby|order_by|sortby|sort_by|dir|direction|asc|desc|lang|language|hl|locale|theme"
    r"|skin|style|display|layout|per_?page|limit|view_?mode|cols|c;o|filter\w*|calendar|date|year|month",
    re.IGNORECASE,
)
_INDEX_ORDER = re.compile(r"C=[NMSD](?:[;&]O=[AD])?|[NMSD]=[AD]", re.IGNORECASE)


def is_action(url: str) -> bool:
    """Tell whether an address changes something, asks for a person, or holds no page or picture."""
    parts = split_web_address(url)
    if parts is None:
        return True
    path = unquote(parts.path)
    if _ACTION_PATH.search(path) or _FILES.search(path):
        return True
    for key, value in parse_qsl(parts.query, keep_blank_values=True):
        if key.lower() in _ACTION_NAMES:
            return True
        if _ACTION_KEYS.fullmatch(key) and _ACTION_VALUES.fullmatch(value):
            return True
    return False


def is_reordering(start_url: str, url: str) -> bool:
    """Tell whether an address shows what another one shows, in another order or form."""
    start, parts = split_web_address(start_url), split_web_address(url)
    if start is None or parts is None or not parts.query:
        return False
    if _INDEX_ORDER.fullmatch(parts.query):
        return True
    before = set(parse_qsl(start.query, keep_blank_values=True))
    added = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair not in before]
    return bool(added) and any(_ORDER_KEYS.fullmatch(key) for key, _ in added)


class Scope:
    """The part of a site that a start page opens."""

    def __init__(self, start_url: str, cards: Iterable[str] = ()) -> None:
        """Take the address of the start page, and where the cards on it lead.

        To it belong its folder and all below; and what lies below those cards, or beside them
        under addresses of the same form.
        """
        start = split_web_address(start_url)
        self._host = _host(start) if start else ""
        known = [
            (parts, url)
            for url in cards
            if (parts := split_web_address(url)) and _host(parts) == self._host
        ]
        paths = ([start.path] if start else []) + [parts.path for parts, _ in known]
        self._areas = frozenset(map(_area, paths))
        self._forms = {(dirname(parts.path.rstrip("/")), form_of(url)) for parts, url in known}
        self._pages = {same_page_key(url) for _, url in known}
        self._starts_with_an_action = is_action(start_url)

    def holds(self, url: str) -> bool:
        """Tell whether the address of a page belongs to it; pictures may lie anywhere."""
        parts = split_web_address(url)
        if parts is None or _host(parts) != self._host:
            return False
        if not self._starts_with_an_action and is_action(url):
            return False
        if same_page_key(url) in self._pages or any(map(self._areas.__contains__, _above(parts))):
            return True
        return (dirname(parts.path.rstrip("/")), form_of(url)) in self._forms


def in_scope(start_url: str, url: str, cards: Iterable[str] = ()) -> bool:
    """Tell whether an address belongs to the part of a site that a start page opens."""
    return Scope(start_url, cards).holds(url)


def _host(parts: SplitResult) -> str:
    return parts.netloc.lower().rpartition("@")[2].removeprefix("www.")


def _area(path: str) -> str:
    """Return the folder that a page opens, with its final slash."""
    path = unquote(path) or "/"
    if path.endswith("/"):
        return path
    is_document = "." in path.rpartition("/")[2]
    return dirname(path).rstrip("/") + "/" if is_document else path + "/"


def _above(parts: SplitResult) -> Iterator[str]:
    """Yield the folders that an address lies in, itself as one among them."""
    path = unquote(parts.path).rstrip("/") + "/"
    for place, letter in enumerate(path):
        if letter == "/":
            yield path[: place + 1]
