"""One page in the browser: what it asks for is answered, and it is unfolded to its end."""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from scrapy.http import Response

from spiders_project.downloader.browser.blank import BLANK_PICTURE
from spiders_project.downloader.browser.loads import Loads, Wish, headers_for_browser
from spiders_project.failures import DownloadLost, lost_by_exception
from spiders_project.outcomes import Outcome, http_reason
from spiders_project.politeness.holds import HostHeld
from spiders_project.urls import looks_like_picture, origin_of, split_web_address

if TYPE_CHECKING:
    from playwright.async_api import Page, Route
    from playwright.async_api import Request as Asked

_LOADED = frozenset({"script", "stylesheet", "xhr", "fetch"})
_MOST_LOADS = 500
"""Requests of one page: one that polls, or goes on for ever, is answered no more."""
_MOST_CHARACTERS = 30_000_000
_LOOK_SECONDS = 0.25
_MOST_DATA_BYTES = 4_000_000
_OK, _HTTP_ERROR = 200, 400
_JSON = (b"{", b"[")

_COUNTS = """() => [
    document.links.length, document.images.length, document.getElementsByTagName('*').length,
]"""
# Libraries of long ago replace what browsers bring, such as Event.
_SCROLL = """async () => {
    const pause = () => new Promise(done => setTimeout(done, 30));
    const root = document.scrollingElement || document.documentElement, boxes = [root];
    for (const element of document.querySelectorAll('*')) {
        if (boxes.length < 20 && element.scrollHeight > element.clientHeight + 40
            && /auto|scroll/.test(getComputedStyle(element).overflowY)) boxes.push(element);
    }
    for (const box of boxes) {
        const step = Math.max(200, box === root ? window.innerHeight : box.clientHeight) * 0.9;
        for (let n = 0; n < 60 && box.scrollTop + box.clientHeight < box.scrollHeight - 1; n++) {
            box.scrollTop += step;
            await pause();
        }
    }
    const scrolled = document.createEvent('Event');
    scrolled.initEvent('scroll', true, false);
    document.dispatchEvent(scrolled);
}"""
# Scripts that note in the address what they show change what relative links start from.
_FINISH = """(address) => {
    if (document.baseURI.split('#')[0] !== address && !document.querySelector('base[href]')) {
        const base = document.createElement('base');
        base.href = document.baseURI;
        document.head.prepend(base);
    }
    return document.documentElement.outerHTML.length;
}"""


class Interrupted(Exception):
    """The crawl is being stopped, before the page was whole."""


@dataclass(frozen=True)
class Patience:
    """How long a page is waited for."""

    seconds: float
    """For all of it."""
    scrolls: int
    """To the end, for what is added there."""
    is_stopping: Callable[[], bool]


