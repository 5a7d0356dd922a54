"""Scrapy's ImagesPipeline with its settings and fields, and pictures stored as they are served."""

import asyncio
import logging
from collections.abc import Awaitable
from contextlib import suppress
from functools import partial
from os import PathLike
from typing import Any, Self

from itemadapter import ItemAdapter
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response
from scrapy.pipelines.images import ImagesPipeline as ScrapyImagesPipeline
from scrapy.pipelines.media import MediaPipeline
from scrapy.utils.misc import arg_to_iter

from spiders_project import counters
from spiders_project.catalogue.catalogue import CatalogueFailed, catalogue_of, has_catalogue
from spiders_project.collection import incoming_of
from spiders_project.downloader.picture_request import picture_request
from spiders_project.downloader.sink import SINK
from spiders_project.failures import DownloadLost, lost_by_exception
from spiders_project.frontier.lease import current_lease
from spiders_project.items import StoredPicture
from spiders_project.media.inspect import Checks, Inspection, PictureRefused, inspect_picture
from spiders_project.media.paths import PathTemplate, with_extension
from spiders_project.media.store import Content
from spiders_project.outcomes import Outcome, Reason, http_reason
from spiders_project.pipelines import records, wishlist
from spiders_project.pipelines.arrival import Arrival
from spiders_project.pipelines.attempts import Attempts
from spiders_project.pipelines.brakes import Brakes
from spiders_project.pipelines.collection import Collection, Known
from spiders_project.pipelines.downloads import Downloads
from spiders_project.pipelines.known import Wishes, refusal
from spiders_project.pipelines.shelf import shelf_for
from spiders_project.pipelines.workers import Workers
from spiders_project.politeness.gate import Admission, AdmissionGate
from spiders_project.politeness.opt_outs import opt_outs_in_headers
from spiders_project.urls import origin_of, split_web_address

logger = logging.getLogger(__name__)

_INSPECTION = "inspection"
_OF_THE_END = (Reason.STOPPED, Reason.STORAGE)
_NOT_THERE = (Reason.NOT_AN_IMAGE, *map(http_reason, (401, 403, 404, 410)))
"""No picture lies at an address; what comes broken or late may come whole another time."""


