"""Translates what Scrapy raises into an outcome and a reason from the closed lists."""

import re
from collections.abc import Mapping
from ssl import SSLError
from typing import Any, Self

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

from spiders_project.outcomes import Outcome, Reason, http_reason

_HTTP_GONE = 410
_TLS_WORDS = re.compile(
    r"\b((ssl|tls)(v[\d.]+)?|openssl|certificate|service_identity)\b", re.IGNORECASE
)

_REASONS: tuple[tuple[type[BaseException], Outcome, Reason], ...] = (
    (CannotResolveHostError, Outcome.FAILED, Reason.DNS),
    (DownloadConnectionRefusedError, Outcome.FAILED, Reason.CONNECTION_REFUSED),
    (DownloadTimeoutError, Outcome.FAILED, Reason.TIMEOUT),
    (TimeoutError, Outcome.FAILED, Reason.TIMEOUT),
    (ResponseDataLossError, Outcome.FAILED, Reason.CUT_SHORT),
    # Scrapy's handlers cancel a download for its size only.
    (DownloadCancelledError, Outcome.REFUSED, Reason.TOO_LARGE),
    (UnsupportedURLSchemeError, Outcome.REFUSED, Reason.UNSUPPORTED_ADDRESS),
    (NotSupported, Outcome.REFUSED, Reason.UNSUPPORTED_ADDRESS),
)


class DownloadLost(Exception):
    """A download that ended without what was wanted, and why."""

    def __init__(
        self,
        outcome: Outcome,
        reason: str,
        detail: str,
        retry_after: str | None = None,
        url: str = "",
    ) -> None:
        super().__init__(detail)
        self.outcome = outcome
        self.reason = reason
        self.retry_after = retry_after
        """The server's Retry-After header."""
        self.url = url
        """Where the server answered, which a redirect may have led to."""
        self.facts: dict[str, Any] = {}
        """What the reason depends on, such as the width and height of a picture in pixels."""

        self.is_remembered = False
        """True where an earlier try has failed and this one was not made."""

    def knowing(self, facts: Mapping[str, Any]) -> Self:
        """Return this loss with what its reason depends on."""
        self.facts = dict(facts)
        return self


def lost_by_response(response: Response) -> DownloadLost:
    """Return the loss that a response other than success means."""
    status = response.status
    outcome = Outcome.GONE if status == _HTTP_GONE else Outcome.FAILED
    header = response.headers.get("Retry-After")
    retry_after = header.decode("latin-1") if header else None
    detail = f"the server answered {status}"
    return DownloadLost(outcome, http_reason(status), detail, retry_after, response.url)


def lost_by_exception(error: BaseException) -> DownloadLost:
    """Return the loss that an exception of Scrapy's downloader means."""
    if isinstance(error, DownloadLost):
        return error
    if isinstance(error, HttpError):
        return lost_by_response(error.response)
    if isinstance(error, IgnoreRequest):
        return _lost_by_refusal(error)
    for kind, outcome, reason in _REASONS:
        if isinstance(error, kind):
            return DownloadLost(outcome, reason, str(error))
    if isinstance(error, DownloadFailedError | OSError):
        return DownloadLost(Outcome.FAILED, _connection_reason(error), str(error))
    return DownloadLost(Outcome.FAILED, Reason.OTHER, f"{type(error).__name__}: {error}")


def _lost_by_refusal(error: IgnoreRequest) -> DownloadLost:
    words = str(error)
    if "robots.txt" in words:
        return DownloadLost(Outcome.REFUSED, Reason.ROBOTS, words)
    if "redirect" in words:
        return DownloadLost(Outcome.FAILED, Reason.TOO_MANY_REDIRECTS, words)
    return DownloadLost(Outcome.REFUSED, Reason.OTHER, words)


def _connection_reason(error: BaseException) -> Reason:
    is_tls = isinstance(error, SSLError) or _TLS_WORDS.search(str(error))
    return Reason.TLS if is_tls else Reason.CONNECTION_LOST
