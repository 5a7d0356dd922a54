"""Leaves out what costs time at every response and does nothing with the settings at hand."""

from scrapy.settings import BaseSettings

_DEPTH = "scrapy.spidermiddlewares.depth.DepthMiddleware"
_OF_DEPTH = ("DEPTH_LIMIT", "DEPTH_PRIORITY", "DEPTH_STATS_VERBOSE")


class LeanMiddlewares:
    """Scrapy add-on: brings back the depth of requests where a setting asks for it."""

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Enable Scrapy's DepthMiddleware if any setting of it is set."""
        if any(settings.getint(name) for name in _OF_DEPTH):
            settings.getwithbase("SPIDER_MIDDLEWARES")
            settings["SPIDER_MIDDLEWARES"][_DEPTH] = 900
