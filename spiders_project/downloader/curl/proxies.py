"""The proxy of a request, as Scrapy's middleware has chosen it."""

import base64
from collections.abc import Iterator

import pycurl
from scrapy import Request
from scrapy.utils.url import add_http_if_no_scheme

from spiders_project.downloader.curl.options import Option

_HEADER = b"Proxy-Authorization"


def proxy_of(request: Request) -> str | None:
    """Return the address of the proxy; SOCKS proxies look names up themselves."""
    proxy = request.meta.get("proxy")
    if not proxy:
        return None
    address = add_http_if_no_scheme(str(proxy))
    return address.replace("socks5://", "socks5h://", 1)


def is_forwarding(request: Request, proxy: str) -> bool:
    """Tell whether a proxy sees the request itself, and not only a tunnel."""
    return proxy.startswith("http") and request.url.startswith("http:")


def proxy_options(request: Request, proxy: str) -> Iterator[Option]:
    """Give the options for a proxy; its credentials never reach the site."""
    yield pycurl.PROXY, proxy
    credentials = request.headers.get(_HEADER)
    if proxy.startswith("socks"):
        if credentials:
            user, password = _user_and_password(credentials)
            yield pycurl.PROXYUSERNAME, user
            yield pycurl.PROXYPASSWORD, password
        return
    # Nothing that a browser's request would not have.
    lines = [b"Proxy-Connection:"]
    if credentials:
        lines.append(b"%b: %b" % (_HEADER, credentials))
    yield pycurl.PROXYHEADER, lines


def _user_and_password(header: bytes) -> tuple[bytes, bytes]:
    scheme, _, token = header.partition(b" ")
    if scheme.lower() != b"basic":
        raise ValueError("a SOCKS proxy takes a user and a password only")
    user, _, password = base64.b64decode(token).partition(b":")
    return user, password
