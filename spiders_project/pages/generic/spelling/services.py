"""Reads through the services that make pictures smaller: what their addresses hold inside."""

import re
from collections.abc import Callable, Iterator
from urllib.parse import SplitResult, parse_qsl, unquote, urljoin

from spiders_project.pages.generic.spelling.addresses import is_picture_name, word_set
from spiders_project.urls import split_web_address

_INNER_KEYS = word_set(
    "url src image img u file source imageurl image_url imgurl picurl pic photo filename path uri"
    " mediaurl i f p image_uri remote original"
)
_SIZE_KEYS = word_set(
    "w h width height imwidth imheight size sz q quality qlt fit crop auto fm format dpr resize"
    " maxwidth maxheight max-w max-h wid hei tr thumb thumbnail preview scale s ssl strip zoom cs"
    " ixlib ixid rect op_sharpen mode rmode scl imgmax lossy sharp w1 h1 downsize imgw"
)
_SIGNATURES = word_set("sig signature token hmac expires x-amz-signature policy key-pair-id")
_PROXY_PATH = re.compile(
    r"image|img|thumb|resiz|proxy|ipx|photo|pic|crop|scale|render|media|view|show|popup|zoom|cache",
    re.IGNORECASE,
)
RAW = "raw"
_SIZE_VALUE = re.compile(r"^[\w.,:*~-]{0,24}$")


def rewritten(url: str) -> Iterator[tuple[str, str]]:
    """Yield the name of each rule that fits, and the address that it makes of another."""
    parts = split_web_address(url)
    if parts is None:
        return
    for name, rule in _RULES.items():
        try:
            made = rule(url, parts)
        except ValueError:
            continue
        if made and made != url and split_web_address(made):
            yield name, made


def inner_of(url: str) -> str | None:
    """Return the address of the picture file that the query of an address names."""
    parts = split_web_address(url)
    try:
        inner = _inner_of_query(url, parts) if parts else None
    except ValueError:
        return None
    return inner if inner and split_web_address(inner) and is_picture_name(inner) else None


def _inner_of_query(url: str, parts: SplitResult) -> str | None:
    """``/_next/image?url=..``, ``timthumb.php?src=..``, ``view.php?img=..``."""
    if not parts.query:
        return None
    pairs = parse_qsl(parts.query, max_num_fields=50)
    has_sizes = any(key.lower() in _SIZE_KEYS for key, _ in pairs)
    for key, value in pairs:
        if key.lower() not in _INNER_KEYS or len(value) < 5:
            continue
        is_address = value.startswith(("http://", "https://", "//", "/"))
        is_proxy = has_sizes or bool(_PROXY_PATH.search(parts.path))
        if is_picture_name(value) or (is_address and is_proxy and has_sizes):
            bare_host = re.match(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,24}/", value)
            return urljoin(url, f"https://{value}" if bare_host else value)
    return None


def _inner_of_path(url: str, parts: SplitResult) -> str | None:
    """``/unsafe/300x/https://..``, ``/image/fetch/w_300/https%3A%2F%2F..``, ``/plain/https://..``."""
    text = unquote(parts.path) if "%3a" in parts.path.lower() else parts.path
    found = re.search(r"/(https?):/{1,2}(?=[^/])", text)
    if found is None or "archive.org" in parts.netloc:
        return None
    inner = text[found.end() :].rpartition("@")
    return f"{found[1]}://{inner[0] if '/' in inner[0] else text[found.end() :]}"


def _photon(url: str, parts: SplitResult) -> str | None:
    """``i0.wp.com/example.org/photo.jpg?w=300``."""
    if not re.fullmatch(r"i\d\.wp\.com", parts.netloc):
        return None
    return "https:/" + parts.path


def _of_edge(url: str, parts: SplitResult) -> str | None:
    """``/cdn-cgi/image/width=300/photo.jpg`` and ``/_ipx/w_300/photo.jpg``."""
    found = re.search(r"/(?:cdn-cgi/image|_ipx|_vercel/image)/[^/]+/", parts.path)
    if found is None:
        return None
    rest = parts.path[found.end() :]
    return urljoin(url, parts.path[: found.start()] + "/" + rest)


def _thumbor(url: str, parts: SplitResult) -> str | None:
    """``/unsafe/300x200/smart/filters:quality(80)/example.org/photo.jpg``."""
    found = re.search(
        r"/unsafe/(?:[^/]*[x(:][^/]*/|smart/|fit-in/|top/|left/|right/|center/)+", parts.path
    )
    if found is None or not (rest := parts.path[found.end() :]):
        return None
    has_host = re.match(r"[\w-]+(?:\.[\w-]+)+/", rest)
    return f"https://{rest}" if has_host else urljoin(url, "/" + rest)


def _cloudinary(url: str, parts: SplitResult) -> str | None:
    """``/image/upload/w_300,c_fill/v1/photo.jpg``."""
    return _replaced(
        parts, r"(/(?:image|private|authenticated)/?upload/)(?:[a-z]{1,4}_[^/]+/)+", r"\1"
    )


def _mediawiki(url: str, parts: SplitResult) -> str | None:
    """``/thumb/a/ab/Photo.jpg/300px-Photo.jpg``."""
    return _replaced(parts, r"/thumb/((?:[^/]+/){0,5}[^/]+\.\w{2,5})/[^/]*\d+px-[^/]+$", r"/\1")


