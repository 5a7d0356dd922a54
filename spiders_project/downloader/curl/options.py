"""What libcurl is told for all transfers of a crawl."""

import logging
from collections.abc import Iterator
from typing import Any

import pycurl
from scrapy.settings import BaseSettings

from spiders_project.downloader.curl.certificates import authorities_file, authorities_folder

logger = logging.getLogger(__name__)

Option = tuple[int, Any]

# Of curl.h; pycurl has no names for them.
SUPPRESS_CONNECT_HEADERS = 265
SOCKS5_AUTH = 267
_AUTH_BASIC = 1

_BUFFER_BYTES = 128 * 1024
_TLS_LEAST = {
    "TLSv1.0": pycurl.SSLVERSION_TLSv1_0,
    "TLSv1.1": pycurl.SSLVERSION_TLSv1_1,
    "TLSv1.2": pycurl.SSLVERSION_TLSv1_2,
    "TLSv1.3": pycurl.SSLVERSION_TLSv1_3,
}
_TLS_MOST = {
    "TLSv1.0": pycurl.SSLVERSION_MAX_TLSv1_0,
    "TLSv1.1": pycurl.SSLVERSION_MAX_TLSv1_1,
    "TLSv1.2": pycurl.SSLVERSION_MAX_TLSv1_2,
    "TLSv1.3": pycurl.SSLVERSION_MAX_TLSv1_3,
}


def options_of(settings: BaseSettings) -> list[Option]:
    """Return the options of every transfer; raises ValueError for an unknown TLS version."""
    return [*_plain_http(), *_names(settings), *_tls(settings)]


def bind_options(address: str | tuple[str, int] | None) -> Iterator[Option]:
    """Give the options for the address, or the address and port, that connections come from."""
    if address:
        host, port = (address, 0) if isinstance(address, str) else address
        yield pycurl.INTERFACE, f"host!{host}"
        yield pycurl.LOCALPORT, port


def _plain_http() -> Iterator[Option]:
    """Give what keeps libcurl from adding to requests and from acting on responses."""
    yield pycurl.PROTOCOLS, pycurl.PROTO_HTTP | pycurl.PROTO_HTTPS
    yield pycurl.FOLLOWLOCATION, 0
    yield pycurl.NETRC, pycurl.NETRC_IGNORED
    yield pycurl.USERAGENT, ""
    yield pycurl.PATH_AS_IS, 1
    yield pycurl.NOSIGNAL, 1
    yield pycurl.BUFFERSIZE, _BUFFER_BYTES
    # With TLS only, and only where the server wants it too.
    yield pycurl.HTTP_VERSION, pycurl.CURL_HTTP_VERSION_2TLS
    # The variables of the environment are read elsewhere.
    yield pycurl.PROXY, ""
    yield pycurl.NOPROXY, ""
    yield pycurl.HEADEROPT, pycurl.HEADER_SEPARATE
    yield SUPPRESS_CONNECT_HEADERS, 1
    yield SOCKS5_AUTH, _AUTH_BASIC


def _names(settings: BaseSettings) -> Iterator[Option]:
    if not settings.getbool("DNSCACHE_ENABLED"):
        yield pycurl.DNS_CACHE_TIMEOUT, 0


def _tls(settings: BaseSettings) -> Iterator[Option]:
    is_verified = settings.getbool("DOWNLOAD_VERIFY_CERTIFICATES")
    for peer, host, file in (
        (pycurl.SSL_VERIFYPEER, pycurl.SSL_VERIFYHOST, pycurl.CAINFO),
        (pycurl.PROXY_SSL_VERIFYPEER, pycurl.PROXY_SSL_VERIFYHOST, pycurl.PROXY_CAINFO),
    ):
        yield peer, int(is_verified)
        yield host, 2 if is_verified else 0
        yield file, authorities_file()
    if folder := authorities_folder():
        yield pycurl.CAPATH, folder
        yield pycurl.PROXY_CAPATH, folder
    least = _version(settings, "DOWNLOAD_TLS_MIN_VERSION", _TLS_LEAST)
    most = _version(settings, "DOWNLOAD_TLS_MAX_VERSION", _TLS_MOST)
    yield pycurl.SSLVERSION, least | most
    ciphers = settings["DOWNLOADER_CLIENT_TLS_CIPHERS"]
    if ciphers and ciphers != "DEFAULT":
        yield pycurl.SSL_CIPHER_LIST, ciphers
    if settings.getbool("DOWNLOADER_CLIENT_TLS_VERBOSE_LOGGING"):
        yield pycurl.VERBOSE, 1
        yield pycurl.DEBUGFUNCTION, _log_tls


def _version(settings: BaseSettings, name: str, versions: dict[str, int]) -> int:
    value = settings[name]
    if value is None:
        return 0
    if value not in versions:
        raise ValueError(f"{name}={value} is not one of {', '.join(versions)}")
    return versions[value]


def _log_tls(kind: int, line: bytes) -> None:
    if kind == pycurl.INFOTYPE_TEXT and line.startswith((b"SSL connection", b"  ")):
        logger.debug("TLS: %s", line.decode(errors="replace").strip())
