"""Leaves out what costs time and does nothing with the settings at hand."""

from scrapy.settings import BaseSettings

_DEPTH = "scrapy.spidermiddlewares.depth.DepthMiddleware"
_OF_DEPTH = ("DEPTH_LIMIT", "DEPTH_PRIORITY", "DEPTH_STATS_VERBOSE")
_REMOTE_CONTROL = "scrapy.extensions.remote_control.RemoteControl"


class LeanCrawl:
    """Scrapy add-on: what no setting asks for is not loaded."""

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Let Scrapy's DepthMiddleware and RemoteControl be there where settings ask for them."""
        if any(settings.getint(name) for name in _OF_DEPTH):
            settings.getwithbase("SPIDER_MIDDLEWARES")
            settings["SPIDER_MIDDLEWARES"][_DEPTH] = 900
        if not settings.getbool("REMOTE_CONTROL_ENABLED"):
            # Named in EXTENSIONS, with None too, it would be loaded, and a web server with it.
            settings["EXTENSIONS_BASE"].pop(_REMOTE_CONTROL, None)
