"""What Scrapy raises becomes an outcome and a reason from the closed lists."""

import ssl

import pytest
from scrapy import Request
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    NotSupported,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError

from spiders_project.failures import DownloadLost, lost_by_exception, lost_by_response
from spiders_project.outcomes import Outcome, Reason


def http_error(status: int) -> HttpError:
    url = "https://example.org/"
    return HttpError(Response(url, status=status, request=Request(url)), "Ignoring response")


@pytest.mark.parametrize(
    ("status", "outcome", "reason"),
    [
        (404, Outcome.FAILED, "http-404"),
        (403, Outcome.FAILED, "http-403"),
        (429, Outcome.FAILED, "http-429"),
        (500, Outcome.FAILED, "http-500"),
        (204, Outcome.FAILED, "http-204"),
        (302, Outcome.FAILED, "http-302"),
        (410, Outcome.GONE, "http-410"),
    ],
)
def test_status_is_the_reason(status: int, outcome: Outcome, reason: str) -> None:
    error = http_error(status)
    for lost in (lost_by_response(error.response), lost_by_exception(error)):
        assert (lost.outcome, lost.reason) == (outcome, reason)
        assert str(status) in str(lost)


@pytest.mark.parametrize(
    ("error", "outcome", "reason"),
    [
        (CannotResolveHostError("no such host"), Outcome.FAILED, Reason.DNS),
        (DownloadConnectionRefusedError("refused"), Outcome.FAILED, Reason.CONNECTION_REFUSED),
        (DownloadTimeoutError("after 60 s"), Outcome.FAILED, Reason.TIMEOUT),
        (TimeoutError("timed out"), Outcome.FAILED, Reason.TIMEOUT),
        (ResponseDataLossError("half of it"), Outcome.FAILED, Reason.CUT_SHORT),
        (DownloadCancelledError("larger than 256 MB"), Outcome.REFUSED, Reason.TOO_LARGE),
        (UnsupportedURLSchemeError("file"), Outcome.REFUSED, Reason.UNSUPPORTED_ADDRESS),
        (NotSupported("gopher"), Outcome.REFUSED, Reason.UNSUPPORTED_ADDRESS),
        (DownloadFailedError("Connection to the other side was lost"),
         Outcome.FAILED, Reason.CONNECTION_LOST),
        (DownloadFailedError("[('SSL routines', '', 'certificate verify failed')]"),
         Outcome.FAILED, Reason.TLS),
        (DownloadFailedError("[<twisted.python.failure.Failure service_identity.exceptions."
                             "VerificationError: VerificationError(errors=[DNSMismatch("
                             "mismatched_id=DNS_ID(hostname=b'localhost'))])>]"),
         Outcome.FAILED, Reason.TLS),
        (DownloadFailedError("tlsv1 alert protocol version"), Outcome.FAILED, Reason.TLS),
        (DownloadFailedError("lost connection to crossland.example"),
         Outcome.FAILED, Reason.CONNECTION_LOST),
        (ConnectionResetError(104, "Connection reset by peer"),
         Outcome.FAILED, Reason.CONNECTION_LOST),
        (ssl.SSLCertVerificationError("unable to get local issuer"), Outcome.FAILED, Reason.TLS),
        (IgnoreRequest("Forbidden by robots.txt"), Outcome.REFUSED, Reason.ROBOTS),
        (IgnoreRequest("max redirections reached"), Outcome.FAILED, Reason.TOO_MANY_REDIRECTS),
        (IgnoreRequest("not today"), Outcome.REFUSED, Reason.OTHER),
        (IgnoreRequest(), Outcome.REFUSED, Reason.OTHER),
        (ValueError("surprise"), Outcome.FAILED, Reason.OTHER),
        (MemoryError(), Outcome.FAILED, Reason.OTHER),
    ],
    ids=lambda value: f"{type(value).__name__}: {value}"[:60]
    if isinstance(value, Exception)
    else None,
)  # fmt: skip
def test_exception_has_an_outcome_and_a_reason(
    error: Exception, outcome: Outcome, reason: Reason
) -> None:
    lost = lost_by_exception(error)
    assert (lost.outcome, lost.reason) == (outcome, reason)


def test_detail_keeps_the_words_of_the_error() -> None:
    assert str(lost_by_exception(DownloadTimeoutError("after 60 s"))) == "after 60 s"
    assert str(lost_by_exception(ValueError("surprise"))) == "ValueError: surprise"


def test_loss_that_is_known_stays_as_it_is() -> None:
    lost = DownloadLost(Outcome.REFUSED, Reason.TOO_SMALL, "1x1")
    assert lost_by_exception(lost) is lost


def test_robots_are_not_found_in_an_address() -> None:
    lost = lost_by_exception(DownloadFailedError("https://example.org/robots.txt was cut"))
    assert lost.reason is Reason.CONNECTION_LOST
