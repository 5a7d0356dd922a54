"""Gets the bytes of pictures through Scrapy's downloader, into arrivals instead of responses."""

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.http.headers import Headers

from spiders_project.catalogue.catalogue import catalogue_of
from spiders_project.collection import incoming_of
from spiders_project.downloader.sink import SINK, STREAMED
from spiders_project.failures import DownloadLost, lost_by_exception, lost_by_response
from spiders_project.outcomes import Outcome, Reason
from spiders_project.pipelines.arrival import Arrival, ArrivalFailed
from spiders_project.pipelines.brakes import Brakes
from spiders_project.pipelines.shelf import InWorker
from spiders_project.politeness.gate import Admission
from spiders_project.politeness.holds import HostHeld
from spiders_project.values.sizes import parse_size

_ADMISSION = "admission"
"""Key of ``Request.meta``: the place that a picture holds inside the gate."""
_HTTP_OK = (200, 206)
_HTTP_RANGE_NOT_SATISFIABLE = 416


class Downloads:
    """The pictures of a crawl that are on their way."""

    def __init__(self, crawler: Crawler, brakes: Brakes, in_worker: InWorker) -> None:
        settings = crawler.settings
        self._crawler = crawler
        self._brakes = brakes
        self._in_worker = in_worker
        self._run = catalogue_of(crawler)
        self._incoming = incoming_of(settings)
        self._buffer_bytes = settings.getint("PICTURE_BUFFER_BYTES")
        self._reserve_bytes = parse_size(settings["DISK_RESERVE"], "DISK_RESERVE")
        self._arrivals: set[Arrival] = set()
        crawler.signals.connect(self._note_headers, signals.headers_received)

    @asynccontextmanager
    async def arrival(self) -> AsyncIterator[Arrival]:
        """Give what takes the bytes of a picture, from the first try to the last.

        The name of its file tells the run that it belongs to.
        """
        file = self._incoming / f"{self._run.run}.{secrets.token_hex(8)}.part"
        arrival = Arrival(file, self._buffer_bytes, self._in_worker)
        self._arrivals.add(arrival)
        try:
            yield arrival
        finally:
            self._arrivals.remove(arrival)
            await arrival.close()

    async def get(self, request: Request, arrival: Arrival, place: Admission) -> Response:
        """Return the response whose body has arrived; raises DownloadLost, HostHeld."""
        missing = sum(other.announced_bytes for other in self._arrivals)
        self._brakes.keep_reserve(str(self._incoming.parent), self._reserve_bytes, missing)
        request.meta.update({_ADMISSION: place, SINK: arrival})
        request.headers.update(arrival.prepare_try())
        response = await self._downloaded(request)
        if response.status == _HTTP_RANGE_NOT_SATISFIABLE:
            # What came before is not the beginning of what lies there now.
            arrival.begin(0)
            raise DownloadLost(Outcome.FAILED, Reason.CUT_SHORT, "the server knows no such rest")
        if response.status not in _HTTP_OK:
            raise lost_by_response(response)
        if STREAMED not in response.flags:  # another download handler is in use
            arrival.begin(0)
            arrival.write(response.body)
        place.charge(min(arrival.size_bytes, self._buffer_bytes))
        return response

    async def _downloaded(self, request: Request) -> Response:
        try:
            return await self._crawler.engine.download_async(request)
        except HostHeld:
            raise
        except ArrivalFailed as error:
            raise self._brakes.storage_failed(error.reason) from error
        except Exception as error:
            raise lost_by_exception(error) from error

    def _note_headers(self, headers: Headers, body_length: int | None, request: Request) -> None:
        place, arrival = request.meta.get(_ADMISSION), request.meta.get(SINK)
        if isinstance(arrival, Arrival):
            arrival.note(headers, body_length or 0)
            if isinstance(place, Admission) and isinstance(body_length, int):
                place.charge(min(arrival.announced_bytes, self._buffer_bytes))

    def close(self) -> None:
        """Remove the folder of pictures on their way, if nobody uses it any more."""
        with suppress(OSError):
            self._incoming.rmdir()
