"""Scrapy's defaults, and its own pipeline that stores files as they are served."""

BOT_NAME = "peer"
SPIDER_MODULES = ["benchmarks.peer.spider"]
ITEM_PIPELINES = {"scrapy.pipelines.files.FilesPipeline": 1}
ROBOTSTXT_OBEY = True
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
LOG_LEVEL = "INFO"
