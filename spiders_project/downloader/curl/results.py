"""What a transfer that has ended comes to: a response, or an exception of Scrapy's."""

from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address

import pycurl
from scrapy.exceptions import ResponseDataLossError
from scrapy.http import Response
from scrapy.responsetypes import responsetypes

from spiders_project.downloader.curl.errors import Code, exception_for, is_data_loss
from spiders_project.downloader.curl.loop import CurlError
from spiders_project.downloader.curl.ranges import ContentRange
from spiders_project.downloader.curl.stream import PARTIAL_CONTENT
from spiders_project.downloader.curl.transfer import Transfer
from spiders_project.downloader.sink import STREAMED


def result_of(transfer: Transfer, error: CurlError | None, curl: pycurl.Curl) -> Response:
    """Return the response; raises what Scrapy raises, and OSError of a sink."""
    if transfer.failure is not None:
        raise transfer.failure
    if transfer.stop is not None:
        response = _response(transfer, curl, "download_stopped")
        if transfer.stop.fail:
            transfer.stop.response = response
            raise transfer.stop
        return response
    error = error or _shortfall(transfer)
    if error is None:
        return _response(transfer, curl, *_unmeasured(transfer))
    if transfer.head is None or not is_data_loss(error):
        raise exception_for(error, curl, transfer.request.url)
    if transfer.limits.fails_on_data_loss:
        raise ResponseDataLossError(f"{error.words} ({transfer.request.url})")
    return _response(transfer, curl, "dataloss")


def _shortfall(transfer: Transfer) -> CurlError | None:
    """Return what is missing of a response that libcurl takes for whole."""
    if transfer.head is None:
        return CurlError(Code.GOT_NOTHING, "the connection ended in the middle of the head")
    if transfer.stream is None:
        return None
    if not transfer.stream.is_complete:
        return CurlError(Code.PARTIAL_FILE, "the encoded body ends before its end")
    is_open = (transfer.request.headers.get("Range") or b"").endswith(b"-")
    if transfer.head.status == PARTIAL_CONTENT and is_open:
        part = ContentRange.of(transfer.head.headers)
        if part is not None and not part.is_last:
            return CurlError(Code.PARTIAL_FILE, f"the server sent a part only: {part}")
    return None


def _unmeasured(transfer: Transfer) -> list[str]:
    head = transfer.head
    if head is None or not head.has_body or transfer.request.method == "HEAD":
        return []
    return [] if head.is_measured else ["partial"]


def _response(transfer: Transfer, curl: pycurl.Curl, *flags: str) -> Response:
    head, url = transfer.head, transfer.request.url.partition("#")[0]
    assert head is not None
    body = b"".join(transfer.body)
    is_streamed = transfer.stream is not None
    kind = responsetypes.from_args(head.headers, url, body=None if is_streamed else body)
    response = kind(
        url=url,
        status=head.status,
        body=body,
        flags=[STREAMED, *flags] if is_streamed else list(flags),
        ip_address=_parsed(curl.getinfo(pycurl.PRIMARY_IP)),
        protocol=head.protocol,
    )
    # As an argument they would all be normalised once more.
    response.headers = head.headers
    return response


@lru_cache(maxsize=1000)
def _parsed(address: str) -> IPv4Address | IPv6Address:
    return ip_address(address)
