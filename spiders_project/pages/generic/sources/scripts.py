"""Finds what the scripts of a page load: addresses of JSON, XML and other scripts."""

import re
from collections.abc import Iterator

from spiders_project.pages.generic.spelling.addresses import is_picture_name, name_of, path_of
from spiders_project.pages.page import Page

_LONGEST = 1_000_000
_CALL = re.compile(
    r"(?:\bfetch|\bgetJSON|\$\.get|\$\.ajax|\baxios(?:\.get)?|\b(?:d3\.)?json|\bopen|\bload(?:JSON|Data)?"
    r"|\bimport|\bajax)\s*\(\s*(?:\{\s*url\s*:\s*)?(?:[\"']GET[\"']\s*,\s*)?"
    r"(?:new\s+(?:URL|Request)\s*\(\s*)?[\"'`]([^\"'`\s<>\\]{2,300})[\"'`]",
    re.IGNORECASE,
)
_DATA_FILE = re.compile(
    r"[\"'`]([^\"'`\s<>\\(){}?]{1,300}\.(?:json|xml)(?:\?[^\"'`\s<>\\]{0,200})?)[\"'`]"
)
_GALLERY_WORD = re.compile(
    r"photo|image|img|galler|album|picture|pics|slide|media|manifest|portfolio|data|items|list"
    r"|index|root|content|collection",
    re.IGNORECASE,
)
_NEVER = re.compile(
    r"(?:^|/)(?:site\.webmanifest|manifest\.json|package(?:-lock)?\.json|tsconfig\.json"
    r"|browserconfig\.xml|crossdomain\.xml|sitemap[^/]*\.xml|composer\.json|app-?manifest[^/]*"
    r"|opensearch\.xml|rsd\.xml|wlwmanifest\.xml|asset-manifest\.json|lottie[^/]*|search[^/]*\.json)$"
    r"|(?:^|/)(?:locales?|i18n|lang(?:uages?)?|translations?|themes?|config)/|[./](?:min|map)\.json$"
    r"|(?:^|/)(?:en|de|fr|es|config|settings|version|routes)(?:[-_]\w+)?\.json$|analytics|google|facebook",
    re.IGNORECASE,
)
_LIBRARY = re.compile(
    r"jquery|mootools|prototype|dojo|scriptaculous|bootstrap|react|vue|angular|modernizr|polyfill|popper|lodash|underscore|moment|gtag"
    r"|analytics|masonry|isotope|imagesloaded|swiper|slick|owl|fancybox|lightbox|lightgallery|glightbox"
    r"|photoswipe|magnific|viewer|colorbox|swipebox|baguette|justified|nanogallery|galleria|mirador"
    r"|openseadragon|universalviewer|\buv\b|lazy|wp-embed|wp-includes|load\.php|highlight|prism|mathjax"
    r"|require|html5shiv|respond|cdn|ajax\.googleapis|unpkg|jsdelivr|cloudflare|recaptcha|disqus|emoji",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"^(?:data-.*|src|json|source|feed|url|href|content)$")
_LINKS_TO_DATA = (
    "//*[not(self::link or self::meta or self::a or self::script)]"
    "/@*[contains(., '.json') or contains(., '.xml')"
    " or contains(., '.JSON') or contains(., '.XML')]"
)
_DATA_ENDING = re.compile(r"\.(?:json|xml)$", re.IGNORECASE)


def data_loaded(text: str) -> list[str]:
    """Return the links of data that a script loads, those that speak of pictures first."""
    text = text[:_LONGEST]
    found = dict.fromkeys(
        link for link in (*_CALL.findall(text), *_DATA_FILE.findall(text)) if is_data(link)
    )
    return sorted(found, key=lambda link: _GALLERY_WORD.search(path_of(link)) is None)


def is_data(link: str) -> bool:
    """Tell whether a link that a script holds may be data of a gallery."""
    path = path_of(link)
    if _NEVER.search(link) or is_picture_name(link) or link.startswith(("data:", "#", "blob:")):
        return False
    ending = re.search(r"\.(\w{1,5})$", name_of(link))
    if ending is not None:
        return bool(_DATA_ENDING.search(path))
    # An address without ending: a programming interface, where it is no page.
    return "/" in path and "$" not in link and bool(_GALLERY_WORD.search(path))


def data_in_attributes(page: Page) -> Iterator[str]:
    """Yield the links to data that elements hold, such as ``data-src="gallery.json"``."""
    for value in page.selector.root.xpath(_LINKS_TO_DATA):
        is_link = len(value) < 500 and _ATTRIBUTE.match(value.attrname) and " " not in value.strip()
        if is_link and _DATA_ENDING.search(path_of(value)) and not _NEVER.search(value):
            yield str(value)


def own_scripts(page: Page) -> list[str]:
    """Return the addresses of scripts that the site itself has written, libraries left out."""
    found = []
    for script in page.selector.root.iter("script"):
        url = page.absolute(script.get("src") or "")
        if url and not _LIBRARY.search(url) and path_of(url).endswith((".js", ".mjs")):
            found.append(url)
    return list(dict.fromkeys(found))


def inline_scripts(page: Page) -> Iterator[str]:
    """Yield the text of the scripts that stand in a page."""
    for script in page.selector.root.iter("script"):
        if script.text and "json" not in (script.get("type") or ""):
            yield script.text