class Visit:
    """Lets a page see the network through the downloader only, and waits until it says no more.

    Pictures are not loaded: each is answered by a blank one, so that scripts
    that wait for them go on. Frames, films and fonts are not loaded either.
    """

    def __init__(self, response: Response, loads: Loads, patience: Patience) -> None:
        self._response = response
        self._loads = loads
        self._deadline = 0.0
        self._asked: set[str] = set()
        self._count = 0
        self._under_way = 0
        self._has_begun = False
        self._end = asyncio.Event()
        self.url = response.url.partition("#")[0]
        self.patience = patience
        self.page: Page | None = None
        self.leads_to = ""
        """The address that a script of the page goes to instead."""
        self.is_held = False
        """Whether its host is left alone by now, so that it is to be asked for later."""
        self.losses: list[tuple[str, DownloadLost]] = []
        """What it asked for and did not get, by address."""
        self._data: dict[str, bytes] = {}
        self.is_complete = True
        """False where it would have gone on."""

    def begin(self) -> None:
        """Note that its turn has come."""
        self._deadline = time.monotonic() + self.patience.seconds

    async def prepare(self, page: "Page", _: object) -> None:
        """Answer what the page asks for from now on."""
        self.page = page
        self._has_begun = False
        page.on("popup", lambda popup: asyncio.ensure_future(popup.close()))
        page.on("dialog", lambda dialog: asyncio.ensure_future(dialog.dismiss()))
        await page.route("**", self._answer)

    async def unfold(self, page: "Page") -> None:
        """Wait until the page is quiet, and scroll to its end as long as that adds something."""
        shown = await self._quiet(page)
        scrolls = 0
        while scrolls < self.patience.scrolls and self._has_time and not self.leads_to:
            scrolls += 1
            await page.evaluate(_SCROLL)
            before, shown = shown, await self._quiet(page)
            if shown == before:
                break
        else:
            self.is_complete = bool(self.leads_to)
        self._end.set()
        if await page.evaluate(_FINISH, self.url) > _MOST_CHARACTERS:
            raise ValueError(f"the page grows to more than {_MOST_CHARACTERS} characters")

    def data_as_script(self) -> str:
        """Return the data that the page has loaded, as pages hold data for their scripts.

        They name originals where the page itself shows previews only.
        """
        texts, size = [], 0
        for body in self._data.values():
            size += len(body)
            if size > _MOST_DATA_BYTES:
                break
            text = body.decode("utf-8", "replace").replace("</", "<\\/")
            texts.append(f'<script type="application/json">{text}</script>')
        return "".join(texts)

    async def _quiet(self, page: "Page") -> Any:
        """Return what the page shows once nothing is under way and nothing changes any more."""
        shown: Any = None
        while True:
            if self.patience.is_stopping():
                raise Interrupted
            before, shown = shown, await page.evaluate(_COUNTS)
            is_quiet = not self._under_way and shown == before
            if is_quiet or self.leads_to or not self._has_time:
                return shown
            await asyncio.sleep(_LOOK_SECONDS)

    @property
    def _has_time(self) -> bool:
        return time.monotonic() < self._deadline

    def _is_own(self, url: str) -> bool:
        return origin_of(url) == origin_of(self.url)

    async def _answer(self, route: "Route") -> None:
        from playwright.async_api import Error  # noqa: PLC0415 - an extra that may not be there

        with suppress(Error):  # the page is closed, and needs no answer any more
            asked = route.request
            if asked.is_navigation_request():
                await self._navigate(route, asked)
            elif asked.resource_type == "image" or looks_like_picture(asked.url):
                headers = {"Access-Control-Allow-Origin": "*"}
                await route.fulfill(body=BLANK_PICTURE, content_type="image/png", headers=headers)
            elif asked.resource_type == "stylesheet" and not self._is_own(asked.url):
                # Mostly fonts; nothing to read depends on it.
                await route.fulfill(body="", content_type="text/css")
            elif asked.resource_type in _LOADED and split_web_address(asked.url):
                await self._load(route, asked)
            else:
                await route.abort()

    async def _navigate(self, route: "Route", asked: "Asked") -> None:
        """Give the page that is there already; note where it goes on its own."""
        if not self._has_begun:
            self._has_begun = True
            response = self._response
            await route.fulfill(
                status=200, headers=headers_for_browser(response), body=response.body
            )
            return
        is_page = asked.frame.parent_frame is None
        target = asked.url.partition("#")[0]
        if is_page and target != self.url and split_web_address(target) and asked.method == "GET":
            self.leads_to = target
        await route.abort()

    async def _load(self, route: "Route", asked: "Asked") -> None:
        self._count += 1
        if self._count > _MOST_LOADS or self._end.is_set():
            self.is_complete = False
            await route.abort()
            return
        url = asked.url
        wish = Wish(
            url=url,
            method=asked.method,
            headers=await asked.all_headers(),
            body=asked.post_data_buffer,
            page_url=self.url,
            is_new=url not in self._asked,
        )
        self._asked.add(url)
        self._under_way += 1
        try:
            await self._loaded(route, wish)
        finally:
            self._under_way -= 1

    async def _loaded(self, route: "Route", wish: Wish) -> None:
        loading = asyncio.ensure_future(self._loads.load(wish))
        ending = asyncio.ensure_future(self._end.wait())
        await asyncio.wait({loading, ending}, return_when=asyncio.FIRST_COMPLETED)
        ending.cancel()
        if not loading.done():
            self.is_complete = False
            # A download is not to be cancelled from here; nobody will ask for its end.
            loading.add_done_callback(lambda ended: ended.cancelled() or ended.exception())
            await route.abort()
            return
        try:
            loaded = loading.result()
        except Exception as error:  # noqa: BLE001 - whatever has kept it from coming
            self._note(wish.url, error)
            await route.abort()
            return
        if loaded.status == _OK and loaded.body[:1] in _JSON:
            self._data[wish.url] = loaded.body
        if loaded.status >= _HTTP_ERROR:
            reason = http_reason(loaded.status)
            retry_after = loaded.headers.get("Retry-After")
            self._note(wish.url, DownloadLost(Outcome.FAILED, reason, reason, retry_after))
        await route.fulfill(status=loaded.status, headers=dict(loaded.headers), body=loaded.body)

    def _note(self, url: str, error: Exception) -> None:
        if isinstance(error, HostHeld):
            self.is_held |= self._is_own(url)
            return
        self.losses.append((url, lost_by_exception(error)))
