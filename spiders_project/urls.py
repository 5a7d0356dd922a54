"""Questions about web addresses that several rooms ask."""

import re
from functools import lru_cache
from urllib.parse import SplitResult, urlsplit

_PORTS = {"http": 80, "https": 443}
_CREDENTIALS = re.compile(r"//[^/]*@")


def without_password(address: str) -> str:
    """Return an address of any scheme as it may be shown."""
    return _CREDENTIALS.sub("//***@", address)


_REMEMBERED = 8192
"""Addresses: all parts of a crawl ask for the same ones, those of one page one after the other."""


@lru_cache(maxsize=_REMEMBERED)
def split_web_address(url: str) -> SplitResult | None:
    """Return the parts of an http or https address with a host, None for any other text."""
    try:
        parts = urlsplit(url)
        has_host = bool(parts.hostname)
        _ = parts.port  # raises ValueError for a port that is no number
    except ValueError:
        return None
    return parts if parts.scheme in _PORTS and has_host else None


def host_of(url: str) -> str:
    """Return the lower-case host of a web address, without its port; "" if it is none."""
    parts = split_web_address(url)
    return (parts.hostname or "") if parts else ""


@lru_cache(maxsize=_REMEMBERED)
def origin_of(url: str) -> str:
    """Return scheme, host and port of a web address, such as ``https://example.org``."""
    parts = split_web_address(url)
    if parts is None:
        return ""
    host = parts.hostname or ""
    host = f"[{host}]" if ":" in host else host
    port = parts.port if parts.port not in (None, _PORTS[parts.scheme]) else None
    return f"{parts.scheme}://{host}" + (f":{port}" if port else "")


def referer_for(page_url: str, target_url: str) -> str | None:
    """Return the Referer to send from a page to an address.

    The rule is the default of browsers, ``strict-origin-when-cross-origin``
    (W3C Referrer Policy, section 3.8): the whole page address to the same
    origin, only the origin to another one, nothing from https to http.
    """
    page, target = split_web_address(page_url), split_web_address(target_url)
    if page is None or target is None:
        return None
    if origin_of(page_url) == origin_of(target_url):
        host = page.netloc.rpartition("@")[2]
        return page._replace(netloc=host, fragment="").geturl()
    if page.scheme == "https" and target.scheme == "http":
        return None
    return origin_of(page_url) + "/"


PICTURE_ENDINGS = frozenset(
    "jpg jpeg jpe jfif pjpeg png gif webp avif bmp tif tiff jxl jp2 heic heif".split()
)
"""How the names of picture files end; the one table of them."""
_PICTURE_ENDING = re.compile(rf"\.(?:{'|'.join(sorted(PICTURE_ENDINGS))})$", re.IGNORECASE)


def looks_like_picture(url: str) -> bool:
    """Tell whether an address ends like a picture file; only the answer tells whether it is one."""
    parts = split_web_address(url)
    return parts is not None and bool(_PICTURE_ENDING.search(parts.path))
