"""robots.txt by RFC 9309, for every host and port that is asked for anything."""

import asyncio
import logging
import time
from dataclasses import dataclass
from typing import Protocol, Self

from protego import Protego
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest, NotConfigured
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from spiders_project.failures import DownloadLost, lost_by_exception, lost_by_response
from spiders_project.politeness.holds import HostHeld, holds_of
from spiders_project.politeness.retries import policy_of
from spiders_project.urls import origin_of

logger = logging.getLogger(__name__)

_CACHE_SECONDS = 24 * 3600
_READ_BYTES = 500 * 1024
_LONGEST_DELAY_SECONDS = 3600
_HTTP_ERROR, _HTTP_TOO_MANY, _HTTP_SERVER_ERROR = 400, 429, 500


class Rules(Protocol):
    """What robots.txt says to us."""

    def allows(self, url: str) -> bool:
        """Tell whether an address may be asked for."""
        ...

    @property
    def crawl_delay_seconds(self) -> float | None:
        """Seconds between two requests, where the file asks for that."""
        ...


@dataclass(frozen=True)
class _FileRules:
    parser: Protego
    user_agent: str

    def allows(self, url: str) -> bool:
        return bool(self.parser.can_fetch(url, self.user_agent))

    @property
    def crawl_delay_seconds(self) -> float | None:
        delay = self.parser.crawl_delay(self.user_agent)
        return None if delay is None else float(delay)


@dataclass(frozen=True)
class _SameForAll:
    is_allowed: bool
    crawl_delay_seconds: float | None = None

    def allows(self, url: str) -> bool:
        return self.is_allowed


class RobotsMiddleware:
    """Takes the place of Scrapy's, which takes the page of a server error for rules.

    A file that is not there (4xx) forbids nothing; one that cannot be read
    forbids everything (5xx, 429; RFC 9309, 2.3.1). Where nothing answers at
    all, the request fails for that reason. Rules are kept for a day. A
    Crawl-delay becomes the pace of the host.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        settings = crawler.settings
        # The product alone: a rule for a crawler that our contact names is not for us.
        product = settings["USER_AGENT"].partition("/")[0]
        self._user_agent = settings["ROBOTSTXT_USER_AGENT"] or product
        self._policy = policy_of(settings)
        self._holds = holds_of(crawler)
        self._rules: dict[str, tuple[float, asyncio.Future[Rules]]] = {}
        self._tries: dict[str, int] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the middleware, unless ROBOTSTXT_OBEY is off."""
        if not crawler.settings.getbool("ROBOTSTXT_OBEY"):
            raise NotConfigured
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Raise IgnoreRequest for what is forbidden."""
        if request.meta.get("dont_obey_robotstxt"):
            return
        rules = await self._rules_of(origin_of(request.url))
        if not rules.allows(request.url):
            self._crawler.stats.inc_value("robotstxt/forbidden")
            raise IgnoreRequest("Forbidden by robots.txt")
        if rules.crawl_delay_seconds:
            self._slow_down(request, rules.crawl_delay_seconds)

    async def _rules_of(self, origin: str) -> Rules:
        until, rules = self._rules.get(origin, (0.0, None))
        if rules is None or until < time.monotonic():
            rules = asyncio.ensure_future(self._read(origin))
            self._rules[origin] = time.monotonic() + _CACHE_SECONDS, rules
        try:
            return await asyncio.shield(rules)
        except HostHeld:
            self._rules.pop(origin, None)  # the next request reads it again
            raise

    async def _read(self, origin: str) -> Rules:
        request = Request(
            f"{origin}/robots.txt",
            callback=NO_CALLBACK,
            priority=1000,
            meta={"dont_obey_robotstxt": True, "dont_retry": True},
        )
        self._crawler.stats.inc_value("robotstxt/request_count")
        try:
            response = await self._crawler.engine.download_async(request)
        except HostHeld:
            raise
        except Exception as error:
            lost = lost_by_exception(error)
            self._wait_or_give_up(origin, lost)
            raise lost from error
        if response.status == _HTTP_TOO_MANY or response.status >= _HTTP_SERVER_ERROR:
            self._wait_or_give_up(origin, lost_by_response(response))
        return self._parse(origin, response)

    def _wait_or_give_up(self, origin: str, lost: DownloadLost) -> None:
        """Hold the host back for another try; return when there is none left."""
        tries = self._tries[origin] = self._tries.get(origin, 0) + 1
        retry = self._policy.next_try(tries, lost.reason, lost.retry_after)
        if retry is None:
            logger.warning("%s/robots.txt could not be read (%s): %s", origin, lost.reason, lost)
            return
        self._holds.hold(origin, retry.after_seconds)
        raise HostHeld(origin)

    def _parse(self, origin: str, response: Response) -> Rules:
        status = response.status
        self._crawler.stats.inc_value(f"robotstxt/response_status_count/{status}")
        if status == _HTTP_TOO_MANY or status >= _HTTP_SERVER_ERROR:
            logger.warning("%s is left alone: its robots.txt answers %s", origin, status)
            return _SameForAll(is_allowed=False)
        if status >= _HTTP_ERROR:
            return _SameForAll(is_allowed=True)
        rules = _FileRules(Protego.parse(_text_of(response.body)), self._user_agent)
        if (rules.crawl_delay_seconds or 0) > _LONGEST_DELAY_SECONDS:
            logger.warning("%s is left alone: its Crawl-delay is longer than an hour", origin)
            return _SameForAll(is_allowed=False)
        return rules

    def _slow_down(self, request: Request, delay_seconds: float) -> None:
        request.meta["autothrottle_dont_adjust_delay"] = True
        downloader = self._crawler.engine.downloader
        # The request for robots.txt has made the slot of its host.
        slot = downloader.slots.get(downloader.get_slot_key(request))
        if slot is not None and slot.delay < delay_seconds:
            slot.delay = delay_seconds
            slot.jitter = 0.0


def _text_of(body: bytes) -> str:
    """Return what is to be read of a robots.txt (RFC 9309, 2.5), whole lines only."""
    if len(body) > _READ_BYTES:
        body = body[:_READ_BYTES].rpartition(b"\n")[0]
    return body.decode("utf-8-sig", errors="ignore")
