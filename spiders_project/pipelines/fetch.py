"""Scrapy's ImagesPipeline with its settings and fields, and pictures stored as they are served."""

import asyncio
import errno
import logging
import os
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from os import PathLike
from pathlib import PurePosixPath
from typing import Any, ParamSpec, TypeVar
from urllib.parse import unquote

from itemadapter import ItemAdapter
from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.pipelines.files import FSFilesStore
from scrapy.pipelines.images import ImagesPipeline as ScrapyImagesPipeline
from scrapy.pipelines.media import MediaPipeline
from scrapy.utils.defer import ensure_awaitable
from scrapy.utils.misc import arg_to_iter

from spiders_project import counters
from spiders_project.failures import DownloadLost, lost_by_exception, lost_by_response
from spiders_project.items import StoredPicture
from spiders_project.media.inspect import Limits, PictureRefused, inspect_picture
from spiders_project.media.paths import PathTemplate, with_extension
from spiders_project.outcomes import Outcome, Reason
from spiders_project.pipelines import records
from spiders_project.pipelines.attempts import Attempts
from spiders_project.pipelines.requests import picture_request
from spiders_project.pipelines.shelf import PictureShelves, shelf_for
from spiders_project.politeness.gate import Admission, AdmissionGate
from spiders_project.politeness.holds import HostHeld
from spiders_project.politeness.opt_outs import opt_outs_in_headers, united
from spiders_project.urls import origin_of, split_web_address
from spiders_project.values.aspect import Aspect
from spiders_project.values.sizes import parse_size

logger = logging.getLogger(__name__)

_P = ParamSpec("_P")
_T = TypeVar("_T")

