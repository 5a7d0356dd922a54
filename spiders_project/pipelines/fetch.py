"""Scrapy's ImagesPipeline with its settings and fields, and pictures stored as they are served."""

import asyncio
import errno
import logging
import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from os import PathLike
from pathlib import PurePosixPath
from typing import Any, ParamSpec, TypeVar
from urllib.parse import unquote

from itemadapter import ItemAdapter
from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.pipelines.images import ImagesPipeline as ScrapyImagesPipeline
from scrapy.pipelines.media import MediaPipeline
from scrapy.utils.defer import ensure_awaitable
from twisted.python.failure import Failure as TwistedFailure

from spiders_project import counters
from spiders_project.failures import DownloadLost, lost_by_exception, lost_by_response
from spiders_project.items import Failure, StoredPicture
from spiders_project.media.inspect import Inspection, Limits, PictureRefused, inspect_picture
from spiders_project.media.paths import picture_path
from spiders_project.outcomes import Outcome, Reason
from spiders_project.pipelines.shelf import PictureShelves, Shelved, shelf_for
from spiders_project.politeness.gate import Admission, AdmissionGate
from spiders_project.politeness.holds import HostHeld, holds_of
from spiders_project.politeness.retries import RetryPolicy
from spiders_project.urls import host_of, referer_for, split_web_address

logger = logging.getLogger(__name__)

_P = ParamSpec("_P")
_T = TypeVar("_T")
_Result = tuple[bool, Any]
"""As Scrapy's: True with the record of a picture, False with a Failure."""

_ADMISSION = "admission"
_NAP_SECONDS = 0.5
_HTTP_OK = 200
# A wrong name concerns one picture; any other error of the disk concerns all that follow.
_ERRORS_OF_ONE_FILE = (errno.ENAMETOOLONG, errno.EINVAL, errno.EILSEQ)


