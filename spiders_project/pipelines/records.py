"""What the images pipeline writes into an item: pictures stored, and addresses lost."""

from typing import Any

from twisted.python.failure import Failure as TwistedFailure

from spiders_project.failures import DownloadLost
from spiders_project.items import Failure, StoredPicture
from spiders_project.media.inspect import Inspection
from spiders_project.outcomes import Outcome, Reason
from spiders_project.pipelines.shelf import Shelved
from spiders_project.urls import split_web_address

Result = tuple[bool, Any]
"""As Scrapy's: True with the record of a picture, False with a Failure."""


def stored(url: str, picture: Inspection, shelved: Shelved, opt_outs: list[str]) -> StoredPicture:
    """Return the record of a picture that lies in the store."""
    return StoredPicture(
        url=url,
        path=shelved.path,
        checksum=picture.md5,
        sha256=picture.sha256,
        size_bytes=picture.size_bytes,
        format=picture.format,
        width=picture.width,
        height=picture.height,
        phash=None,
        thumbnail=shelved.thumbnail,
        status=str(Outcome.DOWNLOADED),
        duplicate_of=None,
        opt_outs=opt_outs,
    )


def repeated(record: StoredPicture) -> StoredPicture:
    """Return the record of another place where the same bytes were found."""
    return {**record, "status": str(Outcome.DUPLICATE), "duplicate_of": record["path"]}


def lost(loss: DownloadLost) -> Result:
    """Return a loss as a result that can be kept for the whole crawl."""
    # The traceback would keep the response, and with it the picture, in memory.
    loss.__traceback__ = loss.__cause__ = loss.__context__ = None
    return False, TwistedFailure(loss)  # type: ignore[no-untyped-call]


def failures(urls: list[str], results: list[Result]) -> list[Failure]:
    """Return what was lost of the addresses that were asked for."""
    return [
        _failure(url, result.value.outcome, result.value.reason)
        for url, (is_stored, result) in zip(urls, results, strict=True)
        if not is_stored
    ]


def unsupported(urls: list[str]) -> list[Failure]:
    """Return the addresses that are none of the web's, and are never asked for."""
    return [
        _failure(url, Outcome.REFUSED, Reason.UNSUPPORTED_ADDRESS)
        for url in urls
        if not split_web_address(url)
    ]


def _failure(url: str, outcome: Outcome, reason: str) -> Failure:
    return Failure(url=url, outcome=str(outcome), reason=str(reason))
