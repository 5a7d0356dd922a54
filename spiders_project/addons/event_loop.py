"""Makes the event loop that ASYNCIO_EVENT_LOOP names before Scrapy makes another one first."""

import asyncio

from scrapy.settings import BaseSettings
from scrapy.utils.misc import load_object


class EventLoop:
    """Scrapy add-on: Scrapy 2.19 would make asyncio's own loop, drop it, and leave it unclosed.

    At the end of the process that loop would complain of files that are closed already.
    """

    @classmethod
    def update_pre_crawler_settings(cls, settings: BaseSettings) -> None:
        """Set the loop, unless one runs already."""
        path = settings["ASYNCIO_EVENT_LOOP"]
        if path and asyncio._get_running_loop() is None:
            asyncio.set_event_loop(load_object(path)())
