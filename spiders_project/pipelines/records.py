"""What the images pipeline writes into an item: pictures stored, and addresses lost."""

from typing import Any

from itemadapter import ItemAdapter
from twisted.python.failure import Failure as TwistedFailure

from spiders_project.catalogue.failures import Failure as KnownLoss
from spiders_project.catalogue.picture import Picture, Place
from spiders_project.catalogue.schema import PICTURE
from spiders_project.failures import DownloadLost
from spiders_project.items import Failure, StoredPicture
from spiders_project.outcomes import Outcome, Reason
from spiders_project.pipelines.wishlist import values_of
from spiders_project.politeness.opt_outs import united
from spiders_project.urls import split_web_address

Result = tuple[bool, Any]
"""As Scrapy's: True with the record of a picture, False with a Failure."""


def stored(
    picture: Picture, place: Place, outcome: Outcome, is_repeated: bool = False
) -> StoredPicture:
    """Return the record of one place of a picture that lies in the store.

    ``is_repeated`` where another place was there first, also if that was long ago.
    """
    return StoredPicture(
        url=place.address,
        path=picture.path,
        checksum=picture.md5,
        sha256=picture.sha256,
        size_bytes=picture.size_bytes,
        format=picture.format,
        width=picture.width,
        height=picture.height,
        phash=picture.phash,
        thumbnail=picture.thumbnail,
        status=str(_status(picture, outcome)),
        duplicate_of=picture.path if is_repeated else None,
        similar_to=picture.similar_path,
        is_recommended=picture.is_recommended,
        is_placeholder=picture.is_placeholder,
        frames=picture.frames,
        colours=list(picture.colours),
        metadata=dict(picture.metadata),
        trailing_bytes=picture.trailing_bytes,
        opt_outs=list(place.opt_outs),
    )


def _status(picture: Picture, outcome: Outcome) -> Outcome:
    is_similar = outcome is Outcome.DOWNLOADED and picture.similar_to
    return Outcome.SIMILAR if is_similar else outcome


def picture_of(record: StoredPicture) -> Picture:
    """Return what a record says of the picture itself."""
    return Picture(
        sha256=record["sha256"],
        md5=record["checksum"],
        size_bytes=record["size_bytes"],
        format=record["format"],
        width=record["width"],
        height=record["height"],
        path=record["path"],
        thumbnail=record["thumbnail"],
        phash=record["phash"],
        frames=record["frames"],
        colours=record["colours"],
        metadata=record["metadata"],
        trailing_bytes=record["trailing_bytes"],
        similar_path=record["similar_to"],
        is_recommended=record["is_recommended"],
        is_placeholder=record["is_placeholder"],
    )


def place_of(url: str, item: Any, opt_outs: list[str] | None = None) -> Place:
    """Return the place where an item has a picture; ``opt_outs`` join those of the item."""
    facts = values_of(item)
    return Place(
        page=facts.get("page_url") or "",
        address=url,
        site=facts.get("site"),
        category=facts.get("category"),
        title=facts.get("title"),
        opt_outs=united(opt_outs or [], facts.get("opt_outs") or []),
    )


def failure_of(url: str, item: Any, loss: DownloadLost) -> KnownLoss:
    """Return what the catalogue is to remember of an address that led to no picture."""
    place = place_of(url, item)
    return KnownLoss(
        address=url,
        kind=PICTURE,
        outcome=str(loss.outcome),
        reason=str(loss.reason),
        page=place.page,
        site=place.site,
        category=place.category,
        facts=loss.facts,
    )


def add_failures(item: Any, failures: list[Failure]) -> None:
    """Write losses into an item, if it has a place for them."""
    if not failures:
        return
    adapter = ItemAdapter(item)
    if "failures" in adapter.field_names():
        adapter["failures"] = [*(adapter.get("failures") or []), *failures]


def complete(item: Any, results: list[Result]) -> None:
    """Fill in what the page does not say and a picture does, of the first one that says it."""
    for is_stored, record in results:
        if is_stored and record["metadata"]:
            adapter = ItemAdapter(item)
            for name, value in record["metadata"].items():
                if name in adapter.field_names() and not adapter.get(name):
                    adapter[name] = value


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
