"""Turns a request of Scrapy's into options of libcurl: exactly its bytes, and nothing added."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pycurl
from scrapy import Request

from spiders_project.downloader.curl.options import Option

_LOWER_ESCAPE = re.compile(r"%(?:[a-f][0-9A-Fa-f]|[0-9A-F][a-f])")
_AUTHORITY_USER = re.compile(r"(?<=//)[^/?#]*@")
_LINE_ENDS = re.compile(rb"[\r\n\0]+")
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_PROXY_AUTHORIZATION = b"Proxy-Authorization"
_FRAMING = frozenset({b"Content-Length", b"Transfer-Encoding"})
"""Headers that libcurl writes itself, to fit the body."""
_ADDED_BY_CURL = frozenset({b"Accept"})
_ADDED_TO_BODIES = frozenset({b"Content-Type", b"Expect"})


def is_plain(request: Request) -> bool:
    """Tell whether a request needs no options but those for its address and headers."""
    meta = request.meta
    return (
        request.method == "GET"
        and not request.body
        and not meta.get("proxy")
        and not meta.get("bindaddress")
        and not _LOWER_ESCAPE.search(request.url)
    )


def address_of(request: Request) -> str:
    """Return the address to ask for; a user in it is a matter of middlewares."""
    url = request.url
    return _AUTHORITY_USER.sub("", url, count=1) if "@" in url else url


def header_lines(request: Request) -> list[bytes]:
    """Return the headers in the notation of libcurl, in their order."""
    names = set(request.headers)
    lines = [
        _line(name, value)
        for name, values in request.headers.items()
        if name not in _FRAMING and name != _PROXY_AUTHORIZATION
        for value in values
    ]
    added = _ADDED_BY_CURL | _ADDED_TO_BODIES if _is_sending(request) else _ADDED_BY_CURL
    lines += [name + b":" for name in added if name not in names]
    return lines


def _is_sending(request: Request) -> bool:
    """Tell whether a request has a body, though it may be empty."""
    return bool(request.body) or request.method in ("POST", "PUT")


def _line(name: bytes, value: bytes) -> bytes:
    if b"\n" in value or b"\r" in value or b"\0" in value:
        value = _LINE_ENDS.sub(b" ", value)
    # A colon alone would leave the header out.
    return b"%b: %b" % (name, value) if value.strip() else name + b";"


def method_options(request: Request) -> Iterator[Option]:
    """Give the options for a method and a body; raises ValueError for what is no method."""
    if not _TOKEN.fullmatch(request.method):
        raise ValueError(f"{request.method!r} is no method of HTTP")
    if request.method == "HEAD":
        yield pycurl.NOBODY, 1
        return
    if _is_sending(request):
        yield pycurl.POST, 1
        yield pycurl.POSTFIELDSIZE_LARGE, len(request.body)
        # COPYPOSTFIELDS of pycurl takes no body with a zero byte.
        yield pycurl.POSTFIELDS, request.body
    yield pycurl.CUSTOMREQUEST, request.method


def target_options(request: Request, *, is_forwarded: bool) -> Iterator[Option]:
    """Give the option that keeps escapes as they are; libcurl would write %2f as %2F.

    A proxy that forwards a request is told the whole address (RFC 9112, 3.2.2).
    """
    if _LOWER_ESCAPE.search(request.url):
        parts = urlsplit(address_of(request))._replace(fragment="")
        if not is_forwarded:
            parts = parts._replace(scheme="", netloc="", path=parts.path or "/")
        yield pycurl.REQUEST_TARGET, parts.geturl()