_ADMISSION, _INSPECTION = "admission", "inspection"
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
        self.limits = Limits(
            min_width=self.min_width,
            min_height=self.min_height,
            aspect=Aspect(aspect) if (aspect := settings.get("PICTURE_ASPECT")) else None,
            max_pixels=settings.getint("PICTURE_MAX_PIXELS"),
        )
        self.template = PathTemplate(settings["PICTURE_PATH"])
        self.gate = AdmissionGate(
            settings.getint("PICTURES_IN_FLIGHT"), settings.getint("PICTURE_BYTES_IN_FLIGHT")
        )
        self._attempts = Attempts(crawler, self.gate, self._is_running)
        self._refused_opt_outs = frozenset(settings.getlist("OPT_OUTS_REFUSED"))
        self._reserve_bytes = parse_size(settings["DISK_RESERVE"], "DISK_RESERVE")
        self._workers = ThreadPoolExecutor(
            settings.getint("PICTURE_WORKERS") or os.cpu_count(), thread_name_prefix="picture"
        )
        self._shelves = PictureShelves(
            shelf_for(self.store, self._in_worker),
            shelf_for(self._get_store(settings["THUMBS_STORE"]), self._in_worker),
            self._in_worker,
        )
        self._results: dict[bytes, asyncio.Future[records.Result]] = {}
        self._seen: set[str] = set()
        self._closing: asyncio.Future[None] | None = None
        crawler.signals.connect(self._charge_announced_size, signals.headers_received)

    def close_spider(self) -> None:
        """Let the worker threads go."""
        self._workers.shutdown(wait=False)

    def get_media_requests(self, item: Any, info: MediaPipeline.SpiderInfo) -> list[Request]:
        """Return a request for each web address, with the headers that originals ask for."""
        page_url = str(ItemAdapter(item).get("page_url") or "")
        return [
            picture_request(url, page_url)
            for url in self._addresses(item)
            if split_web_address(url)
        ]

    async def process_item(self, item: Any) -> Any:  # type: ignore[override]  # as documented
        """Fetch the pictures of an item; what is lost is recorded in it."""
        info = self.spiderinfo
        requests = list(arg_to_iter(self.get_media_requests(item, info)))
        self._count(counters.PICTURES_FOUND, len(self._addresses(item)))
        found = await asyncio.gather(*(self._once(each, info, item) for each in requests))
        results = [(True, self._placed(record)) if ok else (ok, record) for ok, record in found]
        self._record_failures(item, [request.url for request in requests], results)
        return self.item_completed(results, item, info)

    def _record_failures(self, item: Any, urls: list[str], results: list[records.Result]) -> None:
        failures = [
            *records.unsupported(self._addresses(item)),
            *records.failures(urls, results),
        ]
        for failure in failures:
            self._count(counters.pictures_with(failure["outcome"]))
            self._count(counters.pictures_with(failure["outcome"], failure["reason"]))
        adapter = ItemAdapter(item)
        if "failures" in adapter.field_names():
            adapter["failures"] = [*(adapter.get("failures") or []), *failures]

    def _addresses(self, item: Any) -> list[str]:
        return list(ItemAdapter(item).get(self.images_urls_field) or [])

    def _once(
        self, request: Request, info: MediaPipeline.SpiderInfo, item: Any
    ) -> asyncio.Future[records.Result]:
        fingerprint = self._fingerprinter.fingerprint(request)
        if fingerprint not in self._results:
            self._results[fingerprint] = asyncio.ensure_future(self._fetch(request, info, item))
        return self._results[fingerprint]

    async def _fetch(
        self, request: Request, info: MediaPipeline.SpiderInfo, item: Any
    ) -> records.Result:
        attempt = partial(self._attempt, request, info, item)
        try:
            return True, await self._attempts.run(origin_of(request.url), attempt)
        except DownloadLost as lost:
            logger.info("%s (%s) %s: %s", lost.outcome, lost.reason, request.url, lost)
            return records.lost(lost)
        except Exception as error:
            logger.exception("An error of ours lost a picture: %s", request.url)
            return records.lost(lost_by_exception(error))

    async def _attempt(
        self, request: Request, info: MediaPipeline.SpiderInfo, item: Any, place: Admission
    ) -> StoredPicture:
        self._keep_disk_reserve()
        self._check_opt_outs(ItemAdapter(item).get("opt_outs") or [])
        known = await ensure_awaitable(self.media_to_download(request, info, item=item))
        if known:
            return known
        request = request.replace(meta=request.meta | {_ADMISSION: place})
        self._modify_media_request(request)
        try:
            response = await self.crawler.engine.download_async(request)
        except HostHeld:
            raise
        except Exception as error:
            raise lost_by_exception(error) from error
        place.charge(len(response.body))
        return await self.media_downloaded(response, request, info, item=item)

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
        opt_outs = self._opt_outs(response, item)
        self._check_opt_outs(opt_outs)
        try:
            picture = await self._in_worker(
                inspect_picture, response.body, self.limits, self.thumbs
            )
        except PictureRefused as refused:
            raise DownloadLost(Outcome.REFUSED, refused.reason, str(refused)) from refused
        request.meta[_INSPECTION] = picture
        wished = self.file_path(request, response, info, item=item)
        path = with_extension(wished, picture.extension)
        try:
            shelved = await self._shelves.put(path, picture, response.body)
        except Exception as error:  # OSError, or what the library of a remote store raises
            self._stop_for_storage(error)
            raise DownloadLost(Outcome.FAILED, Reason.STORAGE, str(error)) from error
        logger.debug("%s %s", "stored" if shelved.is_new else "already had", shelved.path)
        return records.stored(request.url, picture, shelved, opt_outs)

    def item_completed(self, results: list[Any], item: Any, info: MediaPipeline.SpiderInfo) -> Any:
        """Write the records of stored pictures into the item."""
        adapter = ItemAdapter(item)
        if self.images_result_field in adapter.field_names():
            adapter[self.images_result_field] = [
                record for is_stored, record in results if is_stored
            ]
        return item

    def _placed(self, record: StoredPicture) -> StoredPicture:
        """Return a record for one place of a picture: the first is it, later ones repeat it."""
        if record["sha256"] in self._seen:
            record = records.repeated(record)
        else:
            self._seen.add(record["sha256"])
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
        """Return the path wished for, by PICTURE_PATH; the bytes decide the extension."""
        facts = ItemAdapter(item).asdict() if item is not None else {}
        if picture := request.meta.get(_INSPECTION):
            facts |= {name: getattr(picture, name) for name in ("width", "height", "sha256")}
        facts["title"] = facts.get("title") or _stem(request.url)
        facts["id"] = _stem(str(facts.get("page_url") or request.url))
        return self.template.path(facts, ".jpg")

    async def store_beside(self, path: str, extension: str, body: bytes, media_type: str) -> None:
        """Store a file beside a picture, such as what is known of it."""
        await self._shelves.put_beside(path + extension, body, media_type)

    def _opt_outs(self, response: Response, item: Any) -> list[str]:
        in_headers = opt_outs_in_headers(response.headers, self.crawler.settings["USER_AGENT"])
        return united(in_headers, ItemAdapter(item).get("opt_outs") or [] if item else [])

    def _check_opt_outs(self, opt_outs: list[str]) -> None:
        if refused := self._refused_opt_outs.intersection(opt_outs):
            words = ", ".join(sorted(refused))
            raise DownloadLost(Outcome.REFUSED, Reason.OPT_OUT, f"the owner says {words}")

    def _keep_disk_reserve(self) -> None:
        """Stop the crawl before the pictures in flight would leave too little free space."""
        if not isinstance(self.store, FSFilesStore) or not self._reserve_bytes:
            return
        free_bytes = shutil.disk_usage(self.store.basedir).free - self.gate.size_bytes
        if free_bytes < self._reserve_bytes:
            self._stop("disk-reserve")
            raise DownloadLost(Outcome.FAILED, Reason.STOPPED, "the disk is nearly full")

    def _stop_for_storage(self, error: Exception) -> None:
        concerns_one_file = isinstance(error, OSError) and error.errno in _ERRORS_OF_ONE_FILE
        if not concerns_one_file and self._closing is None:
            self.crawler.stats.set_value(counters.STORAGE_PROBLEM, str(error))
            self._stop("storage-failed")

    def _stop(self, reason: str) -> None:
        if self._closing is None:
            closing = self.crawler.engine.close_spider_async(reason=reason)
            self._closing = asyncio.ensure_future(closing)

    def _is_running(self) -> bool:
        return self._closing is None and self.crawler.engine.running

    def _count(self, name: str, count: int = 1) -> None:
        self.crawler.stats.inc_value(name, count)

    async def _in_worker(
        self, function: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs
    ) -> _T:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._workers, lambda: function(*args, **kwargs))


def _stem(url: str) -> str:
    return PurePosixPath(unquote(url.partition("?")[0])).stem
