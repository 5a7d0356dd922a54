"""Tells the parts of a page that are not its content: navigation, advertisements, strips."""

import re
from enum import IntEnum

from lxml.html import HtmlElement

from spiders_project.pages.generic.shapes import words_of
from spiders_project.pages.generic.texts import first_words


class Zone(IntEnum):
    """What a part of a page is; the larger one is surer to be none of the content."""

    CONTENT = 0
    STRIP = 1
    """Related, recommended, popular: pictures of other pages."""
    LAYOUT = 2
    """A class says sidebar, menu, banner; around most of a page it says nothing."""
    NOISE = 3
    """Navigation, footers, advertisements, avatars, logos."""


_NOISE_TAGS = frozenset({"nav", "footer", "select", "template", "dialog"})
_NOISE_ROLES = frozenset({"navigation", "contentinfo", "banner", "search", "menu", "menubar"})
_PARTS = frozenset({"article", "main", "section", "li", "figure", "td"})
_NOISE_WORDS = frozenset(
    {"avatar", "avatars", "gravatar", "logo", "logos", "flag", "flags", "adsbygoogle"}
    | {"adsense", "advert", "adverts", "advertisement", "advertising", "sponsor"}
    | {"sponsors", "sponsored", "userpic", "blogroll", "tagcloud", "cookie", "cookies"}
    | {"smiley", "smileys", "badge", "badges", "favicon", "emoji", "captcha", "qrcode"}
)
_LAYOUT_WORDS = frozenset(
    {"nav", "navbar", "navigation", "menubar", "breadcrumb", "breadcrumbs", "footer"}
    | {"sidebar", "ads", "banner", "banners", "social", "share", "sharing", "comments"}
    | {"commentlist", "pager", "aside", "pagination", "topbar", "masthead", "languages"}
    | {"toolbar", "author", "byline", "partners", "promo", "widgets", "newsletter"}
    | {"friendlinks", "icon", "icons", "btn"}
)
_LAYOUT_NAMES = frozenset(
    {"widget", "widget-area", "ad", "side", "foot", "header", "site-header"}
    | {"page-header", "links", "menu", "main-menu", "nav-menu", "menu-item", "topmenu"}
    | {"sub-menu", "dropdown-menu", "main-header", "top-header", "friend-links"}
    | {"friend-link"}
)
_STRIP_WORDS = frozenset(
    {"related", "recommended", "recommend", "recommendation", "recommendations", "similar"}
    | {"popular", "trending", "suggested", "suggestions", "upsell", "xiangguan", "tuijian"}
)
_NOT_WORDS = frozenset({"no", "has", "with", "without", "not", "below", "under", "non"})
_STRIP_HEADING = re.compile(
    r"\b(?:related|recommended|recommendations?|similar|popular|trending|most viewed|top rated"
    r"|you (?:may|might|could)(?: also)? (?:like|enjoy|be interested)|more (?:like this|from|by|of)"
    r"|see also|also (?:like|viewed|on)|other (?:photos|pictures|images|wallpapers)"
    r"|people also|sponsored|advertisements?|what others|who viewed"
    r"|ähnliche|verwandte|beliebt\w*|empfehlungen|empfohlen\w*|das könnte|weitere (?:bilder|fotos)"
    r"|similaires|populaires|recommand\w+|connexes|vous aimerez|à voir aussi|voir aussi"
    r"|relacionad[oa]s|recomendad[oa]s|populares|similares|te puede|también te"
    r"|você também|veja também"
    r"|correlat[ie]|simili|consigliat[ie]|popolari|potrebbe(?:ro)? (?:interessar|piacer)\w+"
    r"|gerelateerd\w*|vergelijkbare|populaire?|aanbevolen|misschien vind"
    r"|podobne|powiązane|polecane|popularne|související|podobné|doporučené|oblíbené"
    r"|relaterade?|liknande|populära|lignende|populære|samankaltaisia|suosittuja"
    r"|kapcsolódó|hasonló|népszerű|benzer|ilgili|popüler|önerilen|similare|recomandate"
    r"|похожие|рекомендуем\w*|популярн\w+|смотрите также|другие (?:фото|обои)|схожі|популярні"
    r"|σχετικ\w+|δημοφιλ\w+|terkait|serupa|populer|liên quan|tương tự|phổ biến)\b"
    r"|相关|推荐|猜你喜欢|热门|相關|推薦|熱門|你可能|大家都在看|下载排行|点击排行|排行榜"
    r"|関連|おすすめ|人気|こちらも|관련|추천|인기|비슷한"
    r"|ที่เกี่ยวข้อง|แนะนำ|ذات صلة|مشابهة|مقترحة|קשורים|דומים",
    re.IGNORECASE,
)
_HEADINGS = ("h2", "h3", "h4", "h5", "h6", "dt", "legend", "summary")
_TITLE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:title|heading|hd|head|header|headline|tit)(?:$|[\s_-])", re.IGNORECASE
)
_HEADING_LETTERS = 60
_STRIPS = 20
_DEPTH = 80