class ImagesPipeline(ScrapyImagesPipeline):
    """Stores originals byte for byte, proved whole, with a record of each that was lost.

    Settings and item fields are Scrapy's. What differs: bytes are never
    re-encoded; the extension is what the bytes are; what the catalogue knows is
    not asked for; nothing that takes longer than a moment runs on the event
    loop; one admission gate bounds pictures and bytes in flight; an address that
    ends without a picture is recorded in ``failures`` and the statistics.
    """

    def __init__(
        self, store_uri: str | PathLike[str], download_func: None = None, *, crawler: Crawler
    ) -> None:
        settings = crawler.settings
        # Scrapy's store is the folder that pictures arrive in; where they stay is for the shelves.
        super().__init__(incoming_of(settings).parent, download_func, crawler=crawler)
        boxes = settings.getdict("IMAGES_THUMBS")
        self.thumbs = {name: (int(width), int(height)) for name, (width, height) in boxes.items()}
        self.wishes = Wishes.of(settings, self.min_width, self.min_height)
        self.template = PathTemplate(settings["PICTURE_PATH"])
        self._checks = Checks(settings["PICTURE_CHECKS"])
        self.gate = AdmissionGate(
            settings.getint("PICTURES_IN_FLIGHT"), settings.getint("PICTURE_BYTES_IN_FLIGHT")
        )
        self._brakes = Brakes(crawler)
        self._attempts = Attempts(crawler, self.gate, self._brakes.is_running)
        self._workers = Workers(settings.getint("PICTURE_WORKERS"))
        self._downloads = Downloads(crawler, self._brakes, self._workers.run)
        self._catalogue = catalogue_of(crawler)
        self._collection = Collection(
            self._catalogue,
            shelf_for(str(store_uri), settings, self._workers.run),
            shelf_for(str(settings["THUMBS_STORE"]), settings, self._workers.run),
        )
        self._running: dict[str, asyncio.Future[records.Result]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the pipeline, unless ``scrapy fetch`` or ``shell`` get a page."""
        if not has_catalogue(crawler):
            raise NotConfigured
        return super().from_crawler(crawler)

    def close_spider(self) -> None:
        """Let the threads and the stores go."""
        self._workers.close()
        self._collection.close()
        self._downloads.close()

    def get_media_requests(self, item: Any, info: MediaPipeline.SpiderInfo) -> list[Request]:
        """Return a request for each web address, with the headers that originals ask for."""
        page_url = wishlist.page_of(item)
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
        known = self._look_up([request.url for request in requests])
        # No other item may come between the look and the begin.
        begun = [self._begin(request, item, known) for request in requests]
        results = await asyncio.gather(*begun)
        records.complete(item, results)
        self._count_stored(results)
        self._record_failures(item, [request.url for request in requests], results)
        return self.item_completed(results, item, info)

    def _addresses(self, item: Any) -> list[str]:
        return list(wishlist.values_of(item).get(self.images_urls_field) or [])

    def _look_up(self, urls: list[str]) -> Known:
        try:
            return self._collection.look_up(urls)
        except CatalogueFailed:
            return Known({}, {})  # the crawl is being stopped

    def _begin(self, request: Request, item: Any, known: Known) -> Awaitable[records.Result]:
        """Return what will be the result of an address; the same one is fetched once at a time."""
        address = request.url.partition("#")[0]
        if running := self._running.get(address):
            return self._guarded(request, item, self._again(running, request, item))
        fetched = asyncio.ensure_future(
            self._guarded(request, item, self._get_any(request, item, known))
        )
        self._running[address] = fetched
        fetched.add_done_callback(lambda _: self._running.pop(address))
        return fetched

    async def _again(
        self, running: asyncio.Future[records.Result], request: Request, item: Any
    ) -> StoredPicture:
        is_stored, found = await running
        if not is_stored:
            raise found.value
        return await self._collection.place(
            records.picture_of(found), records.place_of(request.url, item)
        )

    async def _get_any(self, request: Request, item: Any, known: Known) -> StoredPicture:
        """Return the record of a picture, from its first address that leads to one."""
        try:
            return await self._get(request, item, known)
        except DownloadLost as lost:
            if lost.reason not in _NOT_THERE:
                raise
            page_url = wishlist.page_of(item)
            for url in wishlist.alternatives(item, request.url):
                with suppress(DownloadLost):
                    other = picture_request(url, page_url)
                    return await self._get(other, item, self._look_up([url]))
            raise

    async def _get(self, request: Request, item: Any, known: Known) -> StoredPicture:
        """Return the record of a picture, from the catalogue or from the web."""
        self.wishes.check_opt_outs(wishlist.values_of(item).get("opt_outs") or [])
        if failure := known.failures.get(request.url):
            self.wishes.check_failure(failure, self._catalogue.run)
        if found := known.pictures.get(request.url):
            self.wishes.check_picture(found)
            if await self._collection.is_there(found.picture):
                place = records.place_of(request.url, item, found.opt_outs)
                return await self._collection.place(found.picture, place)
        async with self._downloads.arrival() as arrival:
            attempt = partial(self._attempt, request, item, arrival)
            try:
                return await self._attempts.run(origin_of(request.url), attempt)
            except DownloadLost as lost:
                if not self._is_put_off(lost.reason):
                    await self._collection.lose(records.failure_of(request.url, item, lost))
                raise

    async def _guarded(
        self, request: Request, item: Any, getting: Awaitable[StoredPicture]
    ) -> records.Result:
        try:
            return True, await getting
        except DownloadLost as lost:
            logger.info("%s (%s) %s: %s", lost.outcome, lost.reason, request.url, lost)
            return records.lost(lost)
        except CatalogueFailed as error:
            return records.lost(DownloadLost(Outcome.FAILED, Reason.STORAGE, str(error)))
        except Exception as error:
            logger.exception("An error of ours lost a picture: %s", request.url)
            return records.lost(lost_by_exception(error))

    async def _attempt(
        self, request: Request, item: Any, arrival: Arrival, place: Admission
    ) -> StoredPicture:
        info = self.spiderinfo
        if SINK in request.meta:
            # Another try, and middlewares have left their marks on the first one.
            fresh = {each.url: each for each in self.get_media_requests(item, info)}
            request = fresh.get(request.url, request)
        self._modify_media_request(request)
        response = await self._downloads.get(request, arrival, place)
        return await self.media_downloaded(response, request, info, item=item)

    async def media_downloaded(  # type: ignore[override]  # our record holds Scrapy's and more
        self,
        response: Response,
        request: Request,
        info: MediaPipeline.SpiderInfo,
        *,
        item: Any = None,
    ) -> StoredPicture:
        """Prove the picture whole, store it, and return its record; raises DownloadLost."""
        arrival: Arrival = request.meta[SINK]
        in_headers = opt_outs_in_headers(response.headers, self.crawler.settings["USER_AGENT"])
        place = records.place_of(request.url, item, in_headers)
        self.wishes.check_opt_outs(place.opt_outs)
        content = await arrival.content()
        picture = await self._inspect(content)
        request.meta[_INSPECTION] = picture
        wished = self.file_path(request, response, info, item=item)
        path = with_extension(wished, picture.extension)
        try:
            return await self._collection.put(picture, content, path, place)
        except (DownloadLost, CatalogueFailed):
            raise
        except Exception as error:  # OSError, or what the library of a remote store raises
            raise self._brakes.storage_failed(error) from error

    async def _inspect(self, content: Content) -> Inspection:
        limits, thumbs, checks = self.wishes.limits, self.thumbs, self._checks
        try:
            return await self._workers.run(inspect_picture, content, limits, thumbs, checks)
        except PictureRefused as refused:
            raise refusal(refused) from refused
        except OSError as error:
            raise self._brakes.storage_failed(error) from error

    def item_completed(self, results: list[Any], item: Any, info: MediaPipeline.SpiderInfo) -> Any:
        """Write the records of stored pictures into the item."""
        adapter = ItemAdapter(item)
        if self.images_result_field in adapter.field_names():
            adapter[self.images_result_field] = [
                record for is_stored, record in results if is_stored
            ]
        return item

    def _count_stored(self, results: list[records.Result]) -> None:
        for is_stored, record in results:
            if is_stored:
                self._count(counters.pictures_with(record["status"]))
                self.inc_stats(record["status"])
                if record["status"] in (Outcome.DOWNLOADED, Outcome.SIMILAR):
                    self._count(counters.PICTURE_BYTES, record["size_bytes"])

    def _record_failures(self, item: Any, urls: list[str], results: list[records.Result]) -> None:
        failures = [
            *records.unsupported(self._addresses(item)),
            *records.failures(urls, results),
        ]
        for failure in failures:
            self._count(counters.pictures_with(failure["outcome"]))
            self._count(counters.pictures_with(failure["outcome"], failure["reason"]))
        records.add_failures(item, failures)
        lease = current_lease.get()
        if lease and any(self._is_put_off(failure["reason"]) for failure in failures):
            lease.is_given_up = True

    def _is_put_off(self, reason: str) -> bool:
        """Tell whether a loss says nothing of the address: the next process tries it."""
        return reason in _OF_THE_END and not self._brakes.is_running()

    def file_path(
        self,
        request: Request,
        response: Response | None = None,
        info: MediaPipeline.SpiderInfo | None = None,
        *,
        item: Any = None,
    ) -> str:
        """Return the path wished for, by PICTURE_PATH; the bytes decide the extension."""
        facts = wishlist.path_facts(item, request.url, request.meta.get(_INSPECTION))
        return self.template.path(facts, ".jpg")

    async def store_beside(self, path: str, extension: str, body: bytes, media_type: str) -> None:
        """Store a file beside a picture, such as what is known of it."""
        await self._collection.put_beside(path + extension, body, media_type)

    def _count(self, name: str, count: int = 1) -> None:
        self.crawler.stats.inc_value(name, count)
