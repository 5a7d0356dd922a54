"""Translates the error codes of libcurl into the exceptions of Scrapy."""

import errno
from enum import IntEnum

import pycurl
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    UnsupportedURLSchemeError,
)

from spiders_project.downloader.curl.loop import CurlError


class Code(IntEnum):
    """Codes of curl.h; pycurl names some of them only."""

    URL_MALFORMAT = 3
    COULDNT_RESOLVE_PROXY = 5
    COULDNT_RESOLVE_HOST = 6
    COULDNT_CONNECT = 7
    WEIRD_SERVER_REPLY = 8
    HTTP2 = 16
    PARTIAL_FILE = 18
    OPERATION_TIMEDOUT = 28
    SSL_CONNECT_ERROR = 35
    ABORTED_BY_CALLBACK = 42
    GOT_NOTHING = 52
    SSL_ENGINE_NOTFOUND = 53
    SSL_ENGINE_SETFAILED = 54
    SEND_ERROR = 55
    RECV_ERROR = 56
    SSL_CERTPROBLEM = 58
    SSL_CIPHER = 59
    PEER_FAILED_VERIFICATION = 60
    SSL_ENGINE_INITFAILED = 66
    SSL_CACERT_BADFILE = 77
    SSL_SHUTDOWN_FAILED = 80
    SSL_CRL_BADFILE = 82
    SSL_ISSUER_ERROR = 83
    SSL_PINNEDPUBKEYNOTMATCH = 90
    SSL_INVALIDCERTSTATUS = 91
    HTTP2_STREAM = 92
    PROXY = 97


_LOSSES = frozenset(
    {
        Code.WEIRD_SERVER_REPLY,
        Code.HTTP2,
        Code.PARTIAL_FILE,
        Code.GOT_NOTHING,
        Code.SEND_ERROR,
        Code.RECV_ERROR,
        Code.HTTP2_STREAM,
    }
)
_TLS = frozenset(code for code in Code if code.name.startswith(("SSL_", "PEER_")))
# CURLPX_REPLY_CONNECTION_REFUSED, _GENERAL_SERVER_FAILURE, _HOST_UNREACHABLE and
# _NETWORK_UNREACHABLE of curl.h: a SOCKS proxy has not reached the site.
_PROXY_DID_NOT_REACH = frozenset({19, 20, 21, 22})


def is_data_loss(error: CurlError) -> bool:
    """Tell whether an error means that a body which had begun did not come to its end."""
    return error.code in _LOSSES


def exception_for(error: CurlError, curl: pycurl.Curl, url: str) -> Exception:
    """Return what Scrapy raises for an error."""
    prefix = "TLS: " if error.code in _TLS else ""
    return _kind_of(error, curl)(f"{prefix}{error.words} ({url})")


def _kind_of(error: CurlError, curl: pycurl.Curl) -> type[Exception]:
    match error.code:
        case Code.COULDNT_RESOLVE_HOST | Code.COULDNT_RESOLVE_PROXY:
            return CannotResolveHostError
        case Code.COULDNT_CONNECT if curl.getinfo(pycurl.OS_ERRNO) == errno.ECONNREFUSED:
            return DownloadConnectionRefusedError
        case Code.PROXY if curl.getinfo(pycurl.PROXY_ERROR) in _PROXY_DID_NOT_REACH:
            return DownloadConnectionRefusedError
        case Code.OPERATION_TIMEDOUT:
            return DownloadTimeoutError
        case Code.URL_MALFORMAT:
            return UnsupportedURLSchemeError
    return DownloadFailedError