def is_strip_heading(text: str) -> bool:
    """Tell whether words announce pictures of other pages."""
    return len(text) <= _HEADING_LETTERS and bool(_STRIP_HEADING.search(text))


class Zones:
    """The parts of one page."""

    def __init__(self, root: HtmlElement, counts: dict[HtmlElement, int], total: int) -> None:
        """Take how many pictures lie in each element of a page, and on all of it."""
        self._counts = counts
        self._most = max(3, total * 3 // 5)
        self._known: dict[HtmlElement, Zone] = {}
        self._strips = _strips(root, counts)

    def of(self, element: HtmlElement) -> Zone:
        """Return the zone that an element lies in."""
        chain: list[HtmlElement] = []
        above = element
        while above is not None and above not in self._known and len(chain) < _DEPTH:
            chain.append(above)
            above = above.getparent()
        zone = self._known.get(above, Zone.CONTENT) if above is not None else Zone.CONTENT
        for one in reversed(chain):
            zone = max(zone, self._own(one))
            self._known[one] = zone
        return zone

    def _own(self, element: HtmlElement) -> Zone:
        """Return what an element says of itself."""
        if element in self._strips:
            return Zone.STRIP
        if element.tag in _NOISE_TAGS or (element.get("role") or "") in _NOISE_ROLES:
            return Zone.NOISE
        if element.tag in {"html", "body", "main", "a", "img"}:
            return _named(element, layout=False)
        zone = Zone.LAYOUT if element.tag == "aside" or _is_page_header(element) else Zone.CONTENT
        zone = max(zone, _named(element, layout=True))
        is_most = zone == Zone.LAYOUT and self._counts.get(element, 0) >= self._most
        return Zone.CONTENT if is_most else zone


def _named(element: HtmlElement, *, layout: bool) -> Zone:
    """Return what class and id say; of a link or a picture only what cannot be meant otherwise."""
    zone = Zone.CONTENT
    if element.tag in {"html", "body", "main"}:
        return zone
    for token in f"{element.get('class') or ''} {element.get('id') or ''}"[:1000].split():
        words = words_of(token)
        if _NOT_WORDS.intersection(words):
            continue
        if _NOISE_WORDS.intersection(words):
            return Zone.NOISE
        if layout and (_LAYOUT_WORDS.intersection(words) or token.lower() in _LAYOUT_NAMES):
            zone = max(zone, Zone.LAYOUT)
        elif layout and _STRIP_WORDS.intersection(words):
            zone = max(zone, Zone.STRIP)
    return zone


def _is_page_header(element: HtmlElement) -> bool:
    """Tell the header of a page from that of an article in it."""
    if element.tag != "header":
        return False
    above = element.getparent()
    for _ in range(_DEPTH):
        if above is None or above.tag in _PARTS:
            break
        above = above.getparent()
    return above is None or above.tag not in _PARTS


def _strips(root: HtmlElement, counts: dict[HtmlElement, int]) -> set[HtmlElement]:
    """Return the elements that stand below a heading that announces other pictures."""
    found: set[HtmlElement] = set()
    count = 0
    for heading in root.iter(*_HEADINGS, "div", "p", "span", "strong", "b"):
        if heading.tag not in _HEADINGS and not _is_titled(heading):
            continue
        if is_strip_heading(first_words(heading, 2 * _HEADING_LETTERS)) and not counts.get(heading):
            found.update(_below(heading, counts))
            count += 1
            if count == _STRIPS:
                break
    return found


def _is_titled(element: HtmlElement) -> bool:
    return bool(_TITLE_CLASS.search(element.get("class") or "")) and len(element) <= 3


def _below(heading: HtmlElement, counts: dict[HtmlElement, int]) -> list[HtmlElement]:
    """Return what a heading stands above: what follows, up to the next heading like it."""
    branch = heading
    for _ in range(4):
        following = []
        for sibling in branch.itersiblings():
            if sibling.tag in _HEADINGS and sibling.tag <= heading.tag:
                break
            following.append(sibling)
        if sum(counts.get(one, 0) for one in following) > 1:
            return following
        above = branch.getparent()
        if above is None or counts.get(above) or above.tag in {"body", "main", "html"}:
            return []
        branch = above
    return []