def _piwigo(url: str, parts: SplitResult) -> str | None:
    """``/_data/i/upload/2020/photo-me.jpg`` and ``/i.php?/upload/2020/photo-th.jpg``."""
    size = r"-(?:th|sq|2s|xs|sm|me|la|xl|xx|3xl|4xl|cu_[\w]+)(?=\.\w{3,4}$)"
    link = re.sub(r"/_data/i/|/i\.php\?/", "/", url)
    return re.sub(size, "", link) if link != url else None


def _iiif_max(url: str, parts: SplitResult) -> str | None:
    """IIIF Image API 2.1 and 3: ``/full/800,/0/default.jpg``."""
    return _replaced(parts, _IIIF, r"/full/max/0/\1.\2")


def _iiif_full(url: str, parts: SplitResult) -> str | None:
    """IIIF Image API 1 and 2: the same."""
    return _replaced(parts, _IIIF, r"/full/full/0/\1.\2")


_IIIF = (
    r"/(?:full|square|pct:[\d.,]+|\d+,\d+,\d+,\d+)/[\d^!,pctmaxful:.]+/!?[\d.]+"
    r"/(default|native|color|gray|bitonal)\.(\w{3,4})$"
)


def _wix(url: str, parts: SplitResult) -> str | None:
    """``/media/a.jpg/v1/fill/w_300,h_200/photo.jpg``."""
    return _replaced(parts, r"(/media/[^/]+)/v1/(?:fill|fit|crop)/.+$", r"\1")


def _google(url: str, parts: SplitResult) -> str | None:
    """``lh3.googleusercontent.com/..=w300-h200`` and ``blogger.../s320/photo.jpg``."""
    if "googleusercontent" not in parts.netloc and "bp.blogspot" not in parts.netloc:
        return None
    if "=" in parts.path:
        return _replaced(parts, r"=[swh]\d+[\w-]*$", "=s0")
    return _replaced(parts, r"/[swh]\d{2,4}(?:-[\w-]+)?/(?=[^/]*$)", "/s0/")


def _twitter(url: str, parts: SplitResult) -> str | None:
    """``pbs.twimg.com/media/photo?format=jpg&name=small``."""
    if parts.netloc != "pbs.twimg.com":
        return None
    return re.sub(r"(?<=[?&]name=)\w+$|(?<=[?&]name=)\w+(?=&)", "orig", url)


def _squarespace(url: str, parts: SplitResult) -> str | None:
    """``photo.jpg?format=500w``."""
    if not re.search(r"(?:^|&)format=\d+w", parts.query):
        return None
    return re.sub(r"(?<=format=)\d+w", "original", url)


def _behind_ending(url: str, parts: SplitResult) -> str | None:
    """``photo.jpg!w300``, ``photo.jpg:large``, ``photo.jpg@300w_1l``, ``photo.jpg_300x300.jpg``."""
    ending = r"(\.(?:jpe?g|png|webp|gif|avif))"
    return _replaced(parts, ending + r"(?:[!:@~][\w.:-]+|_\d+x\d+\w*\.(?:jpg|webp|png))$", r"\1")


def _without_query(url: str, parts: SplitResult) -> str | None:
    """``photo.jpg?w=300&q=80``, ``?x-oss-process=image/resize``, ``?imageView2/2/w/300``."""
    if not parts.query:
        return None
    if re.match(r"(?:x-oss-process|image(?:view2?|mogr2?)|x-image-process)", parts.query.lower()):
        return parts._replace(query="").geturl()
    pieces = parts.query.split("&")
    keys = [piece.partition("=")[0].lower() for piece in pieces]
    if _SIGNATURES.intersection(keys) or not _SIZE_KEYS.intersection(keys):
        return None
    if re.search(r"(?:^|&)s=[0-9a-f]{16,}", parts.query) or len(pieces) > 50:
        return None
    kept = [p for p, key in zip(pieces, keys, strict=True) if not _is_size(key, p, parts.path)]
    return parts._replace(query="&".join(kept)).geturl()


def _is_size(key: str, piece: str, path: str) -> bool:
    value = piece.partition("=")[2]
    is_plain = bool(_SIZE_VALUE.match(unquote(value)))
    # Where the name is no file, a lone "s" or "p" is as likely what tells pictures apart.
    return key in _SIZE_KEYS and is_plain and (is_picture_name(path) or key != "s")


def _raw_of_code_site(url: str, parts: SplitResult) -> str | None:
    """``github.com/u/r/blob/main/photo.jpg`` is a page."""
    return _replaced(parts, r"/blob/(?=.+\.\w{3,4}$)", "/raw/")


def _replaced(parts: SplitResult, pattern: str, made: str) -> str | None:
    path, count = re.subn(pattern, made, parts.path, count=1)
    return parts._replace(path=path).geturl() if count else None


_RULES: dict[str, Callable[[str, SplitResult], str | None]] = {
    "inner of query": _inner_of_query,
    "inner of path": _inner_of_path,
    "photon": _photon,
    "edge": _of_edge,
    "thumbor": _thumbor,
    "cloudinary": _cloudinary,
    "mediawiki": _mediawiki,
    "piwigo": _piwigo,
    "iiif max": _iiif_max,
    "iiif full": _iiif_full,
    "wix": _wix,
    "google": _google,
    "twitter": _twitter,
    "squarespace": _squarespace,
    "behind ending": _behind_ending,
    "without query": _without_query,
    RAW: _raw_of_code_site,
}
"""Each takes an address and its parts; it returns the address behind it, None where it fits not."""
SERVICES = frozenset(_RULES)
"""The names of the rules: an address that one fits is a size of another one."""
LOOSE = frozenset(["behind ending", "without query"])
"""Those that leave a name as it is, which may say more."""