class ImagesPipeline(ScrapyImagesPipeline):
    """Stores originals byte for byte, proved whole, with a record of each that was lost.

    Settings and item fields are Scrapy's. What differs: bytes are never
    re-encoded; the extension is what the bytes are; nothing that takes longer
    than a moment runs on the event loop; one admission gate bounds pictures
    and bytes in flight; an address that ends without a picture is recorded in
    ``failures`` and the statistics.
    """

    def __init__(
        self, store_uri: str | PathLike[str], download_func: None = None, *, crawler: Crawler
    ) -> None:
        super().__init__(store_uri, download_func, crawler=crawler)
        settings = crawler.settings
        boxes = settings.getdict("IMAGES_THUMBS")
        self.thumbs = {name: (int(width), int(height)) for name, (width, height) in boxes.items()}
        self.limits = Limits(self.min_width, self.min_height, settings.getint("PICTURE_MAX_PIXELS"))
        self.gate = AdmissionGate(
            settings.getint("PICTURES_IN_FLIGHT"), settings.getint("PICTURE_BYTES_IN_FLIGHT")
        )
        self._holds = holds_of(crawler)
        self._retries = RetryPolicy(
            settings.getint("RETRY_TIMES") if settings.getbool("RETRY_ENABLED") else 0
        )
        self._workers = ThreadPoolExecutor(
            settings.getint("PICTURE_WORKERS") or os.cpu_count(), thread_name_prefix="picture"
        )
        self._shelves = PictureShelves(
            shelf_for(self.store, self._in_worker),
            shelf_for(self._get_store(settings["THUMBS_STORE"]), self._in_worker),
            self._in_worker,
        )
        self._results: dict[bytes, asyncio.Future[_Result]] = {}
        self._placed: set[str] = set()
        self._closing: asyncio.Future[None] | None = None
        crawler.signals.connect(self._charge_announced_size, signals.headers_received)

    def close_spider(self) -> None:
        """Let the worker threads go."""
        self._workers.shutdown(wait=False)

    def get_media_requests(self, item: Any, info: MediaPipeline.SpiderInfo) -> list[Request]:
        """Return a request for each web address, with the headers that originals ask for."""
        page_url = str(ItemAdapter(item).get("page_url") or "")
        return [
            _picture_request(url, page_url)
            for url in self._addresses(item)
            if split_web_address(url)
        ]

    async def process_item(self, item: Any) -> Any:  # type: ignore[override]  # as documented
        """Fetch the pictures of an item; what is lost is recorded in it, never raised."""
        info = self.spiderinfo
        requests = self.get_media_requests(item, info)
        self._count(counters.PICTURES_FOUND, len(self._addresses(item)))
        results = await asyncio.gather(*(self._once(each, info, item) for each in requests))
        return self.item_completed(list(results), item, info)

    def _addresses(self, item: Any) -> list[str]:
        return list(ItemAdapter(item).get(self.images_urls_field) or [])

    def _once(
        self, request: Request, info: MediaPipeline.SpiderInfo, item: Any
    ) -> asyncio.Future[_Result]:
        fingerprint = self._fingerprinter.fingerprint(request)
        if fingerprint not in self._results:
            self._results[fingerprint] = asyncio.ensure_future(self._fetch(request, info, item))
        return self._results[fingerprint]

    async def _fetch(self, request: Request, info: MediaPipeline.SpiderInfo, item: Any) -> _Result:
        try:
            return True, await self._patiently(request, info, item)
        except DownloadLost as lost:
            logger.info("%s (%s) %s: %s", lost.outcome, lost.reason, request.url, lost)
            return _lost(lost)
        except Exception as error:
            logger.exception("An error of ours lost a picture: %s", request.url)
            return _lost(lost_by_exception(error))

    async def _patiently(
        self, request: Request, info: MediaPipeline.SpiderInfo, item: Any
    ) -> StoredPicture:
        """Return the record of a picture, asking again as the policy says; raises DownloadLost."""
        host = host_of(request.url)
        tries = 0
        while True:
            while seconds := self._holds.seconds_left(host):
                await self._wait(seconds)
            try:
                async with self.gate.admission() as place:
                    return await self._admitted(request.copy(), info, item, place)
            except HostHeld:
                continue
            except DownloadLost as lost:
                tries += 1
                retry = self._retries.next_try(tries, lost.reason, lost.retry_after)
                if retry is None or not self._is_running():
                    raise
                self._count("retry/count")
                self._count(f"retry/reason_count/{lost.reason}")
                if retry.holds_host:
                    self._holds.hold(host, retry.after_seconds)
                else:
                    await self._wait(retry.after_seconds)

    async def _admitted(
        self, request: Request, info: MediaPipeline.SpiderInfo, item: Any, place: Admission
    ) -> StoredPicture:
        if not self._is_running():
            raise DownloadLost(Outcome.FAILED, Reason.STOPPED, "the crawl was stopped")
        known = await ensure_awaitable(self.media_to_download(request, info, item=item))
        if known:
            return known
        self._modify_media_request(request)
        request.meta[_ADMISSION] = place
        try:
            response = await self.crawler.engine.download_async(request)
        except HostHeld:
            raise
        except Exception as error:
            raise lost_by_exception(error) from error
        place.charge(len(response.body))
        return await self.media_downloaded(response, request, info, item=item)

    async def _wait(self, seconds: float) -> None:
        """Sleep, but not through the end of the crawl."""
        until = time.monotonic() + seconds
        # The end of a crawl has no event of its own at this point.
        while (left := until - time.monotonic()) > 0 and self._is_running():  # noqa: ASYNC110
            await asyncio.sleep(min(left, _NAP_SECONDS))
        if not self._is_running():
            raise DownloadLost(Outcome.FAILED, Reason.STOPPED, "the crawl was stopped")

    def _is_running(self) -> bool:
        return self._closing is None and self.crawler.engine.running

    def _charge_announced_size(self, body_length: int | None, request: Request) -> None:
        place = request.meta.get(_ADMISSION)
        if isinstance(place, Admission) and isinstance(body_length, int):
            place.charge(body_length)

    def media_to_download(  # type: ignore[override]  # our record holds Scrapy's and more
        self, request: Request, info: MediaPipeline.SpiderInfo, *, item: Any = None
    ) -> StoredPicture | None:
        """Ask for every picture: a file's name says nothing of the bytes behind an address."""
        return None

    async def media_downloaded(  # type: ignore[override]  # our record holds Scrapy's and more
        self,
        response: Response,
        request: Request,
        info: MediaPipeline.SpiderInfo,
        *,
        item: Any = None,
    ) -> StoredPicture:
        """Prove the picture whole, store it, and return its record; raises DownloadLost."""
        if response.status != _HTTP_OK:
            raise lost_by_response(response)
        try:
            picture = await self._in_worker(
                inspect_picture, response.body, self.limits, self.thumbs
            )
        except PictureRefused as refused:
            raise DownloadLost(Outcome.REFUSED, refused.reason, str(refused)) from refused
        wished = PurePosixPath(self.file_path(request, response, info, item=item))
        path = str(wished.with_suffix(picture.extension))
        try:
            shelved = await self._shelves.put(path, picture, response.body)
        except Exception as error:  # OSError, or what the library of a remote store raises
            self._stop_for_storage(error)
            raise DownloadLost(Outcome.FAILED, Reason.STORAGE, str(error)) from error
        logger.debug("%s %s", "stored" if shelved.is_new else "already had", shelved.path)
        return _record(request.url, picture, shelved)

    def item_completed(self, results: list[Any], item: Any, info: MediaPipeline.SpiderInfo) -> Any:
        """Write the records of stored pictures and of lost addresses into the item."""
        adapter = ItemAdapter(item)
        fields = adapter.field_names()
        if self.images_result_field in fields:
            adapter[self.images_result_field] = [
                self._placed_record(record) for is_stored, record in results if is_stored
            ]
        failures = _failures(self._addresses(item), results)
        for failure in failures:
            self._count(counters.pictures_with(failure["outcome"]))
            self._count(counters.pictures_with(failure["outcome"], failure["reason"]))
        if "failures" in fields:
            adapter["failures"] = [*(adapter.get("failures") or []), *failures]
        return item

    def _placed_record(self, record: StoredPicture) -> StoredPicture:
        """Return a record for one place of a picture: the first is it, later ones repeat it."""
        if record["sha256"] in self._placed:
            record = {**record, "status": str(Outcome.DUPLICATE), "duplicate_of": record["path"]}
        else:
            self._placed.add(record["sha256"])
            self._count(counters.PICTURE_BYTES, record["size_bytes"])
        self._count(counters.pictures_with(record["status"]))
        self.inc_stats(record["status"])
        return record

    def file_path(
        self,
        request: Request,
        response: Response | None = None,
        info: MediaPipeline.SpiderInfo | None = None,
        *,
        item: Any = None,
    ) -> str:
        """Return the path wished for, ``site/category/title``; the bytes decide the extension."""
        adapter = ItemAdapter(item) if item is not None else {}
        name_in_url = PurePosixPath(unquote(request.url.partition("?")[0])).stem
        return picture_path(
            str(adapter.get("site") or ""),
            str(adapter.get("category") or ""),
            str(adapter.get("title") or name_in_url),
            ".jpg",
        )

    def _stop_for_storage(self, error: Exception) -> None:
        concerns_one_file = isinstance(error, OSError) and error.errno in _ERRORS_OF_ONE_FILE
        if concerns_one_file or self._closing is not None:
            return
        self.crawler.stats.set_value(counters.STORAGE_PROBLEM, str(error))
        closing = self.crawler.engine.close_spider_async(reason="storage-failed")
        self._closing = asyncio.ensure_future(closing)

    def _count(self, name: str, count: int = 1) -> None:
        self.crawler.stats.inc_value(name, count)

    async def _in_worker(
        self, function: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs
    ) -> _T:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._workers, lambda: function(*args, **kwargs))


