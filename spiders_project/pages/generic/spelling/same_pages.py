"""Compares addresses: which mean the same page, which have the same form."""

import re
from functools import lru_cache
from urllib.parse import SplitResult, parse_qsl, urlencode

from spiders_project.pages.generic.spelling.addresses import is_file
from spiders_project.urls import split_web_address

_SESSION_KEYS = re.compile(
    r"phpsessid|jsessionid|aspsessionid\w*|asp\.net_sessionid|oscsid|zenid|cfid|cftoken|utm_\w+"
    r"|fbclid|gclid|msclkid|yclid|mc_[ce]id|_ga|spm|share_token|ref_src|referrer|nocache|_pjax",
    re.IGNORECASE,
)
_SHORT_SESSION_KEYS = re.compile(
    r"sid|sess(?:ion)?_?(?:id)?|s_id|_|t|ts|timestamp|rand(?:om)?|cb", re.IGNORECASE
)
_SESSION_LETTERS = 8
_REMEMBERED = 8192
"""Addresses: several questions are asked of each link of a page, one shortly after the other."""

PAGE_KEYS = re.compile(
    r"(?:p|pg|pn|page|paged|pagenum|pageno|page_?(?:no|nr|num|number|id|index)?|curpage|currentpage"
    r"|start|offset|from|skip|begin|first|seite|pagina|str|strona|after|cursor|fromid|limitstart"
    r"|lz|set_?start|photopage|pic_?start|g\d*_page|[a-z]{1,12}[-_]?page|page[-_]?[a-z]{1,12})",
    re.IGNORECASE,
)
"""Parameters that say which part of a listing is wanted."""

_PATH_SESSION = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/?#]*", re.IGNORECASE)
_INDEX = re.compile(
    r"/(?:index|default|home)\.(?:x?html?|php\d?|aspx?|jsp|cgi|shtml)$", re.IGNORECASE
)
_EXTENSION = re.compile(r"\.([a-z0-9]{2,5})$", re.IGNORECASE)
_SCRIPTS = frozenset({"php", "php3", "php5", "cgi", "pl", "asp", "aspx", "jsp", "cfm", "py", "do"})


@lru_cache(maxsize=_REMEMBERED)
def same_page_key(url: str) -> str:
    """Return what two addresses of one page have in common, to notice a loop.

    Without scheme, session, parameters of advertisers, index file, final slash, and with the
    parameters in order.
    """
    parts = split_web_address(url)
    if parts is None:
        return url
    path = _INDEX.sub("/", _PATH_SESSION.sub("", parts.path)) or "/"
    query = sorted(_meaningful(parts))
    host = parts.netloc.lower().removeprefix("www.")
    return f"{host}{path.rstrip('/') or '/'}" + (f"?{urlencode(query)}" if query else "")


def _meaningful(parts: SplitResult) -> list[tuple[str, str]]:
    """Return the parameters that change what an address means; the first page is the plain one."""
    query = parts.query
    if query and "=" not in query:
        return [(query, "")]
    return [
        (key, value)
        for key, value in parse_qsl(query, keep_blank_values=True)
        if not is_session(key, value)
    ]


def is_session(key: str, value: str) -> bool:
    """Tell whether a parameter names a visit or an advertiser, and not what is shown.

    ``sid=5`` may be a set, ``sid=9f86d081884c7d65`` is a session.
    """
    is_long = len(value) >= _SESSION_LETTERS and any(map(str.isdigit, value))
    return bool(_SESSION_KEYS.fullmatch(key) or (is_long and _SHORT_SESSION_KEYS.fullmatch(key)))


@lru_cache(maxsize=_REMEMBERED)
def form_of(url: str) -> str:
    """Return the form of an address: file, ending, or the names of its parameters.

    What cards of one kind have in common, and pictures and albums of one listing often have not.
    """
    parts = split_web_address(url)
    if parts is None:
        return ""
    if is_file(url) and not parts.query:
        return "file"
    keys = sorted(
        {key for key, _ in _meaningful(parts) if not PAGE_KEYS.fullmatch(key)}
        if "=" in parts.query
        else ()
    )
    found_ending = _EXTENSION.search(parts.path)
    ending = found_ending[1].lower() if found_ending else "/" * parts.path.endswith("/")
    if parts.query and ending in _SCRIPTS:
        ending = parts.path.rpartition("/")[2]
    return f"{ending}?{'&'.join(keys)}" if keys else ending