def _picture_request(url: str, page_url: str) -> Request:
    headers = {
        # No format is named, so servers that convert on the way send what they have.
        "Accept": "image/*,*/*;q=0.8",
        "Accept-Encoding": "identity",
    }
    if referer := referer_for(page_url, url):
        headers["Referer"] = referer
    # The pipeline asks again itself: here, a wait can end with the crawl.
    return Request(url, callback=NO_CALLBACK, headers=headers, meta={"dont_retry": True})


def _lost(lost: DownloadLost) -> _Result:
    # The traceback would keep the response, and with it the picture, in memory.
    lost.__traceback__ = lost.__cause__ = lost.__context__ = None
    return False, TwistedFailure(lost)  # type: ignore[no-untyped-call]


def _record(url: str, picture: Inspection, shelved: Shelved) -> StoredPicture:
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
    )


def _failures(urls: list[str], results: list[_Result]) -> list[Failure]:
    fetched = iter(results)
    failures = []
    for url in urls:
        if not split_web_address(url):
            failures.append(_failure(url, Outcome.REFUSED, Reason.UNSUPPORTED_ADDRESS))
            continue
        is_stored, lost = next(fetched)
        if not is_stored:
            failures.append(_failure(url, lost.value.outcome, lost.value.reason))
    return failures


def _failure(url: str, outcome: Outcome, reason: str) -> Failure:
    return Failure(url=url, outcome=str(outcome), reason=str(reason))
